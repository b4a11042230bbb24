"""One byte form of a JSON value, so that two machines hash and sign the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime


def canonical(value: Mapping[str, object] | Sequence[object]) -> bytes:
    """UTF-8 JSON with sorted keys, no spaces and no NaN. Floats are refused (TypeError): amounts are integers."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _refuse_floats(value: object) -> None:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, (list, tuple)):
            waiting.extend(item)
        elif isinstance(item, float):
            raise TypeError("a float has no canonical form")


def instant_text(at: datetime) -> str:
    """`2026-11-23T01:12:03.000123Z`: UTC with microseconds. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time needs a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_instant(text: str) -> datetime:
    """The inverse of `instant_text`. Raises ValueError when the text is not of that form."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
