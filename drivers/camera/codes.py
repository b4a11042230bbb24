"""Codes in a picture, by zxing-cpp: QR, PDF417, Aztec, Data Matrix, Code 128."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import zxingcpp

from drivers.contracts.camera import Pixels

_MATRIX = zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Aztec, zxingcpp.BarcodeFormat.DataMatrix
_FORMATS = zxingcpp.BarcodeFormats([*_MATRIX, zxingcpp.BarcodeFormat.PDF417, zxingcpp.BarcodeFormat.Code128])


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """`weakly_checked`: its kind has one check character and no error correction."""

    data: bytes = field(repr=False)
    weakly_checked: bool


def codes_in(picture: Pixels) -> list[CodeSeen]:
    """Every code that can be read, each once."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture
    found = zxingcpp.read_barcodes(grey, formats=_FORMATS, text_mode=zxingcpp.TextMode.Plain)
    seen = [CodeSeen(code.text.encode(), code.format == zxingcpp.BarcodeFormat.Code128) for code in found if code.text]
    return list(dict.fromkeys(seen))
