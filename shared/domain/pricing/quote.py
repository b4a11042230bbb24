"""A quote: the request it answers, its lines, and the trace that explains every fen of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.domain.capacity import SlotKey
from shared.domain.money import Money
from shared.domain.text import LocalText


@dataclass(frozen=True)
class PartyMember:
    """One visitor: a category, and the date of birth where a document or the visitor gave it."""

    category_id: str
    birth: date | None = None


@dataclass(frozen=True)
class QuoteRequest:
    """Who wants what, when, asked when (UTC) and where (`kiosk`, `boxoffice`, a partner channel's name)."""

    party: tuple[PartyMember, ...]
    wants: tuple[str, ...]  # product ids
    visit: date
    slot: SlotKey | None
    asked_at: datetime
    channel: str


@dataclass(frozen=True)
class QuoteLine:
    """`quantity` visitors of a category with a product at `unit` each; `amount` = unit x quantity."""

    product_id: str
    category_id: str
    quantity: int
    unit: Money
    amount: Money


@dataclass(frozen=True)
class TraceStep:
    """One rule at work: which, why (shown to the visitor), and how much it added or took, over all its lines."""

    rule_id: str
    stage: str
    reason: LocalText
    amount: Money


@dataclass(frozen=True)
class Quote:
    """A price as a fact. The sum of the lines and the sum of the trace are both `total`.

    `digest` (hex) covers the request, both versions and the result: the same quote years later is the same.
    """

    request: QuoteRequest
    catalog_version: str
    price_version: str
    lines: tuple[QuoteLine, ...]
    trace: tuple[TraceStep, ...]
    total: Money
    digest: str
