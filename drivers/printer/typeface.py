"""Noto Sans CJK, the typeface of everything printed: one design for Chinese, Japanese, Korean, Latin, Cyrillic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import ImageFont

_DEBIAN = Path("/usr/share/fonts/opentype/noto")  # package fonts-noto-cjk
_REGULAR, _BOLD = "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"

# The collection holds one face per region: the same character has other strokes in Japan than in China.
_FACES = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3}
_SIMPLIFIED = 2


class TypefaceMissingError(Exception):
    """The font files are not installed: the set-up of this machine is not complete."""


@dataclass(frozen=True)
class Typeface:
    """The two font collections, opened on first use."""

    regular: Path
    bold: Path

    @cached_property
    def _opened(self) -> dict[tuple[Path, int, int], ImageFont.FreeTypeFont]:
        return {}

    def font(self, dots: int, bold: bool = False, language: str = "") -> ImageFont.FreeTypeFont:
        """The face for `language` (a tag such as `ja`; unknown = simplified Chinese) at `dots` per em."""
        key = (self.bold if bold else self.regular, _FACES.get(language, _SIMPLIFIED), dots)
        if key not in self._opened:
            self._opened[key] = ImageFont.truetype(
                str(key[0]), dots, index=key[1], layout_engine=ImageFont.Layout.BASIC
            )
        return self._opened[key]


def find_typeface(folders: Sequence[Path] = (_DEBIAN,)) -> Typeface:
    """The typeface from the first folder that has it. Raises TypefaceMissingError when none has."""
    for folder in folders:
        if (folder / _REGULAR).is_file() and (folder / _BOLD).is_file():
            return Typeface(folder / _REGULAR, folder / _BOLD)
    looked = ", ".join(str(folder) for folder in folders)
    raise TypefaceMissingError(f"Noto Sans CJK is not in {looked}: install the package fonts-noto-cjk.")
