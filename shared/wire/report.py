"""Reports for supervisors: sales by what one asks for, and entries against capacity. Money in minor units."""

from __future__ import annotations

from typing import Literal

from shared.wire.base import Count, SlotText, WireModel

SalesKey = Literal["product", "slot", "channel", "terminal", "method", "day"]


class SalesLine(WireModel):
    """One line: `value` of the key, and the sold sales, their tickets that still open a gate, and their money.

    By method `total_minor` is what was paid that way, and a sale split over two methods counts in both.
    """

    value: str
    sales: Count
    tickets: Count
    total_minor: int


class SalesReport(WireModel):
    """Sales of the days `first` to `last`, both included (YYYY-MM-DD at the site), by the terminals' clocks."""

    by: SalesKey
    first: str
    last: str
    currency: str
    lines: list[SalesLine]


class EntryLine(WireModel):
    """A slot: its places, those sold (tickets that open a gate), and tickets of it that were let in."""

    slot: SlotText
    capacity: Count
    tickets: Count
    entries: Count


class EntriesReport(WireModel):
    """The slots that start on the days `first` to `last`, both included."""

    first: str
    last: str
    lines: list[EntryLine]
