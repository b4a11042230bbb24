"""Signing in at a window: PIN, and for supervisors a second factor; wrong tries are counted over restarts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from shared.domain.staff.lock_out import TRIES, Tries
from shared.domain.staff.member import StaffMember
from shared.domain.staff.permissions import Role
from shared.security.pins import Pins, card_matches, totp_matches


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person gives: the PIN, and a card laid on the reader or a code from a telephone. In no repr."""

    staff_id: str
    pin: str = field(repr=False)
    card: bytes = field(default=b"", repr=False)
    code: str = field(default="", repr=False)


class Refusal(Enum):
    """Why somebody is not let in. Who is unknown and whose PIN is wrong are told the same."""

    WRONG = "wrong"
    LOCKED = "locked"
    SECOND_FACTOR = "second_factor"  # PIN right; a card or code is missing or not this person's
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """It is this person."""

    member: StaffMember


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """`left`: tries before the next lock; `until`: when the lock ends (UTC)."""

    why: Refusal
    left: int = TRIES
    until: datetime | None = None


class StaffBook(Protocol):
    """The durable side: people, wrong tries, and the journal of who came in."""

    def member(self, staff_id: str) -> StaffMember | None: ...

    def tries(self, staff_id: str) -> Tries: ...

    def came_in(self, staff_id: str) -> None:
        """Forgets the wrong tries; journaled."""
        ...

    def was_refused(self, staff_id: str, why: str, tries: Tries) -> None:
        """Keeps the wrong tries; journaled."""
        ...


class Door:
    """Lets people in. `card_key` is the terminal's key for card hashes; calls block for a tenth of a second."""

    def __init__(self, book: StaffBook, pins: Pins, card_key: bytes, now: Callable[[], datetime]) -> None:
        self._book, self._pins, self._card_key, self._now = book, pins, card_key, now
        self._nobody = pins.hash("739105")  # so that an unknown person takes as long as a known one

    def sign_in(self, given: Credentials) -> SignedIn | NotSignedIn:
        """Who it is, or why not. Everything but a locked door's answer is written before it is given."""
        tries, now = self._book.tries(given.staff_id), self._now()
        if tries.is_locked(now):
            return NotSignedIn(Refusal.LOCKED, 0, tries.locked_until)
        member = self._book.member(given.staff_id)
        known = self._pins.matches(member.pin_hash if member else self._nobody, given.pin)
        if member is None or not known:
            return self._refused(given, Refusal.WRONG, tries.failed(now))
        if not member.active:
            return self._refused(given, Refusal.INACTIVE, tries)
        if not self._second_factor(member, given, now):
            # A missing factor is no try; a wrong one is.
            tried = bool(given.card or given.code)
            return self._refused(given, Refusal.SECOND_FACTOR, tries.failed(now) if tried else tries)
        self._book.came_in(given.staff_id)
        return SignedIn(member)

    def _refused(self, given: Credentials, why: Refusal, tries: Tries) -> NotSignedIn:
        self._book.was_refused(given.staff_id, why.value, tries)
        if tries.is_locked(self._now()):
            return NotSignedIn(Refusal.LOCKED, 0, tries.locked_until)
        return NotSignedIn(why, tries.left)

    def _second_factor(self, member: StaffMember, given: Credentials, now: datetime) -> bool:
        """A cashier's PIN alone will do, unless a card was given to the person: then that card belongs to it."""
        has_card = card_matches(member.card_hash, self._card_key, given.card)
        if member.role is Role.CASHIER:
            return has_card or not member.card_hash
        has_code = bool(member.totp_secret) and totp_matches(member.totp_secret, given.code, now.timestamp())
        return has_card or has_code
