"""Telling central how the terminal is, about every minute, and taking its commands.

A command is handed on only after central has the receipt that it was delivered, and central does not send it again
then: a terminal that restarts on command restarts once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Literal

import structlog

from shared.domain.canonical import instant_text
from shared.domain.clock import Clock
from shared.sync.answers import Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.sync.ports import FleetMember
from shared.wire.fleet import MAX_RECEIPTS, PATH, CommandReceipt, Heartbeat, HeartbeatAnswer, TerminalCommand

log = structlog.get_logger()
_LONGEST_REMARK = 200


class Pulse:
    """Sends heart-beats on the sync thread. A failed one is told anew after `every` seconds; nothing waits for it."""

    def __init__(
        self, client: CentralClient, member: FleetMember, clock: Clock, patience: Patience, every: float
    ) -> None:
        self._client = client
        self._member = member
        self._clock = clock
        self._patience = patience
        self._every = every
        self._due = 0.0  # monotonic
        self._taken = True  # whether central took the last one: receipts do not hurry after a failure
        self._response_ms: int | None = None
        self._receipts: deque[CommandReceipt] = deque()  # may grow on any thread; taken away on ours
        self._delivered: dict[str, TerminalCommand] = {}  # central does not have their receipt yet

    def run(self) -> None:
        """Sends a heart-beat when it is time, and another at once where the answer brought commands."""
        hurried = self._taken and bool(self._receipts)
        if self._clock.monotonic() < self._due and not hurried:
            return
        self._taken = self._send()
        if self._taken and self._receipts:
            self._taken = self._send()

    def _send(self) -> bool:
        receipts = list(self._receipts)[:MAX_RECEIPTS]
        began = self._clock.monotonic()
        answer = self._client.post(PATH, self._body(receipts), HeartbeatAnswer, self._patience)
        ended = self._clock.monotonic()
        self._response_ms = round((ended - began) * 1000)
        self._due = ended + self._every
        match answer:
            case Ok(told):
                self._take_away(receipts)
                self._accept(told.commands)
                return True
            case Refused(problem):
                log.warning("heartbeat_refused", problem=problem.number)
            case Unreachable(cause):
                log.info("heartbeat_lost", cause=cause)
        return False

    def _body(self, receipts: Sequence[CommandReceipt]) -> bytes:
        beat = Heartbeat(
            at=instant_text(self._clock.now()),
            condition=self._member.condition(),
            response_ms=self._response_ms,
            receipts=list(receipts),
        )
        return beat.model_dump_json().encode()

    def _take_away(self, receipts: Sequence[CommandReceipt]) -> None:
        """Central has these receipts; what it now knows to be delivered is handed on."""
        for receipt in receipts:
            self._receipts.popleft()
            command = self._delivered.pop(receipt.command_id, None)
            if command is not None:
                self._member.obey(command, partial(self._carried, command.command_id))

    def _accept(self, commands: Sequence[TerminalCommand]) -> None:
        for command in commands:
            if command.command_id not in self._delivered:
                log.info("command_received", command=command.command_id, kind=command.kind)
                self._delivered[command.command_id] = command
                self._receipts.append(CommandReceipt(command_id=command.command_id, state="delivered"))

    def _carried(self, command_id: str, state: Literal["done", "refused"], remark: str = "") -> None:
        self._receipts.append(CommandReceipt(command_id=command_id, state=state, remark=remark[:_LONGEST_REMARK]))
