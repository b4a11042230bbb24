"""Wishes for places, from the thread that sells to the thread that syncs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from queue import Empty, SimpleQueue

from shared.domain.capacity import SlotKey

_Wish = tuple[SlotKey, int, "Future[bool]"]


class Wishes:
    """A queue of questions; who asks waits only so long."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[_Wish] = SimpleQueue()

    def ask(self, slot: SlotKey, units: int, seconds: float, wake: Callable[[], None]) -> bool:
        """Whether the wish was fulfilled within `seconds`. Later it is not even tried."""
        answer: Future[bool] = Future()
        self._waiting.put((slot, units, answer))
        wake()
        try:
            return answer.result(timeout=seconds)
        except NotYet:
            answer.cancel()
            return False

    def answer(self, fulfil: Callable[[SlotKey, int], bool]) -> None:
        """Answers everybody who still waits."""
        while (wish := self._next()) is not None:
            slot, units, answer = wish
            if answer.set_running_or_notify_cancel():
                answer.set_result(fulfil(slot, units))

    def decline(self) -> None:
        """Says no to everybody who waits."""
        self.answer(lambda _slot, _units: False)

    def _next(self) -> _Wish | None:
        try:
            return self._waiting.get_nowait()
        except Empty:
            return None
