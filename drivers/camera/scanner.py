"""A camera as a code scanner: frame after frame until one gives a code; a code held before it counts once."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from drivers.camera.codes import CodeSeen, codes_in
from drivers.contracts.camera import Camera, CameraFrozen, CameraLost, Frame
from drivers.contracts.scanner import NothingScanned, ScanAnswer, Scanned, ScannerLost, Unreadable
from drivers.thread_claim import ThreadClaim
from drivers.transport.line import Monotonic

_GS1_SEPARATOR = "\x1d"


class CameraScanner:
    """Implements `drivers.contracts.scanner.Scanner`. Codes of one check character must be seen in two frames.

    A code seen again within `duplicate_seconds` of its last sight is one sight; several may be in view at once.
    """

    def __init__(
        self, camera: Camera, monotonic: Monotonic, duplicate_seconds: float = 1.5, max_length: int = 512
    ) -> None:
        self._camera = camera
        self._monotonic = monotonic
        self._duplicate_seconds = duplicate_seconds
        self._max_length = max_length
        self._newest = 0
        self._last_seen: dict[bytes, float] = {}
        self._seen_before: set[CodeSeen] = set()
        self._ready: deque[Scanned | Unreadable] = deque()
        self._claim = ThreadClaim("the camera scanner")
        self._reads = self._unreadable = 0

    def counters(self) -> Mapping[str, int]:
        """Codes read and codes that could not be taken since the driver was made."""
        return {"reads": self._reads, "unreadable": self._unreadable}

    def open(self) -> None:
        self._claim.take()
        self._newest = 0
        self._camera.open()

    def close(self) -> None:
        self._camera.close()
        self._claim.release()

    def read(self, seconds: float) -> ScanAnswer:
        self._claim.check()
        deadline = self._monotonic() + seconds
        while not self._ready:
            left = deadline - self._monotonic()
            if left < 0:
                return NothingScanned()
            frame = self._camera.next_frame(self._newest, left)
            match frame:
                case Frame():
                    self._newest = frame.number
                    self._take_in(codes_in(frame.pixels))
                case CameraLost():
                    return ScannerLost(frame.cause)
                case CameraFrozen():
                    return ScannerLost("the camera's picture stands still")
                case _:
                    pass
        return self._count(self._ready.popleft())

    def _take_in(self, seen: list[CodeSeen]) -> None:
        now = self._monotonic()
        believed = [code for code in seen if not code.weakly_checked or code in self._seen_before]
        self._seen_before = set(seen)
        self._ready.extend(_scanned(code.data, self._max_length) for code in believed if self._is_new(code.data, now))
        self._last_seen = {data: at for data, at in self._last_seen.items() if now - at < self._duplicate_seconds}

    def _is_new(self, data: bytes, now: float) -> bool:
        last = self._last_seen.get(data)
        self._last_seen[data] = now
        return last is None or now - last >= self._duplicate_seconds

    def _count(self, answer: Scanned | Unreadable) -> Scanned | Unreadable:
        if isinstance(answer, Scanned):
            self._reads += 1
        else:
            self._unreadable += 1
        return answer


def _scanned(data: bytes, max_length: int) -> Scanned | Unreadable:
    """Only text of some length is a code that anything here understands."""
    text = data.decode()
    is_text = all(character.isprintable() or character == _GS1_SEPARATOR for character in text)
    return Scanned(data) if is_text and len(data) <= max_length else Unreadable(len(data))
