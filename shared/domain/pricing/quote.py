"""A quote: the request it answers, its lines, and the trace that explains every fen of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shared.domain.capacity import SlotKey
from shared.domain.money import Money
from shared.domain.text import LocalText

CouponProblem = Literal["unknown", "used", "budget_spent", "below_minimum", "not_here", "excluded", "no_use"]


@dataclass(frozen=True)
class PartyMember:
    """One visitor: a category, and what a document or the visitor gave; None or empty where nothing was shown.

    `region` is the six-digit division code of an identity card, `certificates` are names as in the catalogue,
    `earlier_visits` how often this person came before. No name and no document number is ever here.
    """

    category_id: str
    birth: date | None = None
    region: str | None = None
    certificates: tuple[str, ...] = ()
    height_cm: int | None = None
    earlier_visits: int = 0


@dataclass(frozen=True)
class Circumstances:
    """What else a price may depend on; None where it is not known (no rule then guesses).

    `occupancy_bp` is how full the slot is in basis points, `forecast` the visitors expected that day, `passes` the
    passes shown by holders, `used` and `spent` how often a limited rule was used and how much of its budget went
    (minor units), by rule id, before this quote.
    """

    coupons: tuple[str, ...] = ()
    agency: str | None = None
    weather: str | None = None
    occupancy_bp: int | None = None
    forecast: int | None = None
    passes: tuple[str, ...] = ()
    used: tuple[tuple[str, int], ...] = ()
    spent: tuple[tuple[str, int], ...] = ()
    cash: bool = False


NOTHING_KNOWN = Circumstances()


@dataclass(frozen=True)
class QuoteRequest:
    """Who wants what, when, asked when (UTC) and where (`kiosk`, `boxoffice`, a partner channel's name)."""

    party: tuple[PartyMember, ...]
    wants: tuple[str, ...]  # product ids
    visit: date
    slot: SlotKey | None
    asked_at: datetime
    channel: str
    circumstances: Circumstances = NOTHING_KNOWN


@dataclass(frozen=True)
class QuoteLine:
    """`quantity` visitors of a category with a product at `unit` each; `amount` = unit x quantity.

    Cash rounding is a line of its own, the only one without a ticket: its `kind` is `rounding`, its ids are empty.
    """

    product_id: str
    category_id: str
    quantity: int
    unit: Money
    amount: Money
    kind: Literal["ticket", "rounding"] = "ticket"


@dataclass(frozen=True)
class Share:
    """What a step did to one line: `amount` (minor units, over the line's quantity) for the product `part` of it.

    `part` is the line's product, or one of the products of a combination.
    """

    line: int
    part: str
    amount: int


@dataclass(frozen=True)
class TraceStep:
    """One rule at work: which, why (shown to the visitor), and how much it added or took, over all its lines.

    `shares` say the same line by line; their sum is `amount`.
    """

    rule_id: str
    stage: str
    reason: LocalText
    amount: Money
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class CouponRefusal:
    """A coupon that was shown and did not lower the price, and why."""

    code: str
    reason: CouponProblem


@dataclass(frozen=True)
class Quote:
    """A price as a fact. The sum of the lines and the sum of the trace are both `total`.

    `digest` (hex) covers the request, both versions and the result: the same quote years later is the same.
    `bound` is None when no cheaper choice of products and discounts exists (proven); else the search reached its
    stated limit, and no choice is cheaper than `bound`.
    """

    request: QuoteRequest
    catalog_version: str
    price_version: str
    lines: tuple[QuoteLine, ...]
    trace: tuple[TraceStep, ...]
    total: Money
    digest: str
    bound: Money | None = None
    refused_coupons: tuple[CouponRefusal, ...] = ()
