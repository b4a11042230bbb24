"""The settings of a card terminal, checked before any money is asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from drivers.errors import ConfigurationError
from drivers.options import DeviceOptions
from drivers.transport.address import Address, parse_address

_PASSWORD = re.compile(r"\d{6}", re.ASCII)
_PROFILES = Path(__file__).with_name("profiles.toml")

# ISO 4217 numbers.
CURRENCIES: Mapping[str, int] = {"CNY": 156, "EUR": 978}


@dataclass(frozen=True, slots=True)
class ZvtProfile:
    """What terminals differ in (see profiles.toml)."""

    charset: str
    registration: int
    nothing_to_repeat: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ZvtTiming:
    """In seconds: for an acknowledgement (T3), of silence while a payer acts (T4), and for a whole payment."""

    acknowledge: float = 5.0
    silence: float = 180.0
    payment: float = 300.0


@dataclass(frozen=True, slots=True)
class ZvtSettings:
    """Where the terminal is and how it is spoken to. `book_file` is where the driver keeps its orders."""

    address: Address
    book_file: Path
    currency: str = "CNY"
    password: str = field(default="000000", repr=False)
    profile: ZvtProfile = ZvtProfile("cp437", 0xBE, (0x83,))
    timing: ZvtTiming = ZvtTiming()

    @staticmethod
    def from_mapping(key: str, values: Mapping[str, object]) -> ZvtSettings:
        """From configuration under `key`: `address`, `book_file`, `currency`, `password`, `profile`,
        `acknowledge_seconds`, `silence_seconds`, `payment_seconds`. Raises ConfigurationError."""
        options, usual = DeviceOptions(key, values), ZvtTiming()
        settings = ZvtSettings(
            _address(key, options.text("address", "")),
            _book(key, options.text("book_file", "")),
            options.choice("currency", {name: name for name in CURRENCIES}, "CNY"),
            _password(key, options.text("password", "000000")),
            options.choice("profile", load_profiles(), "generic"),
            ZvtTiming(
                options.seconds("acknowledge_seconds", usual.acknowledge),
                options.seconds("silence_seconds", usual.silence),
                options.seconds("payment_seconds", usual.payment),
            ),
        )
        options.finish()
        return settings


def load_profiles() -> Mapping[str, ZvtProfile]:
    """The profiles by name."""
    read = tomllib.loads(_PROFILES.read_text())
    return {
        name: ZvtProfile(values["charset"], values["registration"], tuple(values["nothing_to_repeat"]))
        for name, values in read.items()
    }


def _address(key: str, text: str) -> Address:
    try:
        return parse_address(text)
    except ValueError as error:
        raise ConfigurationError(f"{key}.address", f"{text!r} {error}.") from error


def _book(key: str, text: str) -> Path:
    if not text:
        raise ConfigurationError(f"{key}.book_file", "is missing: the driver keeps its orders there.")
    return Path(text)


def _password(key: str, text: str) -> str:
    if not _PASSWORD.fullmatch(text):
        raise ConfigurationError(f"{key}.password", "must have 6 digits.")
    return text
