"""ZVT messages: class, instruction, length, data (PA00P015). After a length of FF come two bytes, low first."""

from __future__ import annotations

from dataclasses import dataclass, field

_EXTENDED = 0xFF

# From the register to the terminal.
STATUS_ENQUIRY = 0x0501
REGISTRATION = 0x0600
AUTHORISATION = 0x0601
REPEAT_RECEIPT = 0x0620
REVERSAL = 0x0630
REFUND = 0x0631
END_OF_DAY = 0x0650
DIAGNOSIS = 0x0670
ABORT_REQUEST = 0x06B0

# From the terminal to the register.
STATUS_INFORMATION = 0x040F
INTERMEDIATE_STATUS = 0x04FF
COMPLETION = 0x060F
ABORT = 0x061E
PRINT_LINE = 0x06D1
PRINT_TEXT_BLOCK = 0x06D3

# Both ways.
ACKNOWLEDGED = 0x8000
REFUSED_CLASS = 0x84  # the instruction byte is the error


@dataclass(frozen=True, slots=True)
class Apdu:
    """One message. `command` is class and instruction, such as 0x0601. A card's data may be in it: no repr has it."""

    command: int
    data: bytes = field(default=b"", repr=False)

    def encode(self) -> bytes:
        """Raises ValueError for more than 65535 bytes of data."""
        size = len(self.data)
        if size > 0xFFFF:
            raise ValueError("too much for one message")
        length = bytes((size,)) if size < _EXTENDED else bytes((_EXTENDED,)) + size.to_bytes(2, "little")
        return self.command.to_bytes(2, "big") + length + self.data


class ApduReader:
    """Cuts a stream of bytes into messages, however it is split."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def is_midway(self) -> bool:
        """Whether a message has begun and is not all there."""
        return bool(self._buffer)

    def feed(self, data: bytes) -> list[Apdu]:
        self._buffer += data
        found = []
        while (size := _size(self._buffer)) is not None and len(self._buffer) >= size:
            found.append(_decode(bytes(self._buffer[:size])))
            del self._buffer[:size]
        return found


def decode(message: bytes) -> Apdu | None:
    """Exactly one whole message; None for anything else."""
    return _decode(message) if _size(message) == len(message) else None


def _size(data: bytes | bytearray) -> int | None:
    """How long the message that begins here is in all; None while that is not known."""
    if len(data) < 3 or (data[2] == _EXTENDED and len(data) < 5):
        return None
    return 5 + int.from_bytes(data[3:5], "little") if data[2] == _EXTENDED else 3 + data[2]


def _decode(message: bytes) -> Apdu:
    return Apdu(int.from_bytes(message[:2], "big"), message[5 if message[2] == _EXTENDED else 3 :])
