"""One changed byte is found and named; a file as the terminal wrote it passes, a changed copy never."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from shared.errors import Fault, SurroundingsError
from shared.security.keys import SigningKey
from shared.storage import verify as verifying
from shared.storage.audit.verdict import Broken
from shared.storage.database import Database
from shared.storage.verify import Verdict, verify
from tests.storage.world import KEY, lease, open_store, sell, sold_and_undone

PROVEN = {
    "journal": ("epoch", "seq", "previous_hash", "hash", "at", "type", "schema", "sale_id", "body", "signature"),
    "epoch": ("epoch", "terminal_id", "public_key", "profile"),
    "sale": ("sale_id", "outcome"),
    "lease": ("lease_id", "slot", "units", "document", "epoch"),
    "lease_use": ("lease_id", "k", "sale_id"),
    "entry": ("epoch", "seq", "subject", "reverses_epoch", "reverses_seq"),
    "ticket": ("ticket_id", "sale_id", "promised_to"),
    "refund": ("refund_id", "sale_id", "outcome"),
    "refund_row": ("refund_id", "epoch", "seq"),
    "payout": ("refund_no", "refund_id", "order_no", "minor"),
    "posting": ("epoch", "seq", "account", "currency", "minor"),
}
# What a changed byte leads to instead, in the tables that the journal does not tell.
OTHERWISE = {
    "booking": "by the journal's sales, row by row (tests/storage/test_situations.py, tests/selling)",
    "fact": "the enrolment by the epochs; the rest is central's and comes again",
    "upload": "central has acknowledged more than there is",
    "remark": "central's remarks on rows, for a person",
    "protected_number": "does not open: its cipher is authenticated (tests/storage/test_identity.py)",
    "admission": "central's feed, which comes again",
    "business_day": "opened and closed by rows of the journal",
    "staff": "central's feed, which comes again",
    "staff_tries": "wrong PINs of a while",
    **dict.fromkeys(("cash_device", "cash_heard", "cash_order", "cash_row", "cash_stock"), "the device's own counters"),
    **dict.fromkeys(("shift", "shift_row", "shift_move", "shift_z"), "the journal's shifts (tests/shift/test_book.py)"),
}
FLIPS = 150
CHANGES = {
    "INTEGER": "{column} + 1000",
    "BLOB": "CAST(substr({column}, 1, 3) || x'ff' || substr({column}, 5) AS BLOB)",
    "TEXT": "substr({column}, 1, length({column}) - 1) || char(unicode(substr({column}, -1)) + 13)",
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clean") / "t.sqlite"
    sold_and_undone(path)
    return path


@pytest.fixture
def copy(clean: Path, tmp_path: Path) -> Path:
    path = tmp_path / "t.sqlite"
    shutil.copy(clean, path)
    return path


def tamper(path: Path, *statements: str) -> None:
    """Changes rows behind the triggers' back, and leaves the triggers as they were."""
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def literal(value: object) -> str:
    return f"x'{value.hex()}'" if isinstance(value, bytes) else repr(value)


def broken(verdict: Verdict) -> Broken:
    assert verdict.broken is not None
    return verdict.broken


def test_every_table_is_proven_or_it_is_said_why_not(clean: Path) -> None:
    with closing(sqlite3.connect(clean)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for (name,) in tables} - {"alembic_version"} == {*PROVEN, *OTHERWISE}


