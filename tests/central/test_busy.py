"""When everybody wants the same, a terminal is asked to wait; when the database is away, to come again."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from central.storage import database, postgresql
from shared.wire.problem import Problem
from tests.central import postgres
from tests.central.postgres import PostgresServer
from tests.central.world import SMALL, Terminal, problem, serve


def _ask(terminal: Terminal) -> object:
    return {"wants": [{"slot": str(SMALL), "units": 1}], "holding": []}


def test_on_sqlite_writers_stand_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(tmp_path) as central:
        terminal = Terminal(central).enrol()
        with central.writing(), monkeypatch.context() as busy:
            busy.setattr(database, "PATIENCE_S", 0.1)
            answer = terminal.call("POST", "/v1/leases", _ask(terminal))
        assert problem(answer) == Problem.BUSY.number
        assert int(answer.headers["Retry-After"]) > 0
        assert terminal.call("POST", "/v1/leases", _ask(terminal)).status_code == 200


def test_on_postgresql_a_lock_is_waited_for_only_so_long(
    tmp_path: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgresql.CONNECTION, "options", "-c timezone=UTC -c lock_timeout=200ms")
    with postgres_server.database() as url, serve(tmp_path, database=url) as central:
        terminal = Terminal(central).enrol()
        with central.writing():
            assert terminal.call("GET", "/v1/feed").status_code == 200, "who wants other rows does not wait"
            assert problem(terminal.call("POST", "/v1/leases", _ask(terminal))) == Problem.BUSY.number
        assert terminal.call("POST", "/v1/leases", _ask(terminal)).status_code == 200


@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server on this machine")
def test_a_database_that_went_away_is_said_and_comes_back(tmp_path: Path) -> None:
    with postgres.server() as own, own.database() as url, serve(tmp_path, database=url) as central:
        terminal = Terminal(central).enrol()
        own.process.send_signal(signal.SIGINT)
        own.process.wait(20)
        assert problem(terminal.call("POST", "/v1/leases", _ask(terminal))) == Problem.NOT_READY.number
        own.restart()
        assert terminal.call("POST", "/v1/leases", _ask(terminal)).status_code == 200
