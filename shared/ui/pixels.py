"""Colours as they are really drawn, read from a picture of the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from shared.ui.palette import luminance


def ground_and_ink(image: QImage, place: QRect) -> tuple[str, str]:
    """The commonest colour of a place, and the one that differs most from it in luminance, as `#rrggbb`."""
    colours, counts = np.unique(_packed(image.copy(place)), return_counts=True)
    ground = int(colours[int(np.argmax(counts))])
    level = luminance(_hex(ground))
    # A colour on fewer than 4 pixels is the blur of an edge.
    known = [int(colour) for colour, count in zip(colours, counts, strict=True) if count >= 4]
    ink = max(known, key=lambda colour: abs(luminance(_hex(colour)) - level), default=ground)
    return _hex(ground), _hex(ink)


def fingerprint(image: QImage) -> int:
    """A number that differs where pictures differ."""
    return hash(_packed(image.convertToFormat(QImage.Format.Format_RGB32)).tobytes())


def _packed(image: QImage) -> NDArray[np.uint32]:
    """One 32-bit number for each pixel."""
    lines = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return lines[:, : image.width()].flatten()  # a copy: the picture goes with its owner


def _hex(colour: int) -> str:
    return f"#{colour & 0xFFFFFF:06x}"
