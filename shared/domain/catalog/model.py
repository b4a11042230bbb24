"""The catalogue as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shared.domain.capacity import SlotKey
from shared.domain.money import Currency
from shared.domain.text import LocalText


@dataclass(frozen=True)
class Site:
    """The scenic area. `timezone` is an IANA name; `picture` names a file in the site's folder."""

    site_id: str
    name: LocalText
    timezone: str
    currency: Currency
    picture: str


@dataclass(frozen=True)
class Category:
    """A kind of visitor. `hint` says who it is for ("60 and over"), `evidence` what to show at the gate."""

    category_id: str
    name: LocalText
    hint: LocalText
    evidence: LocalText | None


@dataclass(frozen=True)
class Product:
    """Something sold. `code` (1..65535) stands in the ticket's QR. `valid_minutes` after the slot's start it ends."""

    product_id: str
    code: int
    name: LocalText
    description: LocalText
    picture: str
    categories: tuple[str, ...]
    valid_minutes: int


@dataclass(frozen=True)
class Slot:
    """One time of entry with its capacity; `end` (UTC) is the end of the time of entry."""

    key: SlotKey
    end: datetime
    capacity: int


@dataclass(frozen=True)
class Catalog:
    """Everything on sale, in one version. Ids are unique within their kind; order is the order of display."""

    version: str
    site: Site
    categories: tuple[Category, ...]
    products: tuple[Product, ...]

    def category(self, category_id: str) -> Category:
        """Raises KeyError when there is none of that id."""
        return {c.category_id: c for c in self.categories}[category_id]

    def product(self, product_id: str) -> Product:
        """Raises KeyError when there is none of that id."""
        return {p.product_id: p for p in self.products}[product_id]

    def slots_on(self, product_id: str, day: date) -> Sequence[Slot]:
        """The product's slots that start on `day` in the site's own time, in order of time."""
        raise NotImplementedError
