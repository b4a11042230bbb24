"""From configuration to a driver: the one place that knows which class stands behind a name."""

from __future__ import annotations

from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.printer.driver import EscPosPrinter, PrinterTiming
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.scanner.driver import SerialScanner
from drivers.scanner.framing import SUFFIXES, Framing

__all__ = ["DeviceSettings", "Surroundings", "build_printer", "build_scanner"]

PRINTER_DRIVER = "escpos"
SCANNER_DRIVER = "serial"


def build_printer(settings: DeviceSettings, surroundings: Surroundings | None = None) -> EscPosPrinter:
    """Driver `escpos`. Options: `profile` (see profiles.toml), `answer_seconds`, `margin_seconds`, `poll_seconds`.

    Raises ConfigurationError; TypefaceMissingError when the machine's fonts are not installed.
    """
    around = surroundings or Surroundings()
    options = options_for(settings, PRINTER_DRIVER)
    usual = PrinterTiming()
    profile = options.choice("profile", load_profiles(), "80mm")
    timing = PrinterTiming(
        answer=options.seconds("answer_seconds", usual.answer),
        margin=options.seconds("margin_seconds", usual.margin),
        poll=options.seconds("poll_seconds", usual.poll),
    )
    options.finish()
    return EscPosPrinter(
        connection_for(settings, around), Renderer(profile, around.typeface()), around.monotonic, timing
    )


def build_scanner(settings: DeviceSettings, surroundings: Surroundings | None = None) -> SerialScanner:
    """Driver `serial`. Options: `prefix`, `suffix` (cr, lf, crlf, tab, none), `idle_seconds`, `max_length`,
    `duplicate_seconds`. Raises ConfigurationError."""
    around = surroundings or Surroundings()
    options = options_for(settings, SCANNER_DRIVER)
    usual = Framing()
    framing = Framing(
        prefix=options.text("prefix", "").encode(),
        suffix=options.choice("suffix", SUFFIXES, "cr"),
        idle_seconds=options.seconds("idle_seconds", usual.idle_seconds),
        max_length=options.count("max_length", usual.max_length),
        duplicate_seconds=options.seconds("duplicate_seconds", usual.duplicate_seconds),
    )
    options.finish()
    return SerialScanner(connection_for(settings, around), framing, around.monotonic)
