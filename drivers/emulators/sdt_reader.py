"""A resident card reader on a pty, speaking SDT with a codec of its own: cards are laid down and lifted. POSIX only."""

from __future__ import annotations

import struct
import threading
import time
from enum import Enum
from types import TracebackType

from drivers.emulators.pty_port import PtyPort
from drivers.emulators.sdt_people import CardHolder, text_block

_HEAD = bytes.fromhex("AAAAAA9669")
_MODULE = struct.pack("<HHIII", 5, 3, 20180101, 12345, 678901)
_OK, _FOUND, _NO_CARD, _SELECT_FAILED, _READ_FAILED = 0x90, 0x9F, 0x80, 0x81, 0x41
_BAD_CHECKSUM, _BAD_COMMAND = 0x10, 0x21
_SLOW_PIECE, _SLOW_SECONDS = 64, 0.01


class SdtTrouble(Enum):
    """What can be made to go wrong."""

    SILENT = "silent"  # takes everything, answers nothing
    WRONG_CHECKSUM = "wrong_checksum"  # every answer's last byte is wrong
    GARBLED = "garbled"  # a bit is turned over in the middle of every answer
    CUT_OFF = "cut_off"  # half of every answer
    SLOW = "slow"  # answers dribble in
    LIFTED_ON_SELECT = "lifted_on_select"
    LIFTED_ON_READ = "lifted_on_read"
    NOT_GENUINE = "not_genuine"  # module and card do not know one another
    WRONG_CARD = "wrong_card"
    SELF_TEST = "self_test"
    NOT_AUTHORISED = "not_authorised"
    CHATTER = "chatter"  # sends what nobody asked for before every answer
    ANSWERS_BEFORE = "answers_before"  # gives the answer to the question before


_STATUS_FOR = {SdtTrouble.SELF_TEST: 0x60, SdtTrouble.NOT_AUTHORISED: 0x66}
_READ_STATUS_FOR = {SdtTrouble.NOT_GENUINE: 0x31, SdtTrouble.WRONG_CARD: 0x40, SdtTrouble.LIFTED_ON_READ: _READ_FAILED}


