"""What kind of thing a product is: how often and how long it opens the gate, and what it consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

NamedBy = Literal["photo", "identity"]


@dataclass(frozen=True)
class TimedEntry:
    """One entry within a time slot."""

    kind: ClassVar[str] = "timed_entry"


@dataclass(frozen=True)
class DayEntry:
    """Entry on `days` consecutive days from the day of the visit."""

    kind: ClassVar[str] = "day_entry"
    days: int = 1


@dataclass(frozen=True)
class MultiEntry:
    """`entries` entries within `within_days` days from the day of the visit."""

    kind: ClassVar[str] = "multi_entry"
    entries: int
    within_days: int


@dataclass(frozen=True)
class NightEntry:
    """One entry within an evening's slot; the visitor leaves when the slot's product ends."""

    kind: ClassVar[str] = "night_entry"


@dataclass(frozen=True)
class AnnualPass:
    """Any number of entries for `valid_days` days, for one named person."""

    kind: ClassVar[str] = "annual_pass"
    valid_days: int = 365
    named_by: NamedBy = "photo"


@dataclass(frozen=True)
class TimesCard:
    """`times` entries within `valid_days` days, for one named person."""

    kind: ClassVar[str] = "times_card"
    times: int
    valid_days: int
    named_by: NamedBy = "photo"


@dataclass(frozen=True)
class Companion:
    """Entry beside the holder of one of the passes `of`; at most `per_holder` companions for each holder."""

    kind: ClassVar[str] = "companion"
    of: tuple[str, ...]
    per_holder: int = 1


@dataclass(frozen=True)
class Part:
    """One product of a combination, used within `valid_days` days, at `site` (None: the catalogue's own)."""

    product_id: str = field(metadata={"key": "product"})
    valid_days: int = 1
    site: str | None = None


@dataclass(frozen=True)
class Combination:
    """Several products on one ticket; a joint ticket when its parts belong to several sites."""

    kind: ClassVar[str] = "combination"
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class AddOn:
    """A service beside the entry, bought once for each person or once for the party. `deposit` in minor units."""

    kind: ClassVar[str] = "add_on"
    service: Literal["guide", "audio_guide", "shuttle", "locker", "other"]
    per: Literal["person", "party"] = "person"
    deposit: int = 0


@dataclass(frozen=True)
class Show:
    """A performance in a slot, with a numbered seat of `seat_map` for each visitor."""

    kind: ClassVar[str] = "show"
    seat_map: str


ProductKind = (
    TimedEntry | DayEntry | MultiEntry | NightEntry | AnnualPass | TimesCard | Companion | Combination | AddOn | Show
)
