"""Signing a sale's tickets with the terminal's key, as the catalogue describes them."""

from __future__ import annotations

from datetime import timedelta

from shared.domain.capacity import LeaseUnit, SlotKey
from shared.domain.catalog import Catalog
from shared.domain.sale import SaleOpened
from shared.domain.ticket import TicketPayload
from shared.security.keys import SigningKey
from shared.security.ticket_code import seal


class CatalogSealer:
    """Implements `shared.selling.ports.Sealer`."""

    def __init__(self, catalog: Catalog, key: SigningKey) -> None:
        self._catalog = catalog
        self._key = key

    def seal(self, opened: SaleOpened, unit: LeaseUnit, ticket_id: bytes, generation: int) -> str:
        product = self._catalog.product(opened.product_id)
        start = SlotKey.parse(opened.slot).start
        valid_to = start + timedelta(minutes=product.valid_minutes)
        key_id = self._key.public.key_id
        payload = TicketPayload(key_id, unit, ticket_id, product.code, start, start, valid_to, generation & 0xF)
        return seal(payload, self._key)
