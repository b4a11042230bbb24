"""ESC/POS receipt and ticket printers."""
