"""Keys, signatures and what is kept secret."""
