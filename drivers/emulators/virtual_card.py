"""A contactless card in pcscd's virtual reader (vpcd), over TCP: a length of two bytes, a control byte or an APDU."""

from __future__ import annotations

import contextlib
import socket
import threading

from drivers.emulators.closing import Closing

_POWER_OFF, _POWER_ON, _RESET, _ATR = 0x00, 0x01, 0x02, 0x04
_NO_SUCH_FUNCTION = b"\x6a\x81"
MIFARE_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")  # PC/SC part 3: a storage card, MIFARE 1K
_CONNECT_SECONDS = 5.0


class VirtualCard(Closing):
    """A card laid on the reader at `port`; taken away by `close`. `uid` empty: it tells none.

    `answer` replaces the reader's whole answer to the question for the number; `mute` never answers a command.
    """

    def __init__(
        self, port: int, uid: bytes, atr: bytes = MIFARE_ATR, answer: bytes | None = None, mute: bool = False
    ) -> None:
        self._uid = uid
        self._atr = atr
        self._answer = answer
        self._mute = mute
        self._line = socket.create_connection(("127.0.0.1", port), _CONNECT_SECONDS)
        self._line.settimeout(None)
        self._thread = threading.Thread(target=self._serve, name="virtual-card", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Takes the card away."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._line.close()

    def respond(self, command: bytes) -> bytes:
        """The answer to an APDU, its status word last."""
        if command[:4] != b"\xff\xca\x00\x00":
            return _NO_SUCH_FUNCTION
        if self._answer is not None:
            return self._answer
        return self._uid + b"\x90\x00" if self._uid else _NO_SUCH_FUNCTION

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while (message := self._message()) is not None:
                self._take(message)

    def _take(self, message: bytes) -> None:
        if len(message) == 1 and message[0] in {_POWER_OFF, _POWER_ON, _RESET}:
            return
        if message == bytes([_ATR]):
            self._send(self._atr)
        elif not self._mute:
            self._send(self.respond(message))

    def _message(self) -> bytes | None:
        head = self._exactly(2)
        return self._exactly(int.from_bytes(head, "big")) if head is not None else None

    def _exactly(self, count: int) -> bytes | None:
        data = b""
        while len(data) < count:
            piece = self._line.recv(count - len(data))
            if not piece:
                return None
            data += piece
        return data

    def _send(self, data: bytes) -> None:
        self._line.sendall(len(data).to_bytes(2, "big") + data)
