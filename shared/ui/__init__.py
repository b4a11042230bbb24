"""Tokens in millimetres, themes and the few widgets both modes are built of."""
