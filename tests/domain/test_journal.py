"""The journal's chain: no row can be changed, moved or left out unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.journal import GENESIS, JournalEvent, event_hash, is_intact

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
