"""Tells apart what a printer sends back on one line: real-time status, automatic status, paper sensor, process ids.

Epson's bit patterns: DLE EOT reply 0xx1xx10; automatic status back (ASB) first byte 0xx1xx00 and three bytes
0xx0xxxx; GS r reply 0xx0xxxx; process id 37h 22h d1 d2 d3 d4 00h with each d in 20h..7Eh; flow control 11h, 13h.
Printers with an ejector (Custom's command set) answer DLE EOT 20 by 10h 0Fh and four bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.contracts.printer import PrinterFault

_FLOW_CONTROL = b"\x11\x13"  # XON, XOFF: bytes that no message holds
_PROCESS_ID_HEAD = b"\x37\x22"
_PROCESS_ID_LENGTH = 7
_ASB_LENGTH = 4
_FULL_STATUS_HEAD = b"\x10\x0f"
_FULL_STATUS_LENGTH = 6


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    """The answer to a DLE EOT; which one it answers only the asker knows."""

    value: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """The four bytes that a printer sends by itself when its state changes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PaperSensor:
    """The answer to GS r 1, given in the order of the print data."""

    value: int


@dataclass(frozen=True, slots=True)
class FullStatus:
    """The answer to DLE EOT 20: paper, user, recoverable errors, unrecoverable errors."""

    data: bytes


@dataclass(frozen=True, slots=True)
class ProcessDone:
    """All that was sent before this process id is printed."""

    process_id: str


@dataclass(frozen=True, slots=True)
class Noise:
    """A byte that no printer should have sent."""

    value: int


Message = RealTimeStatus | AutomaticStatus | FullStatus | PaperSensor | ProcessDone | Noise


class StatusReader:
    """Turns the bytes of the line into messages, however they are cut up. Never raises.

    `full_status`: the model gives it, so that its head is not taken for automatic status.
    """

    def __init__(self, full_status: bool = False) -> None:
        self._full_status = full_status
        self._waiting = b""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that are complete with `data`; the beginning of another one is kept."""
        self._waiting += data.translate(None, _FLOW_CONTROL)
        messages: list[Message] = []
        while self._waiting:
            taken = _first_message(self._waiting, self._full_status)
            if taken is None:
                break
            message, length = taken
            messages.append(message)
            self._waiting = self._waiting[length:]
        return messages

    def reset(self) -> None:
        """Forgets an unfinished message: the line is new."""
        self._waiting = b""


def _first_message(data: bytes, full_status: bool) -> tuple[Message, int] | None:
    """The message at the start of `data` and its length; None when more bytes are needed to know.

    A long message that turns out to be none gives up its first byte only, so that what follows is read anew.
    """
    first = data[0]
    if first == _PROCESS_ID_HEAD[0]:
        return _process_done(data)
    if full_status and data.startswith(_FULL_STATUS_HEAD):
        return _full(data)
    if first & 0x93 == 0x10:
        return _automatic(data)
    if first & 0x93 == 0x12:
        return RealTimeStatus(first), 1
    if first & 0x90 == 0x00:
        return PaperSensor(first), 1
    return Noise(first), 1


def _process_done(data: bytes) -> tuple[Message, int] | None:
    frame = data[:_PROCESS_ID_LENGTH]
    head, identity, end = frame[:2], frame[2:6], frame[6:]
    if not _PROCESS_ID_HEAD.startswith(head) or not all(0x20 <= byte <= 0x7E for byte in identity) or end.strip(b"\0"):
        return Noise(data[0]), 1
    if len(frame) < _PROCESS_ID_LENGTH:
        return None
    return ProcessDone(identity.decode("ascii")), _PROCESS_ID_LENGTH


def _automatic(data: bytes) -> tuple[Message, int] | None:
    frame = data[:_ASB_LENGTH]
    if any(byte & 0x90 for byte in frame[1:]):
        return Noise(data[0]), 1
    if len(frame) < _ASB_LENGTH:
        return None
    return AutomaticStatus(frame), _ASB_LENGTH


def _full(data: bytes) -> tuple[Message, int] | None:
    if len(data) < _FULL_STATUS_LENGTH:
        return None
    return FullStatus(data[len(_FULL_STATUS_HEAD) : _FULL_STATUS_LENGTH]), _FULL_STATUS_LENGTH


def is_sheet_waiting(full_status: bytes) -> bool:
    """Full status, paper byte: a ticket is present at the output."""
    return bool(full_status[0] & 0x20)


def is_drawer_pin_high(value: int) -> bool:
    """DLE EOT 1: connector pin 3."""
    return bool(value & 0x04)


def offline_faults(value: int) -> frozenset[PrinterFault]:
    """DLE EOT 2. Bit 40h only says that there is an error; DLE EOT 3 says which."""
    return _faults(value, {0x04: PrinterFault.COVER_OPEN, 0x20: PrinterFault.PAPER_OUT})


def error_faults(value: int) -> frozenset[PrinterFault]:
    """DLE EOT 3."""
    return _faults(
        value,
        {
            0x04: PrinterFault.RECOVERABLE,
            0x08: PrinterFault.CUTTER,
            0x20: PrinterFault.UNRECOVERABLE,
            0x40: PrinterFault.RECOVERABLE,
        },
    )


def paper_faults(value: int) -> frozenset[PrinterFault]:
    """DLE EOT 4, paper end sensor."""
    return _faults(value, {0x60: PrinterFault.PAPER_OUT})


def has_error(value: int) -> bool:
    """DLE EOT 2: stopped by an error of any kind."""
    return bool(value & 0x40)


def is_near_end(value: int) -> bool:
    """DLE EOT 4, near-end sensor."""
    return bool(value & 0x0C)


def _faults(value: int, bits: dict[int, PrinterFault]) -> frozenset[PrinterFault]:
    return frozenset(fault for mask, fault in bits.items() if value & mask)
