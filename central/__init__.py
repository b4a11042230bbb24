"""The service the terminals settle with."""
