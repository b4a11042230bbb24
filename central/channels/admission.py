"""Who may ask now: keys looked up and remembered for some seconds, and a rate for each channel.

Both live in the process. Several processes let a channel ask as often each.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from central.channels.registry import Channel

_REMEMBERED_S = 5.0
_MOST_KEYS = 10_000
_MOST_HOLDS = 50_000


@dataclass(slots=True)
class _Bucket:
    """Requests that may be made at once; `at` (monotonic) is when it was counted."""

    left: float
    at: float


class ChannelDoor:
    """`find` looks a key up; `monotonic` gives seconds."""

    def __init__(self, find: Callable[[str], Channel | None], monotonic: Callable[[], float]) -> None:
        self._find = find
        self._monotonic = monotonic
        self._lock = Lock()
        self._known: OrderedDict[bytes, tuple[Channel | None, float]] = OrderedDict()
        self._buckets: dict[str, _Bucket] = {}
        self._slots: OrderedDict[str, str] = OrderedDict()

    def who(self, key: str) -> Channel | None:
        """The channel of a key; a wrong key is remembered too, so that trying one again costs nothing."""
        name, now = hashlib.sha256(key.encode()).digest(), self._monotonic()
        with self._lock:
            known = self._known.get(name)
        if known is not None and now - known[1] < _REMEMBERED_S:
            return known[0]
        channel = self._find(key)
        with self._lock:
            self._known[name] = channel, now
            self._known.move_to_end(name)
            if len(self._known) > _MOST_KEYS:
                self._known.popitem(last=False)
        return channel

    def wait(self, channel: Channel) -> float:
        """Takes one request out of the channel's bucket; seconds to wait when it is empty, else 0."""
        now = self._monotonic()
        with self._lock:
            bucket = self._buckets.setdefault(channel.channel_id, _Bucket(float(channel.burst), now))
            bucket.left = min(float(channel.burst), bucket.left + (now - bucket.at) * channel.per_second)
            bucket.at = now
            if bucket.left >= 1:
                bucket.left -= 1
                return 0.0
            return (1 - bucket.left) / channel.per_second

    def held(self, booking_id: str, slot: str) -> None:
        """Notes the slot of a fresh hold, whose confirmation most likely comes here soon."""
        with self._lock:
            self._slots[booking_id] = slot
            if len(self._slots) > _MOST_HOLDS:
                self._slots.popitem(last=False)

    def slot_of(self, booking_id: str) -> str:
        """The slot of a hold that was made here lately; empty when it is not known."""
        with self._lock:
            return self._slots.get(booking_id, "")
