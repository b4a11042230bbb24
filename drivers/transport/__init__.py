"""How bytes reach a device: serial lines and TCP."""
