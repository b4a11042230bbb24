"""Telling a scanner's keys from a person's by their speed, where the keyboard cannot be grabbed.

A scanner types a key every few milliseconds and ends with Enter; nobody types six keys like that. Keys are held back
until it is clear whose they are: for as long as a scanner's pause, which no typist notices.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ENTER = "\r"


@dataclass(frozen=True, slots=True)
class Pace:
    """A scanner's keys follow one another within `fastest_person_seconds`; a code has `shortest` characters or more."""

    fastest_person_seconds: float = 0.035
    shortest: int = 6
    longest: int = 512


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """A scanner typed this."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyTyped:
    """A person typed this key: it belongs to whatever has the focus."""

    text: str = field(repr=False)


TypedBy = CodeTyped | KeyTyped


class TypingFilter:
    """Key presses with their times in, codes and keys out, in order and none twice. Times in seconds, any clock."""

    def __init__(self, pace: Pace | None = None) -> None:
        self._pace = pace or Pace()
        self._held = ""
        self._last = 0.0

    def press(self, text: str, at: float) -> list[TypedBy]:
        """One key press, as text (CR for Enter)."""
        before = self.passed(at)
        self._last = at
        if text == ENTER and len(self._held) >= self._pace.shortest:
            code, self._held = self._held, ""
            return [*before, CodeTyped(code)]
        self._held += text
        if text == ENTER or len(self._held) > self._pace.longest:
            return [*before, *self._release()]
        return before

    def passed(self, now: float) -> list[TypedBy]:
        """Time passed: keys whose scanner would have gone on by now are a person's."""
        return self._release() if now - self._last > self._pace.fastest_person_seconds else []

    @property
    def holds(self) -> bool:
        """Whether keys are held back, so that `passed` has to be asked soon."""
        return bool(self._held)

    def _release(self) -> list[TypedBy]:
        held, self._held = self._held, ""
        return [KeyTyped(key) for key in held]
