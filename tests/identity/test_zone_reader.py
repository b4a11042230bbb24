"""The serial reader of machine-readable zones: its contract, over a pty."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.identity import (
    ConfirmationNeeded,
    DocumentRead,
    DocumentUnreadable,
    Doubt,
    IdentityReader,
    NoDocument,
    ReaderLost,
    ReaderReady,
)
from drivers.emulators.zone_reader import ZoneReaderEmulator, ZoneReaderTrouble
from drivers.emulators.zone_writer import zone
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.framing import Overlong, ZoneDeframer
from drivers.identity.mrz.zone import read_zone
from drivers.registry import DeviceSettings, Surroundings
from drivers.registry_identity import build_identity_reader
from tests.identity.test_zone import HOLDER

LINES = zone(HOLDER, "TD3")
WITHOUT_ZEROS = zone(replace(HOLDER, number="C61X89T47"), "TD3")
CARD = zone(replace(HOLDER, code="I"), "TD1")


@pytest.mark.parametrize("line_end", [b"\r", b"\n", b"\r\n"])
@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("lines", [LINES, CARD])
def test_however_lines_are_ended(
    open_reader: Callable[..., IdentityReader], line_end: bytes, framed: bool, joined: bool, lines: tuple[str, ...]
) -> None:
    with ZoneReaderEmulator(line_end, framed, joined) as emulator:
        reader = open_reader("mrz-serial", emulator.address, idle_seconds=5)
        for _ in range(2):
            emulator.put_through(lines)
            answer = reader.read(2)
            assert isinstance(answer, DocumentRead), answer
            assert answer.details.number == HOLDER.number


@pytest.mark.parametrize("trouble", list(ZoneReaderTrouble))
def test_troubles(open_reader: Callable[..., IdentityReader], trouble: ZoneReaderTrouble) -> None:
    with ZoneReaderEmulator() as emulator:
        reader = open_reader("mrz-serial", emulator.address, idle_seconds=0.2)
        emulator.set_fault(trouble)
        emulator.put_through(WITHOUT_ZEROS)  # in its number: of those some could be Q as well
        answer = reader.read(3)
        match trouble:
            case ZoneReaderTrouble.SLOW:
                assert isinstance(answer, DocumentRead)
            case ZoneReaderTrouble.MIXED_UP:
                assert isinstance(answer, ConfirmationNeeded)
                assert Doubt.REPAIRED in answer.doubts
            case _:
                assert isinstance(answer, DocumentUnreadable)
        emulator.clear_fault(trouble)
        while not isinstance(reader.read(0.3), NoDocument):
            pass
        emulator.put_through(LINES)
        assert isinstance(reader.read(2), DocumentRead)


def test_the_last_visitors_passport_is_not_the_next_ones() -> None:
    with ZoneReaderEmulator() as emulator:
        now = [100.0]
        around = Surroundings(monotonic=lambda: now[0])
        reader = build_identity_reader(DeviceSettings("identity", "mrz-serial", emulator.address), around)
        reader.open()
        for asked_meanwhile in (False, True):
            emulator.put_through(LINES)
            time.sleep(0.1)
            if asked_meanwhile:
                assert isinstance(reader.status(), ReaderReady)
            now[0] += 5
            emulator.put_through(CARD)
            time.sleep(0.1)
            now[0] += 5
            assert reader.read(-1.0) == NoDocument(), "only what is there already"
        reader.close()


def test_unplugged_and_plugged_again(open_reader: Callable[..., IdentityReader]) -> None:
    with ZoneReaderEmulator() as emulator:
        reader = open_reader("mrz-serial", emulator.address)
        assert isinstance(reader.status(), ReaderReady)
        emulator.say(LINES[0].encode())
        emulator.unplug()
        answers = [reader.read(0.5), reader.read(0.5)]
        assert isinstance(answers[-1], ReaderLost)
        emulator.plug()
        deadline = time.monotonic() + 5
        while not isinstance(reader.status(), ReaderReady):
            assert time.monotonic() < deadline
        emulator.put_through(LINES)
        assert isinstance(reader.read(2), DocumentRead)


def test_nothing_of_a_person_is_in_a_repr_or_a_log(
    open_reader: Callable[..., IdentityReader], capsys: pytest.CaptureFixture[str]
) -> None:
    with ZoneReaderEmulator() as emulator:
        reader = open_reader("mrz-serial", emulator.address, idle_seconds=0.1)
        emulator.put_through(LINES)
        emulator.put_through((LINES[0], LINES[1][::-1]))
        seen = repr((reader.read(2), reader.read(2))) + capsys.readouterr().out
    assert not [secret for secret in (HOLDER.number, "MUELLER", HOLDER.birth) if secret in seen]


def test_pieces_of_any_size_at_any_place() -> None:
    wire = "\r\n".join(LINES).encode() + b"\r\n" + "\r".join(CARD).encode() + b"\r"
    for size in range(1, len(wire)):
        deframer = ZoneDeframer()
        found = [z for at in range(0, len(wire), size) for z in deframer.feed(wire[at : at + size], 1.0)]
        assert found == [LINES, CARD]


def test_an_endless_line_takes_no_memory() -> None:
    deframer = ZoneDeframer(0.1)
    assert deframer.feed(b"<" * 5000, 1.0) == []
    assert deframer.feed(b"", 2.0) == [Overlong(5000)]
    assert deframer.feed("\r".join(LINES).encode() + b"\r", 2.1) == [LINES]


@given(st.lists(st.tuples(st.binary(max_size=120), st.floats(0, 1))))
def test_no_bytes_raise(pieces: list[tuple[bytes, float]]) -> None:
    deframer, now = ZoneDeframer(), 0.0
    for data, pause in pieces:
        now += pause
        deframer.feed(data, now)


def test_the_century_follows_the_clock() -> None:
    lines = zone(replace(HOLDER, birth="261124"), "TD3")
    births = []
    for today in (date(2026, 11, 23), date(2026, 11, 24)):
        answer = judge(read_zone(lines), today)
        assert isinstance(answer, DocumentRead)
        births.append(answer.details.birth)
    assert births == [date(1926, 11, 24), date(2026, 11, 24)]
