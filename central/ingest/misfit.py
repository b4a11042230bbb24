"""The reason why an event was kept but not folded in."""

from __future__ import annotations


class MisfitError(Exception):
    """`kind` is a stable word for the exceptions list; the message says what, without personal data."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(detail)
        self.kind = kind
