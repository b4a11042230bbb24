"""A code scanner on a pty: what is put before it comes out as bytes; it can be unplugged. POSIX only."""

from __future__ import annotations

import os
import tempfile
import threading
import time
import tty
from enum import Enum
from pathlib import Path
from types import TracebackType


class ScannerTrouble(Enum):
    """What can be made to go wrong."""

    GARBLE = "garble"  # every second byte comes with its top bit set
    SLOW = "slow"  # one byte at a time
    CUT_OFF = "cut_off"  # half of the code, without its end


class SerialScannerEmulator:
    """Its port is a link that stays the same while the pty behind it changes with every plugging in."""

    def __init__(self, suffix: bytes = b"\r", byte_seconds: float = 0.005) -> None:
        self._suffix = suffix
        self._byte_seconds = byte_seconds
        self._troubles: set[ScannerTrouble] = set()
        self._folder = tempfile.TemporaryDirectory(prefix="scanner-")
        self._link = Path(self._folder.name) / "port"
        self._lock = threading.Lock()
        self._master: int | None = None
        self.plug()

    def __enter__(self) -> SerialScannerEmulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        return f"serial://{self._link}"

    def present(self, code: bytes | str) -> None:
        """Puts a code before the reader. Nothing happens while it is unplugged."""
        data = code.encode() if isinstance(code, str) else code
        with self._lock:
            if self._master is not None:
                self._send(self._master, data)

    def set_fault(self, fault: ScannerTrouble) -> None:
        self._troubles.add(fault)

    def clear_fault(self, fault: ScannerTrouble) -> None:
        self._troubles.discard(fault)

    def plug(self) -> None:
        """Connects a new pty behind the same path."""
        with self._lock:
            if self._master is not None:
                return
            self._master, slave = os.openpty()
            tty.setraw(slave)  # no echo: bytes of the other side must not come back to it
            self._link.symlink_to(os.ttyname(slave))
            os.close(slave)

    def unplug(self) -> None:
        """Takes the device away: an open port fails, the path is gone."""
        with self._lock:
            if self._master is not None:
                self._link.unlink()
                os.close(self._master)
                self._master = None

    def close(self) -> None:
        self.unplug()
        self._folder.cleanup()

    def _send(self, master: int, data: bytes) -> None:
        if ScannerTrouble.GARBLE in self._troubles:
            data = bytes(byte | 0x80 if place % 2 else byte for place, byte in enumerate(data))
        if ScannerTrouble.CUT_OFF in self._troubles:
            data = data[: len(data) // 2]
        else:
            data += self._suffix
        if ScannerTrouble.SLOW not in self._troubles:
            os.write(master, data)
            return
        for byte in data:
            os.write(master, bytes([byte]))
            time.sleep(self._byte_seconds)
