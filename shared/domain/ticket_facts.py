"""What a genuine ticket's payload says to a person: in the site's own time, with the catalogue's names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from shared.domain.catalog import Catalog
from shared.domain.text import LocalText
from shared.domain.ticket import TicketPayload, short_serial

_REISSUES = 0xF  # the flags' low bits, see shared.domain.ticket


class Standing(Enum):
    """How a ticket stands to a moment. Whether it was used or voided is not in its code."""

    VALID = "valid"
    LATER_TODAY = "later_today"
    OVER_TODAY = "over_today"
    OTHER_DAY = "other_day"


@dataclass(frozen=True)
class TicketFacts:
    """A ticket as it is read out. Times are in the site's own zone; `product` is None where the catalogue has none."""

    product: LocalText | None
    product_code: int
    entry: datetime
    valid_from: datetime
    valid_to: datetime
    serial: str
    place: int  # which place of its lease
    reissues: int
    owner: str  # whose key signed it


def ticket_facts(payload: TicketPayload, owner: str, catalog: Catalog | None) -> TicketFacts:
    """The facts of a payload whose signature was checked. Without a catalogue: no name, and times in UTC."""
    names = {product.code: product.name for product in catalog.products} if catalog else {}
    zone = catalog.zone if catalog else UTC
    return TicketFacts(
        product=names.get(payload.product_code),
        product_code=payload.product_code,
        entry=payload.slot_start.astimezone(zone),
        valid_from=payload.valid_from.astimezone(zone),
        valid_to=payload.valid_to.astimezone(zone),
        serial=short_serial(payload.ticket_id.hex()),
        place=payload.unit.k,
        reissues=payload.flags & _REISSUES,
        owner=owner,
    )


def standing(facts: TicketFacts, now: datetime) -> Standing:
    """How the ticket stands at `now` (any zone): the day is the site's."""
    if facts.valid_from <= now <= facts.valid_to:
        return Standing.VALID
    today = now.astimezone(facts.valid_from.tzinfo).date()
    if now < facts.valid_from:
        return Standing.LATER_TODAY if facts.valid_from.date() == today else Standing.OTHER_DAY
    return Standing.OVER_TODAY if facts.valid_to.date() == today else Standing.OTHER_DAY
