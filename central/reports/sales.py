"""Sold sales, their tickets and money, by one key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.reports.period import Period
from central.storage.tables import PaymentRow, SaleRow, TicketRow
from central.storage.tables.aftersales import PAID
from central.storage.tables.sales import LIVE
from shared.domain.canonical import instant_text
from shared.wire.report import SalesKey, SalesLine

PREPAID = "prepaid"  # the method of what was paid before the sale: a booking, or tickets given in exchange


@dataclass(frozen=True, slots=True)
class _Sold:
    sale: SaleRow
    tickets: int


def sales_by(session: Session, site_id: str, within: Period, key: SalesKey) -> list[SalesLine]:
    """A line for each value of the key, in the values' order. Instants compare as text."""
    sold = _sold(session, site_id, within)
    if key == "method":
        return _by_method(session, site_id, sold)
    grouped: dict[str, list[_Sold]] = defaultdict(list)
    value_of = _value_of(key, within)
    for each in sold:
        grouped[value_of(each.sale)].append(each)
    return [_line(value, group) for value, group in sorted(grouped.items())]


def _sold(session: Session, site_id: str, within: Period) -> Sequence[_Sold]:
    in_time = (SaleRow.opened_at >= instant_text(within.begin)) & (SaleRow.opened_at < instant_text(within.end))
    chosen = (SaleRow.site_id == site_id) & in_time
    paid = chosen & SaleRow.paid_attempt.is_not(None)
    same_sale = (TicketRow.site_id == SaleRow.site_id) & (TicketRow.sale_id == SaleRow.sale_id)
    counting = (
        select(TicketRow.sale_id, func.count())
        .join(SaleRow, same_sale)
        .where(paid, TicketRow.state == LIVE)
        .group_by(TicketRow.sale_id)
    )
    tickets = {row[0]: row[1] for row in session.execute(counting)}
    sales = session.scalars(select(SaleRow).where(paid).order_by(SaleRow.opened_at, SaleRow.sale_id))
    return [_Sold(sale, tickets.get(sale.sale_id, 0)) for sale in sales]


def _value_of(key: SalesKey, within: Period) -> Callable[[SaleRow], str]:
    values: Mapping[str, Callable[[SaleRow], str]] = {
        "product": lambda sale: sale.product_id,
        "slot": lambda sale: sale.slot,
        "channel": lambda sale: sale.channel,
        "terminal": lambda sale: sale.terminal_id,
        "day": lambda sale: within.day_of(sale.opened_at),
    }
    return values[key]


def _line(value: str, group: Iterable[_Sold]) -> SalesLine:
    listed = list(group)
    return SalesLine(
        value=value,
        sales=len(listed),
        tickets=sum(each.tickets for each in listed),
        total_minor=sum(each.sale.total_minor for each in listed),
    )


def _by_method(session: Session, site_id: str, sold: Sequence[_Sold]) -> list[SalesLine]:
    """By what each sale was paid with; what no attempt is known of stands under PREPAID or, without one, `unknown`."""
    paid = _paid_by_sale(session, site_id, {each.sale.sale_id for each in sold})
    lines: dict[str, list[tuple[_Sold, int]]] = defaultdict(list)
    for each in sold:
        parts = dict(paid.get(each.sale.sale_id, {}))
        rest = each.sale.total_minor - sum(parts.values())
        if rest or not parts:
            method = PREPAID if each.sale.prepaid_minor else "unknown"
            parts[method] = parts.get(method, 0) + rest
        for method, minor in parts.items():
            lines[method].append((each, minor))
    return [
        SalesLine(
            value=method,
            sales=len(group),
            tickets=sum(each.tickets for each, _ in group),
            total_minor=sum(minor for _, minor in group),
        )
        for method, group in sorted(lines.items())
    ]


def _paid_by_sale(session: Session, site_id: str, sale_ids: set[str]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    wanted = sorted(sale_ids)
    for start in range(0, len(wanted), 500):
        query = select(PaymentRow).where(
            PaymentRow.site_id == site_id, PaymentRow.state == PAID, PaymentRow.sale_id.in_(wanted[start : start + 500])
        )
        for row in session.scalars(query):
            of_sale = found[row.sale_id]
            of_sale[row.method] = of_sale.get(row.method, 0) + row.amount_minor
    return found
