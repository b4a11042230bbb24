"""A coin hopper on a ccTalk bus. Headers by their numbers in the ccTalk specification, part 2."""

from __future__ import annotations

from drivers.cash.bus import CashBus, NoReply, Refused, Reply
from drivers.cash.codec import Frame
from drivers.cash.profile import HopperProfile
from drivers.contracts.cash import (
    CashUnreachable,
    CommandAnswer,
    DispenseAnswer,
    DispenseBegun,
    DispenseRefused,
    Done,
    HopperAnswer,
    HopperFault,
    HopperStatus,
)

SERIAL_NUMBER = 242
LEVELS = 217
EMERGENCY_STOP = 172
DISPENSE_COUNT = 168
DISPENSE = 167
HOPPER_STATUS = 166
ENABLE = 164
TEST = 163
MOST_PIECES = 255
_TRIES = 3
_ENABLED = b"\xa5"
_UNREAD_KEY = bytes(8)
_LOW, _LOW_FITTED = 0x01, 0x10

# The bits of the two status bytes, lowest first; None: no fault.
_FIRST: tuple[HopperFault | None, ...] = ("jam", "empty", None, "fraud", "fraud", "jam", None, "disabled")
_SECOND: tuple[HopperFault | None, ...] = ("fraud", None, None, "fraud", "jam", "sensor", "fault", None)


class CcTalkHopper:
    """Implements `drivers.contracts.cash.Hopper`."""

    def __init__(self, bus: CashBus, profile: HopperProfile) -> None:
        self._bus = bus
        self._profile = profile

    @property
    def name(self) -> str:
        return self._profile.name

    @property
    def currency(self) -> str:
        return self._profile.currency

    @property
    def value(self) -> int:
        return self._profile.value

    def status(self) -> HopperAnswer:
        """Counter, life count and sensors, in this order: a count read after the counter is never behind it."""
        pay, total = self._ask(HOPPER_STATUS, 4), self._ask(DISPENSE_COUNT, 3)
        test, levels = self._ask(TEST, 2), self._ask(LEVELS, 1)
        if not isinstance(pay, Reply):
            return CashUnreachable(pay.cause)
        if not isinstance(total, Reply) or not isinstance(test, Reply):
            return CashUnreachable("the hopper answers only in part")
        low = _low(levels.data[0]) if isinstance(levels, Reply) else None
        counter, remaining, paid, unpaid = pay.data
        pieces = int.from_bytes(total.data, "little")
        return HopperStatus(counter, remaining, paid, unpaid, pieces, _faults(test.data), low)

    def dispense(self, pieces: int) -> DispenseAnswer:
        """Enables, and orders once. Raises ValueError when it is not 1 to 255 pieces."""
        if not 1 <= pieces <= MOST_PIECES:
            raise ValueError("a hopper pays 1 to 255 pieces at a time")
        key = self._key()
        if not isinstance(key, bytes):
            return DispenseRefused(key.cause)
        enabled = self._bus.ask(self._profile.station, Frame(ENABLE, _ENABLED), tries=_TRIES)
        if not isinstance(enabled, Reply):
            return DispenseRefused(enabled.cause)
        match self._bus.ask(self._profile.station, Frame(DISPENSE, key + bytes([pieces]))):
            case Reply():
                return DispenseBegun()
            case Refused(cause):
                return DispenseRefused(cause)
            case NoReply(cause):
                return CashUnreachable(cause)

    def stop(self) -> CommandAnswer:
        answer = self._bus.ask(self._profile.station, Frame(EMERGENCY_STOP), 1, tries=_TRIES)
        return Done() if isinstance(answer, Reply) else CashUnreachable(answer.cause)

    def _key(self) -> bytes | Refused | NoReply:
        if self._profile.key == "none":
            return _UNREAD_KEY
        answer = self._ask(SERIAL_NUMBER, 3)
        return answer.data if isinstance(answer, Reply) else answer

    def _ask(self, header: int, length: int) -> Reply | Refused | NoReply:
        return self._bus.ask(self._profile.station, Frame(header), length, tries=_TRIES)


def _low(levels: int) -> bool | None:
    return bool(levels & _LOW) if levels & _LOW_FITTED else None


def _faults(data: bytes) -> frozenset[HopperFault]:
    first, second = data
    bits = [*enumerate(_FIRST), *enumerate(_SECOND, start=8)]
    found = (name for place, name in bits if (first | second << 8) >> place & 1)
    return frozenset(name for name in found if name is not None)
