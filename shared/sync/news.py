"""What sync tells the rest of the terminal. Told on the sync thread; a listener must be quick."""

from __future__ import annotations

from dataclasses import dataclass

from shared.wire.problem import ProblemDocument


@dataclass(frozen=True, slots=True)
class WentOnline:
    """Central answers again."""


@dataclass(frozen=True, slots=True)
class WentOffline:
    """Central does not answer, or not as agreed. `cause` is for the log and the supervisor."""

    cause: str


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """These facts are new: `catalogue`, `prices`, `places`, `keyring`, `settings`."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class LeasesChanged:
    """New leases are in the store."""


@dataclass(frozen=True, slots=True)
class ClockWentBack:
    """The wall clock was set back by so many seconds. No lease lives longer for it."""

    seconds: float


@dataclass(frozen=True, slots=True)
class JournalRefused:
    """Central will not take the journal from here on: a person must look. Selling from leases goes on."""

    problem: ProblemDocument


News = WentOnline | WentOffline | FactsChanged | LeasesChanged | ClockWentBack | JournalRefused
