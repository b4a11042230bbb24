"""The ledger in the database: it balances because the database refuses what does not, and it never changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import IntegrityError

from shared.domain import sale as ev
from shared.domain.ledger import Account, AccountKind, Entry, LedgerError, Posting
from shared.domain.money import Currency, Money
from shared.storage.database import Database
from shared.storage.ledger import post, trial_balance
from shared.storage.migrating import migrate
from shared.storage.store import TerminalStore
from shared.storage.verify import verify
from tests.storage.world import hold, lease, open_store, sell, submitted

CNY = Currency("CNY")


def run(database: Database, *statements: str) -> None:
    def work(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    database.run(work)


def balances(store: TerminalStore) -> dict[str, int]:
    return {str(line.account): line.balance.minor for line in store.trial_balance()}


def test_the_trial_balance_follows_the_sales(store: TerminalStore) -> None:
    store.add_leases([lease(9)], 0.0, "boot")
    sell(store, "S1", 2)
    assert balances(store) == {"receivable:wechat": 12000, "sales:entry": -12000}
    hold(store, "S2")
    store.record("S2", *submitted())
    in_doubt = {"clearing:wechat": 6000, "unsettled:wechat": -6000}
    assert balances(store) == {"receivable:wechat": 12000, "sales:entry": -12000, **in_doubt}
    store.record("S2", ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "reversed"))
    assert balances(store) == {"receivable:wechat": 12000, "sales:entry": -12000}


def test_a_reversal_names_the_entry_that_it_takes_back(database: Database, store: TerminalStore) -> None:
    store.add_leases([lease(1)], 0.0, "boot")
    hold(store, "S1")
    store.record("S1", *submitted(), ev.PaymentAnswered(1, "declined"))
    query = text("SELECT seq, reverses_epoch, reverses_seq FROM entry ORDER BY seq")
    assert database.run(lambda connection: connection.execute(query).all()) == [(4, None, None), (5, 1, 4)]


def test_a_payment_in_doubt_is_taken_back_though_another_was_refunded_meanwhile(
    database: Database, store: TerminalStore
) -> None:
    store.add_leases([lease(1)], 0.0, "boot")
    hold(store, "S1")
    part, rest = Money(1000, CNY), Money(5000, CNY)
    store.record("S1", ev.PaymentCreated(1, "wechat", "N1", part), ev.PaymentSubmitted(1))
    store.record("S1", ev.PaymentAnswered(1, "paid", "ref"))
    store.record("S1", ev.PaymentCreated(2, "alipay", "N2", rest), ev.PaymentSubmitted(2))
    store.record("S1", ev.ReverseSubmitted(2), ev.ReverseAnswered(2, "unknown"), ev.ClaimIssued("C", "doubt"))
    store.record("S1", ev.RefundSubmitted(1, "R1"), ev.RefundAnswered(1, "refunded", "ref"))
    store.record("S1", ev.ReverseSubmitted(2), ev.ReverseAnswered(2, "reversed"), ev.SaleClosed("released"))
    assert balances(store) == {}
    database.close()
    assert verify(database.path).broken is None


def test_nothing_is_reversed_that_was_not_posted(database: Database, store: TerminalStore) -> None:
    store.add_leases([lease(1)], 0.0, "boot")
    hold(store, "S1")
    account = Account(AccountKind.CLEARING, "wechat")
    made = Entry((Posting(account, CNY, -5), Posting(Account(AccountKind.UNSETTLED), CNY, 5)), reverses=True)
    with pytest.raises(LedgerError, match="nothing to reverse"):
        database.run(lambda connection: post(connection, 1, 1, "S1", made))


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE posting SET minor = minor + 1"],
        ["DELETE FROM posting"],
        ["UPDATE entry SET subject = 'x'"],
        ["DELETE FROM entry"],
        ["INSERT INTO posting VALUES (1, 4, 'sales:entry', 'CNY', 5)"],  # into a sealed entry
        ["INSERT OR REPLACE INTO posting VALUES (1, 4, 'clearing:wechat', 'CNY', 5)"],
        ["INSERT OR REPLACE INTO entry VALUES (1, 4, 'S1', NULL, NULL)"],
        ["INSERT INTO posting VALUES (1, 1, 'sales:entry', 'CNY', 5)"],  # never sealed
        ["INSERT INTO entry VALUES (1, 1, 'S1', NULL, NULL)"],  # without postings
        [
            "INSERT INTO posting VALUES (1, 1, 'drawer:d', 'CNY', 5), (1, 1, 'sales:entry', 'HKD', -5)",
            "INSERT INTO entry VALUES (1, 1, 'S1', NULL, NULL)",
        ],
        [
            "INSERT INTO posting VALUES (1, 1, 'drawer:d', 'CNY', 5), (1, 1, 'sales:entry', 'CNY', -5)",
            "INSERT INTO entry VALUES (1, 1, 'S1', 1, 4)",  # no mirror of what it reverses
        ],
        [
            "INSERT INTO posting VALUES (1, 9, 'drawer:d', 'CNY', 5), (1, 9, 'sales:entry', 'CNY', -5)",
            "INSERT INTO entry VALUES (1, 9, 'S1', NULL, NULL)",  # no such journal row
        ],
    ],
)
def test_the_database_itself_refuses_wrong_books(
    database: Database, store: TerminalStore, statements: list[str]
) -> None:
    store.add_leases([lease(1)], 0.0, "boot")
    hold(store, "S1")
    store.record("S1", *submitted())
    before = balances(store)
    with pytest.raises(IntegrityError):
        run(database, *statements)
    assert balances(store) == before


def test_a_balanced_entry_passes(database: Database, store: TerminalStore) -> None:
    store.add_leases([lease(1)], 0.0, "boot")
    hold(store, "S1")
    run(
        database,
        "INSERT INTO posting VALUES (1, 1, 'drawer:d', 'CNY', 5), (1, 1, 'sales:entry', 'CNY', -5)",
        "INSERT INTO entry VALUES (1, 1, 'S1', NULL, NULL)",
    )
    assert balances(store) == {"drawer:d": 5, "sales:entry": -5}


def test_a_journal_from_before_the_ledger_is_posted_by_the_migration(tmp_path: Path) -> None:
    new, old = tmp_path / "new.sqlite", tmp_path / "old.sqlite"
    database = Database(new)
    store = open_store(database)
    store.add_leases([lease(9)], 0.0, "boot")
    sell(store, "S1", 2)
    hold(store, "S2")
    store.record("S2", *submitted(), ev.PaymentAnswered(1, "declined"))
    before = balances(store)
    database.close()
    engine = create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:
        migrate(connection, "0001")
        connection.exec_driver_sql(f"ATTACH '{new}' AS new")
        connection.exec_driver_sql("INSERT INTO journal SELECT * FROM new.journal ORDER BY epoch, seq")
        connection.exec_driver_sql("INSERT INTO sale SELECT * FROM new.sale")
    engine.dispose()
    migrated = Database(old)
    found = migrated.run(trial_balance)
    migrated.close()
    assert {str(line.account): line.balance.minor for line in found} == before
