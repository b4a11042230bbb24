"""Use cases: what both modes sell through. Every step is journaled before the outside world is touched."""
