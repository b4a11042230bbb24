"""A code scanner on a pty: what is put before it comes out as bytes; it can be unplugged. POSIX only."""

from __future__ import annotations

import time
from enum import Enum

from drivers.emulators.pty_device import PtyDevice


class ScannerTrouble(Enum):
    """What can be made to go wrong."""

    GARBLE = "garble"  # every second byte comes with its top bit set
    SLOW = "slow"  # one byte at a time
    CUT_OFF = "cut_off"  # half of the code, without its end


class SerialScannerEmulator(PtyDevice):
    """Reads what is put before it; `suffix` ends every code."""

    def __init__(self, suffix: bytes = b"\r", byte_seconds: float = 0.005) -> None:
        self._suffix = suffix
        self._byte_seconds = byte_seconds
        self._troubles: set[ScannerTrouble] = set()
        super().__init__("scanner")

    def present(self, code: bytes | str) -> None:
        """Puts a code before the reader. Nothing happens while it is unplugged."""
        self._send(code.encode() if isinstance(code, str) else code)

    def set_fault(self, fault: ScannerTrouble) -> None:
        self._troubles.add(fault)

    def clear_fault(self, fault: ScannerTrouble) -> None:
        self._troubles.discard(fault)

    def has_fault(self, fault: ScannerTrouble) -> bool:
        return fault in self._troubles

    @property
    def is_plugged(self) -> bool:
        return self._port.is_plugged

    def _send(self, data: bytes) -> None:
        if ScannerTrouble.GARBLE in self._troubles:
            data = bytes(byte | 0x80 if place % 2 else byte for place, byte in enumerate(data))
        if ScannerTrouble.CUT_OFF in self._troubles:
            data = data[: len(data) // 2]
        else:
            data += self._suffix
        if ScannerTrouble.SLOW not in self._troubles:
            self._port.send(data)
            return
        for byte in data:
            self._port.send(bytes([byte]))
            time.sleep(self._byte_seconds)
