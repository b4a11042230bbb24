"""The one shape of a wire: bytes out, bytes in, each with a deadline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Monotonic = Callable[[], float]


class TransportError(Exception):
    """The surroundings failed: absent device, refused or lost connection. `cause` is one short English phrase."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Transport(Protocol):
    """An open wire. After a TransportError it is of no more use and is only to be closed."""

    def read(self, limit: int, seconds: float) -> bytes:
        """Whatever comes first within `seconds`, at most `limit` bytes; empty when nothing came.

        Raises TransportError when the other end is gone.
        """
        ...

    def write(self, data: bytes, seconds: float) -> None:
        """Hands over all of `data`. Raises TransportError when the line breaks or `seconds` pass; how much went
        out is then unknown."""
        ...

    def close(self) -> None:
        """Gives the wire up; a second call does nothing."""
        ...


Connect = Callable[[], Transport]
"""Makes an open wire, or raises TransportError."""
