"""Wallets and cards."""
