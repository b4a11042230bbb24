from __future__ import annotations

from threading import Event, Thread

import pytest
from sqlalchemy.orm import Session

from central.storage import database
from shared.wire.problem import Problem
from tests.central.world import Terminal, problem


def test_when_everybody_writes_a_terminal_is_asked_to_wait(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 0.1)
    writing, done = Event(), Event()

    def long_work(_session: Session) -> None:
        writing.set()
        done.wait(10)

    writer = Thread(target=terminal.central.service.database.write, args=(long_work,))
    writer.start()
    writing.wait(5)
    answer = terminal.call("GET", "/v1/feed")
    done.set()
    writer.join()

    assert problem(answer) == Problem.BUSY.number
    assert int(answer.headers["Retry-After"]) > 0
    assert terminal.call("GET", "/v1/feed").status_code == 200
