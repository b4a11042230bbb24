"""A report as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from shared.wire.base import WireModel

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(model: type[WireModel], lines: Sequence[WireModel]) -> str:
    """A header and a row for each line. A text that a spreadsheet would run gets an apostrophe before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(model.model_fields)
    writer.writerows([_cell(value) for value in line.model_dump().values()] for line in lines)
    return text.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA) else value
