"""How long a visitor who has paid waits for the ticket, on a printer of 150 mm/s; figures: `benchmarks.ticket`."""

from __future__ import annotations

from benchmarks.ticket import measure


def test_a_paid_ticket_is_soon_in_the_hand() -> None:
    """Other work on this machine counts in the ten seconds; for the first byte our own work is counted."""
    (sold,) = measure(sales=1, speed=150.0)
    assert 0 < sold.work < 0.3
    assert sold.millimetres / 150 < sold.first_ticket < 10
    assert sold.first_byte < sold.first_ticket < sold.last_ticket < sold.receipt
