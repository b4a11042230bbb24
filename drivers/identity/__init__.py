"""Readers of identity documents: the resident card's chip, and machine-readable zones by serial reader or camera."""
