"""Gates: who was let in, which tickets open nothing any more, and the feed that tells both."""
