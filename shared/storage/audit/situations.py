"""Every situation that a sale was ever in, worked out once: the domain's own rules, asked once for each turn.

A journal of a million rows tells the same few hundred stories with other names in them. So the names that the rules
only compare (ticket and job ids, order numbers, places) are numbered in the order in which a sale first uses them,
and what follows from a situation and an event so named is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args

from shared.domain.ledger import Entry
from shared.domain.posting_rules import entry_for
from shared.domain.sale import SaleClosed, SaleEvent
from shared.domain.sale_codec import decode
from shared.domain.sale_history import follow
from shared.domain.sale_state import Sale
from shared.domain.sale_steps import Close, next_step

Postings = Mapping[tuple[str, str], int]  # (account, currency) -> minor units

_WORDS = ("", "receipt", "claim")  # these mean something
_ABSENT = object()
_MOST = 50_000  # situations remembered at a time


@dataclass(slots=True)
class Situation:
    """Where sales stood. `turns`: what came next, by the event with its names numbered."""

    sale: Sale | None
    turns: dict[tuple[Any, ...], Turn] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """What an event leads to: the next situation, and its entry's postings (None when it has no entry)."""

    situation: Situation
    postings: Postings | None
    reverses: bool


class Situations:
    """The turns known so far."""

    def __init__(self) -> None:
        self._root = Situation(None)
        self._known = 0

    def begin(self) -> Story:
        """A sale of which nothing is told yet."""
        return Story(self._root)

    def tell(self, story: Story, kind: str, body: Mapping[str, Any]) -> Turn:
        """Takes a sale one event further. Raises ValueError when that cannot have happened."""
        values = story.numbered(kind, body)
        key = (kind, *[value if type(value) is str else _frozen(value) for value in values])
        turn = story.situation.turns.get(key)
        if turn is None:
            named = zip(_FIELDS[kind], values, strict=True)
            normal = {name: value for (name, _), value in named if value is not _ABSENT}
            turn = story.situation.turns[key] = _turn(story.situation.sale, decode(kind, normal))
            self._remember()
        story.situation = turn.situation
        return turn

    def _remember(self) -> None:
        self._known += 1
        if self._known > _MOST:  # begin anew: the stories under way keep what they stand on
            self._root, self._known = Situation(None), 0


class Story:
    """One sale: its situation, and the numbers that its names have in it."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._numbers: dict[object, str] = {}

    def numbered(self, kind: str, body: Mapping[str, Any]) -> list[Any]:
        """The values of an event's fields, in order."""
        get = body.get
        return [get(name, _ABSENT) if read is None else read(self, get(name, _ABSENT)) for name, read in _FIELDS[kind]]

    def name(self, value: Any) -> Any:
        """The number of a name."""
        if not isinstance(value, str) or value in _WORDS:
            return value
        number = self._numbers.get(value)  # as `_number`, for what is asked most
        return number if number is not None else self._number(value)

    def unit(self, unit: Any) -> Any:
        """A lease's unit with a number for its lease."""
        match unit:
            case {"lease_id": str(lease_id), "k": int(k)}:
                return {"lease_id": self._number((lease_id, k)), "k": 1}
            case _:
                return unit

    def units(self, units: Any) -> Any:
        """Several of them."""
        return [self.unit(unit) for unit in units] if isinstance(units, list) else units

    def quote(self, quote: Any) -> Any:
        """Of a quote only its lines count here."""
        match quote:
            case {"lines": [*lines]} if all(isinstance(line, dict) for line in lines):
                kept = ("product_id", "amount", "kind")
                return {"lines": [{name: line[name] for name in kept if name in line} for line in lines]}
            case _:
                return quote

    def _number(self, name: object) -> str:
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = f"{len(self._numbers):016x}"
        return number


_NAMES = (
    *("business_day", "code", "document_id", "job_id", "order_no", "process_id", "qr"),
    *("reference", "refund_no", "replaces", "slot", "subject", "ticket_id"),
)
_READERS: Mapping[str, Callable[[Story, Any], Any]] = {
    **dict.fromkeys(_NAMES, Story.name),
    "unit": Story.unit,
    "units": Story.units,
    "quote": Story.quote,
}
_FIELDS = {event.type: tuple((f.name, _READERS.get(f.name)) for f in fields(event)) for event in get_args(SaleEvent)}


def _turn(before: Sale | None, event: SaleEvent) -> Turn:
    after = follow("", before, event)
    if isinstance(event, SaleClosed) and event.outcome != "released" and before is not None:
        _require_end(before, event)
    entry = entry_for(before, event)
    return Turn(Situation(after), postings_of(entry), entry is not None and entry.reverses)


def _require_end(before: Sale, event: SaleClosed) -> None:
    if next_step(before) != Close(event.outcome):
        raise ValueError(f"the sale could not end as {event.outcome}")


def postings_of(entry: Entry | None) -> Postings | None:
    """An entry's postings as the tables have them."""
    if entry is None:
        return None
    return {(str(posting.account), posting.currency.code): posting.minor for posting in entry.postings}


def _frozen(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value
    if kind is dict:
        return tuple((name, _frozen(item)) for name, item in sorted(value.items()))
    if kind is list:
        return tuple(map(_frozen, value))
    return kind, value  # 1, 1.0 and True are equal, but not the same in a journal
