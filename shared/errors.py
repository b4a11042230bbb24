"""Numbered faults: one catalogue (errors.toml) for the screen, the log and support."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources


class Kind(Enum):
    """Who can mend it: the one who stands there, whoever looks after disk, network and devices, or we."""

    USER = "user"
    SURROUNDINGS = "surroundings"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the catalogue says of a fault: one plain sentence for support, and what to do."""

    number: int
    kind: Kind
    sentence: str
    remedy: str


class Fault(Enum):
    """Every fault with a number. The value is its key in the catalogue."""

    NOT_ENROLLED = "NOT_ENROLLED"
    NEEDS_NEW_EPOCH = "NEEDS_NEW_EPOCH"
    OTHER_TERMINAL = "OTHER_TERMINAL"
    NO_CATALOGUE = "NO_CATALOGUE"
    NO_TYPEFACE = "NO_TYPEFACE"
    NEWER_FILE = "NEWER_FILE"
    HALF_MIGRATED = "HALF_MIGRATED"
    NOT_A_DATABASE = "NOT_A_DATABASE"
    IN_USE = "IN_USE"
    DISK_FULL = "DISK_FULL"
    READ_ONLY = "READ_ONLY"
    DISK_ERROR = "DISK_ERROR"
    DISK_NEARLY_FULL = "DISK_NEARLY_FULL"
    TAMPERED = "TAMPERED"
    LEASE_NOT_GENUINE = "LEASE_NOT_GENUINE"
    PRICE_LIST_NOT_LEASED = "PRICE_LIST_NOT_LEASED"
    BACKUP_MISSING = "BACKUP_MISSING"
    BACKUP_BROKEN = "BACKUP_BROKEN"
    DATA_KEYS = "DATA_KEYS"
    DATA_KEY_NOT_ERASABLE = "DATA_KEY_NOT_ERASABLE"
    DAY_NOT_OPEN = "DAY_NOT_OPEN"

    @property
    def explanation(self) -> Explanation:
        """What the catalogue says."""
        return _catalogue()[self.value]

    @property
    def number(self) -> int:
        return self.explanation.number


class NumberedError(Exception):
    """A fault that has a number. `detail` says where (a path, a row), never a secret."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail

    def __str__(self) -> str:
        said = self.fault.explanation
        return f"[{said.number}] {said.sentence} {said.remedy}{f' ({self.detail})' if self.detail else ''}"


class UserError(NumberedError):
    """Whoever stands there can mend it."""


class SurroundingsError(NumberedError):
    """Disk, network, device or file failed us."""


class StorageFailedError(SurroundingsError):
    """A write did not reach the disk. Its whole transaction is undone; what was committed before stays."""


@cache
def _catalogue() -> dict[str, Explanation]:
    text = resources.files("shared").joinpath("errors.toml").read_text("utf-8")
    return {key: _explanation(entry) for key, entry in tomllib.loads(text).items()}


def _explanation(entry: dict[str, str | int]) -> Explanation:
    return Explanation(int(entry["number"]), Kind(entry["kind"]), str(entry["sentence"]), str(entry["remedy"]))
