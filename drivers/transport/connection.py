"""A line that is made again after a loss: jittered back-off, and between two tries the circuit is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drivers.transport.line import Connect, Monotonic, Transport, TransportError


@dataclass(frozen=True, slots=True)
class BackOff:
    """How long to leave a failing device alone. The first retry is at once, then the pauses double."""

    first_seconds: float = 0.2
    longest_seconds: float = 5.0

    def pause(self, failures: int, chance: float) -> float:
        """Seconds to wait after `failures` in a row; `chance` in 0..1 spreads them over the upper half."""
        if failures <= 1:
            return 0.0
        ceiling = min(self.longest_seconds, self.first_seconds * 2.0 ** min(failures - 2, 16))
        return ceiling * (0.5 + 0.5 * chance)


class Connection:
    """Holds a device's line. While the circuit is open `line` fails at once, so that nobody waits for a dead device."""

    def __init__(
        self, connect: Connect, monotonic: Monotonic, chance: Callable[[], float], backoff: BackOff | None = None
    ) -> None:
        self._connect = connect
        self._monotonic = monotonic
        self._chance = chance
        self._backoff = backoff or BackOff()
        self._line: Transport | None = None
        self._failures = 0
        self._retry_at = monotonic()
        self._cause = "not connected"

    @property
    def is_up(self) -> bool:
        return self._line is not None

    def line(self) -> Transport:
        """The open line, made now if need be. Raises TransportError, at once while the circuit is open."""
        if self._line is None:
            if self._monotonic() < self._retry_at:
                raise TransportError(self._cause)
            self._line = self._new_line()
        return self._line

    def proved(self) -> None:
        """The device gave a sensible answer: earlier failures are forgotten."""
        self._failures = 0

    def drop(self, cause: str) -> None:
        """Closes a line that failed and counts the failure; without a line there is nothing new to count."""
        if self._line is not None:
            self.close()
            self._count(cause)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _new_line(self) -> Transport:
        try:
            return self._connect()
        except TransportError as error:
            self._count(error.cause)
            raise

    def _count(self, cause: str) -> None:
        self._failures += 1
        self._cause = cause
        self._retry_at = self._monotonic() + self._backoff.pause(self._failures, self._chance())
