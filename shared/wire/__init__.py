"""The one contract between terminals and central."""
