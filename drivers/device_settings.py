"""What every builder of a driver starts from: one device of the configuration, and what drivers get from outside."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from drivers.errors import ConfigurationError
from drivers.options import DeviceOptions
from drivers.printer.typeface import Typeface, find_typeface
from drivers.transport.address import connector, parse_address
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic
from drivers.transport.usb_places import UsbPlaces


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """One device of the configuration. `key` is where it stands there (`printer`), for messages."""

    key: str
    driver: str
    address: str
    options: Mapping[str, object] = field(default_factory=dict)


def local_day() -> date:
    """Today where the machine stands."""
    return datetime.now(tz=UTC).astimezone().date()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What drivers get from outside: a clock, chance (0..1) for the back-off, the typeface, the local day."""

    monotonic: Monotonic = time.monotonic
    chance: Callable[[], float] = random.random
    typeface: Callable[[], Typeface] = find_typeface
    usb: UsbPlaces = field(default_factory=UsbPlaces)
    today: Callable[[], date] = local_day


def options_for(settings: DeviceSettings, *drivers: str) -> DeviceOptions:
    """The options of a device whose driver is one of `drivers`. Raises ConfigurationError for any other."""
    if settings.driver not in drivers:
        known = ", ".join(repr(driver) for driver in drivers)
        raise ConfigurationError(f"{settings.key}.driver", f"there is no driver {settings.driver!r}, only {known}.")
    return DeviceOptions(settings.key, settings.options)


def connection_for(settings: DeviceSettings, around: Surroundings) -> Connection:
    """A line to the device's address. Raises ConfigurationError when that is none."""
    try:
        address = parse_address(settings.address)
    except ValueError as error:
        raise ConfigurationError(f"{settings.key}.address", f"{settings.address!r} {error}.") from error
    return Connection(connector(address, places=around.usb), around.monotonic, around.chance)
