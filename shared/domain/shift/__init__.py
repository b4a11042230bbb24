"""A cashier's shift at a drawer: from the counted float to the Z report (docs/adr/0023-shift-and-drawer.md)."""
