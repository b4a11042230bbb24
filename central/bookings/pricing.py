"""What a party pays through a channel: the price list that kiosk and window sell by, with the channel's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from central.area import Area
from central.channels.registry import Channel
from central.refusal import RefusalError
from shared.domain.canonical import canonical
from shared.domain.capacity import SlotKey
from shared.domain.money import Money
from shared.domain.pricing import Circumstances, PartyMember, PriceError, QuoteRequest, quote, quote_to_document
from shared.wire.channel import MAX_PARTY, PartyPart
from shared.wire.problem import Problem


@dataclass(frozen=True, slots=True)
class Priced:
    """A party's price for a slot, and the quote that explains it, as canonical JSON."""

    units: int
    total: Money
    quote: bytes


def price(area: Area, channel: Channel, slot: str, party: Sequence[PartyPart], now: datetime) -> Priced:
    """The price of now. Raises RefusalError when there is none, or too many want it."""
    units = sum(part.count for part in party)
    if units > MAX_PARTY:
        raise RefusalError(Problem.INVALID, f"at most {MAX_PARTY} visitors in one booking")
    if area.price_list is None:
        raise RefusalError(Problem.NO_PRICE)
    key = SlotKey.parse(slot)
    request = QuoteRequest(
        party=tuple(PartyMember(part.category) for part in party for _ in range(part.count)),
        wants=(key.product_id,),
        visit=key.start.astimezone(area.catalog.zone).date(),
        slot=key,
        asked_at=now,
        channel=channel.channel_id,
        circumstances=Circumstances(agency=channel.agency),
    )
    try:
        found = quote(area.price_list, area.catalog, request)
    except PriceError as error:
        raise RefusalError(Problem.NO_PRICE, str(error)[:200]) from error
    return Priced(units, found.total, canonical(quote_to_document(found)))
