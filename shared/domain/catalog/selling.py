"""Whether a basket may be sold: quantities, times and what must come together, all of it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from shared.domain.capacity import SlotKey
from shared.domain.catalog.kinds import Companion
from shared.domain.catalog.model import Catalog, Product

RefusalReason = Literal[
    "not_in_this_channel",
    "too_many_in_channel",
    "too_many_in_sale",
    "too_many_in_slot",
    "too_many_for_person",
    "not_on_sale_yet",
    "no_longer_on_sale",
    "too_far_ahead",
    "too_late_for_slot",
    "not_for_category",
    "needs_another",
    "needs_pass_holder",
]


@dataclass(frozen=True)
class BasketItem:
    """One ticket: `person` stands for an identity document (a keyed hash, never the number), None where none is."""

    product_id: str
    category_id: str
    visit: date
    slot: SlotKey | None = None
    person: str | None = None


@dataclass(frozen=True)
class SoldBefore:
    """What was sold already: by (person, product, day of visit), and by slot; and the passes shown, by product."""

    to_person: Mapping[tuple[str, str, date], int] = field(default_factory=dict, hash=False)
    in_slot: Mapping[SlotKey, int] = field(default_factory=dict, hash=False)
    passes_shown: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Refusal:
    """Why a product cannot be sold so: `limit` is the number that was passed, `others` what would be needed."""

    product_id: str
    reason: RefusalReason
    limit: int | None = None
    others: tuple[str, ...] = ()


_NOTHING_SOLD = SoldBefore()


def check_basket(
    catalog: Catalog,
    basket: Sequence[BasketItem],
    channel: str,
    now: datetime,
    before: SoldBefore = _NOTHING_SOLD,
) -> tuple[Refusal, ...]:
    """Every reason against selling the basket through `channel` at `now` (UTC); empty when it may be sold.

    Raises KeyError when the basket names a product that the catalogue has not.
    """
    found: list[Refusal] = []
    in_basket = {item.product_id for item in basket}
    for product_id in dict.fromkeys(item.product_id for item in basket):
        product, items = catalog.product(product_id), [item for item in basket if item.product_id == product_id]
        found.extend(_quantities(product, items, channel, before))
        found.extend(_times(catalog, product, items, now))
        found.extend(_together(product, items, in_basket, before))
    return tuple(dict.fromkeys(found))


def _quantities(product: Product, items: Sequence[BasketItem], channel: str, before: SoldBefore) -> Iterator[Refusal]:
    limits, name = product.limits, product.product_id
    in_channel = limits.per_channel.get(channel)
    if in_channel == 0:
        yield Refusal(name, "not_in_this_channel")
    elif in_channel is not None and len(items) > in_channel:
        yield Refusal(name, "too_many_in_channel", in_channel)
    if limits.per_sale is not None and len(items) > limits.per_sale:
        yield Refusal(name, "too_many_in_sale", limits.per_sale)
    slots = Counter(item.slot for item in items if item.slot is not None)
    if any(_passes(count + before.in_slot.get(slot, 0), limits.per_slot) for slot, count in slots.items()):
        yield Refusal(name, "too_many_in_slot", limits.per_slot)
    people = Counter((item.person, name, item.visit) for item in items if item.person is not None)
    if any(_passes(count + before.to_person.get(who, 0), limits.per_person_day) for who, count in people.items()):
        yield Refusal(name, "too_many_for_person", limits.per_person_day)


def _times(catalog: Catalog, product: Product, items: Sequence[BasketItem], now: datetime) -> Iterator[Refusal]:
    window, today = product.sales, now.astimezone(catalog.zone).date()
    if window.from_day is not None and today < window.from_day:
        yield Refusal(product.product_id, "not_on_sale_yet")
    if window.to_day is not None and today > window.to_day:
        yield Refusal(product.product_id, "no_longer_on_sale")
    for item in items:
        if _passes((item.visit - today).days, window.days_ahead):
            yield Refusal(product.product_id, "too_far_ahead", window.days_ahead)
        if item.visit < today or (item.slot is not None and _closed(product, item.slot, now)):
            yield Refusal(product.product_id, "too_late_for_slot")
        if item.category_id not in product.categories:
            yield Refusal(product.product_id, "not_for_category", None, (item.category_id,))


def _closed(product: Product, slot: SlotKey, now: datetime) -> bool:
    minutes = product.sales.closes_minutes
    return minutes is not None and now > slot.start - timedelta(minutes=minutes)


def _together(
    product: Product, items: Sequence[BasketItem], in_basket: set[str], before: SoldBefore
) -> Iterator[Refusal]:
    if product.together_with and not in_basket & set(product.together_with):
        yield Refusal(product.product_id, "needs_another", None, product.together_with)
    if isinstance(product.kind, Companion):
        allowed = product.kind.per_holder * sum(before.passes_shown.get(of, 0) for of in product.kind.of)
        if len(items) > allowed:
            yield Refusal(product.product_id, "needs_pass_holder", allowed, product.kind.of)


def _passes(count: int, limit: int | None) -> bool:
    return limit is not None and count > limit
