"""The customer display: says what it was told last, also after it was unplugged."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.contracts.customer_display import Brightness, DisplayAnswer, DisplayLine, DisplayLost, Shown
from drivers.display import codec
from drivers.display.layout import WIDTH, Characters, chosen, in_cells, laid_out
from drivers.thread_claim import ThreadClaim
from drivers.transport.connection import Connection
from drivers.transport.line import Transport, TransportError

_WRITE_SECONDS = 0.5
_READ_BYTES = 64
_LONGEST_SCROLL = 40  # what the display's own memory holds


class LineDisplay:
    """Implements `drivers.contracts.customer_display.CustomerDisplay` over any transport."""

    def __init__(self, connection: Connection, characters: Characters) -> None:
        self._connection = connection
        self._characters = characters
        self._claim = ThreadClaim("the customer display")
        self._line: Transport | None = None
        self._text = codec.CLEAR
        self._brightness = Brightness.FULL
        self._shown = 0

    def counters(self) -> Mapping[str, int]:
        """Texts shown since the driver was made."""
        return {"shown": self._shown}

    def open(self) -> None:
        self._claim.take()
        self.look()

    def close(self) -> None:
        """Leaves nobody's amount standing."""
        if self._connection.is_up:
            self.clear()
        self._connection.close()
        self._claim.release()

    def show(self, upper: DisplayLine, lower: DisplayLine) -> DisplayAnswer:
        first, second = laid_out(upper, self._characters), laid_out(lower, self._characters)
        return self._say(codec.upper_line(first) + codec.lower_line(second))

    def scroll(self, text: str, plain: str = "") -> DisplayAnswer:
        cells = in_cells(chosen(text, plain, self._characters), _LONGEST_SCROLL)
        return self._say(codec.scrolling(cells) + codec.lower_line(b" " * WIDTH))

    def clear(self) -> DisplayAnswer:
        return self._say(codec.CLEAR)

    def set_brightness(self, level: Brightness) -> DisplayAnswer:
        self._claim.check()
        self._brightness = level
        return self._send(codec.brightness(level))

    def look(self) -> DisplayAnswer:
        self._claim.check()
        try:
            self._current_line().read(_READ_BYTES, 0)  # it says nothing; a line that is gone tells itself
        except TransportError as error:
            return self._lost(error)
        return Shown()

    def _say(self, text: bytes) -> DisplayAnswer:
        self._claim.check()
        self._text = text
        self._shown += 1
        return self._send(text)

    def _send(self, data: bytes) -> DisplayAnswer:
        try:
            self._current_line().write(data, _WRITE_SECONDS)
        except TransportError as error:
            return self._lost(error)
        return Shown()

    def _current_line(self) -> Transport:
        """The line; a new one is first told all that the display should know."""
        line = self._connection.line()
        if line is not self._line:
            line.write(self._beginning(), _WRITE_SECONDS)
            self._line = line
            self._connection.proved()
        return line

    def _beginning(self) -> bytes:
        modes = codec.END_OF_WHATEVER + codec.INITIALISE + codec.OVERWRITE + codec.CURSOR_OFF
        return modes + codec.brightness(self._brightness) + self._text

    def _lost(self, error: TransportError) -> DisplayLost:
        self._line = None
        self._connection.drop(error.cause)
        return DisplayLost(error.cause)
