"""The words on paper: what printing needs of a translator, and a text in two languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from shared.domain.money import Money
from shared.domain.text import LocalText


class Wording(Protocol):
    """A translator into one language, with that language's forms of money, date and time."""

    @property
    def language(self) -> str:
        """A BCP 47 tag, one of shared.domain.text.LANGUAGES."""
        ...

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, singular: str, plural: str, count: int, /) -> str: ...

    def pgettext(self, context: str, message: str, /) -> str: ...

    def money(self, money: Money, /) -> str: ...

    def date(self, day: date, /) -> str: ...

    def time(self, at: datetime, /) -> str:
        """The time of day of `at` as it stands, without converting its zone."""
        ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text in the visitor's language and in Chinese; `chinese` is empty when that would say it twice."""

    text: str
    language: str
    chinese: str = ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The visitor's words and the staff's: every phrase in both, once only for a visitor who reads Chinese."""

    visitor: Wording
    staff: Wording

    @property
    def once(self) -> bool:
        """Whether the visitor's language is Chinese, of either script."""
        return self.visitor.language.startswith("zh")

    @property
    def each(self) -> tuple[Wording, ...]:
        """The languages in which a text stands on the paper."""
        return (self.visitor,) if self.once else (self.visitor, self.staff)

    def say(self, words: Callable[[Wording], str]) -> Phrase:
        """A message, given as what to ask of a translator."""
        return self._phrase(words(self.visitor), words(self.staff))

    def name(self, text: LocalText) -> Phrase:
        """A name out of the catalogue."""
        return self._phrase(text.in_language(self.visitor.language), text.in_language(self.staff.language))

    def _phrase(self, visitor: str, staff: str) -> Phrase:
        chinese = "" if self.once or visitor == staff else staff
        return Phrase(visitor, self.visitor.language, chinese)
