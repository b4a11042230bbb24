"""Who this terminal is, as central enrolled it; kept in the terminal's database."""

from __future__ import annotations

from dataclasses import dataclass

from shared.security.keys import PublicKey
from shared.storage.database import Database
from shared.storage.store import put_fact, read_fact

_FACT = "terminal"


@dataclass(frozen=True, slots=True)
class TerminalIdentity:
    """What enrolment gave. A new `epoch` begins the journal anew after a restored backup."""

    terminal_id: str
    site_id: str
    epoch: int
    central_key: PublicKey


def save_identity(database: Database, identity: TerminalIdentity) -> None:
    """Keeps the identity; another one before it is replaced."""
    document = {
        "terminal_id": identity.terminal_id,
        "site_id": identity.site_id,
        "epoch": identity.epoch,
        "central_key": identity.central_key.raw.hex(),
    }
    put_fact(database, _FACT, document)


def load_identity(database: Database) -> TerminalIdentity | None:
    """The identity; None before enrolment."""
    document = read_fact(database, _FACT)
    if document is None:
        return None
    return TerminalIdentity(
        str(document["terminal_id"]),
        str(document["site_id"]),
        int(str(document["epoch"])),
        PublicKey(bytes.fromhex(str(document["central_key"]))),
    )
