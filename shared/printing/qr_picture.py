"""A QR code as dots: whole modules, and the quiet zone a reader needs."""

from __future__ import annotations

import qrcode
from PIL import Image

from shared.printing.sketch import BLACK, WHITE

QUIET_MODULES = 4  # ISO/IEC 18004


def qr_picture(data: str, module_dots: int) -> Image.Image:
    """The code of error correction M in its smallest version, quiet zone included, `module_dots` to the module.

    Raises qrcode.exceptions.DataOverflowError when `data` is more than a QR holds.
    """
    symbol = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_MODULES)
    symbol.add_data(data, optimize=0)
    symbol.make(fit=True)
    rows = symbol.get_matrix()
    modules = Image.new("L", (len(rows), len(rows)), WHITE)
    modules.putdata([BLACK if dark else WHITE for row in rows for dark in row])
    side = len(rows) * module_dots
    return modules.resize((side, side), Image.Resampling.NEAREST)
