"""The refusal of a history that cannot have happened."""

from __future__ import annotations


class HistoryError(ValueError):
    """The events do not follow from one another: a bug of ours or a tampered journal."""


def require(holds: bool, otherwise: str) -> None:
    """Raises HistoryError, saying `otherwise`, unless the condition holds."""
    if not holds:
        raise HistoryError(otherwise)
