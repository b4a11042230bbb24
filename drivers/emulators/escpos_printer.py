"""An ESC/POS printer on a TCP port: real bytes, real time, paper as pictures, faults on request."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from types import TracebackType

from drivers.emulators.paper import Paper
from drivers.emulators.printer_mechanism import PrintMechanism, Sheet
from drivers.emulators.printer_sensors import PrinterTrouble, Sensors

_WIDTH_DOTS = 576
_KNIFE_MM = 12.0
_DROP_AFTER_BYTES = 2000
_SLOW_SECONDS = 0.15
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 s: the peer sees a reset
_STATUS_QUERY = b"\x10\x04"


class EscPosPrinterEmulator:
    """Serves one connection after another on 127.0.0.1. `speed_mm_s` 0 = as fast as it can.

    Like a real one it answers DLE EOT on arrival, also inside picture data, and keeps its buffer when the line breaks.
    """

    def __init__(
        self, port: int = 0, speed_mm_s: float = 0.0, width_dots: int = _WIDTH_DOTS, automatic_status: bool = False
    ) -> None:
        self._sheets: list[Sheet] = []
        self._listeners: list[Callable[[Sheet], None]] = []
        self._new_sheet = threading.Condition()
        self._sending = threading.Lock()
        self._line: socket.socket | None = None
        self._tail = b""
        self._received = 0
        self._mechanism = PrintMechanism(
            Paper(width_dots, _KNIFE_MM), speed_mm_s, automatic_status, self._answer, self._deliver
        )
        self._server = socket.create_server(("127.0.0.1", port))
        self._port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="printer-port", daemon=True)
        self._thread.start()

    def __enter__(self) -> EscPosPrinterEmulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

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

    def close(self) -> None:
        """Switches off; what is in the buffer is lost."""
        self._mechanism.stop()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._hang_up()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:  # closed
                return
            with self._sending:
                self._line = line
            self._tail = b""
            with contextlib.suppress(OSError):  # the other side hung up or we did
                self._receive(line)
            self._hang_up()

    def _receive(self, line: socket.socket) -> None:
        while data := line.recv(256 if self._mechanism.state.has(PrinterTrouble.SLOW_LINE) else 4096):
            self._received += len(data)
            if self._mechanism.state.has(PrinterTrouble.DROP_CONNECTION) and self._received > _DROP_AFTER_BYTES:
                self._mechanism.receive(data[: len(data) // 2])
                self._mechanism.state.clear(PrinterTrouble.DROP_CONNECTION)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
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
        with self._sending:
            if self._line is not None:
                with contextlib.suppress(OSError):  # nobody there to be told
                    self._line.sendall(data)

    def _deliver(self, sheet: Sheet) -> None:
        for listener in list(self._listeners):
            listener(sheet)
        with self._new_sheet:
            self._sheets.append(sheet)
            self._new_sheet.notify_all()

    def _hang_up(self) -> None:
        with self._sending:
            if self._line is not None:
                with contextlib.suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)
                self._line.close()
                self._line = None
