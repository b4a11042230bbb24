"""When a product starts: slot templates in the site's own time, and the slots that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.domain.capacity import SlotKey
from shared.domain.document import ALL_WEEK


@dataclass(frozen=True)
class Slot:
    """One time of entry with its capacity; `end` (UTC) is the end of the time of entry."""

    key: SlotKey
    end: datetime
    capacity: int


@dataclass(frozen=True)
class SlotTemplate:
    """Starts from `first` to `last`, both included, in the site's own time; `every` and `lasts` are minutes.

    It holds on the ISO `weekdays` (1 = Monday) of the days `from_day`..`to_day`, without a bound where that is None.
    """

    first: time
    last: time
    every: int
    lasts: int
    capacity: int
    weekdays: tuple[int, ...] = ALL_WEEK
    from_day: date | None = field(default=None, metadata={"key": "from"})
    to_day: date | None = field(default=None, metadata={"key": "to"})

    def holds_on(self, day: date) -> bool:
        """Whether the template has slots on `day`."""
        after = self.from_day is None or self.from_day <= day
        before = self.to_day is None or day <= self.to_day
        return after and before and day.isoweekday() in self.weekdays

    def starts(self) -> Iterator[time]:
        """The times of day, in order."""
        for minute in range(_minutes(self.first), _minutes(self.last) + 1, self.every):
            yield time(minute // 60, minute % 60)


def slots_of(product_id: str, templates: Sequence[SlotTemplate], day: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    """The slots that start on `day` in `zone`, in order of time; two templates at one time add their capacities.

    A time of day that the clocks skip on `day` (the change to summer time) has no slot.
    """
    found: dict[SlotKey, Slot] = {}
    for template in templates:
        if template.holds_on(day):
            for slot in _on(product_id, template, day, zone):
                earlier = found.get(slot.key)
                found[slot.key] = slot if earlier is None else _joined(earlier, slot)
    return tuple(found[key] for key in sorted(found))


def _on(product_id: str, template: SlotTemplate, day: date, zone: ZoneInfo) -> Iterator[Slot]:
    for start in template.starts():
        local = datetime.combine(day, start, zone)
        at = local.astimezone(UTC)
        if at.astimezone(zone).time() == start:
            yield Slot(SlotKey(product_id, at), at + timedelta(minutes=template.lasts), template.capacity)


def _joined(one: Slot, other: Slot) -> Slot:
    return Slot(one.key, max(one.end, other.end), one.capacity + other.capacity)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
