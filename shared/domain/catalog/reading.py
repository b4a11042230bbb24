"""A document -> a catalogue, checked as a whole: every mistake is named at once with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.domain.catalog.checking import check_references
from shared.domain.catalog.evidence import Checker
from shared.domain.catalog.model import Catalog, Category, Product, Site
from shared.domain.catalog.reading_kinds import read_eligibility, read_kind
from shared.domain.catalog.reading_refunds import read_refund_terms
from shared.domain.catalog.reading_sales import read_limits, read_sales_window, read_slot_template
from shared.domain.catalog.reading_seats import read_seat_map
from shared.domain.document import DocumentError, Mistake, Table, document_of, json_values, without_echoes
from shared.domain.money import Currency

CHECKERS = ("kiosk", "cashier", "gate")


class CatalogErrors(DocumentError):  # noqa: N818 - it stands for several
    """A catalogue with mistakes, all of them."""


def catalog_from_document(document: Mapping[str, object]) -> Catalog:
    """The catalogue of a document as `assets/demo/catalog.toml` shows it. Raises CatalogErrors."""
    mistakes: list[Mistake] = []
    root = Table(json_values(document), mistakes)
    catalog = _catalog(root)
    root.finish()
    mistakes.extend(without_echoes(check_references(catalog), mistakes))
    if mistakes:
        raise CatalogErrors(mistakes)
    return catalog


def catalog_to_document(catalog: Catalog) -> dict[str, object]:
    """The same catalogue as JSON values, for the wire and for hashing."""
    document: dict[str, object] = document_of(catalog)
    return document


def _catalog(root: Table) -> Catalog:
    return Catalog(
        version=root.text("version"),
        site=_site(root.table("site")),
        categories=tuple(_category(table) for table in root.tables("categories", at_least_one=True)),
        products=tuple(_product(table) for table in root.tables("products", at_least_one=True)),
        partner_sites=tuple(_site(table) for table in root.tables("partner_sites")),
        seat_maps=tuple(read_seat_map(table) for table in root.tables("seat_maps")),
    )


def _site(table: Table) -> Site:
    site = Site(
        site_id=table.text("id"),
        name=table.local_text("name"),
        timezone=_timezone(table),
        currency=_currency(table),
        picture=table.text("picture", ""),
        day_begins=table.optional_clock("day_begins") or time(4),
        keep_names_days=table.integer("keep_names_days", 30, least=0, most=3650),
    )
    table.finish()
    return site


def _timezone(table: Table) -> str:
    name = table.text("timezone")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        if name:
            table.wrong("timezone", f"is not a known time zone: {name!r}")
        return "UTC"
    return name


def _currency(table: Table) -> Currency:
    code = table.text("currency")
    try:
        return Currency(code)
    except ValueError:
        if code:
            table.wrong("currency", f"is not a known currency: {code!r}")
        return Currency("CNY")


def _category(table: Table) -> Category:
    category = Category(
        category_id=table.text("id"),
        name=table.local_text("name"),
        hint=table.local_text("hint"),
        evidence=table.optional_local_text("evidence"),
        eligibility=read_eligibility(table),
        checked_by=tuple(_checker(table, index, name) for index, name in enumerate(table.texts("checked_by", ()))),
    )
    table.finish()
    return category


def _checker(table: Table, index: int, name: str) -> Checker:
    match name:
        case "kiosk" | "cashier" | "gate":
            return name
        case _:
            table.wrong_item("checked_by", index, f"must be one of {', '.join(CHECKERS)}, is {name!r}")
            return "gate"


def _product(table: Table) -> Product:
    product = Product(
        product_id=table.text("id"),
        code=table.integer("code", least=1, most=65535),
        name=table.local_text("name"),
        description=table.local_text("description"),
        picture=table.text("picture", ""),
        categories=table.texts("categories"),
        valid_minutes=table.integer("valid_minutes", least=1),
        kind=read_kind(table),
        slots=tuple(read_slot_template(slots) for slots in table.tables("slots")),
        limits=read_limits(table),
        sales=read_sales_window(table),
        together_with=table.texts("together_with", ()),
        refund=read_refund_terms(table),
    )
    table.finish()
    return product
