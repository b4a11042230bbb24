"""The printed typefaces: Noto CJK in the Han forms of the reader's region, as Debian's fonts-noto-cjk installs it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

FOLDER = Path("/usr/share/fonts/opentype/noto")

Style = Literal["regular", "bold", "serif"]

_FILES: dict[Style, tuple[str, str]] = {
    "regular": ("NotoSansCJK-Regular.ttc", "Noto Sans CJK"),
    "bold": ("NotoSansCJK-Bold.ttc", "Noto Sans CJK"),
    "serif": ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK"),
}
_FACES_KEPT = 8  # an opened face takes some 3 MB; a ticket has about as many at a time
_REGIONS = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}


class FontMissingError(Exception):
    """The surroundings lack a typeface. The message names the file and the package that brings it."""


@lru_cache(maxsize=_FACES_KEPT)
def typeface(language: str, style: Style, size: int, folder: Path = FOLDER) -> ImageFont.FreeTypeFont:
    """The type for a language at `size` dots to the em; languages without Han letters are set in the SC forms.

    Raises FontMissingError when the collection or the region's face in it is not installed.
    """
    file, family = _FILES[style]
    path = folder / file
    if not path.is_file():
        raise FontMissingError(f"{path} is missing: install the package fonts-noto-cjk")
    region = _REGIONS.get(language, "SC")
    return _open(path, _index(path, f"{family} {region}"), size)


@lru_cache(maxsize=32)
def _index(path: Path, family: str) -> int:
    """Where a family stands in a collection, which is not the same in every release."""
    index = 0
    while True:
        try:
            found, _ = _open(path, index, 16).getname()
        except OSError as error:
            raise FontMissingError(f"{path} holds no {family}: install the package fonts-noto-cjk") from error
        if found == family:
            return index
        index += 1


def _open(path: Path, index: int, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is in every build of Pillow, so the same text has the same dots on every machine.
    # The class itself, because `truetype` looks for a file of that name elsewhere when this one is damaged.
    return ImageFont.FreeTypeFont(path, size, index, layout_engine=ImageFont.Layout.BASIC)
