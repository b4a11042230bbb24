"""The security module's number, as printed on readers: `05.03-20180101-0000012345-0012345678`.

16 bytes: two numbers of 2 bytes, then three of 4, all little-endian.
"""

from __future__ import annotations

import struct

_PARTS = struct.Struct("<HHIII")


def module_number(data: bytes) -> str:
    """Empty when there are not 16 bytes."""
    if len(data) != _PARTS.size:
        return ""
    series, model, made, unit, check = _PARTS.unpack(data)
    return f"{series:02}.{model:02}-{made:08}-{unit:010}-{check:010}"
