"""The thread that keeps the places in the feed fresh and opens the slots of a new day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Event, Thread

import structlog

from central.feed.places import Places
from central.service import Central

log = structlog.get_logger()
_SWEEP_EVERY = timedelta(minutes=1)


class Projector:
    """Looks every `places_interval_s`; a failed look is logged and made again."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="central-places")
        self._places: Places = {}
        self._opened: date | None = None
        self._swept: datetime | None = None
        self.works = False  # whether the last look went well: part of readiness

    def start(self) -> None:
        """Looks once, so that central is ready when it says so, then goes on in the thread."""
        self._places = self._central.published_places()
        self._places = self._look()
        self.works = True
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._central.settings.places_interval_s):
            try:
                self._places = self._look()
                self.works = True
            except Exception:  # the edge of the thread: logged, shown by /readyz, tried again
                self.works = False
                log.exception("places_not_projected")

    def _look(self) -> Places:
        now = self._central.clock.now()
        today = now.astimezone(self._central.area.catalog.zone).date()
        if self._opened != today:
            self._central.open_slots(now)
            self._opened = today
        if self._swept is None or now - self._swept >= _SWEEP_EVERY:
            self._central.keep_house(now)
            self._swept = now
        self._central.expire_holds(now)
        return self._central.project_places(self._places)
