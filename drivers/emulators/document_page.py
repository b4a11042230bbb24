"""Pages of passports and identity cards, drawn as a camera would see them: made-up people on invented paper.

The zone is set in OCR-B at 2.54 mm a character (ICAO 9303-3, 4.1), from Debian's `fonts-ocr-b` (public domain).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
_TEXT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_PITCH_MM = 2.54
_LINE_MM = 6.35
_MARGIN_MM = 6.0
_BOTTOM_MM = 9.4  # from the lower edge to the middle of the last line
_SIZES_MM = {30: (85.6, 54.0), 36: (105.0, 74.0), 44: (125.0, 88.0)}  # ID-1, ID-2, ID-3, by characters a line
_INK = (35, 32, 38)


def page(lines: Sequence[str], dots_per_mm: float = 12.0, seed: int = 0) -> NDArray[np.uint8]:
    """The page that carries this zone, blue, green, red. Raises FileNotFoundError without the typeface."""
    width_mm, height_mm = _SIZES_MM[len(lines[0])]
    chance = np.random.default_rng(seed)
    image = Image.fromarray(_paper(round(width_mm * dots_per_mm), round(height_mm * dots_per_mm), chance))
    if len(lines) == 2:  # a card with three lines has its portrait on the other side
        _front(image, dots_per_mm, chance)
    _zone(image, lines, dots_per_mm)
    return np.asarray(image, dtype=np.uint8)[:, :, ::-1].copy()


def _paper(width: int, height: int, chance: np.random.Generator) -> NDArray[np.uint8]:
    """Pale waves, as security printing has them."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    tint = chance.uniform(205, 240, 3).astype(np.float32)
    phase, pace = chance.uniform(0, 6.28), chance.uniform(0.02, 0.06)
    waves = np.sin(columns * pace + 4 * np.sin(rows * pace * 0.7 + phase))
    return np.asarray(np.clip(tint + 6 * waves[:, :, None], 0, 255), np.uint8)


def _front(image: Image.Image, scale: float, chance: np.random.Generator) -> None:
    """A grey portrait without a face, and lines of small print."""
    draw = ImageDraw.Draw(image)
    left, top = 5 * scale, 18 * scale
    image.paste(_portrait(scale), (round(left), round(top)))
    font = ImageFont.truetype(_TEXT, round(2.6 * scale))
    for line in range(7):
        text = "".join(chance.choice(list("ABCDEFGHIJKLMNOP  /")) for _ in range(int(chance.integers(6, 22))))
        draw.text((40 * scale, top + line * 5.4 * scale), text, font=font, fill=_INK)


def _portrait(scale: float) -> Image.Image:
    """Head and shoulders without a face, 30 by 38 mm."""
    portrait = Image.new("RGB", (round(30 * scale), round(38 * scale)), (200, 205, 210))
    draw = ImageDraw.Draw(portrait)
    draw.ellipse((9 * scale, 6 * scale, 21 * scale, 22 * scale), fill=(150, 140, 135))
    draw.ellipse((2 * scale, 24 * scale, 28 * scale, 60 * scale), fill=(90, 95, 110))
    return portrait


def _zone(image: Image.Image, lines: Sequence[str], scale: float) -> None:
    draw = ImageDraw.Draw(image)
    font = _ocr_b(scale)
    last = image.height - _BOTTOM_MM * scale
    for number, line in enumerate(lines):
        middle = last - (len(lines) - 1 - number) * _LINE_MM * scale
        for place, character in enumerate(line):
            across = (_MARGIN_MM + (place + 0.5) * _PITCH_MM) * scale
            draw.text((across, middle + 1.3 * scale), character, font=font, fill=_INK, anchor="ms")


def _ocr_b(scale: float) -> ImageFont.FreeTypeFont:
    """In the size whose characters are 2.54 mm apart."""
    if not _OCR_B.exists():
        raise FileNotFoundError(f"{_OCR_B} (install fonts-ocr-b)")
    wide = ImageFont.truetype(_OCR_B, 1000).getlength("0")
    return ImageFont.truetype(_OCR_B, round(1000 * _PITCH_MM * scale / wide))
