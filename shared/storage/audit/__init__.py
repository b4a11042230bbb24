"""Proving from the database file alone that it holds what the terminal wrote, and nothing else."""
