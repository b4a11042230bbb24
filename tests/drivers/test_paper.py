"""The emulated paper, where the driver's own drawing is not involved."""

from __future__ import annotations

import socket

import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.emulators.escpos_parser import EscPosParser
from drivers.emulators.escpos_printer import EscPosPrinterEmulator


def _print(emulator: EscPosPrinterEmulator, data: bytes, sheets: int) -> list[Image.Image]:
    host, _, port = emulator.address.removeprefix("tcp://").partition(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(data)
        return [sheet.image for sheet in emulator.wait_for_sheets(sheets, 2)]


def test_text_is_set_left_centred_and_right(emulator: EscPosPrinterEmulator) -> None:
    lines = b"".join(b"\x1ba" + bytes([side]) + b"HH\n" for side in (0, 1, 2))
    (sheet,) = _print(emulator, b"\x1b@" + lines + b"\x1dVB\x00", 1)
    rows = [sheet.crop((0, 96 + 30 * row, 576, 126 + 30 * row)).getbbox() for row in range(3)]
    lefts = [box[0] for box in rows if box]
    assert lefts[0] < 10
    assert 250 < lefts[1] < 288
    assert lefts[2] > 500


def test_a_cut_on_the_spot_leaves_the_last_lines_on_the_next_sheet(emulator: EscPosPrinterEmulator) -> None:
    black = b"\x1dv0\x00\x48\x00\x10\x00" + b"\xff" * 72 * 16
    first, second = _print(emulator, black + b"\x1dV\x00" + b"\x1dV\x42\x00", 2)
    assert first.getbbox() is None
    assert second.getbbox() == (0, 80, 576, 96)


def test_the_printer_draws_codes_by_itself(emulator: EscPosPrinterEmulator) -> None:
    store = b"\x1d(k\x0a\x001P0SHANMEN"
    (sheet,) = _print(emulator, b"\x1ba\x01\x1d(k\x03\x001C\x06" + store + b"\x1d(k\x03\x001Q0\x1bJ\x50\x1dVB\x00", 1)
    on_white = sheet.convert("L").point(lambda dot: 255 - dot)
    assert [code.text for code in zxingcpp.read_barcodes(on_white)] == ["SHANMEN"]


_commands = st.sampled_from([b"\x1b@", b"\x1dv0\x00\x01\x00\x02\x00", b"\x1d(k"])


@given(st.lists(st.one_of(st.binary(max_size=20), _commands)))
def test_bytes_one_by_one_mean_the_same_and_none_is_lost(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    parser = EscPosParser()
    singly = [raw for place in range(len(data)) for _, raw in parser.feed(data[place : place + 1])]
    at_once = [raw for _, raw in EscPosParser().feed(data)]
    assert b"".join(singly) == b"".join(at_once)
    assert data.startswith(b"".join(at_once))
