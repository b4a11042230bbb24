"""A ticket's 48 bytes: another length, version or algorithm is no ticket of ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.domain.capacity import LeaseUnit
from shared.domain.ticket import TicketPayload

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BYTES = TicketPayload(bytes(4), LeaseUnit(b"lease-01", 7), bytes(16), 12, AT, AT, AT).to_bytes()


def test_the_bytes_are_48_and_come_back() -> None:
    assert len(BYTES) == 48
    assert TicketPayload.from_bytes(BYTES).to_bytes() == BYTES


@pytest.mark.parametrize("data", [b"", BYTES[:-1], BYTES + b"\0"])
def test_another_length_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="48 bytes"):
        TicketPayload.from_bytes(data)


@pytest.mark.parametrize("head", [b"\2\1", b"\1\2"])
def test_another_version_or_algorithm_is_refused(head: bytes) -> None:
    with pytest.raises(ValueError, match=r"version 2 or algorithm 1|version 1 or algorithm 2"):
        TicketPayload.from_bytes(head + BYTES[2:])
