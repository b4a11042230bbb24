"""The member card reader's contract, on a real pcscd with a virtual reader."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.member_card import (
    CardAnswer,
    CardGone,
    CardPresented,
    CardReaderLost,
    CardUnreadable,
    NothingNew,
)
from drivers.emulators.virtual_card import MIFARE_ATR, VirtualCard
from drivers.member_card.apdu import GET_UID, read_uid, status_word
from drivers.member_card.driver import PcscCardReader
from tests.drivers.card_service import CardServiceProcess, card_service

UID = bytes.fromhex("04A1B2C3D4E5F6")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[CardServiceProcess]:
    with card_service(tmp_path) as service:
        yield service


@pytest.fixture
def reader(service: CardServiceProcess) -> Iterator[PcscCardReader]:
    reader = PcscCardReader("virtual")
    reader.open()
    yield reader
    reader.close()


def until(reader: PcscCardReader, wanted: Callable[[CardAnswer], bool], seconds: float = 8) -> CardAnswer:
    deadline = time.monotonic() + seconds
    while not wanted(answer := reader.wait(0.2)):
        assert time.monotonic() < deadline, answer
    return answer


def news(reader: PcscCardReader) -> CardAnswer:
    return until(reader, lambda answer: answer != NothingNew())


def test_a_card_is_told_when_it_comes_and_when_it_goes(service: CardServiceProcess, reader: PcscCardReader) -> None:
    assert reader.wait(0.05) == NothingNew()
    with VirtualCard(service.port, UID):
        assert news(reader) == CardPresented(UID, MIFARE_ATR)
        assert reader.wait(0.3) == NothingNew(), "it lies there still"
    assert news(reader) == CardGone()
    with VirtualCard(service.port, UID[:4]):
        assert news(reader) == CardPresented(UID[:4], MIFARE_ATR)
    assert reader.counters() == {"reads": 2, "unreadable": 0}


def test_a_card_that_lies_there_already_is_told(service: CardServiceProcess) -> None:
    with VirtualCard(service.port, UID):
        late = PcscCardReader()
        late.open()
        assert until(late, lambda answer: isinstance(answer, CardPresented)) == CardPresented(UID, MIFARE_ATR)
        late.close()


@pytest.mark.parametrize("answer", [b"\x6a\x81", b"\x90\x00", bytes(20) + b"\x90\x00", UID + b"\x63\x00"])
def test_a_card_without_a_sensible_number_is_unreadable(
    service: CardServiceProcess, reader: PcscCardReader, answer: bytes
) -> None:
    with VirtualCard(service.port, b"", answer=answer):
        assert isinstance(news(reader), CardUnreadable)


def test_the_service_gone_and_back(service: CardServiceProcess, reader: PcscCardReader) -> None:
    assert reader.wait(0.05) == NothingNew()
    service.stop()
    assert isinstance(until(reader, lambda answer: isinstance(answer, CardReaderLost)), CardReaderLost)
    service.start()
    until(reader, lambda answer: answer == NothingNew())
    with VirtualCard(service.port, UID):
        assert news(reader) == CardPresented(UID, MIFARE_ATR)


def test_no_reader_of_that_name_is_lost_not_another(service: CardServiceProcess) -> None:
    reader = PcscCardReader("acme contactless")
    reader.open()
    assert reader.wait(0.05) == CardReaderLost("no card reader is plugged in")
    reader.close()


@given(st.binary(max_size=300))
def test_no_answer_raises_and_only_whole_numbers_count(response: bytes) -> None:
    uid = read_uid(response)
    assert uid is None or (response == uid + b"\x90\x00" and len(uid) in {4, 7, 8, 10})
    assert UID.hex().upper() not in status_word(UID + b"\x63\x00")


def test_the_question_in_bytes() -> None:
    assert GET_UID == b"\xff\xca\x00\x00\x00"


def test_no_number_stands_in_a_repr() -> None:
    assert "04" not in repr(CardPresented(UID, b"")).replace("CardPresented", "")
