"""Cash machine, display, light and door, member cards: well, in trouble, and mistaken for one another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.emulators.cctalk_bus import CashInside, CashMachineEmulator
from drivers.emulators.cctalk_hopper import EmulatedHopper
from drivers.emulators.line_display import LineDisplayEmulator
from drivers.emulators.mjpeg_camera import MjpegCameraEmulator
from drivers.emulators.relay_board import BoardTrouble, RelayBoardEmulator
from drivers.emulators.sdt_reader import SdtReaderEmulator
from tests.doctor.ward import Ward


def cash_at(ward: Ward, address: str) -> list[str]:
    ward.set("devices", {"cash": {"driver": "cctalk", "address": address, "options": {"answer_seconds": 0.2}}})
    return ward.found("cash")


@pytest.fixture
def board() -> Iterator[RelayBoardEmulator]:
    with RelayBoardEmulator() as board:
        yield board


@pytest.fixture
def cabinet(ward: Ward, board: RelayBoardEmulator) -> Ward:
    options = {"answer_seconds": 0.3, "door_input": 1, "tamper_input": 2}
    device = {"driver": "modbus-relay", "address": board.address, "options": options}
    ward.set("devices", {"lamps": device})
    return ward


def test_a_cash_machine_that_is_well_and_then_unplugged(ward: Ward) -> None:
    with CashMachineEmulator() as machine:
        assert cash_at(ward, machine.address) == ["CASH_WELL"]
        machine.unplug()
        assert ward.found("cash") == ["DEVICE_ABSENT"]


def test_one_device_of_the_bus_is_silent_and_another_nearly_empty(ward: Ward) -> None:
    inside = CashInside(hoppers={"hopper-100": EmulatedHopper(3, 100, 5)})
    with CashMachineEmulator(inside) as machine:
        assert cash_at(ward, machine.address) == ["CASH_PART_SILENT", "HOPPER_LOW"]


def test_a_cash_bus_at_the_scanner_s_port_and_a_card_reader_at_the_cash_bus(
    ward: Ward, reader: SdtReaderEmulator
) -> None:
    with CashMachineEmulator() as machine:
        ward.set("scanner", {"address": machine.address})
        assert ward.of("scanner").facts["found"] == "ccTalk"
    assert cash_at(ward, reader.address) == ["DEVICE_IS_ANOTHER"]
    assert ward.of("cash").facts["found"] == "SDT"


def test_the_display_is_written_on(ward: Ward) -> None:
    with LineDisplayEmulator() as display:
        ward.set("devices", {"display": {"driver": "cd5220", "address": display.address}})
        assert ward.found("display") == ["DISPLAY_WRITTEN"]
        seen = []

        def look(_seconds: float) -> None:
            display.wait_for("山门测试", "1234567890")
            seen.append(display.lines)

        ward.look_with(sleep=look)
        assert ward.found("display") == ["DISPLAY_WRITTEN"]
        assert len(seen) == 1
        display.unplug()
        assert ward.found("display") == ["DEVICE_ABSENT"]


def test_door_and_alarm_contact(cabinet: Ward, board: RelayBoardEmulator) -> None:
    assert cabinet.found("lamps") == ["CABINET_WELL"]
    board.open_contact(1)
    assert cabinet.found("lamps") == ["CABINET_DOOR_OPEN"]
    board.open_contact(2)
    assert cabinet.found("lamps") == ["CABINET_DOOR_OPEN", "CABINET_TAMPERED"]


def test_a_board_that_is_silent_or_unplugged(cabinet: Ward, board: RelayBoardEmulator) -> None:
    board.set_fault(BoardTrouble.SILENT)
    assert cabinet.found("lamps") == ["DEVICE_SILENT"]
    board.unplug()
    assert cabinet.found("lamps") == ["DEVICE_ABSENT"]


def test_without_a_card_service_member_cards_are_told_unfit(ward: Ward) -> None:
    pytest.importorskip("smartcard")
    ward.set("devices", {"member-card": {"driver": "pcsc", "address": "no such reader"}})
    assert ward.found("member-card") == ["CARD_SERVICE_ABSENT"]


def test_a_camera_that_scans_and_then_is_unplugged(ward: Ward) -> None:
    with MjpegCameraEmulator() as camera:
        ward.set("scanner", {"driver": "camera", "address": camera.address, "options": {}})
        assert ward.found("scanner") == ["SCANNER_OPEN"]
        camera.unplug()
        assert ward.found("scanner") == ["DEVICE_ABSENT"]
