"""Fonts, pictures and the demonstration scenic area, as data."""
