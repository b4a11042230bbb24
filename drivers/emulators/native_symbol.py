"""GS ( k: QR codes that the printer draws itself."""

from __future__ import annotations

import qrcode

from drivers.emulators.escpos_commands import SymbolFunction
from drivers.emulators.paper import Paper

_CORRECTION = {
    48: qrcode.constants.ERROR_CORRECT_L,
    49: qrcode.constants.ERROR_CORRECT_M,
    50: qrcode.constants.ERROR_CORRECT_Q,
    51: qrcode.constants.ERROR_CORRECT_H,
}


class SymbolStore:
    """The symbol storage area and the settings of the next code."""

    def __init__(self) -> None:
        self._module_dots = 3
        self._correction = _CORRECTION[48]
        self._data = b""

    def execute(self, command: SymbolFunction, paper: Paper) -> int:
        """Performs one function; returns the rows of paper it took."""
        match command.function:
            case 67 if command.data:
                self._module_dots = command.data[0]
            case 69 if command.data:
                self._correction = _CORRECTION.get(command.data[0], self._correction)
            case 80:
                self._data = command.data[1:]  # the first byte is the constant 48
            case 81:
                return paper.symbol(self._data, self._module_dots, self._correction)
        return 0
