"""A serial reader of machine-readable zones on a pty: documents are put through its slot. POSIX only."""

from __future__ import annotations

import time
from enum import Enum
from types import TracebackType

from drivers.emulators.pty_port import PtyPort


class ZoneReaderTrouble(Enum):
    """What can be made to go wrong."""

    SLOW = "slow"  # one byte at a time
    GARBLED = "garbled"  # parts of the second line are read wrongly
    CUT_OFF = "cut_off"  # half of it, without an end
    MIXED_UP = "mixed_up"  # every 0 is read as O
    CHATTER = "chatter"  # says something else before


class ZoneReaderEmulator:
    """`line_end` closes every line; `framed` puts STX before and ETX behind; `joined` sends all as one line."""

    def __init__(self, line_end: bytes = b"\r", framed: bool = False, joined: bool = False) -> None:
        self._line_end = line_end
        self._framed = framed
        self._joined = joined
        self._troubles: set[ZoneReaderTrouble] = set()
        self._port = PtyPort("zone")

    def __enter__(self) -> ZoneReaderEmulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        return f"serial://{self._port.path}"

    def put_through(self, lines: tuple[str, ...]) -> None:
        """Reads a document's zone and sends it."""
        self._send(self._framed_bytes(self._misread(lines)))

    def say(self, data: bytes) -> None:
        """Sends bytes as they are."""
        self._port.send(data)

    def set_fault(self, fault: ZoneReaderTrouble) -> None:
        self._troubles.add(fault)

    def clear_fault(self, fault: ZoneReaderTrouble) -> None:
        self._troubles.discard(fault)

    def plug(self) -> None:
        self._port.plug()

    def unplug(self) -> None:
        self._port.unplug()

    def close(self) -> None:
        self._port.close()

    def _misread(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        if ZoneReaderTrouble.MIXED_UP in self._troubles:
            return tuple(line.replace("0", "O") for line in lines)
        if ZoneReaderTrouble.GARBLED in self._troubles:
            return (lines[0], lines[1][:3] + "XYX" + lines[1][6:14] + "777" + lines[1][17:], *lines[2:])
        return lines

    def _framed_bytes(self, lines: tuple[str, ...]) -> bytes:
        parts = [line.encode() for line in (("".join(lines),) if self._joined else lines)]
        data = b"".join(part + self._line_end for part in parts)
        if ZoneReaderTrouble.CUT_OFF in self._troubles:
            return data[: len(data) // 2]
        if ZoneReaderTrouble.CHATTER in self._troubles:
            data = b"READY\xff" + self._line_end * 2 + data
        return b"\x02" + data + b"\x03" if self._framed else data

    def _send(self, data: bytes) -> None:
        if ZoneReaderTrouble.SLOW not in self._troubles:
            self._port.send(data)
            return
        for byte in data:
            self._port.send(bytes([byte]))
            time.sleep(0.003)
