"""The device bench: its table, its window, its HTTP service and its command line."""
