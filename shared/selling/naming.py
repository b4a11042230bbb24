"""Tickets in visitors' names: protected document numbers, held with the places, so many a person and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog
from shared.domain.catalog.kinds import AnnualPass, TimesCard
from shared.domain.sale import SaleOpened
from shared.domain.visitor import VisitorDocument
from shared.security.fields import FieldProtection, RecordId
from shared.storage.identity import NamedTicket


class Names(Protocol):
    """What the sale process asks about names."""

    def needed(self, product_id: str) -> bool:
        """Whether the product is sold in a name alone."""
        ...

    def tickets(
        self, sale_id: str, opened: SaleOpened, visitors: Sequence[VisitorDocument]
    ) -> tuple[NamedTicket, ...] | None:
        """The numbers to be stored with the places; None when they cannot be protected now."""
        ...


class CatalogNames:
    """Names as the catalogue asks for them. `protection` is None while the data keys cannot be had.

    A number counts for the day of the visit and is kept as long as the site says after it.
    """

    def __init__(self, catalog: Catalog, protection: FieldProtection | None) -> None:
        self._catalog = catalog
        self._protection = protection

    def needed(self, product_id: str) -> bool:
        match self._catalog.product(product_id).kind:
            case AnnualPass(named_by=by) | TimesCard(named_by=by):
                return by == "identity"
            case _:
                return False

    def tickets(
        self, sale_id: str, opened: SaleOpened, visitors: Sequence[VisitorDocument]
    ) -> tuple[NamedTicket, ...] | None:
        if self._protection is None:
            return None
        protection = self._protection
        return tuple(self._ticket(protection, sale_id, opened, i, person) for i, person in enumerate(visitors))

    def _ticket(
        self, protection: FieldProtection, sale_id: str, opened: SaleOpened, index: int, person: VisitorDocument
    ) -> NamedTicket:
        site, product = self._catalog.site, self._catalog.product(opened.product_id)
        visit = SlotKey.parse(opened.slot).start.astimezone(self._catalog.zone).date()
        record = RecordId(sale_id, index, f"per_person_day:{opened.product_id}")
        return NamedTicket(
            record,
            visit,
            protection.protect(person, record, visit),
            protection.hashes(person, record.purpose, visit),
            product.limits.per_person_day,
            visit + timedelta(days=site.keep_names_days),
        )
