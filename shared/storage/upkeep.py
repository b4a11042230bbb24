"""What a terminal does for its database once a day, at a quiet time: the backup, and the purge of document numbers.

The result stands in the fact `upkeep`: `{"day": date, "at": instant, "backup": "done" or a fault's key, "number": 0 or
the fault's number, "purged": n, "forgotten": n}`; `day` is the last day on which all went well, empty before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from shared.domain.canonical import instant_text
from shared.domain.clock import Clock
from shared.errors import Fault, SurroundingsError
from shared.settings import Section
from shared.storage.backup import back_up
from shared.storage.store import TerminalStore

FACT = "upkeep"
KEEP_ADMISSIONS = timedelta(days=60)
_AGAIN = 3600.0  # seconds until a day's failed upkeep is tried again

_log = structlog.get_logger()


class UpkeepSection(Section):
    """From when on, in the site's own time, and the folder of the backups: best on another disk.

    A folder that is not absolute is one beside the database.
    """

    at: time = time(3, 30)
    backups: Path = Path("backups")


@dataclass(frozen=True, slots=True)
class Upkept:
    """What was done: `fault` is why there is no backup; `purged` numbers and `forgotten` admissions were deleted."""

    day: date
    fault: Fault | None
    purged: int
    forgotten: int


class Upkeep:
    """`today` is the open business day, None while nobody vouches for the date: nothing is deleted then.

    `is_due` is cheap and may be asked often; `run` blocks and is called on one thread.
    """

    def __init__(
        self,
        database: Path,
        store: TerminalStore,
        section: UpkeepSection,
        zone: ZoneInfo,
        clock: Clock,
        today: Callable[[], date | None],
    ) -> None:
        self._database = database
        self._folder = database.parent / section.backups
        self._store = store
        self._at = section.at
        self._zone = zone
        self._clock = clock
        self._today = today
        self._done = str((store.fact(FACT) or {}).get("day", ""))
        self._not_before = clock.monotonic()

    def is_due(self) -> bool:
        """Whether this day's upkeep is still to be done and its time has come."""
        local = self._clock.now().astimezone(self._zone)
        due = local.time() >= self._at and self._done < local.date().isoformat()
        return due and self._clock.monotonic() >= self._not_before

    def run(self) -> Upkept:
        """Does all of it; what fails is logged, kept as health, and tried again in an hour.

        Raises StorageFailedError when the terminal's own disk takes nothing.
        """
        now, self._not_before = self._clock.now(), self._clock.monotonic() + _AGAIN
        day = now.astimezone(self._zone).date()
        fault = self._back_up(day)
        done = Upkept(day, fault, *self._delete(now))
        if fault is None:
            self._done = day.isoformat()
        self._store.put_fact(FACT, self._fact(done, now))
        return done

    def health(self) -> Mapping[str, object]:
        """The last result, for the supervisor's page and the doctor; empty before the first."""
        return self._store.fact(FACT) or {}

    def _back_up(self, day: date) -> Fault | None:
        try:
            path = back_up(self._database, self._folder, day)
        except SurroundingsError as error:
            _log.error("backup_failed", number=error.fault.number, fault=error.fault.value)
            return error.fault
        _log.info("backed_up", file=path.name)
        return None

    def _delete(self, now: datetime) -> tuple[int, int]:
        today = self._today()
        if today is None:
            _log.warning("purge_waits_for_the_date")
            return 0, 0
        purged = self._store.identity.purge(today)
        forgotten = self._store.forget_admissions(now - KEEP_ADMISSIONS)
        _log.info("purged", numbers=purged.count if purged else 0, admissions=forgotten)
        return purged.count if purged else 0, forgotten

    def _fact(self, done: Upkept, now: datetime) -> dict[str, object]:
        return {
            "day": self._done,
            "at": instant_text(now),
            "backup": done.fault.value if done.fault else "done",
            "number": done.fault.number if done.fault else 0,
            "purged": done.purged,
            "forgotten": done.forgotten,
        }
