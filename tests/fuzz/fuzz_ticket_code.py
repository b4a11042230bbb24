"""Scanned texts at the gate: nothing raises, and only what our key signed is genuine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.domain.capacity import LeaseUnit
from shared.domain.payment_code import classify
from shared.domain.ticket import TicketPayload
from shared.security.keys import Keyring, SigningKey
from shared.security.ticket_code import Genuine, open_ticket, seal

_KEY = SigningKey.from_seed(bytes(range(32)))
_RING = Keyring().with_key(_KEY.public, "terminal:kiosk-1")
_START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
_PAYLOAD = TicketPayload(
    _KEY.public.key_id, LeaseUnit(b"lease-01", 7), bytes(16), 12, _START, _START, _START + timedelta(hours=2)
)
SEEDS = (seal(_PAYLOAD, _KEY).encode(), b"134567890123456789", b"https://example.org/%20")


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    classify(data)
    code = data.decode("utf-8", "replace")
    found = open_ticket(code, _RING)
    if isinstance(found, Genuine):
        assert code == seal(found.payload, _KEY)
