"""Note and coin acceptors on a ccTalk bus. Headers by their numbers in the ccTalk specification, part 2."""

from __future__ import annotations

from collections.abc import Callable

from drivers.cash.bus import CashBus, NoReply, Refused, Reply
from drivers.cash.codec import Frame
from drivers.cash.event_codes import coin_event, note_event
from drivers.cash.news import BUFFERED, news
from drivers.cash.profile import AcceptorProfile
from drivers.contracts.cash import (
    AcceptorEvent,
    CashUnreachable,
    CommandAnswer,
    Done,
    EscrowEmpty,
    NotMoved,
    PollAnswer,
    RouteAnswer,
    Total,
    TotalAnswer,
)

READ_COIN_EVENTS = 229
READ_NOTE_EVENTS = 159
MODIFY_INHIBITS = 231
MODIFY_MASTER_INHIBIT = 228
ACCEPT_COUNTER = 225
ROUTE_NOTE = 154
OPERATING_MODE = 153
_TRIES = 3
_ESCROW_AND_STACKER = b"\x03"
_RETURN, _STACK, _HOLD = b"\x00", b"\x01", b"\xff"
_ESCROW_EMPTY = 254


class CcTalkAcceptor:
    """Implements `drivers.contracts.cash.Acceptor`; what differs between coins and notes is the buffer's meaning."""

    def __init__(
        self,
        bus: CashBus,
        profile: AcceptorProfile,
        header: int = READ_COIN_EVENTS,
        read: Callable[[int, int, AcceptorProfile], AcceptorEvent] = coin_event,
    ) -> None:
        self._bus = bus
        self._profile = profile
        self._header = header
        self._read = read

    @property
    def name(self) -> str:
        return self._profile.name

    @property
    def currency(self) -> str:
        return self._profile.currency

    @property
    def values(self) -> frozenset[int]:
        return frozenset(value for value in self._profile.values if value)

    @property
    def routes(self) -> tuple[tuple[int, str], ...]:
        return self._profile.routes

    def accept(self, values: frozenset[int]) -> CommandAnswer:
        """The master inhibit stays on while the single ones are set, so that nothing else slips in."""
        mask = sum(1 << place for place, value in enumerate(self._profile.values) if value and value in values)
        return self._all(
            Frame(MODIFY_MASTER_INHIBIT, b"\x00"),
            Frame(MODIFY_INHIBITS, mask.to_bytes(2, "little")),
            *self._preparation(),
            Frame(MODIFY_MASTER_INHIBIT, b"\x01" if mask else b"\x00"),
        )

    def poll(self, since: int | None) -> PollAnswer:
        answer = self._bus.ask(self._profile.station, Frame(self._header), 1 + 2 * BUFFERED, tries=_TRIES)
        if not isinstance(answer, Reply):
            return CashUnreachable(answer.cause)
        pairs = zip(answer.data[1::2], answer.data[2::2], strict=True)
        return news(answer.data[0], tuple(self._read(a, b, self._profile) for a, b in pairs), since)

    def total(self) -> TotalAnswer:
        answer = self._bus.ask(self._profile.station, Frame(ACCEPT_COUNTER), 3, tries=_TRIES)
        if isinstance(answer, Reply):
            return Total(int.from_bytes(answer.data, "little"))
        return CashUnreachable(answer.cause)

    def _preparation(self) -> tuple[Frame, ...]:
        return ()

    def _all(self, *frames: Frame) -> CommandAnswer:
        for frame in frames:
            answer = self._bus.ask(self._profile.station, frame, tries=_TRIES)
            if not isinstance(answer, Reply):
                return CashUnreachable(answer.cause)
        return Done()


class CcTalkNoteAcceptor(CcTalkAcceptor):
    """Implements `drivers.contracts.cash.NoteAcceptor`."""

    def __init__(self, bus: CashBus, profile: AcceptorProfile) -> None:
        super().__init__(bus, profile, READ_NOTE_EVENTS, note_event)

    def stack(self) -> RouteAnswer:
        """Sent once: a second order could meet the next note."""
        return self._route(_STACK)

    def give_back(self) -> RouteAnswer:
        return self._route(_RETURN)

    def hold(self) -> RouteAnswer:
        return self._route(_HOLD)

    def _preparation(self) -> tuple[Frame, ...]:
        return (Frame(OPERATING_MODE, _ESCROW_AND_STACKER),)

    def _route(self, how: bytes) -> RouteAnswer:
        answer = self._bus.ask(self._profile.station, Frame(ROUTE_NOTE, how), or_code=True)
        match answer:
            case Reply():
                return Done()
            case Refused(_, data):
                return EscrowEmpty() if data[:1] == bytes([_ESCROW_EMPTY]) else NotMoved()
            case NoReply(cause):
                return CashUnreachable(cause)
