"""Coming in at a window: the right person by the right means, wrong tries outlive restarts, all of it journaled."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.domain.staff.lock_out import FIRST_LOCK, LONGEST_LOCK, TRIES, Tries
from shared.domain.staff.member import Approval
from shared.domain.staff.permissions import Permission
from shared.security.pins import totp_secret
from shared.security.signing_in import Credentials, Door, NotSignedIn, Refusal, SignedIn
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from tests.staff.people import ADA, ANNA, CARD, CARD_KEY, OTHER_PIN, PIN, PINS, SUN
from tests.storage.world import open_store

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)


class Window:
    """A door whose clock a test sets."""

    def __init__(self, store: TerminalStore) -> None:
        self.at, self.book = AT, store.staff
        for member in (ANNA, SUN, ADA):
            self.book.put(member, "set-up")
        self.door = Door(self.book, PINS, CARD_KEY, lambda: self.at)

    def sign_in(self, staff_id: str, pin: str, card: bytes = b"", code: str = "") -> SignedIn | NotSignedIn:
        return self.door.sign_in(Credentials(staff_id, pin, card, code))


@pytest.fixture
def window(store: TerminalStore) -> Window:
    return Window(store)


def why(answer: SignedIn | NotSignedIn) -> Refusal:
    assert isinstance(answer, NotSignedIn)
    return answer.why


def told(database: Database) -> list[tuple[str, dict[str, object]]]:
    rows = database.run(lambda c: c.execute(text("SELECT type, body FROM journal WHERE type LIKE 'staff.%'")).all())
    return [(row.type, json.loads(row.body)) for row in rows]


def test_a_cashier_comes_in_by_the_pin(window: Window) -> None:
    assert window.sign_in("anna", PIN) == SignedIn(ANNA)


def test_who_has_a_card_needs_it(window: Window) -> None:
    window.book.put(replace(ANNA, card_hash=SUN.card_hash), "ada")
    assert why(window.sign_in("anna", PIN)) is Refusal.SECOND_FACTOR
    assert isinstance(window.sign_in("anna", PIN, CARD), SignedIn)


@pytest.mark.parametrize("staff_id", ["sun", "ada"])
def test_supervisors_need_a_second_factor(window: Window, staff_id: str) -> None:
    assert why(window.sign_in(staff_id, OTHER_PIN)) is Refusal.SECOND_FACTOR
    assert isinstance(window.sign_in(staff_id, OTHER_PIN, CARD), SignedIn)


def test_a_code_from_a_telephone_will_do(window: Window) -> None:
    window.book.put(replace(SUN, card_hash="", totp_secret=totp_secret(b"12345678901234567890")), "ada")
    window.at = datetime.fromtimestamp(1111111109, UTC)
    assert why(window.sign_in("sun", OTHER_PIN, code="081805")) is Refusal.SECOND_FACTOR
    assert isinstance(window.sign_in("sun", OTHER_PIN, code="081804"), SignedIn)


def test_an_unknown_person_is_told_the_same_as_a_wrong_pin(window: Window) -> None:
    assert window.sign_in("nobody", PIN) == window.sign_in("anna", "111222") == NotSignedIn(Refusal.WRONG, TRIES - 1)


def test_who_left_does_not_come_in(window: Window) -> None:
    window.book.put(replace(ANNA, active=False), "ada")
    assert why(window.sign_in("anna", PIN)) is Refusal.INACTIVE


def test_wrong_pins_lock_and_the_lock_ends(window: Window, store: TerminalStore) -> None:
    for left in range(TRIES - 1, 0, -1):
        assert window.sign_in("anna", "000111") == NotSignedIn(Refusal.WRONG, left)
    locked = window.sign_in("anna", "000111")
    assert locked == NotSignedIn(Refusal.LOCKED, 0, AT + FIRST_LOCK)
    assert why(Window(store).sign_in("anna", PIN)) is Refusal.LOCKED, "a restart ends no lock"
    window.at = AT + FIRST_LOCK
    assert isinstance(window.sign_in("anna", PIN), SignedIn)
    assert window.book.tries("anna") == Tries()


def test_a_new_pin_ends_a_lock(window: Window) -> None:
    for _ in range(TRIES):
        window.sign_in("anna", "000111")
    window.book.put(replace(ANNA, pin_hash=PINS.hash(OTHER_PIN)), "ada")
    assert isinstance(window.sign_in("anna", OTHER_PIN), SignedIn)


def test_locks_grow_to_an_end() -> None:
    tries, at, lasted = Tries(), AT, []
    for _ in range(10):
        for _ in range(TRIES):
            tries = tries.failed(at)
        assert tries.locked_until is not None
        lasted.append(tries.locked_until - at)
        assert tries.failed(at) == tries, "tries during a lock do not lengthen it"
        at = tries.locked_until
    assert lasted[:3] == [FIRST_LOCK, FIRST_LOCK * 2, FIRST_LOCK * 4]
    assert lasted[-1] == LONGEST_LOCK


def test_the_journal_tells_who_and_keeps_no_secret(database: Database) -> None:
    window = Window(open_store(database))
    window.sign_in("anna", "000111")
    window.sign_in("anna", PIN)
    window.book.went_out("anna", "handed_over")
    window.book.approved(Approval("sun", "anna", Permission.VOID, "sale-1", AT + timedelta(minutes=1)))
    rows = told(database)
    assert [kind for kind, _ in rows[-4:]] == ["staff.refused", "staff.came_in", "staff.went_out", "staff.approved"]
    whole = json.dumps(rows)
    for secret in (PIN, "000111", ANNA.pin_hash, SUN.card_hash, ANNA.name):
        assert secret not in whole


def test_nobody_is_deleted(database: Database) -> None:
    Window(open_store(database))
    with pytest.raises(IntegrityError, match="never forgotten"):
        database.run(lambda connection: connection.execute(text("DELETE FROM staff")))


def test_credentials_and_people_have_quiet_reprs() -> None:
    shown = repr(Credentials("anna", PIN, CARD, "123456")) + repr(ANNA)
    for secret in (PIN, "123456", ANNA.pin_hash, ANNA.name):
        assert secret not in shown
