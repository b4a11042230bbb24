"""What an installer declares about a kiosk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from shared.settings import Section, Settings
from shared.storage.upkeep import UpkeepSection
from shared.ui.tokens import Screen

Positive = Annotated[int, Field(gt=0)]


class TerminalSection(Section):
    """Which terminal this is, and the folder that holds its database and key."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    data: Path


class CentralSection(Section):
    """Where central answers."""

    url: Annotated[str, Field(pattern=r"^https?://[^/]+$")]


class ScreenSection(Section):
    """The visitor's screen, as it is measured, not as it reports itself: sizes follow from it."""

    width_px: Positive = 1080
    height_px: Positive = 1920
    diagonal_inches: Annotated[float, Field(gt=5, lt=120)] = 27.0
    full_screen: bool = True

    def declared(self) -> Screen:
        """As the tokens take it."""
        return Screen(self.width_px, self.height_px, self.diagonal_inches)


class DeviceSection(Section):
    """A device: which driver, where it is (`tcp://host:port`, `serial:///dev/...`), and the driver's own options."""

    driver: str
    address: str
    options: dict[str, str | int | float] = Field(default_factory=dict)


class VisitSection(Section):
    """What is sold and for how many days ahead a visitor may choose."""

    product: str = "entry"
    days_ahead: Annotated[int, Field(ge=0, le=30)] = 6


class KioskSettings(Settings):
    """A kiosk's settings file."""

    terminal: TerminalSection
    central: CentralSection
    screen: ScreenSection = ScreenSection()
    visit: VisitSection = VisitSection()
    upkeep: UpkeepSection = UpkeepSection()
    printer: DeviceSection  # for tickets, and for all else when there is no other
    receipt_printer: DeviceSection | None = None
    cabinet: DeviceSection | None = None  # light, door and alarm contact
    scanner: DeviceSection
    devices: dict[str, DeviceSection] = Field(default_factory=dict)  # further ones, by what they are for
    payment: dict[str, dict[str, bool | str | float]]  # by way (`wechat`, `alipay`, `card`): drivers.registry_payment
