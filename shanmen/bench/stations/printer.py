"""The ticket printer on the bench."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from shanmen.bench.action import Action, Number, Press
from shanmen.bench.reading import Fact, Lamp, Reading
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import fault_press, fault_switch, press, unplug_switch

SPEED_MM_S = 150.0
_LASTING = (
    ("paper-out", "Paper out", PrinterTrouble.PAPER_OUT),
    ("paper-low", "Paper nearly out", PrinterTrouble.NEAR_END),
    ("open-cover", "Cover open", PrinterTrouble.COVER_OPEN),
    ("jam", "Knife jams at the next cut", PrinterTrouble.CUTTER),
    ("silence", "Answers nothing", PrinterTrouble.SILENT),
    ("slow", "Slow line", PrinterTrouble.SLOW_LINE),
    ("stick-drawer", "Drawer does not open", PrinterTrouble.DRAWER_STUCK),
)
_ONCE = (
    ("lose-answer", "Lose the next confirmation", PrinterTrouble.LOSE_CONFIRMATION),
    ("drop", "Drop the line in the next job", PrinterTrouble.DROP_CONNECTION),
)


def open_printer(stack: ExitStack, _folder: Path) -> Station:
    """Starts a printer for 80 mm on a USB cable, as fast as a real one."""
    return printer_station(stack.enter_context(EscPosPrinterEmulator(speed_mm_s=SPEED_MM_S, over="usb")))


def printer_station(printer: EscPosPrinterEmulator) -> Station:
    """The place of a printer that runs already."""
    return Station(
        "printer",
        "Ticket printer",
        _actions(printer),
        {"printer": {"driver": "escpos", "address": printer.address, "options": {"profile": "80mm"}}},
        lambda: _readings(printer),
        printer.listen,
    )


def _actions(printer: EscPosPrinterEmulator) -> tuple[Action, ...]:
    def load(millimetres: str) -> str:
        printer.load_paper(float(millimetres))
        return f"A roll of {millimetres} mm is in."

    def lasting(verb: str, label: str, fault: PrinterTrouble) -> Action:
        return fault_switch(printer, verb, label, fault, lambda: printer.has_fault(fault))

    cable = () if printer.address.startswith("tcp:") else (unplug_switch(printer),)
    return (
        *cable,
        *(lasting(*row) for row in _LASTING),
        *(fault_press(printer, *row) for row in _ONCE),
        press("take-paper", "Take the sheet that hangs out", printer.take_sheet, "The sheet is taken."),
        press("shut-drawer", "Shut the drawer", printer.push_drawer, "The drawer is shut."),
        Press("load-paper", "Put in a roll", load, Number("mm", 10, 100_000, 50_000)),
    )


def _readings(printer: EscPosPrinterEmulator) -> tuple[Reading, ...]:
    sensors = printer.sensors()
    return (
        Lamp("offline", sensors.offline),
        Lamp("paper low", sensors.near_end),
        Lamp("drawer open", sensors.drawer_open),
        Lamp("sheet in the mouth", sensors.presented),
        Fact("sheets", str(len(printer.sheets))),
    )
