"""Document numbers are purged when their day is over, with a proof; nothing of them is in the file's bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from shared.domain.visitor import VisitorDocument
from shared.security.fields import RecordId
from shared.storage.database import Database
from shared.storage.identity_purge import proof_of
from shared.storage.verify import verify
from tests.storage.window import ANNA, BORIS, DAY, KEEP_UNTIL, NAME, PURPOSE, Window, bodies, person
from tests.storage.world import lease, open_store


def test_a_number_may_be_kept_through_its_last_day(window: Window) -> None:
    window.sell("S1", ANNA, BORIS)
    assert window.store.identity.purge(KEEP_UNTIL) is None
    purged = window.store.identity.purge(KEEP_UNTIL + timedelta(days=1))
    assert purged is not None
    assert (purged.count, purged.key_versions) == (2, (1,))
    assert window.store.identity.purge(KEEP_UNTIL + timedelta(days=2)) is None
    assert window.store.identity.key_versions() == set()


def test_the_proof_follows_from_what_the_journal_said_was_stored(window: Window) -> None:
    window.sell("S1", ANNA, BORIS)
    window.sell("S2", ANNA, day=DAY + timedelta(days=1))
    window.store.identity.purge(KEEP_UNTIL + timedelta(days=1))
    stored = bodies(window.store, "identity.stored")
    records = [RecordId(str(row[0]), row[1], str(row[2])) for row in (body["row"] for body in stored)]  # type: ignore[index]
    (purged,) = bodies(window.store, "identity.purged")
    assert (purged["count"], purged["proof"]) == (3, proof_of(reversed(records)))
    assert all(body["purge_after"] == KEEP_UNTIL.isoformat() for body in stored)


def traces(folder: Path) -> bytes:
    """Every byte of the database, its log and its shared memory."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def written(document: VisitorDocument) -> Iterator[bytes]:
    """How a document could stand in a file."""
    for part in (document.number, document.holder, document.number[6:14]):
        yield from (part.encode(), part.encode("utf-16-le"), part.encode().hex().encode())


def test_a_number_is_never_in_clear_and_after_the_purge_not_at_all(tmp_path: Path) -> None:
    database = Database(tmp_path / "terminal.sqlite")
    window = Window(open_store(database))
    window.store.add_leases([lease(60)], 0.0, "boot")
    people = [person(number) for number in range(50)]
    for number, who in enumerate(people):
        window.sell(f"S{number:02}", who)
    records = [RecordId(f"S{number:02}", 0, PURPOSE) for number in range(50)]
    sealed = [found for record in records if (found := window.store.identity.find(record))]
    assert len(sealed) == len(people)
    before = traces(tmp_path)
    assert all(number.ciphertext in before and number.hash in before for number in sealed)
    assert not [part for who in people for part in written(who) if part in before]

    assert window.store.identity.purge(KEEP_UNTIL + timedelta(days=1)) is not None
    after = traces(tmp_path)
    assert not [n for n in sealed if n.ciphertext in after or n.hash in after or n.ciphertext[12:28] in after]
    assert (tmp_path / "terminal.sqlite-wal").stat().st_size == 0
    database.close()
    assert not [n for n in sealed if n.ciphertext[12:28] in traces(tmp_path)]
    assert verify(tmp_path / "terminal.sqlite").broken is None


def test_the_journal_holds_neither_number_nor_hash_nor_ciphertext(window: Window) -> None:
    window.sell("S1", ANNA)
    number = window.store.identity.find(RecordId("S1", 0, PURPOSE))
    assert number is not None
    said = repr([event.body for event in window.store.journal_after(0, 1000)])
    for secret in (ANNA.number, NAME, ANNA.last4, number.hash.hex(), number.ciphertext.hex(), repr(number.hash)):
        assert secret not in said


def test_a_reader_that_holds_the_log_back_is_only_a_delay(tmp_path: Path) -> None:
    database = Database(tmp_path / "terminal.sqlite")
    window = Window(open_store(database))
    window.store.add_leases([lease(2)], 0.0, "boot")
    window.sell("S1", ANNA)
    database.run(lambda connection: connection.execute(text("PRAGMA busy_timeout=50")).close())
    with closing(sqlite3.connect(tmp_path / "terminal.sqlite")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM journal").fetchone()
        assert window.store.identity.purge(KEEP_UNTIL + timedelta(days=1)) is not None
        assert not database.empty_log()
    assert window.store.identity.purge(KEEP_UNTIL + timedelta(days=1)) is None
    assert (tmp_path / "terminal.sqlite-wal").stat().st_size == 0
    database.close()
