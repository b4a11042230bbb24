"""Bodies of journal events from any JSON: an event or a ValueError, and an event is written and read back alike."""

from __future__ import annotations

import json
from typing import Any

from shared.domain.cash_codec import CASH
from shared.domain.event_codec import EventCodec
from shared.domain.refund_codec import REFUND
from shared.domain.sale_codec import SALE

_CODECS: tuple[EventCodec[Any], ...] = (SALE, REFUND, CASH)
SEEDS = (
    (
        b'\x00{"type":"sale_opened","language":"en","channel":"kiosk","slot":"entry/2026-05-01T08:00Z","categories":["adult"],'
        b'"product_id":"entry","total":{"minor":6000,"currency":"CNY"},"quote":{}}'
    ),
    b'\x00{"type":"print_submitted","subject":"receipt","job_id":"j1","process_id":"0001"}',
    b'\x00{"type":"print_answered","job_id":"j1","outcome":"printed","reason":""}',
    b'\x01{"type":"payout_submitted","number":1,"refund_no":"R1","amount":{"minor":60,"currency":"CNY"}}',
    b'\x02{"type":"cash_opened"}',
    b"\x00[]",
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    if not data:
        return
    codec = _CODECS[data[0] % len(_CODECS)]
    try:
        body = json.loads(data[1:])
        kind = body["type"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    if not isinstance(kind, str):
        return
    try:
        event = codec.decode(kind, body)
    except ValueError:
        return
    written, fields = codec.encode(event)
    assert codec.decode(written, fields) == event
