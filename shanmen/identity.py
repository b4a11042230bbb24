"""`shanmen identity`: the keys that protect visitors' document numbers, and the purge of numbers past their date.

All of it works on a stopped terminal: a running one has its keys in memory, and purges by itself every day.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.errors import Fault, UserError
from shared.security import key_vault
from shared.security.data_keys import SECRET_BYTES, DataKeys
from shared.storage.terminal_folder import TerminalFolder, open_terminal_folder
from shared.system_clock import SystemClock

app = typer.Typer(no_args_is_help=True, help="Visitors' document numbers: their keys, and their purge.")

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The terminal's folder (`terminal.data`).")]


@app.command()
def keys(folder: Folder) -> None:
    """Say where the data keys are, which versions there are, and which of them stored numbers need."""
    with _stopped(folder) as terminal:
        vault, kept = _keys(terminal)
        needed = terminal.store.identity.key_versions()
    where = "the system's keyring" if vault.place == "keyring" else "a key file: degraded, whoever has the disk has it"
    typer.echo(f"kept in {where}")
    for version in kept.versions:
        use = "protects new numbers" if version == kept.newest.version else "reads old numbers"
        typer.echo(f"version {version}: {use}{', needed' if version in needed else ''}")


@app.command()
def rotate(folder: Folder) -> None:
    """Make a next version of the data key; older ones still read what they protected."""
    with _stopped(folder) as terminal:
        vault, kept = _keys(terminal)
        kept = key_vault.rotate(vault, kept, secrets.token_bytes(SECRET_BYTES))
        terminal.store.identity.note_key("rotated", kept.newest.version)
    typer.echo(f"version {kept.newest.version} protects from now on")


@app.command()
def erase(
    folder: Folder,
    version: Annotated[int, typer.Argument(help="Which version.")],
    needed_too: Annotated[bool, typer.Option("--needed-too", help="Make numbers that are still kept unreadable.")] = (
        False
    ),
) -> None:
    """Forget a version for good: what it protected can be read by nobody, in backups neither."""
    with _stopped(folder) as terminal:
        vault, kept = _keys(terminal)
        if kept.find(version) is None:
            raise UserError(Fault.DATA_KEY_NOT_ERASABLE, f"there is no version {version}")
        if version == kept.newest.version:
            raise UserError(Fault.DATA_KEY_NOT_ERASABLE, f"version {version} is the newest: rotate first")
        if version in terminal.store.identity.key_versions() and not needed_too:
            raise UserError(Fault.DATA_KEY_NOT_ERASABLE, f"numbers under version {version} are still kept")
        key_vault.erase(vault, kept, version)
        terminal.store.identity.note_key("erased", version)
    typer.echo(f"version {version} is erased")


@app.command()
def purge(
    folder: Folder,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day. Default: the last business day.")
    ] = None,
) -> None:
    """Delete the document numbers that may be kept no longer, with a proof in the journal."""
    with _stopped(folder) as terminal:
        last = terminal.store.last_business_day()
        day = on.date() if on else last.day if last else None
        if day is None:
            raise UserError(Fault.DAY_NOT_OPEN, "no business day yet: name one with --on")
        purged = terminal.store.identity.purge(day)
    if purged is None:
        typer.echo(f"nothing to delete as of {day}")
    else:
        typer.echo(f"{purged.count} deleted as of {day}; proof {purged.proof}")


@contextmanager
def _stopped(folder: Path) -> Iterator[TerminalFolder]:
    terminal = open_terminal_folder(folder, SystemClock())
    try:
        yield terminal
    finally:
        terminal.database.close()


def _keys(terminal: TerminalFolder) -> tuple[key_vault.Vault, DataKeys]:
    vault, used = terminal.vault(), terminal.store.identity.key_versions()
    return vault, key_vault.open_data_keys(vault, used, lambda: secrets.token_bytes(SECRET_BYTES))
