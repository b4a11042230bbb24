"""Printer models as data (`profiles.toml`), not as subclasses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal


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
    gb18030: bool = False
    mark: Literal["none", "black_mark", "gap"] = "none"
    mark_mm: float = 0.0
    presenter_steps: int = 0

    @property
    def presenter(self) -> bool:
        """Whether a cut sheet is held in the machine's mouth until it is taken."""
        return self.presenter_steps > 0

    def dots(self, millimetres: float) -> int:
        """The nearest whole number of dots, at least 0."""
        return max(0, round(millimetres * self.dots_per_mm))


def load_profiles() -> dict[str, PrinterProfile]:
    """Every known model by its name."""
    text = files("drivers.printer").joinpath("profiles.toml").read_text(encoding="utf-8")
    return {name: PrinterProfile(name, **fields) for name, fields in tomllib.loads(text).items()}
