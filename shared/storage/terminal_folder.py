"""A terminal's folder: its database, its key and its enrolment, opened together."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from shared.domain.clock import Clock
from shared.errors import Fault, UserError
from shared.security.key_vault import Vault
from shared.security.keys import SigningKey
from shared.security.opening_keys import terminal_vault
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore, read_fact
from shared.sync.enrolment import Enrolment

ENROLMENT_FACT = "enrolment"


@dataclass(frozen=True, slots=True)
class TerminalFolder:
    """An enrolled terminal's own things; whoever opened them closes `database`."""

    folder: Path
    key: SigningKey
    who: Enrolment
    database: Database
    store: TerminalStore

    def vault(self) -> Vault:
        """Where the data keys are kept."""
        return terminal_vault(self.folder, self.who.terminal_id)


def open_terminal_folder(folder: Path, clock: Clock) -> TerminalFolder:
    """Opens them. Raises UserError(NOT_ENROLLED), what `Database` and `TerminalStore` raise, and KeyFileError."""
    if not (folder / "terminal.sqlite").exists():
        raise UserError(Fault.NOT_ENROLLED, str(folder))
    key = SigningKey.load(folder / "terminal.key")
    with ExitStack() as undo:
        database = Database(folder / "terminal.sqlite")
        undo.callback(database.close)
        fact = read_fact(database, ENROLMENT_FACT)
        if fact is None:
            raise UserError(Fault.NOT_ENROLLED, str(folder))
        who = Enrolment.from_fact(fact)
        store = TerminalStore(database, Pen(who.terminal_id, who.epoch, key), clock)
        undo.pop_all()
    return TerminalFolder(folder, key, who, database, store)
