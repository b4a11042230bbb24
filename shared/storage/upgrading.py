"""The migrations, run by Alembic: loaded only for a file that is not of the newest version, for it takes 17 MB."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from shared.storage.migrating import SCHEMA
from shared.storage.newest import Schema


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the missing migrations in the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def known_revisions() -> frozenset[str]:
    """The revisions that this program has."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def newest_revision() -> str | None:
    """The one that no other follows."""
    return _scripts().get_current_head()


def schema_of(revision: str) -> Schema:
    """What a file of this revision consists of, worked out in memory by the migrations themselves."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            upgrade(connection, revision)
            return frozenset((row.name, row.sql) for row in connection.exec_driver_sql(SCHEMA))
    finally:
        engine.dispose()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
