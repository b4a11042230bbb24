"""What an installer declares about a box office."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from shared.settings import Section, Settings


class DeskSection(Section):
    """The cashier's language."""

    language: Literal["zh-Hans", "zh-Hant", "en", "ko", "ja", "ru"] = "zh-Hans"


class TicketCheckSection(Section):
    """What tickets are checked against: the public keys, and the catalogue that names the products."""

    keys: Path
    catalog: Path


class BoxOfficeSettings(Settings):
    """A box office's settings file."""

    desk: DeskSection = DeskSection()
    ticket_check: TicketCheckSection
