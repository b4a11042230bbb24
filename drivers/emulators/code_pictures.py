"""Codes as pictures, as a telephone's screen or a printed ticket shows them.

QR codes are drawn by another library than the one that reads them. For PDF417, Aztec, Data Matrix and Code 128 there is
none among our dependencies but the reader's own writer (zxing-cpp), whose encoders are separate from its decoders.
"""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
import qrcode
import zxingcpp
from PIL import Image

from drivers.emulators.scenery import Picture

CodeKind = Literal["QR", "PDF417", "Aztec", "Data Matrix", "Code 128"]
_QUIET = 4  # modules around
_FORMATS = {
    "PDF417": zxingcpp.BarcodeFormat.PDF417,
    "Aztec": zxingcpp.BarcodeFormat.Aztec,
    "Data Matrix": zxingcpp.BarcodeFormat.DataMatrix,
    "Code 128": zxingcpp.BarcodeFormat.Code128,
}


def code_picture(kind: CodeKind, text: str, module: int = 8) -> Picture:
    """The code with its quiet zone, black on white; `module` is the narrowest bar in pixels."""
    dark = _qr(text) if kind == "QR" else _other(kind, text)
    framed = np.pad(dark, _QUIET if kind != "Code 128" else 10)
    grey = np.where(framed, 15, 240).astype(np.uint8)
    grown = cv2.resize(grey, None, fx=module, fy=module, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.cvtColor(grown, cv2.COLOR_GRAY2BGR), np.uint8)


def _qr(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    return np.array(code.get_matrix(), dtype=bool)


def _other(kind: CodeKind, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    code = zxingcpp.create_barcode(text, _FORMATS[kind])
    drawn = Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)))
    return np.asarray(drawn) < 128
