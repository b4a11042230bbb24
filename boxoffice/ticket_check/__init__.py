"""Checking a ticket: a code goes in, what it is comes out."""
