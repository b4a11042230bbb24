"""The SDT reader's contract, over a pty."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from drivers.contracts.identity import (
    DocumentRead,
    DocumentUnreadable,
    IdentityKind,
    IdentityReader,
    NoDocument,
    ReaderFault,
    ReaderLost,
    ReaderReady,
    ReaderTrouble,
    UnreadableReason,
)
from drivers.emulators.sdt_people import PEOPLE
from drivers.emulators.sdt_reader import SdtReaderEmulator, SdtTrouble
from tests.identity.conftest import QUICK


def read(reader: IdentityReader, seconds: float = 2.0) -> DocumentRead:
    answer = reader.read(seconds)
    assert isinstance(answer, DocumentRead), answer
    return answer


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_every_layout_is_read(card_reader: SdtReaderEmulator, sdt: IdentityReader, name: str) -> None:
    person = PEOPLE[name]
    card_reader.lay_down(person)
    details = read(sdt).details
    assert (details.holder, details.number) == (person.name, person.number)
    assert (details.latin_name, details.nationality) == (person.latin_name, person.nationality)
    assert details.birth is not None
    assert f"{details.birth:%Y%m%d}" == person.birth
    assert details.sex == {"1": "male", "2": "female"}[person.sex]
    assert details.expiry == (None if person.until == "长期" else date(2040, 1, 1))


def test_the_kinds_are_told_apart(card_reader: SdtReaderEmulator, sdt: IdentityReader) -> None:
    kinds = {}
    for name in ("resident", "taiwan", "foreigner-2017", "foreigner-2023"):
        card_reader.lay_down(PEOPLE[name])
        kinds[name] = read(sdt).details.kind
    assert kinds == {
        "resident": IdentityKind.RESIDENT_CARD,
        "taiwan": IdentityKind.HK_MACAO_TAIWAN_PERMIT,
        "foreigner-2017": IdentityKind.FOREIGN_PERMANENT_RESIDENT,
        "foreigner-2023": IdentityKind.FOREIGN_PERMANENT_RESIDENT,
    }


def test_the_questions_stand_in_order(card_reader: SdtReaderEmulator, sdt: IdentityReader) -> None:
    card_reader.lay_down(PEOPLE["resident"])
    read(sdt)
    assert [frame[7:-1].hex() for frame in card_reader.commands] == ["2001", "2002", "3001"]


def test_the_portrait_is_handed_on_unread(card_reader: SdtReaderEmulator, sdt: IdentityReader) -> None:
    card_reader.lay_down(PEOPLE["resident"])
    photograph = read(sdt).photograph
    assert photograph is not None
    assert (photograph.encoding, len(photograph.data)) == ("wlt", 1024)


def test_the_module_has_a_number(sdt: IdentityReader) -> None:
    assert sdt.status() == ReaderReady("05.03-20180101-0000012345-0000678901")


def test_no_card_is_no_error(sdt: IdentityReader) -> None:
    assert sdt.read(0.05) == NoDocument()


def test_a_card_laid_down_while_waiting_is_read(card_reader: SdtReaderEmulator, sdt: IdentityReader) -> None:
    assert sdt.read(0.1) == NoDocument()
    card_reader.lay_down(PEOPLE["child"])
    assert read(sdt).details.number == PEOPLE["child"].number


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (SdtTrouble.LIFTED_ON_SELECT, UnreadableReason.REMOVED),
        (SdtTrouble.LIFTED_ON_READ, UnreadableReason.REMOVED),
        (SdtTrouble.NOT_GENUINE, UnreadableReason.NOT_GENUINE),
        (SdtTrouble.WRONG_CARD, UnreadableReason.FORM),
    ],
)
def test_a_card_that_cannot_be_read_says_why(
    card_reader: SdtReaderEmulator, sdt: IdentityReader, trouble: SdtTrouble, reason: UnreadableReason
) -> None:
    card_reader.set_fault(trouble)
    card_reader.lay_down(PEOPLE["resident"])
    assert sdt.read(1) == DocumentUnreadable(reason)
    card_reader.clear_fault(trouble)
    card_reader.lay_down(PEOPLE["resident"])
    read(sdt)


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (SdtTrouble.SELF_TEST, ReaderTrouble.SELF_TEST),
        (SdtTrouble.NOT_AUTHORISED, ReaderTrouble.NOT_AUTHORISED),
        (SdtTrouble.WRONG_CHECKSUM, ReaderTrouble.LINE),
        (SdtTrouble.GARBLED, ReaderTrouble.LINE),
    ],
)
def test_a_reader_that_fails_says_how_and_recovers(
    card_reader: SdtReaderEmulator, sdt: IdentityReader, trouble: SdtTrouble, expected: ReaderTrouble
) -> None:
    card_reader.set_fault(trouble)
    card_reader.lay_down(PEOPLE["resident"])
    for answer in (sdt.read(1), sdt.status()):
        assert isinstance(answer, ReaderFault)
        assert answer.trouble is expected
    card_reader.clear_fault(trouble)
    assert isinstance(sdt.status(), ReaderReady)
    card_reader.lay_down(PEOPLE["resident"])
    read(sdt)


@pytest.mark.parametrize("trouble", [SdtTrouble.SILENT, SdtTrouble.CUT_OFF])
def test_a_reader_without_answers_is_lost_within_its_time(
    card_reader: SdtReaderEmulator, sdt: IdentityReader, trouble: SdtTrouble
) -> None:
    card_reader.set_fault(trouble)
    card_reader.lay_down(PEOPLE["resident"])
    began = time.monotonic()
    assert isinstance(sdt.read(5), ReaderLost)
    assert time.monotonic() - began < 3
    card_reader.clear_fault(trouble)
    await_reader(sdt)
    card_reader.lay_down(PEOPLE["resident"])
    read(sdt)


def await_reader(reader: IdentityReader) -> None:
    deadline = time.monotonic() + 5
    while not isinstance(reader.status(), ReaderReady):
        assert time.monotonic() < deadline


@pytest.mark.parametrize("trouble", [SdtTrouble.SLOW, SdtTrouble.CHATTER])
def test_slow_and_unasked_bytes_do_no_harm(
    card_reader: SdtReaderEmulator, open_reader: Callable[..., IdentityReader], trouble: SdtTrouble
) -> None:
    reader = open_reader("sdt", card_reader.address, answer_seconds=3.0)
    card_reader.set_fault(trouble)
    card_reader.lay_down(PEOPLE["taiwan"])
    assert read(reader).details.number == PEOPLE["taiwan"].number


def test_an_answer_nobody_asked_for_is_not_taken_for_one(card_reader: SdtReaderEmulator, sdt: IdentityReader) -> None:
    card_reader.say(bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97"))
    assert sdt.read(0.1) == NoDocument()


def test_the_answer_before_is_never_a_document(card_reader: SdtReaderEmulator, sdt: IdentityReader) -> None:
    card_reader.set_fault(SdtTrouble.ANSWERS_BEFORE)
    card_reader.lay_down(PEOPLE["resident"])
    answers = [sdt.read(0.05) for _ in range(4)]
    assert not [answer for answer in answers if isinstance(answer, DocumentRead)]
    card_reader.clear_fault(SdtTrouble.ANSWERS_BEFORE)
    card_reader.lay_down(PEOPLE["resident"])
    await_reader(sdt)
    read(sdt)


@pytest.mark.parametrize("steps", range(4))
def test_unplugged_after_each_step(card_reader: SdtReaderEmulator, sdt: IdentityReader, steps: int) -> None:
    card_reader.lay_down(PEOPLE["resident"])
    card_reader.unplug_after(steps)
    answers = [sdt.read(0.05) for _ in range(2)]
    assert any(isinstance(answer, ReaderLost) for answer in answers)
    card_reader.plug()
    await_reader(sdt)
    card_reader.lay_down(PEOPLE["resident"])
    read(sdt)


def test_nothing_of_a_person_is_in_a_repr_or_a_log(
    card_reader: SdtReaderEmulator, sdt: IdentityReader, capsys: pytest.CaptureFixture[str]
) -> None:
    person = PEOPLE["resident"]
    card_reader.lay_down(person)
    seen = repr(read(sdt)) + capsys.readouterr().out
    assert not [secret for secret in (person.name, person.number, person.birth, person.address) if secret in seen]


def test_a_wrong_number_is_not_taken(card_reader: SdtReaderEmulator, sdt: IdentityReader) -> None:
    card_reader.lay_down(replace(PEOPLE["resident"], number="110105194912310021"))
    assert sdt.read(1) == DocumentUnreadable(UnreadableReason.CHECK_DIGIT)


def test_a_port_that_is_not_there_is_lost(open_reader: Callable[..., IdentityReader]) -> None:
    reader = open_reader("sdt", "serial:///dev/no-such-reader", **QUICK)
    assert isinstance(reader.read(0.05), ReaderLost)
    assert isinstance(reader.status(), ReaderLost)
