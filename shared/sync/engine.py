"""The sync thread: everything between the terminal and central happens on it, and selling never waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

import structlog

from shared.domain.capacity import SlotKey
from shared.domain.clock import Clock, TrustedNow
from shared.sync import news
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient
from shared.sync.download import Downloader
from shared.sync.heartbeat import Pulse
from shared.sync.leases import LeaseKeeper
from shared.sync.pace import Beat, Pace
from shared.sync.ports import LeaseStanding
from shared.sync.trusted_time import TrustedTime
from shared.sync.upload import Uploader
from shared.sync.wishes import Wishes

log = structlog.get_logger()
_BEATS = 3  # central is out of reach after so many heart-beats without an answer


class SyncEngine:
    """Implements `ports.Line`. Build it with `shared.sync.assembly.build_engine`."""

    def __init__(
        self,
        client: CentralClient,
        uploader: Uploader,
        downloader: Downloader,
        keeper: LeaseKeeper,
        trusted: TrustedTime,
        clock: Clock,
        listener: Callable[[news.News], None],
        beat: Beat,
        random: Callable[[], float],
        pulse: Pulse | None = None,
    ) -> None:
        self._client = client
        self._uploader = uploader
        self._downloader = downloader
        self._keeper = keeper
        self._trusted = trusted
        self._clock = clock
        self._tell = listener
        self._beat = beat
        self._pulse = pulse
        self._pace = Pace(beat, random)
        self._wishes = Wishes()
        self._stopping, self._give_back, self._wake = Event(), Event(), Event()
        self._answered: float | None = None  # monotonic, while online
        self._not_before = 0.0  # monotonic: central asked to wait until then
        self._halt_told = False
        self._thread = Thread(target=self._run, name="sync")

    # Line: called from any thread

    def online(self) -> bool:
        answered = self._answered
        return answered is not None and self._clock.monotonic() - answered < _BEATS * self._beat.interval

    def top_up(self, slot: SlotKey, units: int, seconds: float) -> bool:
        if not self.online() or self._stopping.is_set():
            return False
        return self._wishes.ask(slot, units, seconds, self._wake.set)

    def may_sell(self, standing: LeaseStanding) -> bool:
        return self._trusted.may_sell(standing)

    def trusted_now(self) -> TrustedNow:
        """Central's time as far as it is known, and how far it may be off. Any thread."""
        return self._trusted.now()

    # The engine's life

    def start(self) -> None:
        """Begins to sync."""
        self._thread.start()

    def stop(self, *, give_back: bool = False) -> None:
        """Ends the thread after what it is doing. `give_back`: the terminal closes, its leases return to central."""
        if give_back:
            self._give_back.set()
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def poke(self) -> None:
        """There is something to upload: look at once."""
        self._wake.set()

    # The thread

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wait(self._look())
        if self._give_back.is_set() and self.online():
            self._guarded(self._close)
        self._wishes.decline()
        self._client.close()

    def _look(self) -> float:
        """One round; returns the seconds until the next."""
        answer = self._guarded(self._round)
        match answer:
            case Ok():
                self._heard()
                return self._pace.after_success()
            case Refused(_, retry_after):
                self._not_before = self._clock.monotonic() + (retry_after or 0)
            case Unreachable(cause):
                self._lost(cause)
        self._wishes.decline()
        return self._pace.after_failure()

    def _guarded(self, work: Callable[[], Answer[int]]) -> Answer[int]:
        """The outermost edge of the thread: our own fault is logged, and the terminal goes on as if offline."""
        try:
            return work()
        except Exception:
            log.exception("sync_failed")
            return Unreachable("not_central")

    def _round(self) -> Answer[int]:
        """News first, then wishes for places, the journal, the leases, and last how the terminal is."""
        self._watch_clock()
        beat = self._downloader.run()
        if isinstance(beat, Refused):
            self._lost(f"central refuses: {beat.problem.number}")
        if not isinstance(beat, Ok):
            return beat
        self._heard()
        if beat.value.changed:
            self._tell(news.FactsChanged(beat.value.changed))
        self._grant_wishes(beat.value.central_now)
        uploaded = self._uploader.run()
        if isinstance(uploaded, Unreachable):
            return uploaded
        self._tell_halt()
        self._grant_wishes(beat.value.central_now)
        kept = self._keep_leases(beat.value.central_now, uploaded)
        if self._pulse is not None and isinstance(kept, Ok):
            self._pulse.run()
        return kept

    def _keep_leases(self, central_now: datetime, uploaded: Answer[int]) -> Answer[int]:
        """What came of the journal counts, unless central is lost meanwhile."""
        kept = self._keeper.keep(central_now)
        if isinstance(kept, Unreachable):
            return kept
        if isinstance(kept, Ok) and kept.value:
            self._tell(news.LeasesChanged())
        return Ok(0) if self._uploader.halted else uploaded

    def _close(self) -> Answer[int]:
        uploaded = self._uploader.run()
        return self._keeper.give_back_all() if isinstance(uploaded, Ok) else uploaded

    def _grant_wishes(self, central_now: datetime) -> None:
        self._wishes.answer(lambda slot, units: self._keeper.top_up(slot, units, central_now))

    def _watch_clock(self) -> None:
        back = self._trusted.observe()
        if back:
            log.error("clock_went_back", seconds=round(back))
            self._tell(news.ClockWentBack(back))

    def _tell_halt(self) -> None:
        if self._uploader.halted is not None and not self._halt_told:
            self._halt_told = True
            self._tell(news.JournalRefused(self._uploader.halted))

    def _heard(self) -> None:
        was_online = self._answered is not None
        self._answered = self._clock.monotonic()
        if not was_online:
            log.info("online")
            self._tell(news.WentOnline())

    def _lost(self, cause: str) -> None:
        if self._answered is not None:
            self._answered = None
            log.warning("offline", cause=cause)
            self._tell(news.WentOffline(cause))

    def _wait(self, seconds: float) -> None:
        """Until the time is up or somebody pokes; a poke does not shorten a wait that central asked for."""
        self._wake.wait(seconds)
        self._wake.clear()
        if not self._stopping.is_set():
            self._stopping.wait(max(0.0, self._not_before - self._clock.monotonic()))
