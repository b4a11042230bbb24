"""What stands on the sheets, as plain values: composed from a sale and the catalogue, ready to be set in type."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.money import Money
from shared.domain.text import LocalText


@dataclass(frozen=True)
class TicketView:
    """One ticket. All times are in the site's own zone; `number` counts from 1 to `count` within the sale."""

    site: LocalText
    product: LocalText
    category: LocalText
    evidence: LocalText | None  # what to show at the gate
    entry_from: datetime
    entry_to: datetime
    valid_until: datetime
    price: Money
    code: str = field(repr=False)  # the text of the QR
    serial: str  # shared.domain.ticket.short_serial
    number: int
    count: int
    sale_number: str


@dataclass(frozen=True)
class ReceiptLine:
    """`quantity` visitors of a category at `unit` each; `amount` = unit x quantity."""

    product: LocalText
    category: LocalText
    quantity: int
    unit: Money
    amount: Money


@dataclass(frozen=True)
class Reduction:
    """A rule that changed the price, in the words of the price list, and by how much (negative: less)."""

    reason: LocalText
    amount: Money


@dataclass(frozen=True)
class Payment:
    """How it was paid; `reference` is the provider's number, printed with all but its last digits masked.

    `receipt` are lines of a card terminal, printed as they are.
    """

    method: str  # the method's name in the ledger, such as `wechat`
    reference: str = field(repr=False)
    amount: Money
    receipt: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class ReceiptView:
    """A paid sale. `sold_at` is in the site's own zone."""

    site: LocalText
    sale_number: str
    terminal: str
    sold_at: datetime
    lines: tuple[ReceiptLine, ...]
    reductions: tuple[Reduction, ...]
    total: Money
    payments: tuple[Payment, ...]  # none when it was paid for before, or costs nothing


@dataclass(frozen=True)
class ClaimView:
    """What any window honours: `code` names it; `owed` tickets are not out. `issued_at` is in the site's own zone.

    `certain`: the amount was paid. Otherwise nobody knows yet whether it was, and the window finds out.
    """

    site: LocalText
    sale_number: str
    terminal: str
    issued_at: datetime
    code: str = field(repr=False)
    amount: Money
    certain: bool
    owed: int
