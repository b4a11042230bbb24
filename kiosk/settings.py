"""What an installer declares about a kiosk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr

from shared.settings import Section, Settings

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


class PrinterSection(Section):
    """The ticket printer: where it is (`tcp://host:port`, `serial:///dev/...`), and its profile's name."""

    address: str
    profile: str = "80mm"


class ScannerSection(Section):
    """The code reader: where it is, and what ends a code."""

    address: str
    suffix: str = "CR"


class WeChatSection(Section):
    """The merchant's account with WeChat Pay; files in PEM, `gateway` only for a gateway of one's own."""

    merchant_id: str
    app_id: str
    merchant_key: Path
    certificate_serial: str
    api_v3_key: SecretStr
    platform_key: Path
    platform_key_id: str
    gateway: str | None = None
    ca_file: Path | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10.0


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
    printer: PrinterSection
    scanner: ScannerSection
    wechat: WeChatSection
