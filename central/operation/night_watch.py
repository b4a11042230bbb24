"""The thread that makes the daily backup."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import structlog

from central.operation.backup import BackupError, back_up, drop_old, is_due
from central.service import Central

log = structlog.get_logger()
_LOOK_EVERY_S = 60.0


class NightWatch:
    """Looks each minute whether a backup is due. Without `backup_folder`, or on PostgreSQL, there is nothing to do."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="central-backup")

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the backup under way."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        folder = self._central.settings.backup_folder
        if folder is None or not self._central.database.embedded:
            return
        while True:
            self.look(folder)
            if self._stopping.wait(_LOOK_EVERY_S):
                return

    def look(self, folder: Path) -> None:
        """Makes the backup when it is due. A failed one is logged and made again a minute later."""
        now = self._central.clock.now()
        try:
            if is_due(folder, now):
                made = back_up(Path(self._central.settings.database), folder, now)
                drop_old(folder, self._central.settings.backups_kept)
                log.info("backed_up", file=made.name)
        except (BackupError, OSError) as error:
            log.warning("backup_failed", cause=str(error) if isinstance(error, BackupError) else type(error).__name__)
