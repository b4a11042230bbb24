"""The document numbers of the terminal's sales, for those who show them and for the daily purge."""

from __future__ import annotations

from datetime import date
from typing import Literal

import structlog

from shared.domain.clock import Clock
from shared.security.fields import ProtectedNumber, RecordId
from shared.storage import identity, journal
from shared.storage.database import Database
from shared.storage.identity_purge import Purged, purge_due
from shared.storage.journal import Pen

_log = structlog.get_logger()


class IdentityRegister:
    """Each call is one durable transaction."""

    def __init__(self, database: Database, pen: Pen, clock: Clock) -> None:
        self._database = database
        self._pen = pen
        self._clock = clock

    def find(self, record: RecordId) -> ProtectedNumber | None:
        """What is stored for a ticket and purpose; None when there is nothing, or no longer."""
        return self._database.run(lambda connection: identity.find(connection, record))

    def tickets_of(self, hashes: tuple[bytes, ...], purpose: str, counts_on: date) -> int:
        """How many tickets a person has for a purpose and day."""
        return self._database.run(lambda connection: identity.tickets_of(connection, hashes, purpose, counts_on))

    def key_versions(self) -> frozenset[int]:
        """The versions of data keys that stored numbers need; any other may be erased."""
        return self._database.run(identity.key_versions)

    def note_key(self, what: Literal["rotated", "erased"], version: int) -> None:
        """Journals what became of a data key: evidence that its numbers can be read no more."""
        body, now = {"version": version}, self._clock.now()
        self._database.run(lambda c: journal.append(c, self._pen, now, f"identity.key_{what}", body))

    def purge(self, today: date) -> Purged | None:
        """Deletes what may not be kept on `today` (the business day) any more; None when there was nothing.

        The log is emptied every time: a stop between the deletion and this leaves it to the next purge.
        """
        now = self._clock.now()
        purged = self._database.run(lambda connection: purge_due(connection, self._pen, now, today))
        if not self._database.empty_log():
            _log.warning("log_not_emptied")  # a reader holds it: a backup, or an auditor's tool
        return purged
