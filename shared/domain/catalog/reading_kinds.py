"""The tagged unions of a catalogue's document: `kind` of a product, `eligibility` of a category."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from shared.domain.catalog.evidence import AgeRange, Anyone, Certificate, Eligibility, HeightBelow, Resident
from shared.domain.catalog.kinds import (
    AddOn,
    AnnualPass,
    Combination,
    Companion,
    DayEntry,
    MultiEntry,
    NamedBy,
    NightEntry,
    Part,
    ProductKind,
    Show,
    TimedEntry,
    TimesCard,
)
from shared.domain.document import Table

T = TypeVar("T")


def read_kind(product: Table) -> ProductKind:
    """The `kind` table of a product (`{ kind = "day_entry", days = 2 }`); none means a timed entry."""
    table = product.optional_table("kind")
    return TimedEntry() if table is None else _variant(table, _KINDS)


def read_eligibility(category: Table) -> Eligibility:
    """The `eligibility` table of a category; none means anyone."""
    table = category.optional_table("eligibility")
    return Anyone() if table is None else _variant(table, _ELIGIBILITIES)


def _variant(table: Table, variants: dict[str, Callable[[Table], T]]) -> T:
    value = variants[table.choice("kind", tuple(variants))](table)
    table.finish()
    return value


def _multi_entry(table: Table) -> ProductKind:
    return MultiEntry(table.integer("entries", least=2), table.integer("within_days", least=1))


def _annual_pass(table: Table) -> ProductKind:
    return AnnualPass(table.integer("valid_days", 365, least=1), _named_by(table))


def _times_card(table: Table) -> ProductKind:
    return TimesCard(table.integer("times", least=2), table.integer("valid_days", least=1), _named_by(table))


def _companion(table: Table) -> ProductKind:
    return Companion(table.texts("of"), table.integer("per_holder", 1, least=1))


def _combination(table: Table) -> ProductKind:
    return Combination(tuple(_part(part) for part in table.tables("parts", at_least_one=True)))


def _part(table: Table) -> Part:
    part = Part(table.text("product"), table.integer("valid_days", 1, least=1), table.text("site", "") or None)
    table.finish()
    return part


def _add_on(table: Table) -> ProductKind:
    service = table.choice("service", ("guide", "audio_guide", "shuttle", "locker", "other"), "other")
    return AddOn(
        service,  # type: ignore[arg-type]
        "party" if table.choice("per", ("person", "party"), "person") == "party" else "person",
        table.integer("deposit", 0, least=0),
    )


def _named_by(table: Table) -> NamedBy:
    return "identity" if table.choice("named_by", ("photo", "identity"), "photo") == "identity" else "photo"


def _age_range(table: Table) -> Eligibility:
    age = AgeRange(table.optional_integer("least", least=0), table.optional_integer("most", least=0))
    if age.least is None and age.most is None:
        table.wrong(None, "needs `least` or `most`")
    if age.least is not None and age.most is not None and age.most < age.least:
        table.wrong("most", f"is below `least`: {age.most} < {age.least}")
    return age


_KINDS: dict[str, Callable[[Table], ProductKind]] = {
    "timed_entry": lambda _: TimedEntry(),
    "day_entry": lambda table: DayEntry(table.integer("days", 1, least=1)),
    "multi_entry": _multi_entry,
    "night_entry": lambda _: NightEntry(),
    "annual_pass": _annual_pass,
    "times_card": _times_card,
    "companion": _companion,
    "combination": _combination,
    "add_on": _add_on,
    "show": lambda table: Show(table.text("seat_map")),
}

_ELIGIBILITIES: dict[str, Callable[[Table], Eligibility]] = {
    "anyone": lambda _: Anyone(),
    "age": _age_range,
    "certificate": lambda table: Certificate(table.texts("certificates")),
    "resident": lambda table: Resident(table.texts("regions")),
    "height": lambda table: HeightBelow(table.integer("cm", least=1)),
}
