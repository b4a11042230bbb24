"""The catalogue as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from zoneinfo import ZoneInfo

from shared.domain.catalog.evidence import Anyone, Checker, Eligibility
from shared.domain.catalog.kinds import Combination, ProductKind, TimedEntry
from shared.domain.catalog.limits import Limits, SalesWindow
from shared.domain.catalog.refund_terms import FREE_UNTIL_THE_SLOT, RefundTerms
from shared.domain.catalog.seats import SeatMap
from shared.domain.catalog.slots import Slot, SlotTemplate, slots_of
from shared.domain.money import Currency
from shared.domain.text import LocalText

_ANYONE = Anyone()
_TIMED_ENTRY = TimedEntry()
_NO_LIMITS = Limits()
_ALWAYS = SalesWindow()


@dataclass(frozen=True)
class Site:
    """The scenic area. `timezone` is an IANA name; `picture` names a file in the site's folder.

    A business day begins at `day_begins`, in the site's own time. Document numbers are kept for `keep_names_days` after
    the day of the visit.
    """

    site_id: str = field(metadata={"key": "id"})
    name: LocalText
    timezone: str
    currency: Currency
    picture: str
    day_begins: time = time(4)
    keep_names_days: int = 30


@dataclass(frozen=True)
class Category:
    """A kind of visitor. `hint` says who it is for ("60 and over"), `evidence` what to show at the gate.

    `eligibility` is the same as a condition that can be checked, `checked_by` who checks it.
    """

    category_id: str = field(metadata={"key": "id"})
    name: LocalText
    hint: LocalText
    evidence: LocalText | None
    eligibility: Eligibility = _ANYONE
    checked_by: tuple[Checker, ...] = ()


@dataclass(frozen=True)
class Product:
    """Something sold. `code` (1..65535) stands in the ticket's QR. `valid_minutes` after the slot's start it ends.

    `together_with`: it is sold only beside one of these products.
    """

    product_id: str = field(metadata={"key": "id"})
    code: int
    name: LocalText
    description: LocalText
    picture: str
    categories: tuple[str, ...]
    valid_minutes: int
    kind: ProductKind = _TIMED_ENTRY
    slots: tuple[SlotTemplate, ...] = ()
    limits: Limits = _NO_LIMITS
    sales: SalesWindow = _ALWAYS
    together_with: tuple[str, ...] = ()
    refund: RefundTerms = FREE_UNTIL_THE_SLOT

    @property
    def parts(self) -> tuple[str, ...]:
        """What a ticket for it opens: the products of a combination, else the product itself."""
        if isinstance(self.kind, Combination):
            return tuple(part.product_id for part in self.kind.parts)
        return (self.product_id,)


@dataclass(frozen=True)
class Catalog:
    """Everything on sale, in one version. Ids are unique within their kind; order is the order of display.

    `partner_sites` are the other sites of joint tickets.
    """

    version: str
    site: Site
    categories: tuple[Category, ...]
    products: tuple[Product, ...]
    partner_sites: tuple[Site, ...] = ()
    seat_maps: tuple[SeatMap, ...] = ()

    def category(self, category_id: str) -> Category:
        """Raises KeyError when there is none of that id."""
        return self._categories[category_id]

    def product(self, product_id: str) -> Product:
        """Raises KeyError when there is none of that id."""
        return self._products[product_id]

    def has_product(self, product_id: str) -> bool:
        """Whether there is a product of that id."""
        return product_id in self._products

    def is_combination(self, product_id: str) -> bool:
        """Whether there is a product of that id and it is a combination."""
        return self.has_product(product_id) and isinstance(self.product(product_id).kind, Combination)

    def seat_map(self, seat_map_id: str) -> SeatMap:
        """Raises KeyError when there is none of that id."""
        return {seat_map.seat_map_id: seat_map for seat_map in self.seat_maps}[seat_map_id]

    def slots_on(self, product_id: str, day: date) -> Sequence[Slot]:
        """The product's slots that start on `day` in the site's own time, in order of time.

        Raises KeyError when there is no such product.
        """
        return slots_of(product_id, self.product(product_id).slots, day, self.zone)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's own time."""
        return ZoneInfo(self.site.timezone)

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {category.category_id: category for category in self.categories}

    @cached_property
    def _products(self) -> dict[str, Product]:
        return {product.product_id: product for product in self.products}
