"""Protected document numbers: counted by a hash, shown again by the right key in the right place, else refused."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain.visitor import DocumentKind, VisitorDocument
from shared.security.data_keys import SECRET_BYTES, DataKey, DataKeys
from shared.security.fields import FieldError, FieldProblem, FieldProtection, RecordId

NUMBER = "11010519491231002X"
DOCUMENT = VisitorDocument(DocumentKind.RESIDENT_CARD, NUMBER, "张三")
DAY = date(2026, 11, 23)
RECORD = RecordId("S1", 0, "per_person_day:entry")
KEYS = DataKeys((DataKey(1, bytes(range(SECRET_BYTES))),))


def counted() -> Callable[[], bytes]:
    numbers = itertools.count()
    return lambda: next(numbers).to_bytes(12)


def protection(keys: DataKeys = KEYS) -> FieldProtection:
    return FieldProtection(keys, counted())


def test_a_number_is_shown_again_and_is_nowhere_in_what_is_stored() -> None:
    guard = protection()
    protected = guard.protect(DOCUMENT, RECORD, DAY)
    assert guard.reveal(protected, RECORD) == NUMBER
    assert (protected.last4, protected.key_version, len(protected.hash)) == ("002X", 1, 32)
    assert NUMBER.encode() not in protected.hash + protected.ciphertext
    assert "002X" not in repr(protected)
    assert guard.protect(DOCUMENT, RECORD, DAY).ciphertext != protected.ciphertext


def test_one_person_has_one_hash_a_day_and_purpose() -> None:
    typed = VisitorDocument(DocumentKind.RESIDENT_CARD, " 110105 19491231 002x")
    guard = protection()
    (mine,) = guard.hashes(DOCUMENT, RECORD.purpose, DAY)
    assert guard.protect(typed, RecordId("S2", 3, RECORD.purpose), DAY).hash == mine
    others = {
        guard.hashes(DOCUMENT, RECORD.purpose, DAY + timedelta(days=1)),
        guard.hashes(DOCUMENT, "per_person_day:show", DAY),
        guard.hashes(VisitorDocument(DocumentKind.OTHER, NUMBER), RECORD.purpose, DAY),
        protection(DataKeys((DataKey(1, bytes(SECRET_BYTES)),))).hashes(DOCUMENT, RECORD.purpose, DAY),
        (mine,),
    }
    assert len(others) == 5


@pytest.mark.parametrize(
    "record", [replace(RECORD, sale_id="S2"), replace(RECORD, ticket_index=1), replace(RECORD, purpose="pass")]
)
def test_a_ciphertext_moved_to_another_record_is_refused(record: RecordId) -> None:
    guard = protection()
    with pytest.raises(FieldError) as caught:
        guard.reveal(guard.protect(DOCUMENT, RECORD, DAY), record)
    assert caught.value.problem is FieldProblem.NOT_AUTHENTIC


def test_a_wrong_key_and_an_altered_ciphertext_are_refused() -> None:
    protected = protection().protect(DOCUMENT, RECORD, DAY)
    wrong = protection(DataKeys((DataKey(1, bytes(SECRET_BYTES)),)))
    altered = replace(protected, ciphertext=protected.ciphertext[:-1] + bytes([protected.ciphertext[-1] ^ 1]))
    for guard, number in ((wrong, protected), (protection(), altered)):
        with pytest.raises(FieldError) as caught:
            guard.reveal(number, RECORD)
        assert caught.value.problem is FieldProblem.NOT_AUTHENTIC
        assert NUMBER not in str(caught.value)


def test_after_a_rotation_old_records_are_read_and_people_still_counted() -> None:
    old = protection().protect(DOCUMENT, RECORD, DAY)
    rotated = KEYS.rotated(bytes(SECRET_BYTES))
    guard = protection(rotated)
    new = guard.protect(DOCUMENT, RECORD, DAY)
    assert (old.key_version, new.key_version) == (1, 2)
    assert [guard.reveal(number, RECORD) for number in (old, new)] == [NUMBER, NUMBER]
    assert guard.hashes(DOCUMENT, RECORD.purpose, DAY) == (old.hash, new.hash)


def test_erasing_a_key_makes_its_records_unreadable() -> None:
    old = protection().protect(DOCUMENT, RECORD, DAY)
    with pytest.raises(FieldError) as caught:
        protection(KEYS.rotated(bytes(SECRET_BYTES)).without(1)).reveal(old, RECORD)
    assert caught.value.problem is FieldProblem.KEY_ERASED
