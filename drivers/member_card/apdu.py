"""The one question to a card: its number, by PC/SC part 3 (`FF CA 00 00 00`), answered by the reader itself."""

from __future__ import annotations

GET_UID = bytes.fromhex("FFCA000000")
_DONE = b"\x90\x00"
_LENGTHS = frozenset({4, 7, 8, 10})  # ISO 14443 A single, double, triple; ISO 15693 and FeliCa


def read_uid(response: bytes) -> bytes | None:
    """The number from the answer to `GET_UID`; None when the reader refuses or says something else. Never raises."""
    uid = response[:-2]
    return uid if response[-2:] == _DONE and len(uid) in _LENGTHS else None


def status_word(response: bytes) -> str:
    """The last two bytes, for support; no data."""
    return response[-2:].hex().upper() if len(response) >= 2 else "none"
