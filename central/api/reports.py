"""Reports for windows, as JSON and, at the address with `.csv`, as a table."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse

from central.api.calling import ServiceDep, WindowDep
from central.reports.entries import entries
from central.reports.period import Period, period
from central.reports.sales import sales_by
from central.reports.table import as_csv
from central.service import Central
from shared.wire.report import EntriesReport, EntryLine, SalesKey, SalesLine, SalesReport

router = APIRouter()
Day = Annotated[date, Query(description="YYYY-MM-DD, a day at the site")]


class CsvResponse(PlainTextResponse):
    """A table."""

    media_type = "text/csv"


@router.get("/v1/reports/sales")
def report_sales(central: ServiceDep, _window: WindowDep, by: SalesKey, first: Day, last: Day) -> SalesReport:
    """Sold sales by product, slot, channel, terminal, method or day."""
    within = _period(central, first, last)
    return SalesReport(
        by=by,
        first=first.isoformat(),
        last=last.isoformat(),
        currency=central.area.catalog.site.currency.code,
        lines=_sales(central, within, by),
    )


@router.get("/v1/reports/sales.csv", response_class=CsvResponse)
def table_sales(central: ServiceDep, _window: WindowDep, by: SalesKey, first: Day, last: Day) -> CsvResponse:
    """The same as a table."""
    return CsvResponse(as_csv(SalesLine, _sales(central, _period(central, first, last), by)))


@router.get("/v1/reports/entries")
def report_entries(central: ServiceDep, _window: WindowDep, first: Day, last: Day) -> EntriesReport:
    """Tickets and entries of each slot against its places."""
    lines = _entries(central, _period(central, first, last))
    return EntriesReport(first=first.isoformat(), last=last.isoformat(), lines=lines)


@router.get("/v1/reports/entries.csv", response_class=CsvResponse)
def table_entries(central: ServiceDep, _window: WindowDep, first: Day, last: Day) -> CsvResponse:
    """The same as a table."""
    return CsvResponse(as_csv(EntryLine, _entries(central, _period(central, first, last))))


def _period(central: Central, first: date, last: date) -> Period:
    return period(first, last, central.area.catalog.zone)


def _sales(central: Central, within: Period, by: SalesKey) -> list[SalesLine]:
    return central.database.read(lambda session: sales_by(session, central.site_id, within, by))


def _entries(central: Central, within: Period) -> list[EntryLine]:
    return central.database.read(lambda session: entries(session, central.site_id, within))
