"""What the machine can offer right now: slots with places, and quotes, from its own store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock
from shared.domain.pricing import PartyMember, PriceList, Quote, QuoteRequest, quote
from shared.selling.availability import CentralPlaces, SlotView, slot_views
from shared.sync.download import places_in
from shared.sync.ports import LeaseStanding, Line


class Offers(Protocol):
    """What the shop reads of the store."""

    def open_leases(self) -> Sequence[LeaseStanding]: ...

    def fact(self, name: str) -> Mapping[str, object] | None: ...


class Shop:
    """Answers the questions of a visitor who has not bought yet. Calls block on the store; not for the main thread."""

    def __init__(
        self, catalog: Catalog, prices: PriceList, offers: Offers, line: Line, clock: Clock, channel: str
    ) -> None:
        self.catalog = catalog
        self._prices = prices
        self._offers = offers
        self._line = line
        self._clock = clock
        self._channel = channel

    def slots(self, product_id: str, day: date) -> tuple[SlotView, ...]:
        """All slots of a day with their places, as far as this machine may sell them."""
        slots = self.catalog.slots_on(product_id, day)
        return slot_views(slots, self._own_places(), self._central_places(), self._clock.now())

    def quote(self, product_id: str, party: Sequence[tuple[str, int]], slot: SlotKey) -> Quote:
        """What a party, given as (category id, number), pays for a product at a slot, and why."""
        members = tuple(PartyMember(category) for category, number in party for _ in range(number))
        visit = slot.start.astimezone(self.catalog.zone).date()
        request = QuoteRequest(members, (product_id,), visit, slot, self._clock.now(), self._channel)
        return quote(self._prices, self.catalog, request)

    def online(self) -> bool:
        """Whether central can be asked."""
        return self._line.online()

    def _own_places(self) -> dict[SlotKey, int]:
        own: dict[SlotKey, int] = {}
        for standing in self._offers.open_leases():
            if not standing.lease.booking_id and self._line.may_sell(standing):
                slot = standing.lease.slot
                own[slot] = own.get(slot, 0) + standing.lease.units - standing.used
        return own

    def _central_places(self) -> dict[SlotKey, CentralPlaces] | None:
        if not self.online():
            return None
        places = places_in(self._offers.fact("places"))
        return {
            SlotKey.parse(slot): CentralPlaces(int(str(said["left"])), int(str(said["free"])))
            for slot, said in places.items()
        }
