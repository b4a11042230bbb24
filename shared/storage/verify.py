"""Verifying a terminal's database from the file alone, opened read-only (`shanmen verify`)."""

from __future__ import annotations

import gc
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.errors import Fault, SurroundingsError
from shared.security.keys import PublicKey
from shared.storage.audit.chain import check_chain
from shared.storage.audit.identity import Epoch, central_of, check_acknowledged, epochs_in
from shared.storage.audit.places import Places
from shared.storage.audit.sales import check_sales
from shared.storage.audit.verdict import Broken, BrokenError, finding, first_of, require
from shared.storage.migrating import check_schema, open_read_only

_WORTH_A_PROCESS = 20_000  # rows; below it, starting a second process takes longer than it saves


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rows` of the journal were read; `broken` is the first row that is not what the terminal wrote, None if none.

    `signed`: whether a key was known to check signatures with, from the caller or from the file itself.
    """

    rows: int
    signed: bool
    broken: Broken | None


def verify(path: Path, key: PublicKey | None = None, *, every_signature: bool = False) -> Verdict:
    """Checks chain, histories, projections, ledger, places and leases. The file is not changed.

    `key` is the terminal's, known from elsewhere. Without it signatures are checked against the key that the file
    names, which proves that the rows belong together, not whose they are. An epoch's last signature vouches for all
    its rows; `every_signature` checks the others too. Raises SurroundingsError for a file that is no terminal's
    database, is newer, or has other tables.
    """
    if not path.is_file():
        raise SurroundingsError(Fault.NOT_A_DATABASE, str(path))
    try:
        with closing(open_read_only(path)) as connection:
            check_schema(connection, str(path))
            connection.execute("BEGIN")
            with _uncollected():
                return _verify(connection, path, key, every_signature)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise SurroundingsError(Fault.NOT_A_DATABASE, f"{path}: {error}") from error


def _verify(connection: sqlite3.Connection, path: Path, key: PublicKey | None, every_signature: bool) -> Verdict:
    (count,) = connection.execute("SELECT count(*) FROM journal").fetchone()
    try:
        epochs = epochs_in(connection, key)
        central = central_of(connection, epochs)
    except BrokenError as error:
        return Verdict(count, signed=False, broken=error.broken)
    side = _side_by_side if count > _WORTH_A_PROCESS else _in_turn
    found = side(path, epochs, every_signature, lambda: _check_sums(connection, central))
    signed = any(epoch.key is not None for epoch in epochs.values())
    return Verdict(count, signed, first_of(found))


def _in_turn(
    path: Path, epochs: Mapping[int, Epoch], every_signature: bool, check_sums: Callable[[], None]
) -> list[Broken | None]:
    chain, pages = _rows_and_pages(path, epochs, every_signature)
    return [chain, finding(check_sums), pages]


def _side_by_side(
    path: Path, epochs: Mapping[int, Epoch], every_signature: bool, check_sums: Callable[[], None]
) -> list[Broken | None]:
    """The chain in a process of its own: it shares nothing with the rest but the file."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as helper:
        beside = helper.submit(_rows_and_pages, path, epochs, every_signature)
        sums = finding(check_sums)
        chain, pages = beside.result()
        return [chain, sums, pages]


def _rows_and_pages(
    path: Path, epochs: Mapping[int, Epoch], every_signature: bool
) -> tuple[Broken | None, Broken | None]:
    with closing(open_read_only(path)) as connection, _uncollected():
        chain = finding(lambda: check_chain(connection, epochs, every_signature=every_signature))
        return chain, finding(lambda: _check_pages(connection))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: there are none, and to look through a million sales again and again takes a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _check_pages(connection: sqlite3.Connection) -> None:
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    require(said == "ok", "the file", "its pages", said)
    stray = connection.execute("PRAGMA foreign_key_check").fetchone()
    require(stray is None, str(stray and stray[0]), str(stray and stray[1]), "refers to a row that is not there")


def _check_sums(connection: sqlite3.Connection, central: PublicKey | None) -> None:
    """Everything that the journal adds up to."""
    check_sales(connection, Places(connection, central))
    check_acknowledged(connection)
