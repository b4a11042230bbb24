"""The heart-beat of a real engine to a real central: how the terminal is goes up, commands come down once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from drivers.emulators.network_line import NetworkLine
from shared.sync.assembly import SyncSettings, build_engine
from shared.sync.pace import Beat
from shared.sync.ports import Carried
from shared.wire.fleet import HelpCall, SupplyLevel, TerminalCommand, TerminalCondition
from tests.central.world import RunningCentral, Terminal
from tests.sync.conftest import Kiosk
from tests.sync.waiting import until


class Member:
    """A terminal that notes its commands and answers when the test says so."""

    def __init__(self) -> None:
        self.levels = [SupplyLevel(name="roll", supply="paper", state="low", left=40)]
        self.commands: list[tuple[TerminalCommand, Carried]] = []

    def condition(self) -> TerminalCondition:
        call = HelpCall(since="2026-11-23T01:00:00.000000Z", reason="asked")
        return TerminalCondition(version="1.0", levels=self.levels, help_calls=[call])

    def obey(self, command: TerminalCommand, carried: Carried) -> None:
        self.commands.append((command, carried))


@pytest.fixture
def member() -> Member:
    return Member()


@pytest.fixture
def window(central: RunningCentral) -> Terminal:
    return Terminal(central).enrol(mode="window")


@contextmanager
def beating(kiosk: Kiosk, member: Member, pulse: float = 0.3) -> Iterator[str]:
    """A running engine with its heart-beat; gives the terminal's id."""
    who = kiosk.enrol()
    settings = SyncSettings(kiosk.url, Beat(interval=0.1, longest_pause=0.2, answer=1.0, pulse=pulse))
    engine = build_engine(settings, who, kiosk.key, kiosk.store, kiosk.clock, "boot", kiosk.news.append, member)
    engine.start()
    try:
        yield who.terminal_id
    finally:
        engine.stop()


def standing(window: Terminal, terminal_id: str) -> dict[str, Any]:
    terminals = window.call("GET", "/v1/fleet").json()["terminals"]
    found: dict[str, Any] = next(each for each in terminals if each["terminal_id"] == terminal_id)
    return found


def give(window: Terminal, terminal_id: str, **order: object) -> str:
    answer = window.call("POST", f"/v1/terminals/{terminal_id}/commands", {"author": "ann", **order})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["command"]["command_id"])


def states(window: Terminal) -> list[tuple[str, str]]:
    commands = window.call("GET", "/v1/commands").json()["commands"]
    return [(each["state"], each["remark"]) for each in commands]


def test_central_knows_how_the_terminal_is(kiosk: Kiosk, member: Member, window: Terminal) -> None:
    with beating(kiosk, member) as terminal_id:
        until(lambda: standing(window, terminal_id)["online"])
        told = standing(window, terminal_id)
        assert told["condition"]["version"] == "1.0"
        assert told["condition"]["levels"][0]["left"] == 40
        assert told["condition"]["help_calls"][0]["reason"] == "asked"
        assert abs(told["clock_ahead_s"]) < 5
        member.levels = []
        until(lambda: standing(window, terminal_id)["condition"]["levels"] == [])
        assert standing(window, terminal_id)["response_ms"] is not None


def test_a_command_is_handed_on_once_and_its_receipts_return(kiosk: Kiosk, member: Member, window: Terminal) -> None:
    with beating(kiosk, member) as terminal_id:
        until(lambda: standing(window, terminal_id)["online"])
        command_id = give(window, terminal_id, kind="message", text="closing at five")
        until(lambda: member.commands)
        command, carried = member.commands[0]
        assert (command.command_id, command.text) == (command_id, "closing at five")
        assert states(window) == [("delivered", "")]
        carried("refused", "no display")
        until(lambda: states(window) == [("refused", "no display")])
        assert len(member.commands) == 1


def test_a_terminal_that_restarts_on_command_does_so_once(kiosk: Kiosk, member: Member, window: Terminal) -> None:
    with beating(kiosk, member) as terminal_id:
        until(lambda: standing(window, terminal_id)["online"])
        give(window, terminal_id, kind="restart")
        until(lambda: member.commands)
    heard_at = standing(window, terminal_id)["heard_at"]
    with beating(kiosk, member):
        until(lambda: standing(window, terminal_id)["heard_at"] > heard_at)
        assert len(member.commands) == 1
        assert states(window) == [("delivered", "")]


def test_a_command_given_while_the_line_is_down_arrives_after(
    kiosk: Kiosk, member: Member, window: Terminal, line: NetworkLine
) -> None:
    with beating(kiosk, member) as terminal_id:
        until(lambda: standing(window, terminal_id)["online"])
        line.cut()
        give(window, terminal_id, kind="exact_fare", on=True)
        line.restore()
        until(lambda: [(command.kind, command.on) for command, _ in member.commands] == [("exact_fare", True)])
        member.commands[0][1]("done", "")
        until(lambda: states(window) == [("done", "")])


def test_a_long_pulse_does_not_keep_receipts_waiting(kiosk: Kiosk, member: Member, window: Terminal) -> None:
    terminal_id = kiosk.enrol().terminal_id
    give(window, terminal_id, kind="close")
    with beating(kiosk, member, pulse=600):
        until(lambda: member.commands)
        member.commands[0][1]("done", "")
        until(lambda: states(window) == [("done", "")])
