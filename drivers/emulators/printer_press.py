"""What an emulated printer does with its head and its motor: every command that sets or takes paper."""

from __future__ import annotations

import time
from dataclasses import replace

from drivers.emulators import escpos_commands as escpos
from drivers.emulators.native_symbol import SymbolStore
from drivers.emulators.paper import DOTS_PER_MM, Paper
from drivers.emulators.printer_state import PrinterState


class Press:
    """Moves the paper at `speed` mm/s, 0 = as fast as it can, and stands still when the state says so."""

    def __init__(self, paper: Paper, speed: float, state: PrinterState) -> None:
        self.paper = paper
        self._speed = speed
        self._state = state
        self._symbols = SymbolStore()

    def execute(self, command: escpos.Command) -> None:
        """Performs one command; raises PowerOffError. Commands for other parts are passed over."""
        paper = self.paper
        match command:
            case escpos.Reset():
                paper.reset()
            case escpos.Justification():
                paper.justify(command.side)
            case escpos.LineSpacing():
                paper.space(command.dots)
            case escpos.Emphasis():
                paper.style = replace(paper.style, bold=command.on)
            case escpos.CharacterSize():
                paper.style = replace(paper.style, width=command.width, height=command.height)
            case _:
                self._burn(command)

    def _burn(self, command: escpos.Command) -> None:
        match command:
            case escpos.Graphics():
                self.advance(command.height)
                self.paper.graphics(command.row_bytes, command.height, command.bits)
            case escpos.PaperFeed():
                self.advance(self.paper.feed(command.dots))
            case escpos.Characters():
                self.advance(self.paper.type(command.text))
            case escpos.LineEnd():
                self.advance(self.paper.line_end())
            case escpos.SymbolFunction():
                self.advance(self._symbols.execute(command, self.paper))
            case escpos.MarkFeed():
                self.advance(self.paper.to_mark())
            case _:
                pass  # without effect on paper

    def advance(self, rows: int) -> None:
        """Moves the paper a millimetre at a time; the roll may end under way."""
        for _ in range(0, rows, DOTS_PER_MM):
            self._state.wait_until_ready()
            if self._speed:
                time.sleep(1 / self._speed)
            self._state.use_paper()
