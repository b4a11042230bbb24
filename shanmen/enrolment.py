"""`shanmen enrol`: makes a kiosk a terminal of its site, or gives a restored one its new epoch."""

from __future__ import annotations

import secrets
from contextlib import closing
from pathlib import Path

from kiosk.settings import KioskSettings
from shared.domain.clock import Clock
from shared.errors import Fault, UserError
from shared.security.keys import SigningKey
from shared.settings import SettingsError
from shared.storage import epochs
from shared.storage.database import Database
from shared.storage.store import put_fact, read_fact
from shared.storage.terminal_folder import ENROLMENT_FACT
from shared.sync.answers import Ok, Refused, Unreachable
from shared.sync.client import CentralClient
from shared.sync.enrolment import Enrolment, enrol


def enrol_terminal(settings: KioskSettings, code: str, clock: Clock) -> Enrolment:
    """Makes the terminal's key, redeems the code and keeps the identity. Raises SettingsError with a plain reason."""
    folder = settings.terminal.data
    key = _own_key(folder / "terminal.key")
    with closing(Database(folder / "terminal.sqlite")) as database:
        if read_fact(database, ENROLMENT_FACT) is not None and not database.run(epochs.needs_new):
            raise SettingsError(f"{folder}: this terminal is enrolled already")
        last = database.run(epochs.last_epoch)
        with closing(CentralClient(settings.central.url, key, clock, secrets.token_bytes)) as client:
            answer = enrol(client, key, code, settings.terminal.name, last)
        match answer:
            case Ok(who) if who.epoch <= last:
                raise UserError(Fault.NEEDS_NEW_EPOCH, f"central gave epoch {who.epoch} after {last}")
            case Ok(who):
                put_fact(database, ENROLMENT_FACT, who.to_fact())
                return who
            case Refused(problem):
                raise SettingsError(f"central refused the code: {problem.title} ({problem.number})")
            case Unreachable(cause):
                raise SettingsError(f"central.url: {settings.central.url} does not answer ({cause})")


def _own_key(path: Path) -> SigningKey:
    if path.exists():
        return SigningKey.load(path)
    key = SigningKey.generate()
    key.save(path)
    return key
