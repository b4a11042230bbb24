"""Heart-beats and commands as central keeps them, by hand-made requests."""

from __future__ import annotations

from typing import Any

from central.audit.chain import first_broken
from shared.domain.canonical import instant_text
from shared.wire.problem import Problem
from tests.central.world import RunningCentral, Terminal, problem


def beat(terminal: Terminal, *receipts: object, **condition: object) -> list[dict[str, Any]]:
    """Sends a heart-beat; returns the commands of its answer."""
    at = instant_text(terminal.central.clock.now())
    body = {"at": at, "condition": {"version": "1.0", **condition}, "receipts": list(receipts)}
    answer = terminal.call("POST", "/v1/heartbeat", body)
    assert answer.status_code == 200, answer.text
    commands: list[dict[str, Any]] = answer.json()["commands"]
    return commands


def order(window: Terminal, terminal_id: str, **command: object) -> Any:
    return window.call("POST", f"/v1/terminals/{terminal_id}/commands", {"author": "ann", **command})


def receipt(command_id: str, state: str) -> dict[str, str]:
    return {"command_id": command_id, "state": state}


def state_of(window: Terminal) -> str:
    return str(window.call("GET", "/v1/commands").json()["commands"][0]["state"])


def test_the_last_heart_beat_stands_and_a_silent_terminal_is_listed(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    device = {"name": "printer", "state": "degraded", "code": "paper_low"}
    beat(kiosk)
    beat(kiosk, devices={"at": instant_text(central.clock.now()), "devices": [device]})
    told = {each["terminal_id"]: each for each in window.call("GET", "/v1/fleet").json()["terminals"]}
    assert told[kiosk.terminal_id]["condition"]["devices"]["devices"][0]["code"] == "paper_low"
    assert told[kiosk.terminal_id]["online"]
    assert not told[window.terminal_id]["online"]
    assert told[window.terminal_id]["condition"] is None


def test_a_command_is_repeated_until_it_is_delivered_and_ends_with_its_last_word(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    command_id = order(window, kiosk.terminal_id, kind="exact_fare", on=False).json()["command"]["command_id"]
    for _ in range(2):
        assert [(c["command_id"], c["kind"], c["on"]) for c in beat(kiosk)] == [(command_id, "exact_fare", False)]
    assert beat(kiosk, receipt(command_id, "delivered")) == []
    assert state_of(window) == "delivered"
    beat(kiosk, receipt(command_id, "done"), receipt(command_id, "refused"), receipt(command_id, "delivered"))
    assert state_of(window) == "done"
    assert central.service.database.read(lambda s: first_broken(s, "hill")) is None


def test_a_receipt_of_another_terminal_changes_nothing(central: RunningCentral) -> None:
    window, kiosk, other = Terminal(central).enrol(mode="window"), Terminal(central).enrol(), Terminal(central).enrol()
    command_id = order(window, kiosk.terminal_id, kind="close").json()["command"]["command_id"]
    assert beat(other, receipt(command_id, "done"), receipt("00" * 8, "done")) == []
    assert state_of(window) == "waiting"


def test_what_cannot_be_a_command_is_refused(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    assert problem(order(window, "t-nobody", kind="close")) == Problem.NOT_FOUND.number
    assert problem(order(window, kiosk.terminal_id, kind="message", text=" ")) == Problem.INVALID.number
    assert problem(order(window, kiosk.terminal_id, kind="explode")) == Problem.INVALID.number
    assert problem(order(kiosk, kiosk.terminal_id, kind="close")) == Problem.NOT_A_WINDOW.number
    assert problem(kiosk.call("GET", "/v1/fleet")) == Problem.NOT_A_WINDOW.number
