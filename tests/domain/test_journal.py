"""The journal's chain: no row can be changed, moved or left out unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.journal import GENESIS, JournalEvent, digest, event_hash, is_intact

AT = "2026-11-23T01:12:03.000123Z"


def event(seq: int, previous_hash: bytes) -> JournalEvent:
    body = {"sale_id": f"s{seq}"}
    computed = event_hash("kiosk-1", 1, seq, previous_hash, AT, "sale_opened", 1, body)
    return JournalEvent("kiosk-1", 1, seq, previous_hash, AT, "sale_opened", 1, body, computed, b"")


FIRST = event(1, GENESIS)
SECOND = event(2, FIRST.hash)


def test_a_chain_as_it_was_written_is_intact() -> None:
    assert is_intact(FIRST, GENESIS)
    assert is_intact(SECOND, FIRST.hash)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SECOND, terminal_id="kiosk-2"),
        replace(SECOND, epoch=2),
        replace(SECOND, seq=3),
        replace(SECOND, at="2026-11-23T01:12:03.000124Z"),
        replace(SECOND, type="sale_closed"),
        replace(SECOND, schema=2),
        replace(SECOND, body={"sale_id": "s3"}),
        replace(SECOND, hash=bytes(32)),
        replace(SECOND, previous_hash=GENESIS),
    ],
)
def test_a_changed_field_breaks_the_chain(changed: JournalEvent) -> None:
    assert not is_intact(changed, FIRST.hash)


def test_a_row_left_out_breaks_the_chain() -> None:
    third = event(3, SECOND.hash)
    assert not is_intact(third, FIRST.hash)


def test_an_epoch_may_be_hashed_with_sm3() -> None:
    body = {"sale_id": "s1"}
    computed = event_hash("kiosk-1", 1, 1, GENESIS, AT, "sale_opened", 1, body, "sm3")
    row = JournalEvent("kiosk-1", 1, 1, GENESIS, AT, "sale_opened", 1, body, computed, b"")
    assert is_intact(row, GENESIS, "sm3")
    assert not is_intact(row, GENESIS)


def test_sm3_is_that_of_the_standard() -> None:
    # GB/T 32905-2016, annex A.1
    assert digest(b"abc", "sm3").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
