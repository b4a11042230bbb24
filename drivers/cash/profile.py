"""The cash devices of a machine as data (`profiles.toml`), not as subclasses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from drivers.cash.bus import Station
from drivers.cash.codec import Checksum


@dataclass(frozen=True, slots=True)
class AcceptorProfile:
    """`values`: by position from 1, 0 where the device tells something that is not taken. Minor units."""

    name: str
    currency: str
    station: Station
    values: tuple[int, ...]
    routes: tuple[tuple[int, str], ...] = ()

    def value(self, position: int) -> int | None:
        """What a piece of this position is worth; None when the profile does not say."""
        return self.values[position - 1] or None if 1 <= position <= len(self.values) else None


@dataclass(frozen=True, slots=True)
class HopperProfile:
    """`key`: what goes before the number of pieces in an order to pay."""

    name: str
    currency: str
    station: Station
    value: int
    key: Literal["serial", "none"]  # the device's serial number, or 8 bytes that are not looked at


@dataclass(frozen=True, slots=True)
class CashProfile:
    """The devices of one machine."""

    notes: tuple[AcceptorProfile, ...]
    coins: tuple[AcceptorProfile, ...]
    hoppers: tuple[HopperProfile, ...]


def load_profiles() -> dict[str, CashProfile]:
    """Every known machine by its name."""
    text = files("drivers.cash").joinpath("profiles.toml").read_text(encoding="utf-8")
    return {name: read_profile(table) for name, table in tomllib.loads(text).items()}


def read_profile(table: Mapping[str, Any]) -> CashProfile:
    """A machine's table. Raises KeyError, TypeError or ValueError when it is not of its shape."""
    currency = table["currency"]
    return CashProfile(
        tuple(_acceptor(row, currency) for row in table.get("notes", ())),
        tuple(_acceptor(row, currency) for row in table.get("coins", ())),
        tuple(_hopper(row, currency) for row in table.get("hoppers", ())),
    )


def _acceptor(row: Mapping[str, Any], currency: str) -> AcceptorProfile:
    routes = tuple((int(path), str(hopper)) for path, hopper in row.get("routes", {}).items())
    return AcceptorProfile(row["name"], currency, _station(row), tuple(row["values"]), routes)


def _hopper(row: Mapping[str, Any], currency: str) -> HopperProfile:
    return HopperProfile(row["name"], currency, _station(row), row["value"], row.get("key", "serial"))


def _station(row: Mapping[str, Any]) -> Station:
    return Station(row["address"], Checksum(row.get("checksum", "simple")))
