"""What tests of printers look at: the codes on a sheet, and when a printer is ready again."""

from __future__ import annotations

import time

import zxingcpp
from PIL import Image

from drivers.contracts.printer import Printer, PrinterReady


def codes_on(dots: Image.Image) -> list[str]:
    """The texts of the codes on a sheet, as a reader sees them: black on white."""
    return [code.text for code in zxingcpp.read_barcodes(dots.convert("L").point(lambda dot: 255 - dot))]


def until_ready(printer: Printer, seconds: float = 5) -> None:
    """Returns once the printer is ready; fails the test after `seconds`."""
    deadline = time.monotonic() + seconds
    while not isinstance(printer.status(), PrinterReady):
        assert time.monotonic() < deadline, "the printer did not become ready"
        time.sleep(0.05)
