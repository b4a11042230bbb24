"""The cashier's mode."""
