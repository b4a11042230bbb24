"""Central on both databases: a test that takes `central` or `database_place` runs on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.central import postgres
from tests.central.postgres import PostgresServer
from tests.central.world import RunningCentral, Terminal, serve


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One for each test process."""
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server on this machine: installer/linux/packages.txt names it")
    with postgres.server() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def database_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """What `database` in the settings says: a path or a URL."""
    if request.param == "sqlite":
        yield str(tmp_path / "central.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database() as url:
        yield url


@pytest.fixture
def central(tmp_path: Path, database_place: str) -> Iterator[RunningCentral]:
    with serve(tmp_path, database=database_place) as running:
        yield running


@pytest.fixture
def terminal(central: RunningCentral) -> Terminal:
    return Terminal(central).enrol()
