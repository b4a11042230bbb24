"""From configuration to a driver: the one place that knows which class stands behind a name."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from drivers.errors import ConfigurationError
from drivers.options import DeviceOptions
from drivers.printer.driver import EscPosPrinter, PrinterTiming
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import Typeface, find_typeface
from drivers.scanner.driver import SerialScanner
from drivers.scanner.framing import SUFFIXES, Framing
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic

PRINTER_DRIVER = "escpos"
SCANNER_DRIVER = "serial"


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """One device of the configuration. `key` is where it stands there (`printer`), for messages."""

    key: str
    driver: str
    address: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What drivers get from outside: a clock, chance (0..1) for the back-off, the typeface."""

    monotonic: Monotonic = time.monotonic
    chance: Callable[[], float] = random.random
    typeface: Callable[[], Typeface] = find_typeface


def build_printer(settings: DeviceSettings, surroundings: Surroundings | None = None) -> EscPosPrinter:
    """Driver `escpos`. Options: `profile` (see profiles.toml), `answer_seconds`, `margin_seconds`, `poll_seconds`.

    Raises ConfigurationError; TypefaceMissingError when the machine's fonts are not installed.
    """
    around = surroundings or Surroundings()
    options = _options(settings, PRINTER_DRIVER)
    usual = PrinterTiming()
    profile = options.choice("profile", load_profiles(), "80mm")
    timing = PrinterTiming(
        answer=options.seconds("answer_seconds", usual.answer),
        margin=options.seconds("margin_seconds", usual.margin),
        poll=options.seconds("poll_seconds", usual.poll),
    )
    options.finish()
    return EscPosPrinter(_connection(settings, around), Renderer(profile, around.typeface()), around.monotonic, timing)


def build_scanner(settings: DeviceSettings, surroundings: Surroundings | None = None) -> SerialScanner:
    """Driver `serial`. Options: `prefix`, `suffix` (cr, lf, crlf, tab, none), `idle_seconds`, `max_length`,
    `duplicate_seconds`. Raises ConfigurationError."""
    around = surroundings or Surroundings()
    options = _options(settings, SCANNER_DRIVER)
    usual = Framing()
    framing = Framing(
        prefix=options.text("prefix", "").encode(),
        suffix=options.choice("suffix", SUFFIXES, "cr"),
        idle_seconds=options.seconds("idle_seconds", usual.idle_seconds),
        max_length=options.count("max_length", usual.max_length),
        duplicate_seconds=options.seconds("duplicate_seconds", usual.duplicate_seconds),
    )
    options.finish()
    return SerialScanner(_connection(settings, around), framing, around.monotonic)


def _options(settings: DeviceSettings, driver: str) -> DeviceOptions:
    if settings.driver != driver:
        raise ConfigurationError(f"{settings.key}.driver", f"there is no driver {settings.driver!r}, only {driver!r}.")
    return DeviceOptions(settings.key, settings.options)


def _connection(settings: DeviceSettings, around: Surroundings) -> Connection:
    try:
        address = parse_address(settings.address)
    except ValueError as error:
        raise ConfigurationError(f"{settings.key}.address", f"{settings.address!r} {error}.") from error
    return Connection(connector(address), around.monotonic, around.chance)
