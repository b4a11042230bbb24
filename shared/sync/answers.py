"""What came of asking central: done, declined, or nothing heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from shared.wire.problem import ProblemDocument

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """Central did it."""

    value: T


@dataclass(frozen=True, slots=True)
class Refused:
    """Central declined and says why. `retry_after` (seconds) is set when it asks to wait."""

    problem: ProblemDocument
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer of central's. The request may have been done: every request may be made again."""

    cause: Literal["no_connection", "timed_out", "not_central"]


Answer = Ok[T] | Refused | Unreachable
"""Written out as `Answer[X]`; matched with `Ok(value)`, `Refused(problem)`, `Unreachable(cause)`."""
