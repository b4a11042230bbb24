"""Alembic migrations of the terminal's database."""