def test_a_file_as_it_was_written_passes_and_is_not_changed(clean: Path) -> None:
    before = clean.read_bytes()
    verdict = verify(clean, KEY.public, every_signature=True)
    assert verdict == Verdict(rows=verdict.rows, signed=True, broken=None)
    assert verdict.rows > 20
    assert verify(clean).broken is None
    assert clean.read_bytes() == before


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, columns in PROVEN.items() for c in columns])
def test_a_change_in_any_column_is_found(copy: Path, table: str, column: str) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        kinds = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
        (keys, *_) = zip(*connection.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk"), strict=True)
        known = f"SELECT {', '.join(keys)} FROM {table} WHERE {column} IS NOT NULL"
        found_rows = connection.execute(known).fetchall()
    row = found_rows[len(found_rows) // 2]
    this = " AND ".join(f"{key} = {literal(value)}" for key, value in zip(keys, row, strict=True))
    tamper(copy, f"UPDATE {table} SET {column} = {CHANGES[kinds[column]].format(column=column)} WHERE {this}")
    found = broken(verify(copy, every_signature=True))
    # What an epoch declares is contradicted by others: by its rows or by the enrolment.
    assert found.table in ({"epoch", "journal", "fact"} if table == "epoch" else {table})


def test_the_first_broken_row_is_named(copy: Path) -> None:
    tamper(copy, "UPDATE journal SET body = replace(body, '6000', '9000') WHERE seq > 3 AND type LIKE '%created'")
    with closing(sqlite3.connect(copy)) as connection:
        (first,) = connection.execute("SELECT min(seq) FROM journal WHERE body LIKE '%9000%'").fetchone()
    found = broken(verify(copy))
    assert (found.table, found.key) == ("journal", (1, first))
    assert str(found) == f"journal, epoch 1, seq {first}: is not what its hash was made of"


def test_a_change_far_behind_a_broken_row_does_not_hide_it(copy: Path) -> None:
    tamper(copy, "UPDATE posting SET minor = minor * 2 WHERE seq = 4", "UPDATE journal SET at = '' WHERE seq = 20")
    found = broken(verify(copy))
    assert (found.table, found.key) == ("posting", (1, 4))


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("DELETE FROM journal WHERE seq = 5", "journal"),
        ("DELETE FROM sale WHERE sale_id = 'S3'", "sale"),
        ("DELETE FROM lease_use WHERE k = 1", "lease_use"),
        ("DELETE FROM posting WHERE account LIKE 'sales%'", "posting"),
        ("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)", "entry"),
        ("INSERT INTO posting VALUES (1, 1, 'drawer:x', 'CNY', 5)", "posting"),
        ("INSERT INTO entry VALUES (1, 999, 'S1', NULL, NULL)", "entry"),
        ("INSERT INTO sale VALUES ('S9', 'done')", "sale"),
        ("UPDATE fact SET value = replace(value, 't1', 't2')", "fact"),
        ("DELETE FROM epoch", "journal"),
        ("INSERT INTO upload VALUES (1, 999)", "journal"),
        ("DELETE FROM lease", "journal"),
    ],
)
def test_a_row_too_many_or_too_few_is_found(copy: Path, statement: str, table: str) -> None:
    tamper(copy, statement)
    assert broken(verify(copy)).table == table


def test_the_journal_of_another_key_is_found(copy: Path) -> None:
    found = broken(verify(copy, SigningKey.from_seed(b"x" * 32).public))
    assert found.table == "epoch"
    tamper(copy, "UPDATE epoch SET public_key = NULL")
    assert not verify(copy).signed
    assert verify(copy, KEY.public).broken is None
    assert broken(verify(copy, SigningKey.from_seed(b"x" * 32).public)).table == "journal"


def test_any_flipped_byte_of_the_file_changes_nothing_that_counts_or_is_found(clean: Path, tmp_path: Path) -> None:
    whole, path = clean.read_bytes(), tmp_path / "t.sqlite"
    counts = what_counts(clean)
    chance = random.Random(4)
    for _ in range(FLIPS):
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        try:
            found = verify(path, KEY.public, every_signature=True).broken
        except SurroundingsError:
            continue
        assert found is not None or what_counts(path) == counts, f"byte {place}"


def what_counts(path: Path) -> list[list[object]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return [
            connection.execute(f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED ORDER BY 1, 2").fetchall()
            for table, columns in PROVEN.items()
        ]


def test_every_profile_and_epoch_is_proven(tmp_path: Path) -> None:
    database = Database(tmp_path / "t.sqlite")
    store = open_store(database, 1, "sm3")
    store.add_leases([lease(2)], 0.0, "boot")
    sell(store, "S1")
    store = open_store(database, 2)
    store.add_leases([lease(2, b"lease--2", epoch=2)], 0.0, "boot")
    sell(store, "S2", 2)
    database.close()
    assert verify(database.path, KEY.public, every_signature=True).broken is None


def test_a_long_journal_is_verified_in_two_processes(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_WORTH_A_PROCESS", 1)
    assert verify(copy, KEY.public).broken is None
    tamper(copy, "UPDATE journal SET at = '2026-11-23T01:00:00.000001Z' WHERE seq = 7")
    assert broken(verify(copy)).key == (1, 7)


def test_what_is_no_database_of_a_terminal_is_refused(tmp_path: Path) -> None:
    for text in ("", "no database " * 200):
        path = tmp_path / "t.sqlite"
        path.write_text(text)
        with pytest.raises(SurroundingsError) as refusal:
            verify(path)
        assert refusal.value.fault is Fault.NOT_A_DATABASE
    with pytest.raises(SurroundingsError):
        verify(tmp_path / "absent.sqlite")
