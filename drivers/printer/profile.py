"""Printer models as data (`profiles.toml`), not as subclasses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """What one model is and can do; the fields are explained at the head of `profiles.toml`."""

    name: str
    width_dots: int
    dots_per_mm: int
    cutter: bool
    process_id: bool
    native_qr: bool
    text_dots: int
    speed_mm_s: float
    tear_bar_mm: float

    def dots(self, millimetres: float) -> int:
        """The nearest whole number of dots, at least 0."""
        return max(0, round(millimetres * self.dots_per_mm))


def load_profiles() -> dict[str, PrinterProfile]:
    """Every known model by its name."""
    text = files("drivers.printer").joinpath("profiles.toml").read_text(encoding="utf-8")
    return {name: PrinterProfile(name, **fields) for name, fields in tomllib.loads(text).items()}
