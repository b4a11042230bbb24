"""The parts of a product's document that say when and how many: slots, limits, sales window."""

from __future__ import annotations

from datetime import date

from shared.domain.catalog.limits import Limits, SalesWindow
from shared.domain.catalog.slots import ALL_WEEK, SlotTemplate
from shared.domain.document import Table


def read_slot_template(table: Table) -> SlotTemplate:
    """A `[[products.slots]]` table."""
    first = table.clock("first")
    template = SlotTemplate(
        first=first,
        last=table.optional_clock("last") or first,
        every=table.integer("every", 30, least=1),
        lasts=table.integer("lasts", 30, least=1),
        capacity=table.integer("capacity", least=0),
        weekdays=table.integers("weekdays", ALL_WEEK),
        from_day=table.optional_day("from"),
        to_day=table.optional_day("to"),
    )
    if template.last < template.first:
        table.wrong("last", "is before `first`")
    for index, weekday in enumerate(template.weekdays):
        if weekday not in ALL_WEEK:
            table.wrong_item("weekdays", index, f"must be 1 (Monday) to 7, is {weekday}")
    _check_span(table, template.from_day, template.to_day)
    table.finish()
    return template


def read_limits(product: Table) -> Limits:
    """The `limits` table of a product; none means no limit."""
    table = product.optional_table("limits")
    if table is None:
        return Limits()
    channels = table.optional_table("per_channel")
    limits = Limits(
        per_person_day=table.optional_integer("per_person_day", least=1),
        per_sale=table.optional_integer("per_sale", least=1),
        per_slot=table.optional_integer("per_slot", least=0),
        per_channel={} if channels is None else {key: channels.integer(key, least=0) for key in channels.all_keys()},
    )
    table.finish()
    return limits


def read_sales_window(product: Table) -> SalesWindow:
    """The `sales` table of a product; none means always."""
    table = product.optional_table("sales")
    if table is None:
        return SalesWindow()
    window = SalesWindow(
        from_day=table.optional_day("from"),
        to_day=table.optional_day("to"),
        days_ahead=table.optional_integer("days_ahead", least=0),
        closes_minutes=table.optional_integer("closes_minutes"),
    )
    _check_span(table, window.from_day, window.to_day)
    table.finish()
    return window


def _check_span(table: Table, start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end < start:
        table.wrong("to", f"is before `from`: {end} < {start}")
