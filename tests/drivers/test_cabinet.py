"""The cabinet's contract on an emulated relay board, over a pty."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cabinet.driver import RelayBoardCabinet
from drivers.cabinet.modbus import (
    CoilWritten,
    Garbled,
    Incomplete,
    Inputs,
    Refused,
    read_inputs,
    read_reply,
    write_coil,
)
from drivers.contracts.cabinet import CabinetAnswer, CabinetLost, CabinetReading, Lamp
from drivers.device_settings import DeviceSettings
from drivers.emulators.relay_board import BoardTrouble, RelayBoardEmulator
from drivers.errors import ConfigurationError
from drivers.registry_peripherals import build_cabinet
from tests.drivers.golden_bytes import assert_golden
from tests.drivers.tampering import Tamper, bad_line, garbled_at, split, truncated_at, unasked_at

SHUT = CabinetReading(door_open=False, tampered=False)
OPEN = CabinetReading(door_open=True, tampered=False)
OpenCabinet = Callable[..., RelayBoardCabinet]


@pytest.fixture
def board() -> Iterator[RelayBoardEmulator]:
    with RelayBoardEmulator() as emulator:
        yield emulator


@pytest.fixture
def open_cabinet() -> Iterator[OpenCabinet]:
    with ExitStack() as stack:

        def make(address: str, **options: object) -> RelayBoardCabinet:
            cabinet = build_cabinet(DeviceSettings("cabinet", "modbus-relay", address, options))
            cabinet.open()
            stack.callback(cabinet.close)
            return cabinet

        yield make


def test_light_door_and_alarm(board: RelayBoardEmulator, open_cabinet: OpenCabinet) -> None:
    cabinet = open_cabinet(board.address)
    assert cabinet.look() == SHUT
    assert cabinet.set_lamp(Lamp.ON) == SHUT
    assert board.relay(1)
    board.open_contact(1)
    assert cabinet.look() == OPEN
    board.open_contact(2)
    assert cabinet.look() == CabinetReading(door_open=True, tampered=True)
    assert cabinet.set_lamp(Lamp.OFF) == CabinetReading(door_open=True, tampered=True)
    assert not board.relay(1)
    assert cabinet.counters() == {"openings": 1}


def test_a_blinking_light_goes_on_and_off(board: RelayBoardEmulator, open_cabinet: OpenCabinet) -> None:
    cabinet = open_cabinet(board.address, blink_seconds=0.05)
    cabinet.set_lamp(Lamp.BLINKING)
    seen, deadline = list[bool](), time.monotonic() + 0.6
    while time.monotonic() < deadline:
        assert cabinet.look() == SHUT
        seen.append(board.relay(1))
    changes = sum(one != other for one, other in pairwise(seen))
    assert 4 <= changes <= 14


def test_what_is_not_connected_is_not_asked_for(board: RelayBoardEmulator, open_cabinet: OpenCabinet) -> None:
    cabinet = open_cabinet(board.address, lamp_relay=0, door_input=0, tamper_input=3)
    board.open_contact(1)
    assert cabinet.set_lamp(Lamp.ON) == SHUT
    assert b"\x01\x05" not in board.received
    board.open_contact(3)
    assert cabinet.look() == CabinetReading(door_open=False, tampered=True)


@pytest.mark.parametrize("trouble", [BoardTrouble.SILENT, BoardTrouble.REFUSES, BoardTrouble.ANSWERS_OTHERS])
def test_a_board_that_does_not_answer_is_lost_and_found_again(
    board: RelayBoardEmulator, open_cabinet: OpenCabinet, trouble: BoardTrouble
) -> None:
    cabinet = open_cabinet(board.address, answer_seconds=0.05)
    board.set_fault(trouble)
    assert isinstance(cabinet.look(), CabinetLost)
    assert isinstance(cabinet.set_lamp(Lamp.ON), CabinetLost)
    board.clear_fault(trouble)
    assert until_found(cabinet) == SHUT
    assert board.relay(1), "the light is set as was asked meanwhile"


def test_a_slow_board_is_waited_for(board: RelayBoardEmulator, open_cabinet: OpenCabinet) -> None:
    board.set_fault(BoardTrouble.SLOW)
    assert open_cabinet(board.address, answer_seconds=0.6).look() == SHUT


def test_a_board_pulled_and_put_back_has_its_light_again(board: RelayBoardEmulator, open_cabinet: OpenCabinet) -> None:
    cabinet = open_cabinet(board.address)
    cabinet.set_lamp(Lamp.ON)
    board.unplug()
    assert isinstance(cabinet.look(), CabinetLost)
    board.plug()
    assert until_found(cabinet) == SHUT
    assert board.relay(1)


TAMPERING = {
    "split": split,
    **{f"garbled at {place}": garbled_at(place) for place in range(14)},
    **{f"cut off at {place}": truncated_at(place) for place in range(14)},
    **{f"unasked at {place}": unasked_at(place, b"\x01\x02\x01") for place in range(0, 14, 3)},
}


@pytest.mark.parametrize("name", TAMPERING)
def test_a_bad_line_never_opens_a_shut_door(board: RelayBoardEmulator, open_cabinet: OpenCabinet, name: str) -> None:
    """The light's echo of eight bytes, then the inputs' six; a question that fails is asked again."""
    tamper: Tamper = TAMPERING[name]
    with bad_line(board.address, tamper) as line:
        cabinet = open_cabinet(line.address, answer_seconds=0.15)
        assert cabinet.set_lamp(Lamp.ON) == SHUT
        assert board.relay(1)
        cabinet.close()


@pytest.mark.parametrize("sent", range(0, 17, 2))
def test_a_line_that_breaks_after_any_byte(board: RelayBoardEmulator, open_cabinet: OpenCabinet, sent: int) -> None:
    with bad_line(board.address, broken_after=sent) as line:
        cabinet = open_cabinet(line.address, answer_seconds=0.1)
        cabinet.set_lamp(Lamp.ON)
        assert until_found(cabinet) == SHUT
        assert line.has_broken
        assert board.relay(1)
        cabinet.close()


def test_what_goes_out_byte_by_byte(board: RelayBoardEmulator, open_cabinet: OpenCabinet) -> None:
    cabinet = open_cabinet(board.address)
    cabinet.set_lamp(Lamp.ON)
    cabinet.set_lamp(Lamp.OFF)
    assert_golden("modbus-relay", board.received)


def test_the_published_examples() -> None:
    assert write_coil(1, 0, on=True) == bytes.fromhex("01050000FF008C3A")
    assert read_inputs(1, 8) == bytes.fromhex("01020000000879CC")
    assert read_reply(bytes.fromhex("01050000FF008C3A"), 1) == CoilWritten(0, on=True)
    assert read_reply(bytes.fromhex("018202C161"), 1) == Refused(2)


@given(st.binary(max_size=20), st.integers(1, 247))
def test_no_bytes_raise(data: bytes, unit: int) -> None:
    assert isinstance(read_reply(data, unit), CoilWritten | Inputs | Refused | Incomplete | Garbled)


@given(st.integers(0, 63))
def test_one_wrong_bit_is_never_taken(bit: int) -> None:
    frame = bytearray(write_coil(1, 0, on=True))
    frame[bit // 8] ^= 1 << bit % 8
    assert isinstance(read_reply(bytes(frame), 1), Garbled | Incomplete)


def test_a_mistake_in_the_wiring_names_its_key() -> None:
    for key, value in (("unit", 0), ("door_input", -1), ("lamp_relay", "1"), ("blink_seconds", -1)):
        with pytest.raises(ConfigurationError, match=rf"^cabinet\.{key}: "):
            build_cabinet(DeviceSettings("cabinet", "modbus-relay", "serial:///dev/ttyS0", {key: value}))


def until_found(cabinet: RelayBoardCabinet) -> CabinetAnswer:
    deadline = time.monotonic() + 8
    while isinstance(answer := cabinet.look(), CabinetLost):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return answer
