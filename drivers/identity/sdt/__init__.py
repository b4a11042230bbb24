"""Readers of the Chinese resident card and its relatives, by the SDT protocol of their security module (SAM)."""