class SdtReaderEmulator:
    """A card is found once each time it is laid down, as most readers do. `fingerprints` are given when asked for."""

    def __init__(self, fingerprints: bytes = bytes(1024)) -> None:
        self._fingerprints = fingerprints
        self._lock = threading.Lock()
        self._troubles: set[SdtTrouble] = set()
        self._card: CardHolder | None = None
        self._selected = self._used = False
        self._received = b""
        self._commands: list[bytes] = []
        self._before = b""
        self._plug_pulled_after: int | None = None
        self._port = PtyPort("sdt", self._take)

    def __enter__(self) -> SdtReaderEmulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        return f"serial://{self._port.path}?baud=115200"

    @property
    def commands(self) -> list[bytes]:
        """Every frame that came, whole, oldest first."""
        with self._lock:
            return list(self._commands)

    def lay_down(self, person: CardHolder) -> None:
        """Puts a card on the reader."""
        with self._lock:
            self._card, self._selected, self._used = person, False, False

    def lift(self) -> None:
        """Takes the card away."""
        with self._lock:
            self._card = None

    def say(self, data: bytes) -> None:
        """Sends bytes that nobody asked for."""
        self._port.send(data)

    def set_fault(self, fault: SdtTrouble) -> None:
        self._troubles.add(fault)

    def clear_fault(self, fault: SdtTrouble) -> None:
        self._troubles.discard(fault)

    def plug(self) -> None:
        self._port.plug()

    def unplug(self) -> None:
        self._port.unplug()

    def unplug_after(self, questions: int) -> None:
        """Pulls the plug once it has answered `questions` more questions, in the middle of the next answer."""
        self._plug_pulled_after = questions

    def close(self) -> None:
        self._port.close()

    def _take(self, data: bytes) -> None:
        self._received += data
        while (start := self._received.find(_HEAD)) >= 0:
            frame = self._received[start:]
            if len(frame) < 7 or len(frame) < 7 + struct.unpack_from(">H", frame, 5)[0]:
                return
            end = 7 + struct.unpack_from(">H", frame, 5)[0]
            self._received = frame[end:]
            with self._lock:
                self._commands.append(frame[:end])
                answer = self._answer(frame[5:end])
            if not self._plug_is_pulled(answer):
                self._send(answer)

    def _plug_is_pulled(self, answer: bytes) -> bool:
        if self._plug_pulled_after is None:
            return False
        self._plug_pulled_after -= 1
        if self._plug_pulled_after >= 0:
            return False
        self._plug_pulled_after = None
        self._port.send(answer[: len(answer) // 2])
        self._port.unplug()
        return True

    def _answer(self, counted: bytes) -> bytes:
        refusal = next((status for trouble, status in _STATUS_FOR.items() if trouble in self._troubles), None)
        if _parity(counted):
            refusal = _BAD_CHECKSUM
        if refusal is not None:
            return _reply(refusal)
        match counted[2:-1]:
            case b"\x11\xff":
                return _reply(_OK)
            case b"\x12\xff":
                return _reply(_OK, _MODULE)
            case b"\x20\x01":
                return self._find()
            case b"\x20\x02":
                return self._select()
            case b"\x30\x01":
                return self._read(b"")
            case b"\x30\x10":
                return self._read(self._fingerprints)
            case _:
                return _reply(_BAD_COMMAND)

    def _find(self) -> bytes:
        if self._card is None or self._used:
            return _reply(_NO_CARD)
        return _reply(_FOUND, bytes(4))

    def _select(self) -> bytes:
        if self._card is None or SdtTrouble.LIFTED_ON_SELECT in self._troubles:
            self._card = None
            return _reply(_SELECT_FAILED)
        self._selected = True
        return _reply(_OK, bytes(8))

    def _read(self, fingerprints: bytes) -> bytes:
        for trouble, status in _READ_STATUS_FOR.items():
            if trouble in self._troubles:
                return _reply(status)
        if self._card is None or not self._selected:
            return _reply(_READ_FAILED)
        self._used = True
        parts = [text_block(self._card), self._card.portrait] + ([fingerprints] if fingerprints else [])
        return _reply(_OK, b"".join(struct.pack(">H", len(part)) for part in parts) + b"".join(parts))

    def _send(self, answer: bytes) -> None:
        before, self._before = self._before, answer
        if SdtTrouble.SILENT in self._troubles:
            return
        answer = before if SdtTrouble.ANSWERS_BEFORE in self._troubles else self._damaged(answer)
        if SdtTrouble.CHATTER in self._troubles:
            answer = b"\x00\xaa\xaa noise \xaa\xaa\xaa" + answer
        if SdtTrouble.SLOW not in self._troubles:
            self._port.send(answer)
            return
        for at in range(0, len(answer), _SLOW_PIECE):
            self._port.send(answer[at : at + _SLOW_PIECE])
            time.sleep(_SLOW_SECONDS)

    def _damaged(self, answer: bytes) -> bytes:
        if SdtTrouble.WRONG_CHECKSUM in self._troubles:
            return answer[:-1] + bytes([answer[-1] ^ 1])
        if SdtTrouble.GARBLED in self._troubles:
            middle = len(answer) // 2
            return answer[:middle] + bytes([answer[middle] ^ 0x40]) + answer[middle + 1 :]
        return answer[: len(answer) // 2] if SdtTrouble.CUT_OFF in self._troubles else answer


def _reply(status: int, data: bytes = b"") -> bytes:
    counted = struct.pack(">HBBB", len(data) + 4, 0, 0, status) + data
    return _HEAD + counted + bytes([_parity(counted)])


def _parity(data: bytes) -> int:
    parity = 0
    for byte in data:
        parity ^= byte
    return parity
