"""Drawn tickets as pictures."""

from __future__ import annotations

from PIL import Image

from drivers.contracts.printer import Raster


def picture(raster: Raster) -> Image.Image:
    """A raster as it stands on paper, 1-bit: black is 0."""
    paper = bytes(byte ^ 0xFF for byte in raster.bits)
    return Image.frombytes("1", (raster.width, raster.height), paper)


def ink_share(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    """How much of a box is black, 0 to 1."""
    part = image.crop(box)
    return part.histogram()[0] / (part.width * part.height)
