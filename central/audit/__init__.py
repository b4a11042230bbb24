"""The chain of decisions: who did what to what, when."""
