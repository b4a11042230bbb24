"""The visitor's mode."""
