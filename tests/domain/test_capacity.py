"""Slots and leases: text forms that come back, and a signature that covers every field."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.capacity import Lease, SlotKey

SLOT = SlotKey("entry", datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
LEASE = Lease(
    lease_id=bytes(8),
    terminal_id="kiosk-1",
    terminal_key_id=bytes(4),
    slot=SLOT,
    units=20,
    epoch=1,
    granted_at=datetime(2026, 11, 23, 0, 0, tzinfo=UTC),
    sell_until=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    price_version="v1",
)


def test_the_text_of_a_slot() -> None:
    assert str(SLOT) == "entry@2026-11-23T01:00Z"


@given(st.integers(0, 10**7), st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True))
def test_a_slot_comes_back_from_its_text(minute: int, product: str) -> None:
    slot = SlotKey(product, datetime.fromtimestamp(minute * 60, UTC))
    assert SlotKey.parse(str(slot)) == slot


@pytest.mark.parametrize("text", ["", "entry", "@2026-11-23T01:00Z", "entry@", "entry@23.11.2026"])
def test_what_is_no_slot_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a slot|does not match"):
        SlotKey.parse(text)


@pytest.mark.parametrize(
    "changed",
    [
        replace(LEASE, lease_id=b"\1" * 8),
        replace(LEASE, terminal_id="kiosk-2"),
        replace(LEASE, terminal_key_id=b"\1" * 4),
        replace(LEASE, slot=replace(SLOT, product_id="cable-car")),
        replace(LEASE, units=21),
        replace(LEASE, epoch=2),
        replace(LEASE, granted_at=LEASE.sell_until),
        replace(LEASE, sell_until=LEASE.granted_at),
        replace(LEASE, price_version="v2"),
        replace(LEASE, booking_id="b-1"),
    ],
)
def test_the_signature_covers_every_field(changed: Lease) -> None:
    assert changed.signed_bytes() != LEASE.signed_bytes()


def test_the_signature_does_not_cover_itself() -> None:
    assert replace(LEASE, signature=b"x").signed_bytes() == LEASE.signed_bytes()
    assert len(fields(Lease)) == 11, "a new field needs a case above"
