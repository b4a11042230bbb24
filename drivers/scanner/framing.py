"""How a serial scanner marks where a code begins and ends, and how codes are cut out of its bytes."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.contracts.scanner import Scanned, Unreadable

SUFFIXES = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "none": b""}
_LINE_ENDS = b"\r\n"
_GS1_SEPARATOR = "\x1d"  # the one control character that codes contain


@dataclass(frozen=True, slots=True)
class Framing:
    """Lengths in bytes, times in seconds.

    Without a suffix a code ends when the line is quiet for `idle_seconds`; with one, such a quiet cuts off a code
    that stays without its end. A code seen again within `duplicate_seconds` of its last sight is one sight.
    """

    prefix: bytes = b""
    suffix: bytes = b"\r"
    idle_seconds: float = 0.2
    max_length: int = 512
    duplicate_seconds: float = 1.5


class Deframer:
    """Cuts codes out of bytes; `now` is monotonic seconds. Never raises."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._partial = b""
        self._lost = 0  # bytes of an overlong code that were let go
        self._last_byte_at = 0.0
        self._last: tuple[bytes, float] | None = None

    def feed(self, data: bytes, now: float) -> list[Scanned | Unreadable]:
        """The codes that end within `data`; empty `data` only lets time pass."""
        answers = self._after_quiet(now)
        if data:
            self._last_byte_at = now
            self._partial += data
        while self._framing.suffix and self._framing.suffix in self._partial:
            frame, _, self._partial = self._partial.partition(self._framing.suffix)
            answers += self._close(frame, now)
        self._let_go_of_overlong()
        return answers

    def reset(self) -> None:
        """The line is new: what was begun is gone. The duplicate window stays."""
        self._partial = b""
        self._lost = 0

    def _after_quiet(self, now: float) -> list[Scanned | Unreadable]:
        if now - self._last_byte_at < self._framing.idle_seconds:
            return []
        frame, self._partial = self._partial, b""
        if self._framing.suffix:
            length = len(frame.strip(_LINE_ENDS)) + self._lost
            self._lost = 0
            return [Unreadable(length)] if length else []
        return self._close(frame, self._last_byte_at)

    def _let_go_of_overlong(self) -> None:
        if len(self._partial) + self._lost > self._framing.max_length:
            kept = len(self._framing.suffix) - 1 if self._framing.suffix else 0
            cut = max(0, len(self._partial) - kept)
            self._lost += cut
            self._partial = self._partial[cut:]

    def _close(self, frame: bytes, now: float) -> list[Scanned | Unreadable]:
        code = frame.strip(_LINE_ENDS)
        length, self._lost = len(code) + self._lost, 0
        if not length:
            return []
        if length > self._framing.max_length or not code.startswith(self._framing.prefix):
            return [Unreadable(length)]
        code = code.removeprefix(self._framing.prefix)
        if not _is_text(code):
            return [Unreadable(length)]
        return [] if self._seen_just_now(code, now) else [Scanned(code)]

    def _seen_just_now(self, code: bytes, now: float) -> bool:
        last, self._last = self._last, (code, now)
        return last is not None and last[0] == code and now - last[1] < self._framing.duplicate_seconds


def _is_text(code: bytes) -> bool:
    try:
        text = code.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text) and all(character.isprintable() or character == _GS1_SEPARATOR for character in text)
