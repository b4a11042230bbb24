"""What goes down to the terminals: one numbered sequence of changes."""
