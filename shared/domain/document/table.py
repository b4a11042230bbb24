"""One table of a document as it is read: typed access that notes mistakes and goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar

from shared.domain.document.mistakes import Mistake, Place
from shared.domain.document.wording import bounds_text, kind_of
from shared.domain.text import LocalText

ALL_WEEK = (1, 2, 3, 4, 5, 6, 7)  # ISO weekdays
_NO_TEXT = LocalText({"en": ""})
_T = TypeVar("_T")


class Required(Enum):
    """Stands for "there is no default: the key must be there"."""

    REQUIRED = "required"


REQUIRED = Required.REQUIRED


class Table:
    """A wrong value is noted and a harmless stand-in returned, so that reading goes on to the next mistake.

    All tables of a document share one list of mistakes; `finish` notes the keys that nobody asked for.
    """

    def __init__(self, data: object, mistakes: list[Mistake], place: Place = ()) -> None:
        self.place = place
        self._mistakes = mistakes
        self._asked: set[str] = set()
        self._data: Mapping[str, object] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.wrong(None, f"must be a table, is {kind_of(data)}")

    def wrong(self, key: str | None, message: str) -> None:
        """Note a mistake at `key` of this table, or at the table itself."""
        self._mistakes.append(Mistake(self.place if key is None else (*self.place, key), message))

    def wrong_item(self, key: str, index: int, message: str) -> None:
        """Note a mistake at one item of the list under `key`."""
        self._mistakes.append(Mistake((*self.place, key, index), message))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def pass_over(self, *keys: str) -> None:
        """Count keys as asked for, where what is wrong with them was said already."""
        self._asked.update(keys)

    def raw(self, key: str) -> object:
        """The value as it stands, None when the key is not there; does not count as asked for."""
        return self._data.get(key)

    def all_keys(self) -> tuple[str, ...]:
        """All keys, in the document's order; they count as asked for."""
        self._asked.update(self._data)
        return tuple(self._data)

    def text(self, key: str, default: str | Required = REQUIRED) -> str:
        """A text that is not empty."""
        value = self._value(key, default)
        if isinstance(value, str) and (value or value == default):
            return value
        return self._mistyped(key, value, "a text", "")

    def integer(
        self, key: str, default: int | Required = REQUIRED, *, least: int | None = None, most: int | None = None
    ) -> int:
        """A whole number between `least` and `most`; fractions are refused."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            return self._mistyped(key, value, "a whole number", least or 0)
        if (least is not None and value < least) or (most is not None and value > most):
            self.wrong(key, f"must be {bounds_text(least, most)}, is {value}")
            return least or 0
        return value

    def optional_integer(self, key: str, *, least: int | None = None, most: int | None = None) -> int | None:
        """A whole number, or None when the key is not there."""
        return self.integer(key, least=least, most=most) if self.has(key) else None

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._value(key, default)
        return value if isinstance(value, bool) else self._mistyped(key, value, "true or false", default)

    def choice(self, key: str, allowed: Sequence[str], default: str | Required = REQUIRED) -> str:
        """One of the texts of `allowed`."""
        value = self.text(key, default)
        if value and value not in allowed:
            self.wrong(key, f"must be one of {', '.join(allowed)}, is {value!r}")
        return value if value in allowed else allowed[0]

    def texts(self, key: str, default: Sequence[str] | Required = REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        return self._items(key, default, str, "a text")

    def integers(self, key: str, default: Sequence[int] | Required = REQUIRED) -> tuple[int, ...]:
        """A list of whole numbers."""
        return self._items(key, default, int, "a whole number")

    def local_text(self, key: str) -> LocalText:
        """A text by language tag; at least one language."""
        entry = self.table(key)
        texts = {language: entry.text(language) for language in entry.all_keys()}
        if not texts and self.has(key):
            self.wrong(key, "needs a text in at least one language")
        return LocalText(texts) if texts else _NO_TEXT

    def optional_local_text(self, key: str) -> LocalText | None:
        """A text by language tag, or None when the key is not there."""
        return self.local_text(key) if self.has(key) else None

    def day(self, key: str) -> date:
        """A date `2026-10-01`; one that does not exist is refused."""
        text = self.text(key)
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self._unreal(key, text, "a date that exists, as 2026-10-01", date(2000, 1, 1))

    def optional_day(self, key: str) -> date | None:
        """A date, or None when the key is not there."""
        return self.day(key) if self.has(key) else None

    def span(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Two dates, of which the second is not before the first; None where one is not there."""
        start, end = self.optional_day(first), self.optional_day(last)
        if start is not None and end is not None and end < start:
            self.wrong(last, f"is before `{first}`: {end} < {start}")
        return start, end

    def weekdays(self, key: str) -> tuple[int, ...]:
        """Days of the week, 1 (Monday) to 7; all of them when the key is not there."""
        found = self.integers(key, ALL_WEEK)
        for index, weekday in enumerate(found):
            if weekday not in ALL_WEEK:
                self.wrong_item(key, index, f"must be 1 (Monday) to 7, is {weekday}")
        return found

    def days(self, key: str) -> frozenset[date]:
        """A list of dates; none when the key is not there."""
        found: set[date] = set()
        for index, text in enumerate(self.texts(key, ())):
            try:
                found.add(date.fromisoformat(text))
            except ValueError:
                self.wrong_item(key, index, f"must be a date that exists, as 2026-10-01, is {text!r}")
        return frozenset(found)

    def month_day(self, key: str) -> tuple[int, int]:
        """A day of the year `10-01` as (month, day); 29 February is one."""
        text = self.text(key)
        try:
            day = date.fromisoformat(f"2000-{text}")
        except ValueError:
            return self._unreal(key, text, "a day of the year that exists, as 10-01", (1, 1))
        return day.month, day.day

    def local_instant(self, key: str) -> datetime:
        """A date with a time of day, without a zone: `2026-11-11T20:00`."""
        text = self.text(key)
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            return self._unreal(key, text, "a date and time, as 2026-11-11T20:00", datetime(2000, 1, 1))  # noqa: DTZ001
        if instant.tzinfo is not None:
            self.wrong(key, "is in the site's own time and has no zone")
        return instant.replace(tzinfo=None)

    def clock(self, key: str) -> time:
        """A time of day `08:30`."""
        text = self.text(key)
        try:
            return time.fromisoformat(text)
        except ValueError:
            return self._unreal(key, text, "a time of day, as 08:30", time(0))

    def optional_clock(self, key: str) -> time | None:
        """A time of day, or None when the key is not there."""
        return self.clock(key) if self.has(key) else None

    def table(self, key: str) -> Table:
        """The table under `key`; when it is missing that is noted and an empty one returned."""
        value = self._value(key, REQUIRED)
        return Table(value if self.has(key) else {}, self._mistakes, (*self.place, key))

    def optional_table(self, key: str) -> Table | None:
        """The table under `key`, or None."""
        return self.table(key) if self.has(key) else None

    def tables(self, key: str, *, at_least_one: bool = False) -> tuple[Table, ...]:
        """A list of tables."""
        items = self._list(key, REQUIRED if at_least_one else ())
        if at_least_one and self.has(key) and not items:
            self.wrong(key, "needs at least one entry")
        return tuple(Table(item, self._mistakes, (*self.place, key, index)) for index, item in enumerate(items))

    def finish(self) -> None:
        """Note every key that was not asked for: a misspelt key must not pass in silence."""
        for key in self._data:
            if key not in self._asked:
                self.wrong(key, "is not a known key here")

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self._data and default is REQUIRED:
            self.wrong(key, "is missing")
        return self._data.get(key, default)

    def _list(self, key: str, default: object) -> Sequence[object]:
        value = self._value(key, default)
        empty: Sequence[object] = ()
        return value if isinstance(value, (list, tuple)) else self._mistyped(key, value, "a list", empty)

    def _items(self, key: str, default: object, kind: type[_T], name: str) -> tuple[_T, ...]:
        found: list[_T] = []
        for index, value in enumerate(self._list(key, default)):
            if isinstance(value, kind) and not isinstance(value, bool):
                found.append(value)
            else:
                self.wrong_item(key, index, f"must be {name}, is {kind_of(value)}")
        return tuple(found)

    def _mistyped(self, key: str, value: object, wanted: str, stand_in: _T) -> _T:
        if value is not REQUIRED:
            self.wrong(key, f"must be {wanted}, is {kind_of(value)}")
        return stand_in

    def _unreal(self, key: str, text: str, wanted: str, stand_in: _T) -> _T:
        if text:
            self.wrong(key, f"must be {wanted}, is {text!r}")
        return stand_in
