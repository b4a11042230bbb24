"""Golden pictures: compared dot by dot where the typefaces are those they were drawn with, else by their layout.

After a change that is meant, look at the new pictures and commit them: `UPDATE_GOLDEN=1 pytest tests/printing`.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, features
from PIL.PngImagePlugin import PngInfo

from shared.printing.typefaces import FOLDER
from tests.printing.dots import ink_share

GOLDEN = Path(__file__).with_name("golden")
_STAMP = "typefaces"
_CELL = 48  # dots: layouts are compared by the ink in squares of this size
_LENGTH_TOLERANCE = 0.03
_INK_TOLERANCE = 0.12


def assert_golden(drawn: Image.Image, name: str) -> None:
    """Compares with the picture of that name, or writes it when UPDATE_GOLDEN is set."""
    path = GOLDEN / f"{name}.png"
    if os.environ.get("UPDATE_GOLDEN"):
        _write(drawn, path)
    with Image.open(path) as golden:
        golden.load()
        if golden.info.get(_STAMP) == _stamp():
            assert _same_dots(drawn, golden), f"{name} has changed: see the head of {Path(__file__).name}"
        else:
            _assert_same_layout(drawn, golden.convert("1"), name)


def _same_dots(drawn: Image.Image, golden: Image.Image) -> bool:
    if drawn.size != golden.size:
        return False
    return ImageChops.difference(drawn.convert("L"), golden.convert("L")).getbbox() is None


def _assert_same_layout(drawn: Image.Image, golden: Image.Image, name: str) -> None:
    assert drawn.width == golden.width, name
    assert abs(drawn.height - golden.height) <= _LENGTH_TOLERANCE * golden.height, name
    height = min(drawn.height, golden.height)
    cells = [
        (x, y, x + _CELL, y + _CELL) for y in range(0, height - _CELL, _CELL) for x in range(0, drawn.width, _CELL)
    ]
    differences = [abs(ink_share(drawn, cell) - ink_share(golden, cell)) for cell in cells]
    assert sum(differences) / len(differences) <= _INK_TOLERANCE, name


def _write(drawn: Image.Image, path: Path) -> None:
    info = PngInfo()
    info.add_text(_STAMP, _stamp())
    drawn.save(path, pnginfo=info, optimize=True)


@cache
def _stamp() -> str:
    """Names the fonts' files and the FreeType that drew with them."""
    digest = hashlib.sha256(str(features.version("freetype2")).encode())
    for path in sorted(FOLDER.glob("Noto*CJK-*.ttc")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
