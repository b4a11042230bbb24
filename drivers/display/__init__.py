"""Customer displays, 2 lines of 20 characters, CD5220 command set."""
