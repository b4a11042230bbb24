from __future__ import annotations

import signal
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from central.service import open_central
from central.storage.database import Database, NotDurableError, database_url
from central.storage.tables import Base
from shared.security.keys import SigningKey
from tests.central import postgres
from tests.central.postgres import PostgresServer
from tests.central.small_area import small_area
from tests.central.world import SetClock, settings_in


def test_the_migrations_make_the_tables_that_the_code_uses(database_place: str) -> None:
    with closing(Database(database_url(database_place))) as database:
        database.migrate()
        database.migrate()
    engine = create_engine(database_url(database_place))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_on_sqlite_a_committed_row_survives_a_power_cut_and_foreign_keys_hold(tmp_path: Path) -> None:
    with closing(Database(database_url(str(tmp_path / "central.db")))) as database:
        pragmas = database.read(
            lambda s: {
                name: s.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        )
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_on_postgresql_a_commit_waits_for_the_disk_and_times_are_utc(postgres_server: PostgresServer) -> None:
    names = ("synchronous_commit", "timezone", "lock_timeout", "transaction_isolation", "transaction_read_only")

    def shown(session: Session) -> list[object]:
        return [session.execute(text(f"SHOW {name}")).scalar() for name in names]

    with postgres_server.database() as url, closing(Database(database_url(url))) as database:
        assert database.write(shown) == ["on", "UTC", "5s", "read committed", "off"]
        assert database.read(shown) == ["on", "UTC", "5s", "repeatable read", "on"]


def test_a_server_that_may_lose_commits_is_refused(tmp_path: Path, postgres_server: PostgresServer) -> None:
    key = SigningKey.from_seed(bytes(32))
    with postgres_server.database() as url:
        settings = settings_in(tmp_path, url).model_copy(update={"durable": True})
        with pytest.raises(NotDurableError, match="fsync=off"):
            open_central(settings, small_area(), SetClock(), key, bytes)


@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server on this machine")
def test_what_postgresql_acknowledged_survives_its_death() -> None:
    with postgres.server(durable=True) as own, own.database() as url:
        with closing(Database(database_url(url))) as database:
            database.insist_on_durability()
            for number in range(20):
                insert = text("INSERT INTO sequencer VALUES ('s', :name, 1)").bindparams(name=f"n{number}")
                database.write(partial(Session.execute, statement=insert))
        own.process.send_signal(signal.SIGQUIT)  # at once, without a check point: the log must bring everything back
        own.process.wait(20)
        own.restart()
        with closing(Database(database_url(url))) as database:
            kept = database.read(lambda s: s.execute(text("SELECT count(*) FROM sequencer")).scalar())
    assert kept == 20


def test_a_url_is_taken_as_it_is_and_names_the_driver() -> None:
    assert database_url("postgresql+psycopg://u@h/d").get_backend_name() == "postgresql"
    assert database_url("postgresql://u@h/d").drivername == "postgresql+psycopg"
    assert database_url("/var/lib/shanmen/central.db").database == "/var/lib/shanmen/central.db"
