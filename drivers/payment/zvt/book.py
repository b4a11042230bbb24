"""Which of the terminal's transactions belongs to which order: terminals know no order numbers, so we keep them.

A file of JSON lines, each on the disk before the call returns; the last line of a number counts. Without it nobody
could tell after a restart whether the terminal's last transaction was ours.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeGuard

State = Literal["open", "paid", "declined", "reversed"]
_STATES = ("open", "paid", "declined", "reversed")
_KEPT = 20_000  # orders; older ones are dropped when the file is read


@dataclass(frozen=True, slots=True)
class Entry:
    """An order or a refund. `before` marks the terminal's last transaction at the time it was begun."""

    number: str
    amount_minor: int
    before: str
    state: State = "open"
    receipt_no: str = ""
    reference: str = ""
    receipt: tuple[str, ...] = field(default=(), repr=False)

    def settled(self, state: State, **found: str | tuple[str, ...]) -> Entry:
        """The entry with its end."""
        return replace(self, state=state, **found)  # type: ignore[arg-type]  # names and types of fields


class OrderBook:
    """The entries by number, read once. For one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Raises OSError when the file cannot be read or written."""
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes() if path.exists() else b""
        lines = content.splitlines()
        found = {entry.number: entry for line in lines if (entry := _entry(line)) is not None}
        self._entries = dict(list(found.items())[-_KEPT:])
        if (content and not content.endswith(b"\n")) or len(lines) > 2 * _KEPT:  # half a line, or grown long
            self._write_anew()
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise PermissionError(f"{path} cannot be written")

    def find(self, number: str) -> Entry | None:
        return self._entries.get(number)

    def put(self, entry: Entry) -> Entry:
        """Writes an entry down. Raises OSError, and then nothing may be asked of the terminal."""
        _append(self._path, [entry])
        self._entries[entry.number] = entry
        return entry

    def _write_anew(self) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        _append(fresh, list(self._entries.values()))
        fresh.replace(self._path)


def _append(path: Path, entries: list[Entry]) -> None:
    with path.open("ab") as file:
        file.writelines(json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n" for entry in entries)
        file.flush()
        os.fsync(file.fileno())


def _entry(line: bytes) -> Entry | None:
    """None for a line that a stop cut off."""
    try:
        values = json.loads(line)
    except ValueError:
        return None
    return Entry(**{**values, "receipt": tuple(values["receipt"])}) if _is_whole(values) else None


def _is_whole(values: object) -> TypeGuard[Mapping[str, Any]]:
    if not isinstance(values, dict) or values.keys() != {f.name for f in fields(Entry)}:
        return False
    texts = [values[f.name] for f in fields(Entry) if f.name not in ("amount_minor", "receipt")]
    amount, receipt = values["amount_minor"], values["receipt"]
    right = isinstance(amount, int) and isinstance(receipt, list) and values["state"] in _STATES
    return right and all(isinstance(text, str) for text in [*texts, *receipt])
