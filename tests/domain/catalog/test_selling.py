"""A basket is checked against every limit at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from shared.domain.capacity import SlotKey
from shared.domain.catalog import catalog_from_document
from shared.domain.catalog.selling import BasketItem, Refusal, SoldBefore, check_basket
from tests.domain.catalog.examples import document

CATALOG = catalog_from_document(document())
NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # 07:00 at the site
VISIT = date(2026, 11, 23)
SLOT = SlotKey("entry", datetime(2026, 11, 23, 0, 30, tzinfo=UTC))
ENTRY = BasketItem("entry", "adult", VISIT, SLOT)


def refused(
    *basket: BasketItem, channel: str = "kiosk", now: datetime = NOW, before: SoldBefore | None = None
) -> list[str]:
    """The reasons against the basket."""
    found = check_basket(CATALOG, basket, channel, now, before or SoldBefore())
    return [refusal.reason for refusal in found]


def test_an_ordinary_basket_is_sold() -> None:
    assert refused(*[ENTRY] * 5) == []


def test_quantities_by_sale_slot_person_and_channel() -> None:
    assert check_basket(CATALOG, [ENTRY] * 6, "kiosk", NOW) == (Refusal("entry", "too_many_in_sale", 5),)
    assert refused(ENTRY, before=SoldBefore(in_slot={SLOT: 20})) == ["too_many_in_slot"]
    assert refused(*[ENTRY] * 3, channel="web") == ["too_many_in_channel"]
    assert refused(ENTRY, channel="partner") == ["not_in_this_channel"]
    known = replace(ENTRY, person="p1")
    assert refused(known, replace(known, person="p2")) == []
    assert refused(known, known) == ["too_many_for_person"]
    assert refused(known, before=SoldBefore(to_person={("p1", "entry", VISIT): 1})) == ["too_many_for_person"]


def test_sales_windows() -> None:
    assert refused(ENTRY, now=SLOT.start - timedelta(minutes=10)) == []
    assert refused(ENTRY, now=SLOT.start - timedelta(minutes=9)) == ["too_late_for_slot"]
    assert refused(replace(ENTRY, slot=None, visit=VISIT - timedelta(1))) == ["too_late_for_slot"]
    assert refused(replace(ENTRY, slot=None, visit=VISIT + timedelta(30))) == []
    assert refused(replace(ENTRY, slot=None, visit=VISIT + timedelta(31))) == ["too_far_ahead"]
    assert refused(ENTRY, now=NOW - timedelta(365)) == ["not_on_sale_yet", "too_far_ahead"]
    assert refused(ENTRY, now=NOW + timedelta(365)) == ["no_longer_on_sale", "too_late_for_slot"]


def test_what_must_come_together() -> None:
    audio = BasketItem("audio", "adult", VISIT)
    assert check_basket(CATALOG, [audio], "kiosk", NOW) == (Refusal("audio", "needs_another", None, ("entry",)),)
    assert refused(audio, ENTRY) == []
    beside = BasketItem("beside", "adult", VISIT)
    assert refused(beside) == ["needs_pass_holder"]
    assert refused(beside, beside, before=SoldBefore(passes_shown={"annual": 1})) == []
    assert refused(beside, beside, beside, before=SoldBefore(passes_shown={"annual": 1})) == ["needs_pass_holder"]


def test_a_category_that_the_product_is_not_for() -> None:
    found = check_basket(CATALOG, [replace(ENTRY, category_id="local")], "kiosk", NOW)
    assert found == (Refusal("entry", "not_for_category", None, ("local",)),)


def test_all_reasons_come_at_once() -> None:
    assert refused(*[ENTRY] * 6, BasketItem("audio", "local", VISIT), channel="web") == [
        "too_many_in_channel",
        "too_many_in_sale",
        "not_for_category",
    ]
