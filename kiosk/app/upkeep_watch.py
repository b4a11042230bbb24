"""The daily upkeep of the kiosk's database: begun at a quiet moment, beside the screen, and never twice at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import structlog

from shared.errors import StorageFailedError
from shared.storage.upkeep import Upkeep, Upkept

_log = structlog.get_logger()


class UpkeepWatch:
    """Asked once a second on the main thread. `failed` is told, on any thread, when a bug of ours stopped it."""

    def __init__(self, upkeep: Upkeep, failed: Callable[[], None]) -> None:
        self._upkeep = upkeep
        self._failed = failed
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="upkeep")
        self._running: Future[Upkept | None] | None = None

    def consider(self, *, quiet: bool) -> None:
        """Begins the day's upkeep when it is due and nobody stands before the machine."""
        at_work = self._running is not None and not self._running.done()
        if quiet and not at_work and self._upkeep.is_due():
            self._running = self._worker.submit(self._run)

    def close(self) -> None:
        """Waits for an upkeep under way: a backup is whole or not there."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> Upkept | None:
        try:
            return self._upkeep.run()
        except StorageFailedError as error:  # the disk: the store's own health tells, and it is tried again
            _log.error("upkeep_failed", number=error.fault.number, fault=error.fault.value)
        except Exception:  # noqa: BLE001 - the outermost edge of a worker
            _log.exception("upkeep_failed")
            self._failed()
        return None
