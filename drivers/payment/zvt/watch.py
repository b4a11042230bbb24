"""Looks at a card terminal while nobody pays, so that the screen offers it only while it is ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from drivers.health import Degraded, Health, Healthy, Lost
from drivers.payment.zvt.administration import TerminalAtWork, TerminalRefusal, TerminalReport, TerminalSilent
from drivers.payment.zvt.terminal import ZvtTerminal


class TerminalWatch:
    """A Device for a host of its own: it holds nothing open between two looks."""

    def __init__(self, terminal: ZvtTerminal) -> None:
        self._terminal = terminal
        self._looks = 0

    def open(self) -> None: ...

    def close(self) -> None: ...

    def counters(self) -> Mapping[str, int]:
        return {"looks": self._looks}

    def look(self) -> Health:
        """Asks for the terminal's state; one at a payment is well."""
        self._looks += 1
        answer = self._terminal.administration.status()
        match answer:
            case TerminalReport() | TerminalAtWork():
                return Healthy()
            case TerminalRefusal(code):
                return Degraded("card_terminal", f"not ready: {code:02X}")
            case TerminalSilent(cause):
                return Lost(cause)
        assert_never(answer)
