"""A scanner behind the window's own key events, for a machine where the keyboard cannot be grabbed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping

from drivers.contracts.scanner import NothingScanned, ScanAnswer, Scanned
from drivers.scanner.typing import CodeTyped, KeyTyped, TypingFilter
from drivers.transport.line import Monotonic


class TypedCodeScanner:
    """Implements `drivers.contracts.scanner.Scanner`. The window presses keys in, another thread reads codes out."""

    def __init__(self, keys: TypingFilter, monotonic: Monotonic, duplicate_seconds: float = 1.5) -> None:
        self._filter = keys
        self._monotonic = monotonic
        self._duplicate_seconds = duplicate_seconds
        self._codes: queue.SimpleQueue[Scanned] = queue.SimpleQueue()
        self._lock = threading.Lock()  # guards the filter, the last code and the count
        self._last: tuple[str, float] | None = None
        self._reads = 0

    def counters(self) -> Mapping[str, int]:
        """Codes read since the driver was made."""
        with self._lock:
            return {"reads": self._reads}

    def open(self) -> None: ...

    def close(self) -> None: ...

    def press(self, text: str) -> list[str]:
        """A key press of the window; returns the keys that are a person's, to be given on."""
        with self._lock:
            return self._sort(self._filter.press(text, self._monotonic()))

    def released(self) -> list[str]:
        """Keys that turned out to be a person's since; to be asked within a few hundredths of a second of a press."""
        with self._lock:
            return self._sort(self._filter.passed(self._monotonic()))

    def read(self, seconds: float) -> ScanAnswer:
        try:
            return self._codes.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return NothingScanned()

    def _sort(self, typed: list[CodeTyped | KeyTyped]) -> list[str]:
        for item in typed:
            if isinstance(item, CodeTyped) and not self._seen_just_now(item.text):
                self._reads += 1
                self._codes.put(Scanned(item.text.encode()))
        return [item.text for item in typed if isinstance(item, KeyTyped)]

    def _seen_just_now(self, code: str) -> bool:
        last, self._last = self._last, (code, self._monotonic())
        return last is not None and last[0] == code and self._last[1] - last[1] < self._duplicate_seconds
