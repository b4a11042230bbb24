from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from central.storage.database import Database, database_url
from central.storage.tables import Base


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    place = str(tmp_path / "central.db")
    with closing(Database(database_url(place))) as database:
        database.migrate()
        database.migrate()
    engine = create_engine(database_url(place))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_a_committed_row_survives_a_power_cut_and_foreign_keys_hold(tmp_path: Path) -> None:
    with closing(Database(database_url(str(tmp_path / "central.db")))) as database:
        pragmas = database.read(
            lambda s: {
                name: s.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        )
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_url_is_taken_as_it_is() -> None:
    assert database_url("postgresql+psycopg://u@h/d").get_backend_name() == "postgresql"
    assert database_url("/var/lib/shanmen/central.db").database == "/var/lib/shanmen/central.db"
