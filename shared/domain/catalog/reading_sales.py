"""The parts of a product's document that say when and how many: slots, limits, sales window."""

from __future__ import annotations

from shared.domain.catalog.limits import Limits, SalesWindow
from shared.domain.catalog.slots import SlotTemplate
from shared.domain.document import Table


def read_slot_template(table: Table) -> SlotTemplate:
    """A `[[products.slots]]` table."""
    first = table.clock("first")
    from_day, to_day = table.span("from", "to")
    template = SlotTemplate(
        first=first,
        last=table.optional_clock("last") or first,
        every=table.integer("every", 30, least=1),
        lasts=table.integer("lasts", 30, least=1),
        capacity=table.integer("capacity", least=0),
        weekdays=table.weekdays("weekdays"),
        from_day=from_day,
        to_day=to_day,
    )
    if template.last < template.first:
        table.wrong("last", "is before `first`")
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
    from_day, to_day = table.span("from", "to")
    window = SalesWindow(
        from_day=from_day,
        to_day=to_day,
        days_ahead=table.optional_integer("days_ahead", least=0),
        closes_minutes=table.optional_integer("closes_minutes"),
    )
    table.finish()
    return window
