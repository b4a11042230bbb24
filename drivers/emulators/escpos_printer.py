"""An ESC/POS printer on a TCP port or a pty: real bytes, real time, paper as pictures, faults on request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

from drivers.emulators.closing import Closing
from drivers.emulators.ejector import Ejector
from drivers.emulators.paper import Paper
from drivers.emulators.printer_mechanism import PrintMechanism, Sheet
from drivers.emulators.printer_sensors import PrinterTrouble, Sensors
from drivers.emulators.pty_port import PtyPort
from drivers.emulators.tcp_port import TcpPort

_WIDTH_DOTS = 576
_KNIFE_MM = 12.0
_DROP_AFTER_BYTES = 2000
_SLOW_SECONDS = 0.15
_STATUS_QUERY = b"\x10\x04"
Wire = Literal["tcp", "serial", "usb"]


class EscPosPrinterEmulator(Closing):
    """Serves one connection after another. `speed_mm_s` 0 = as fast as it can; `mark_mm`: a black mark that often.

    `over`: 127.0.0.1, or a pty in the place of a serial port or of the kernel's USB printer device.
    Like a real one it answers DLE EOT on arrival, also inside picture data, and keeps its buffer when the line breaks.
    """

    def __init__(
        self,
        port: int = 0,
        speed_mm_s: float = 0.0,
        width_dots: int = _WIDTH_DOTS,
        automatic_status: bool = False,
        over: Wire = "tcp",
        mark_mm: float = 0.0,
    ) -> None:
        self._sheets: list[Sheet] = []
        self._listeners: list[Callable[[Sheet], None]] = []
        self._taps: list[Callable[[bytes], None]] = []
        self._new_sheet = threading.Condition()
        self._tail = b""
        self._received = 0
        self._ejector = Ejector()
        paper = Paper(width_dots, _KNIFE_MM, mark_mm)
        self._mechanism = PrintMechanism(
            paper, speed_mm_s, automatic_status, self._ejector, self._answer, self._deliver
        )
        self._over = over
        self._port = self._make_port(port)

    @property
    def address(self) -> str:
        if isinstance(self._port, TcpPort):
            return f"tcp://127.0.0.1:{self._port.number}"
        return f"{self._over}://{self._port.path}"

    @property
    def ejector(self) -> Ejector:
        """What became of presented sheets."""
        return self._ejector

    @property
    def sheets(self) -> list[Sheet]:
        """All sheets so far, oldest first."""
        with self._new_sheet:
            return list(self._sheets)

    def sensors(self) -> Sensors:
        """What the sensors say now."""
        return self._mechanism.state.sensors()

    def listen(self, callback: Callable[[Sheet], None]) -> None:
        """Calls back with every new sheet, on the printer's thread, before the sheet is confirmed."""
        self._listeners.append(callback)

    def tap(self, callback: Callable[[bytes], None]) -> None:
        """Calls back with all bytes as they come, on the port's thread."""
        self._taps.append(callback)

    def wait_for_sheets(self, count: int, seconds: float) -> list[Sheet]:
        """The sheets once there are `count`. Raises TimeoutError."""
        with self._new_sheet:
            if not self._new_sheet.wait_for(lambda: len(self._sheets) >= count, seconds):
                raise TimeoutError(f"{len(self._sheets)} of {count} sheets after {seconds} s")
            return list(self._sheets)

    def set_fault(self, fault: PrinterTrouble) -> None:
        self._received = 0
        self._mechanism.state.set(fault)

    def clear_fault(self, fault: PrinterTrouble) -> None:
        self._mechanism.state.clear(fault)

    def has_fault(self, fault: PrinterTrouble) -> bool:
        return self._mechanism.state.has(fault)

    def load_paper(self, millimetres: float = float("inf")) -> None:
        """Puts in a roll that ends after `millimetres`; printing goes on where it stopped."""
        self._mechanism.state.load_paper(millimetres)

    def take_sheet(self) -> None:
        """The visitor takes what hangs in the mouth of the machine."""
        self._ejector.take(self._mechanism.state)

    def push_drawer(self) -> None:
        """Somebody shuts the drawer."""
        self._mechanism.state.move_drawer(is_open=False)

    @property
    def is_plugged(self) -> bool:
        return self._port.is_plugged if isinstance(self._port, PtyPort) else True

    def unplug(self) -> None:
        """Pulls the cable; what is in the buffer is printed. A network printer's connection is reset."""
        if isinstance(self._port, PtyPort):
            self._port.unplug()
        else:
            self._port.drop()

    def plug(self) -> None:
        if isinstance(self._port, PtyPort):
            self._port.plug()
        self._opened()

    def close(self) -> None:
        """Switches off; what is in the buffer is lost."""
        self._mechanism.stop()
        self._port.close()

    def _make_port(self, number: int) -> TcpPort | PtyPort:
        if self._over == "tcp":
            return TcpPort("printer", self._receive, self._opened, number)
        return PtyPort("printer", self._receive)

    def _opened(self) -> None:
        self._tail = b""

    def _receive(self, data: bytes) -> None:
        self._received += len(data)
        for tap in list(self._taps):
            tap(data)
        if self._mechanism.state.has(PrinterTrouble.DROP_CONNECTION) and self._received > _DROP_AFTER_BYTES:
            self._mechanism.receive(data[: len(data) // 2])
            self._mechanism.state.clear(PrinterTrouble.DROP_CONNECTION)
            self.unplug()
            self.plug()
            return
        self._answer_queries(data)
        self._mechanism.receive(data)

    def _answer_queries(self, data: bytes) -> None:
        stream = self._tail + data
        place = stream.find(_STATUS_QUERY)
        while 0 <= place < len(stream) - 2:
            self._answer(self._mechanism.state.sensors().real_time(stream[place + 2]))
            place = stream.find(_STATUS_QUERY, place + 2)
        self._tail = stream[place:] if place >= 0 else stream[-1:]

    def _answer(self, data: bytes) -> None:
        if not data or self._mechanism.state.has(PrinterTrouble.SILENT):
            return
        if self._mechanism.state.has(PrinterTrouble.SLOW_LINE):
            time.sleep(_SLOW_SECONDS)
        self._port.send(data)

    def _deliver(self, sheet: Sheet) -> None:
        for listener in list(self._listeners):
            listener(sheet)
        with self._new_sheet:
            self._sheets.append(sheet)
            self._new_sheet.notify_all()
