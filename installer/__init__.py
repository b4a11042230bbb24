"""What puts a terminal into service."""
