"""What some models can beyond the rest: a Chinese font, a presenter, marked stock, a drawer at their connector."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from drivers.contracts.drawer import DrawerOpen, DrawerShut, DrawerUnknown
from drivers.contracts.printer import (
    Block,
    Columns,
    Cut,
    Feed,
    Printed,
    PrinterReady,
    PrintJob,
    TextLine,
    WeaklyConfirmed,
)
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.printer.characters import cells_of, typed
from drivers.printer.drawer import DrawerWiring
from drivers.printer.driver import EscPosPrinter

OpenPrinter = Callable[..., EscPosPrinter]


def job(*blocks: Block, process_id: str = "0001") -> PrintJob:
    return PrintJob("job", process_id, (*blocks, Cut()))


@pytest.fixture
def chinese(emulator: EscPosPrinterEmulator, open_printer: OpenPrinter) -> EscPosPrinter:
    return open_printer(emulator.address, profile="80mm-gb18030")


def test_chinese_text_goes_out_as_characters(emulator: EscPosPrinterEmulator, chinese: EscPosPrinter) -> None:
    blocks = (
        TextLine("青山风景区", "centre", size=2, bold=True),
        Columns("成人票 × 2", "¥160.00"),
        TextLine("Gate 3 — 东门"),
    )
    assert chinese.print(job(*blocks)) == Printed()
    (sheet,) = emulator.sheets
    assert b"\x1dv0" not in sheet.data, "no picture was needed"
    title, columns, gate = sheet.texts
    assert (title, gate) == ("青山风景区", "Gate 3 — 东门")
    assert columns.startswith("成人票 × 2 ")
    assert columns.endswith(" ￥160.00")
    assert cells_of(columns) == 48


def test_what_the_font_has_not_is_drawn(emulator: EscPosPrinterEmulator, chinese: EscPosPrinter) -> None:
    blocks = (
        TextLine("門票", language="zh-Hant"),
        TextLine("Билет"),
        TextLine("입장권", language="ko"),
        TextLine("€ 5"),
        TextLine("\ue000"),
        TextLine("𠮷"),
    )
    assert chinese.print(job(*blocks)) == Printed()
    assert emulator.sheets[0].texts == ()
    assert emulator.sheets[0].data.count(b"\x1dv0") >= len(blocks)


def test_characters_and_pictures_mix_in_order(emulator: EscPosPrinterEmulator, chinese: EscPosPrinter) -> None:
    assert chinese.print(job(TextLine("一"), TextLine("Ж"), TextLine("二", "right"))) == Printed()
    sheet = emulator.sheets[0]
    assert sheet.texts == ("一", "二")
    assert (
        sheet.data.index("一".encode("gb18030"))
        < sheet.data.index(b"\x1dv0")
        < sheet.data.index("二".encode("gb18030"))
    )


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize(
    "text", ["很长的票种名称" * 9, "A ticket with a long English name " * 4, "混排 mixed 文字 text " * 6]
)
def test_no_line_is_wider_than_the_paper(
    emulator: EscPosPrinterEmulator, chinese: EscPosPrinter, text: str, size: int
) -> None:
    """The emulated printer breaks a full line by itself: as many lines as were sent shows that none was too wide."""
    for block in (TextLine(text, size=size), Columns(text, "￥1.00", size=size)):
        set_by_us = typed(block, 576)
        assert set_by_us is not None
        assert chinese.print(job(block)) == Printed()
        lines = emulator.sheets[-1].texts
        assert len(lines) == set_by_us.data.count(b"\n") > 1
        assert all(cells_of(line) * size <= 48 for line in lines)
        assert "".join(lines).replace(" ", "") == (text + ("￥1.00" if isinstance(block, Columns) else "")).replace(
            " ", ""
        )


def test_a_presented_sheet_waits_until_it_is_taken(emulator: EscPosPrinterEmulator, open_printer: OpenPrinter) -> None:
    printer = open_printer(emulator.address, profile="80mm-presenter")
    assert printer.print(job(Feed(50))) == WeaklyConfirmed()
    assert printer.status() == PrinterReady(sheet_waiting=True)
    emulator.take_sheet()
    assert printer.status() == PrinterReady()
    assert printer.retract() == PrinterReady(), "there is nothing to draw back"
    assert (emulator.ejector.taken, emulator.ejector.retracted) == (1, 0)


def test_a_sheet_that_nobody_takes_is_drawn_back(emulator: EscPosPrinterEmulator, open_printer: OpenPrinter) -> None:
    printer = open_printer(emulator.address, profile="80mm-presenter")
    assert printer.print(job(Feed(50))) == WeaklyConfirmed()
    assert printer.retract() == PrinterReady()
    assert printer.counters()["retracted"] == 1
    assert (emulator.ejector.taken, emulator.ejector.retracted) == (0, 1)


def test_the_next_sheet_pushes_out_the_one_before(emulator: EscPosPrinterEmulator, open_printer: OpenPrinter) -> None:
    printer = open_printer(emulator.address, profile="80mm-presenter")
    for process_id in ("0001", "0002"):
        assert printer.print(job(Feed(50), process_id=process_id)) == WeaklyConfirmed()
    assert printer.status() == PrinterReady(sheet_waiting=True)
    assert emulator.ejector.taken == 1


def test_full_status_and_automatic_status_are_told_apart(open_printer: OpenPrinter) -> None:
    with EscPosPrinterEmulator(automatic_status=True) as emulator:
        printer = open_printer(emulator.address, profile="80mm-presenter")
        for number in range(3):
            assert printer.print(job(Feed(20), process_id=f"000{number}")) == WeaklyConfirmed()
            emulator.take_sheet()
            assert printer.status() == PrinterReady()
        printer.close()


@pytest.mark.parametrize(("profile", "width", "pitch"), [("80mm-black-mark", 576, 150.0), ("58mm-label", 384, 80.0)])
def test_marked_stock_gives_tickets_of_one_length(
    open_printer: OpenPrinter, profile: str, width: int, pitch: float
) -> None:
    with EscPosPrinterEmulator(width_dots=width, mark_mm=pitch) as emulator:
        printer = open_printer(emulator.address, profile=profile)
        for number, length in enumerate((10, 45, 20)):
            answer = printer.print(job(Feed(length), process_id=f"000{number}"))
            assert isinstance(answer, Printed | WeaklyConfirmed)
        sheets = emulator.wait_for_sheets(3, 2)
        assert {sheet.image.height for sheet in sheets} == {round(pitch * 8)}
        printer.close()


def test_a_drawer_is_kicked_and_seen(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    drawer = printer.drawer(DrawerWiring())
    assert drawer.drawer() == DrawerShut()
    assert drawer.kick() == DrawerOpen()
    assert drawer.drawer() == DrawerOpen()
    emulator.push_drawer()
    assert drawer.drawer() == DrawerShut()


def test_a_stuck_drawer_is_not_called_open(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    emulator.set_fault(PrinterTrouble.DRAWER_STUCK)
    assert printer.drawer(DrawerWiring(open_seconds=0.2)).kick() == DrawerShut()


def test_a_switch_wired_the_other_way_round(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    assert printer.drawer(DrawerWiring(open_level="low")).drawer() == DrawerOpen()


def test_a_printer_that_stands_still_is_not_left_with_a_kick_for_later(
    emulator: EscPosPrinterEmulator, printer: EscPosPrinter
) -> None:
    emulator.set_fault(PrinterTrouble.PAPER_OUT)
    drawer = printer.drawer(DrawerWiring(open_seconds=0.2))
    assert drawer.kick() == DrawerShut()
    emulator.load_paper()
    time.sleep(0.3)
    assert drawer.drawer() == DrawerShut()


def test_a_silent_printer_knows_nothing_of_its_drawer(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    emulator.set_fault(PrinterTrouble.SILENT)
    assert isinstance(printer.drawer(DrawerWiring()).kick(), DrawerUnknown)


def test_a_drawer_is_used_on_its_printers_thread(printer: EscPosPrinter) -> None:
    refused: list[RuntimeError] = []

    def call() -> None:
        try:
            printer.drawer(DrawerWiring()).kick()
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert len(refused) == 1


def test_a_jam_counts_once(emulator: EscPosPrinterEmulator, printer: EscPosPrinter) -> None:
    emulator.set_fault(PrinterTrouble.CUTTER)
    printer.print(job(Feed(5)))
    for _ in range(3):
        printer.status()
    emulator.clear_fault(PrinterTrouble.CUTTER)
    assert printer.await_confirmation("0001", 5) == Printed()
    assert printer.status() == PrinterReady()
    assert printer.counters()["jams"] == 1
