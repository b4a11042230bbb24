"""Bookings from central: found and taken with a line, or given out ahead and opened without one.

The fact `ahead` keeps what was given out: `{"day": date, "salt": hex, "ways": {name: [sealed, ...]}, "bookings":
{booking id: sealed}}`. Nothing of it can be read without a visitor's code or number.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from shared.domain.booking import Booking
from shared.domain.clock import Clock
from shared.security.look_up import SALT_BYTES, LookUpKind, offline_look_up
from shared.security.sm_algorithms import SM4_KEY_BYTES, NotAuthenticError, unseal
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.sync.leases import LeaseKeeper
from shared.sync.ports import SyncStore
from shared.wire.base import WireModel
from shared.wire.collecting import (
    AheadAnswer,
    AheadRequest,
    CollectableBooking,
    Collection,
    LookUpAnswer,
    LookUpRequest,
)

log = structlog.get_logger()
_FACT = "ahead"
_AT_A_SCREEN = Patience(connect=1.0, answer=3.0)
_IN_THE_BACKGROUND = Patience(answer=30.0)  # central derives many slow keys


@dataclass(frozen=True, slots=True)
class Found:
    """A booking, and the name of the terminal that has it; empty when it is free."""

    booking: Booking
    taken_by: str


class Collector:
    """Used by one thread, with a client of its own."""

    def __init__(
        self,
        client: CentralClient,
        keeper: LeaseKeeper,
        store: SyncStore,
        clock: Clock,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._client = client
        self._keeper = keeper
        self._store = store
        self._clock = clock
        self._random_bytes = random_bytes

    def find(self, kind: LookUpKind, value: str) -> Answer[Sequence[Found]]:
        """The bookings that a value finds at central."""
        body = _body(LookUpRequest(kind=kind, value=value))
        answer = self._client.post("/v1/bookings/look-up", body, LookUpAnswer, _AT_A_SCREEN)
        match answer:
            case Ok(found):
                return Ok([Found(each.to_domain(), each.taken_by) for each in found.bookings])
            case Refused() | Unreachable():
                return answer

    def take(self, booking_id: str) -> Answer[Booking]:
        """Makes the booking this terminal's to issue; its places are then in the store. Asked again, the same.

        Refused with COLLECTED_ELSEWHERE when another terminal has it: the problem's detail is that one's name.
        """
        asked_at = self._clock.monotonic()
        answer = self._client.post(f"/v1/bookings/{booking_id}/collection", b"", Collection, _AT_A_SCREEN)
        match answer:
            case Ok(given):
                if not self._keeper.take([given.lease], asked_at):
                    return Unreachable("not_central")
                return Ok(given.booking.to_domain())
            case Refused() | Unreachable():
                return answer

    def fetch_ahead(self, day: str) -> Answer[int]:
        """Has every booking of a day (ISO date) that nobody has given to this terminal; returns how many came.

        The lease is stored before the booking: what can be opened can be issued.
        """
        kept = self._kept(day)
        fetched = 0
        while True:
            asked_at = self._clock.monotonic()
            body = _body(AheadRequest(day=day, salt=kept["salt"]))
            answer = self._client.post("/v1/bookings/ahead", body, AheadAnswer, _IN_THE_BACKGROUND)
            match answer:
                case Ok(page):
                    self._keeper.take(page.leases, asked_at)
                    self._keep(kept, page)
                    fetched += len(page.bookings)
                    if not page.more:
                        return Ok(fetched)
                case Refused() | Unreachable():
                    return answer

    def find_ahead(self, kind: LookUpKind, value: str) -> Sequence[Booking]:
        """The bookings given out to this terminal that a value opens, without a line. Takes about 10 ms."""
        kept = self._store.fact(_FACT)
        if kept is None:
            return ()
        way = offline_look_up(kind, value, bytes.fromhex(str(kept["salt"])))
        ways, bodies = _mapping(kept["ways"]), _mapping(kept["bookings"])
        sealed = ways.get(way.name.hex(), [])
        opened = [way.open(bytes.fromhex(str(each))) for each in sealed] if isinstance(sealed, list) else []
        return [_opened(key[:SM4_KEY_BYTES], key[SM4_KEY_BYTES:], bodies) for key in opened]

    def _kept(self, day: str) -> dict[str, str]:
        """The day and its salt; another day begins with nothing."""
        kept = self._store.fact(_FACT)
        if kept is None or kept["day"] != day:
            kept = {"day": day, "salt": self._random_bytes(SALT_BYTES).hex(), "ways": {}, "bookings": {}}
            self._store.put_fact(_FACT, kept)
        return {"day": day, "salt": str(kept["salt"])}

    def _keep(self, kept: Mapping[str, str], page: AheadAnswer) -> None:
        before = self._store.fact(_FACT) or {}
        ways = dict(_mapping(before.get("ways", {})))
        for entry in page.entries:
            known = ways.get(entry.name, [])
            ways[entry.name] = [*(known if isinstance(known, list) else []), entry.sealed]
        bookings = {**_mapping(before.get("bookings", {})), **{b.booking_id: b.sealed for b in page.bookings}}
        self._store.put_fact(_FACT, {**kept, "ways": ways, "bookings": bookings})


def _opened(key: bytes, booking_id: bytes, bodies: Mapping[str, object]) -> Booking:
    """Raises NotAuthenticError when the store was altered."""
    body = unseal(key, bytes.fromhex(str(bodies[booking_id.decode()])), booking_id)
    try:
        return CollectableBooking.model_validate_json(zlib.decompress(body)).to_domain()
    except (ValidationError, zlib.error) as error:
        raise NotAuthenticError from error


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _body(model: WireModel) -> bytes:
    return model.model_dump_json().encode()
