"""From configuration to a printer, and to the drawer at its connector."""

from __future__ import annotations

from typing import Final, Literal

from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for
from drivers.errors import ConfigurationError
from drivers.options import DeviceOptions
from drivers.printer.cups.driver import CupsPrinter
from drivers.printer.cups.queue import PrintQueue, QueueAddress
from drivers.printer.drawer import DrawerWiring, PrinterDrawer
from drivers.printer.driver import EscPosPrinter, PrinterTiming
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer

ESCPOS: Final = "escpos"
CUPS: Final = "cups"
DRAWER_DRIVER: Final = "printer"
_QUEUE_SECONDS = 5.0
_PINS: dict[str, Literal[2, 5]] = {"2": 2, "5": 5}
_LEVELS: dict[str, Literal["high", "low"]] = {"high": "high", "low": "low"}


def build_printer(settings: DeviceSettings, surroundings: Surroundings | None = None) -> EscPosPrinter | CupsPrinter:
    """Driver `escpos`, or `cups` for a raw queue at `ipp://HOST/printers/NAME`.

    Options: `profile` (see profiles.toml), `answer_seconds`, `margin_seconds`, `poll_seconds`.
    Raises ConfigurationError; TypefaceMissingError when the machine's fonts are not installed.
    """
    if settings.driver == CUPS:
        return build_queue_printer(settings, surroundings)
    return build_escpos(settings, surroundings)


def build_escpos(settings: DeviceSettings, surroundings: Surroundings | None = None) -> EscPosPrinter:
    """A printer whose line we hold ourselves. Raises as `build_printer`."""
    around = surroundings or Surroundings()
    renderer, timing = _model(options_for(settings, ESCPOS, CUPS), around, PrinterTiming())
    return EscPosPrinter(connection_for(settings, around), renderer, around.monotonic, timing)


def build_queue_printer(settings: DeviceSettings, surroundings: Surroundings | None = None) -> CupsPrinter:
    """A printer behind a raw queue of the print service. Raises as `build_printer`."""
    around = surroundings or Surroundings()
    renderer, timing = _model(options_for(settings, CUPS), around, PrinterTiming(answer=_QUEUE_SECONDS))
    try:
        address = QueueAddress.parse(settings.address)
    except ValueError as error:
        raise ConfigurationError(f"{settings.key}.address", f"{settings.address!r} {error}.") from error
    return CupsPrinter(PrintQueue(address, timing.answer), renderer, around.monotonic, timing)


def build_drawer(settings: DeviceSettings, printer: EscPosPrinter) -> PrinterDrawer:
    """Driver `printer`: the drawer at `printer`'s connector; the address stays empty.

    Options: `pin` (`2`, `5`), `open_level` (`high`, `low`), `pulse_ms`, `open_seconds`. Raises ConfigurationError.
    """
    options = options_for(settings, DRAWER_DRIVER)
    usual = DrawerWiring()
    pin, level = options.choice("pin", _PINS, "2"), options.choice("open_level", _LEVELS, usual.open_level)
    pulse, seconds = options.count("pulse_ms", usual.pulse_ms), options.seconds("open_seconds", usual.open_seconds)
    options.finish()
    try:
        return printer.drawer(DrawerWiring(pin, pulse, level, seconds))
    except ValueError as error:
        raise ConfigurationError(f"{settings.key}.pulse_ms", f"{error}.") from error


def _model(options: DeviceOptions, around: Surroundings, usual: PrinterTiming) -> tuple[Renderer, PrinterTiming]:
    profile = options.choice("profile", load_profiles(), "80mm")
    timing = PrinterTiming(
        answer=options.seconds("answer_seconds", usual.answer),
        margin=options.seconds("margin_seconds", usual.margin),
        poll=options.seconds("poll_seconds", usual.poll),
    )
    options.finish()
    return Renderer(profile, around.typeface()), timing
