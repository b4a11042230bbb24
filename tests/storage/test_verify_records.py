"""Verify holds document numbers and business days against the journal: what is stored, purged, opened and closed."""

from __future__ import annotations

import math
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shared.domain.business_day import DaySchedule
from shared.domain.clock import TrustedNow
from shared.domain.sale import PaymentAnswered, SaleClosed, TicketVoided
from shared.storage import journal
from shared.storage.backup import back_up
from shared.storage.business_days import OPENED
from shared.storage.database import Database
from shared.storage.identity_purge import PURGED
from shared.storage.journal import Pen
from shared.storage.restore import restore
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from tests.storage.test_verify import tamper
from tests.storage.window import ANNA, BORIS, DAY, KEEP_UNTIL, Window
from tests.storage.world import KEY, NOW, issued, lease, open_store, submitted


def found(path: Path) -> str:
    return str(verify(path, KEY.public).broken)


@pytest.fixture
def path(database: Database, store: TerminalStore) -> Path:
    """A file with a ticket in a name that was given back, two that stand, one that was purged, and two days."""
    store.add_leases([lease(20)], 0.0, "boot")
    window = Window(store)
    window.sell("S0", ANNA, day=DAY - timedelta(days=40))
    window.sell("S1", ANNA, BORIS)
    units = store.sale("S1").units
    store.record("S1", *submitted(2), PaymentAnswered(1, "paid", "ref"), *issued("S1", units), SaleClosed("done"))
    store.record("S1", TicketVoided(f"S1-{units[0].k}", "refund", "R1"))
    window.sell("S2", ANNA)
    window.sell("S3", BORIS, day=DAY + timedelta(days=1))
    store.record("S3", SaleClosed("released"))
    days = store.business_days(DaySchedule(ZoneInfo("Asia/Shanghai")), lambda: TrustedNow(NOW, math.inf))
    days.open(DAY, "bea")
    days.close("bea")
    days.open(DAY + timedelta(days=1), "bea")
    return database.path


def test_a_file_as_it_was_written_is_whole(path: Path) -> None:
    assert verify(path, KEY.public).broken is None


def test_what_was_purged_is_whole_too(path: Path, store: TerminalStore) -> None:
    assert store.identity.purge(KEEP_UNTIL + timedelta(days=1))
    assert verify(path, KEY.public).broken is None


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("DELETE FROM protected_number WHERE sale_id = 'S2'", "protected_number, S2"),
        ("UPDATE protected_number SET counts = 0 WHERE sale_id = 'S2'", "protected_number, S2"),
        ("UPDATE protected_number SET counts = 1 WHERE sale_id = 'S1'", "protected_number, S1"),
        ("UPDATE protected_number SET purge_after = '2099-01-01' WHERE sale_id = 'S2'", "protected_number, S2"),
        ("UPDATE protected_number SET counts_on = '2026-11-30' WHERE sale_id = 'S2'", "protected_number, S2"),
        ("UPDATE protected_number SET key_version = 9 WHERE sale_id = 'S2'", "protected_number, S2"),
        ("DELETE FROM business_day WHERE closed_by = ''", "business_day, 2026-11-24"),
        ("UPDATE business_day SET closed_by = 'x' WHERE closed_by <> ''", "business_day, 2026-11-23"),
        ("UPDATE business_day SET opened_by = 'x'", "business_day, 2026-11-23"),
    ],
)
def test_a_changed_row_is_named(path: Path, database: Database, statement: str, table: str) -> None:
    database.close()
    tamper(path, statement)
    assert found(path).startswith(table)


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (PURGED, {"reason": "due", "subject": "2099-01-01", "count": 1, "proof": "", "key_versions": [1]}, "purges"),
        (OPENED, {"day": "2026-11-25", "opened_at": "x", "opened_by": "x"}, "opens a day while another is open"),
        ("day.closed", {"day": "2026-11-23", "closed_at": "x", "closed_by": "x"}, "closes a day that is not open"),
        (
            "identity.stored",
            {"row": ["S2", 0, "per_person_day:entry"], "key_version": 1, "counts_on": "x", "purge_after": "x"},
            "a second time",
        ),
    ],
)
def test_a_row_of_the_journal_that_cannot_have_happened_is_named(
    path: Path, database: Database, kind: str, body: dict[str, object], said: str
) -> None:
    database.run(lambda connection: journal.append(connection, Pen("t1", 1, KEY), NOW, kind, body))
    assert said in found(path)


def test_a_day_that_goes_back_is_named(path: Path, database: Database, store: TerminalStore) -> None:
    store.business_days(DaySchedule(ZoneInfo("UTC")), lambda: TrustedNow(NOW, math.inf)).close("bea")
    body: dict[str, object] = {"day": "2026-11-01", "opened_at": "x", "opened_by": "x"}
    database.run(lambda connection: journal.append(connection, Pen("t1", 1, KEY), NOW, OPENED, body))
    assert "not later than the last" in found(path)


def test_a_restored_file_has_no_numbers_and_is_whole(path: Path, database: Database, tmp_path: Path) -> None:
    """A backup leaves numbers out; what is stored in the epoch after it counts again."""
    back_up(path, tmp_path / "b", date(2026, 11, 23))
    database.close()
    restored = restore(tmp_path / "b", path)
    assert restored.broken is None
    with closing(Database(path)) as again:
        store = open_store(again, 2)
        store.add_leases([lease(9, b"lease--2", epoch=2)], 0.0, "boot")
        Window(store).sell("S9", ANNA)
        assert verify(path, KEY.public).broken is None
    tamper(path, "DELETE FROM protected_number")
    assert found(path).startswith("protected_number, S9")
