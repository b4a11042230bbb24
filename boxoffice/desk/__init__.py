"""Selling at the window: one line of typing, one screen."""
