from __future__ import annotations

import pytest

from central.storage import database
from shared.wire.problem import Problem
from tests.central.world import Terminal, problem


def test_when_everybody_writes_a_terminal_is_asked_to_wait(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal.central.writing(), monkeypatch.context() as busy:
        busy.setattr(database, "PATIENCE_S", 0.1)
        answer = terminal.call("GET", "/v1/feed")

    assert problem(answer) == Problem.BUSY.number
    assert int(answer.headers["Retry-After"]) > 0
    assert terminal.call("GET", "/v1/feed").status_code == 200
