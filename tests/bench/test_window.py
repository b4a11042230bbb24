"""The bench's window is a view of the table: a press is done to the device, and the device's state is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from drivers.contracts.printer import Cut, PrintJob, TextLine
from drivers.registry import DeviceSettings, build_printer
from shanmen.bench.action import OneOf, Press
from shanmen.bench.configuration import kiosk_tables
from shanmen.bench.table import Bench
from shanmen.bench.window import WIDTH_PX, DeviceBench
from shanmen.bench.workplace import laid_out


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with laid_out(tmp_path, "http://127.0.0.1:1") as bench:
        yield bench


@pytest.fixture
def window(qtbot: QtBot, bench: Bench) -> DeviceBench:
    window = DeviceBench(bench, 768)
    qtbot.addWidget(window)
    window.show()
    return window


def button(window: DeviceBench, text: str) -> QPushButton:
    return next(each for each in window.findChildren(QPushButton) if each.text() == text)


def said(window: DeviceBench) -> str:
    label = window.findChild(QLabel, "said")
    assert isinstance(label, QLabel)
    return label.text()


def test_every_row_of_the_table_has_its_button(bench: Bench, window: DeviceBench) -> None:
    texts = {each.text() for each in window.findChildren(QPushButton)}
    for row in bench.rows():
        if isinstance(row.action, Press) and isinstance(row.action.parameter, OneOf):
            assert {choice.label for choice in row.action.parameter.choices} <= texts
        else:
            assert any(text.startswith(row.action.label) for text in texts)


def test_a_switch_is_turned_and_follows_what_is_done_elsewhere(qtbot: QtBot, bench: Bench, window: DeviceBench) -> None:
    cut = button(window, "Cut")
    cut.click()
    qtbot.waitUntil(lambda: said(window) == "Line to central: cut on.")
    bench.perform(["restore", "line"])
    qtbot.waitUntil(lambda: not cut.isChecked())


def test_nonsense_is_said_in_the_window(qtbot: QtBot, bench: Bench, window: DeviceBench) -> None:
    bench.perform(["unplug", "scanner"])
    button(window, "Pays").click()
    qtbot.waitUntil(lambda: said(window) == "The scanner is unplugged.")


def test_a_sheet_is_drawn_as_it_comes_out(qtbot: QtBot, bench: Bench, window: DeviceBench, tmp_path: Path) -> None:
    place = kiosk_tables(bench.stations, tmp_path)["printer"]
    assert isinstance(place, dict)
    printer = build_printer(DeviceSettings("printer", place["driver"], place["address"]))
    printer.open()
    printer.print(PrintJob("job", "0001", (TextLine("Shanmen"), Cut())))
    printer.close()
    qtbot.waitUntil(lambda: any(label.toolTip() == "1: printer" for label in window.findChildren(QLabel)))


def test_nothing_is_wider_than_the_window(window: DeviceBench) -> None:
    assert window.width() == WIDTH_PX
    assert window.minimumSizeHint().width() <= WIDTH_PX
    for each in window.findChildren(QPushButton):
        right = each.mapTo(window, each.rect().topRight()).x()
        assert right < WIDTH_PX, each.text()
        assert each.width() >= each.minimumSizeHint().width(), each.text()
