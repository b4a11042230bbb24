"""Where and how long a ticket opens the gate."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shared.domain.catalog import catalog_from_document
from shared.domain.catalog.validity import Validity, validity_of
from tests.domain.catalog.examples import document

CATALOG = catalog_from_document(document())
VISIT = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 22, 16, tzinfo=UTC)  # at the site


def test_a_slot_opens_from_its_start_for_the_products_minutes() -> None:
    start = datetime(2026, 11, 23, 1, tzinfo=UTC)
    expected = Validity("entry", "mountain", start, datetime(2026, 11, 23, 2, 30, tzinfo=UTC))
    assert validity_of(CATALOG, "entry", VISIT, start) == (expected,)


@pytest.mark.parametrize(
    ("product_id", "days", "entries"),
    [("two-days", 2, 2), ("thrice", 7, 3), ("annual", 365, None), ("ten-times", 365, 10), ("audio", 1, 1)],
)
def test_others_open_on_whole_days_of_the_site(product_id: str, days: int, entries: int | None) -> None:
    (found,) = validity_of(CATALOG, product_id, VISIT)
    assert (found.start, (found.end - found.start).days, found.entries) == (MIDNIGHT, days, entries)


def test_a_joint_ticket_opens_each_site_in_its_own_days() -> None:
    entry, lake, museum = validity_of(CATALOG, "joint", VISIT)
    assert [part.site_id for part in (entry, lake, museum)] == ["mountain", "lake", "museum"]
    assert (lake.end - lake.start).days == 3
    assert museum.start == datetime(2026, 11, 22, 15, tzinfo=UTC)  # Tokyo
