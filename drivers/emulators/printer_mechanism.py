"""The printing half of an emulated printer: works off its buffer at its own speed and stands still when it must."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from drivers.emulators import escpos_commands as escpos
from drivers.emulators.ejector import Ejector
from drivers.emulators.escpos_parser import EscPosParser
from drivers.emulators.paper import Paper
from drivers.emulators.printer_press import Press
from drivers.emulators.printer_sensors import PrinterTrouble, Sensors
from drivers.emulators.printer_state import PowerOffError, PrinterState

_IDLE_SECONDS = 0.2
_PEELING = 65


@dataclass(frozen=True, slots=True)
class Sheet:
    """A cut piece of paper: its dots (mode 1, 1 = black) and the bytes it came from, its closing request included.

    `texts`: the lines that were set in the printer's own font, from the top.
    """

    image: Image.Image
    data: bytes = field(repr=False)
    texts: tuple[str, ...] = field(repr=False, default=())


class PrintMechanism:
    """Fed by `receive`; calls `answer` and `deliver` from its own thread. `speed` in mm/s, 0 = as fast as it can.

    `reports`: automatic status is on after ESC @, as a switch on the real device sets it.
    """

    def __init__(
        self,
        paper: Paper,
        speed: float,
        reports: bool,
        ejector: Ejector,
        answer: Callable[[bytes], None],
        deliver: Callable[[Sheet], None],
    ) -> None:
        self.state = PrinterState(self._report)
        self._press = Press(paper, speed, self.state)
        self._ejector = ejector
        self._answer = answer
        self._deliver = deliver
        self._parser = EscPosParser()
        self._buffer: queue.Queue[bytes] = queue.Queue()
        self._reports = self._reports_at_start = reports
        self._sheet_bytes = b""
        self._fallen: tuple[Image.Image, tuple[str, ...]] | None = None  # cut, waiting for its closing request
        self._thread = threading.Thread(target=self._run, name="printer-mechanism", daemon=True)
        self._thread.start()

    def receive(self, data: bytes) -> None:
        self._buffer.put(data)

    def stop(self) -> None:
        self.state.switch_off()
        self._buffer.put(b"")
        self._thread.join()

    def _report(self, sensors: Sensors) -> None:
        if self._reports:
            self._answer(sensors.automatic())

    def _run(self) -> None:
        try:
            while True:
                for command, raw in self._parser.feed(self._take()):
                    self._account(command, raw)
        except PowerOffError:
            pass

    def _take(self) -> bytes:
        """What has been received; a fallen sheet is handed out when nothing more comes."""
        try:
            data = self._buffer.get(timeout=_IDLE_SECONDS)
        except queue.Empty:
            self._hand_out()
            return b""
        self.state.check_power()
        return data

    def _account(self, command: escpos.Command, raw: bytes) -> None:
        """Performs a command and notes whose sheet its bytes are: a closing request belongs to the sheet before it."""
        if isinstance(command, escpos.RealTime):
            return  # answered on arrival
        closing = isinstance(command, escpos.IdentityRequest | escpos.SensorRequest)
        if closing:
            self._sheet_bytes += raw
        self._hand_out()
        if not closing:
            self._sheet_bytes += raw
        self._execute(command)

    def _hand_out(self) -> None:
        if self._fallen is not None:
            (image, texts), self._fallen = self._fallen, None
            sheet, self._sheet_bytes = Sheet(image, self._sheet_bytes, texts), b""
            self._deliver(sheet)

    def _execute(self, command: escpos.Command) -> None:
        match command:
            case escpos.Knife():
                self._cut(command)
            case escpos.IdentityRequest() | escpos.SensorRequest() | escpos.AutomaticStatusSwitch():
                self._reply(command)
            case escpos.DrawerPulse() if not self.state.has(PrinterTrouble.DRAWER_STUCK):
                self.state.move_drawer(is_open=True)
            case escpos.EjectorFunction():
                self._ejector.execute(command, self.state)
            case escpos.Reset():
                self._reports = self._reports_at_start
                self._press.execute(command)
            case _:
                self._press.execute(command)
        if isinstance(command, escpos.MarkFeed) and command.function == _PEELING:
            self._tear_off()

    def _reply(self, command: escpos.IdentityRequest | escpos.SensorRequest | escpos.AutomaticStatusSwitch) -> None:
        self.state.wait_until_ready()
        match command:
            case escpos.IdentityRequest() if not self.state.take(PrinterTrouble.LOSE_CONFIRMATION):
                self._answer(b"\x37\x22" + command.identity + b"\x00")
            case escpos.SensorRequest():
                self._answer(self.state.sensors().paper())
            case escpos.AutomaticStatusSwitch():
                self._reports = command.mask != 0
                self._report(self.state.sensors())
            case _:
                pass  # the confirmation that was to be lost

    def _cut(self, command: escpos.Knife) -> None:
        self.state.free_the_knife()
        paper = self._press.paper
        self._press.advance(0 if command.feed is None else paper.knife_rows + command.feed)
        self._fallen = paper.cut(command.feed), paper.texts()

    def _tear_off(self) -> None:
        """A label at the peeling position is taken at once."""
        self._fallen = self._press.paper.cut(None), self._press.paper.texts()
