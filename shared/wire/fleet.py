"""A terminal's heart-beat and the commands that its answer carries; what supervisors see of the fleet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.wire.base import Count, Hex8, Instant, Name, Number, WireModel
from shared.wire.health import DevicesReport, Remark

PATH = "/v1/heartbeat"
MAX_LEVELS = 32
MAX_CALLS = 16
MAX_COMMANDS = 16
MAX_RECEIPTS = 64

CommandKind = Literal["message", "restart", "close", "exact_fare"]
ReceiptState = Literal["delivered", "done", "refused"]
CommandState = Literal["waiting", "delivered", "done", "refused"]
AlarmKind = Literal["offline", "paper", "cash", "clock", "response", "failed_sales"]
MessageText = Annotated[str, StringConstraints(max_length=300)]


class SupplyLevel(WireModel):
    """What is left of a supply: sheets of paper, or pieces in a cash unit; `left` is absent where nobody counts.

    `full` is a cash box that takes no more.
    """

    name: Name
    supply: Literal["paper", "cash"]
    state: Literal["enough", "low", "empty", "full"]
    left: Count | None = None


class HelpCall(WireModel):
    """Somebody at the terminal waits for a person since `since`; `reason` is a code, never a text of the visitor."""

    since: Instant
    reason: Name


class TerminalCondition(WireModel):
    """How a terminal is: its software, its devices, its supplies, who calls for help."""

    version: Name
    devices: DevicesReport | None = None
    levels: Annotated[list[SupplyLevel], Field(max_length=MAX_LEVELS)] = Field(default_factory=list)
    help_calls: Annotated[list[HelpCall], Field(max_length=MAX_CALLS)] = Field(default_factory=list)


class CommandReceipt(WireModel):
    """What became of a command. `delivered` comes before it is carried out, `done` or `refused` after."""

    command_id: Hex8
    state: ReceiptState
    remark: Remark = ""


class Heartbeat(WireModel):
    """`at` is the terminal's own clock. `response_ms`: how long central took to answer the last one."""

    at: Instant
    condition: TerminalCondition
    response_ms: Count | None = None
    receipts: Annotated[list[CommandReceipt], Field(max_length=MAX_RECEIPTS)] = Field(default_factory=list)


class TerminalCommand(WireModel):
    """A command for one terminal: `text` is the message, `on` says whether exact-fare mode begins or ends."""

    command_id: Hex8
    kind: CommandKind
    text: MessageText = ""
    on: bool = True
    given_at: Instant


class HeartbeatAnswer(WireModel):
    """Commands that wait, the oldest first. One is repeated until a receipt for it came."""

    commands: Annotated[list[TerminalCommand], Field(max_length=MAX_COMMANDS)] = Field(default_factory=list)


class CommandOrder(WireModel):
    """What a supervisor (`author`, a staff id) has a terminal do. A message needs its `text`."""

    kind: CommandKind
    text: MessageText = ""
    on: bool = True
    author: Name


class CommandStanding(WireModel):
    """A command and how far it came."""

    command: TerminalCommand
    terminal_id: Name
    author: Name
    state: CommandState
    remark: Remark = ""


class CommandPage(WireModel):
    """Commands, the newest first."""

    commands: list[CommandStanding]


class TerminalStanding(WireModel):
    """A terminal as its last heart-beat told; without one, only who it is.

    `clock_ahead_s`: by how much its clock was before central's when the heart-beat came.
    """

    terminal_id: Name
    name: str
    mode: str
    quarantined: bool
    online: bool
    heard_at: Instant | None = None
    clock_ahead_s: float | None = None
    response_ms: Count | None = None
    condition: TerminalCondition | None = None


class FleetPage(WireModel):
    """All terminals of the site."""

    terminals: list[TerminalStanding]


class AlarmDocument(WireModel):
    """Something about a terminal that passed its threshold. `subject` is the device or supply, where there is one.

    `times`: how often it was raised. An alarm is open until `cleared_at`.
    """

    terminal_id: Name
    kind: AlarmKind
    subject: str
    detail: str
    times: Number
    raised_at: Instant
    cleared_at: Instant | None = None


class AlarmPage(WireModel):
    """Alarms, the newest first; `more` says that there are others."""

    alarms: list[AlarmDocument]
    more: bool
