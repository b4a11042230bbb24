"""What needs a hand: a test ticket, a test code, a test card, one cent back and forth."""
