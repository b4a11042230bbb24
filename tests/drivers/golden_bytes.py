"""Golden files: what goes out on a wire, as hexadecimal lines that a person can read and compare.

`SHANMEN_GOLDEN=write` writes them anew; the change then stands in the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "golden"
_LINE_BYTES = 32


def assert_golden(name: str, data: bytes) -> None:
    """Compares with `golden/NAME.hex`."""
    path = _FOLDER / f"{name}.hex"
    lines = [data[place : place + _LINE_BYTES].hex(" ") for place in range(0, len(data), _LINE_BYTES)]
    text = "\n".join(lines) + "\n"
    if os.environ.get("SHANMEN_GOLDEN") == "write":
        path.write_text(text)
    assert text == path.read_text(), f"{path.name} holds other bytes"
