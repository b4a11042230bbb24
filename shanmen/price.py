"""`shanmen price`: what a party pays, and why, from a catalogue and a price list."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from shanmen.party import parse_party
from shanmen.price_table import show_quote
from shared.catalogue_files import load_catalog, load_price_list
from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog
from shared.domain.document import DocumentError
from shared.domain.pricing import Circumstances, PriceError, Quote, QuoteRequest, quote, quote_to_document
from shared.domain.text import LANGUAGES

_DEMO = Path(__file__).parents[1] / "assets" / "demo"
USAGE = 2  # exit status


def price(
    party: Annotated[str, typer.Option(help='Who comes: "2 adult, 1 senior:1948-03-02, 1 child:2019-05-01".')],
    want: Annotated[str, typer.Option(help='What they want to see: "entry,cablecar".')],
    date_: Annotated[str, typer.Option("--date", help="The day of the visit: 2026-10-02.")],
    at: Annotated[str, typer.Option("--at", help="Where it is sold: kiosk, boxoffice or a partner's name.")] = "kiosk",
    start: Annotated[str | None, typer.Option("--time", help="The start of the first product's slot: 10:00.")] = None,
    asked: Annotated[str | None, typer.Option(help="When it is asked (the site's time): 2026-10-01T09:00.")] = None,
    coupon: Annotated[list[str] | None, typer.Option(help="A coupon's code; may be repeated.")] = None,
    cash: Annotated[bool, typer.Option(help="Paid in cash.")] = False,
    language: Annotated[str, typer.Option(help="The language of the table.")] = "en",
    catalog: Annotated[Path, typer.Option(help="The catalogue.")] = _DEMO / "catalog.toml",
    prices: Annotated[Path, typer.Option(help="The price list.")] = _DEMO / "prices.toml",
    as_json: Annotated[bool, typer.Option("--json", help="The quote as JSON, as it is journaled.")] = False,
) -> None:
    """Price a party: the cheapest tickets for what it wants to see, and every reason for the price."""
    try:
        site = load_catalog(catalog)
        price_list = load_price_list(prices, site)
        wants, visit = tuple(name.strip() for name in want.split(",")), date.fromisoformat(date_)
        request = QuoteRequest(
            party=parse_party(party),
            wants=wants,
            visit=visit,
            slot=_slot(site, wants[0], visit, start),
            asked_at=_asked_at(site, asked),
            channel=at,
            circumstances=Circumstances(coupons=tuple(coupon or ()), cash=cash),
        )
        _show(quote(price_list, site, request), site, _known(language), as_json=as_json)
    except (PriceError, DocumentError, ValueError) as error:
        _fail(str(error), error)
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}", error)


def _slot(site: Catalog, product_id: str, visit: date, start: str | None) -> SlotKey | None:
    if start is None:
        return None
    return SlotKey(product_id, datetime.combine(visit, time.fromisoformat(start), site.zone).astimezone(UTC))


def _asked_at(site: Catalog, asked: str | None) -> datetime:
    if asked is None:
        return datetime.now(UTC)
    return datetime.fromisoformat(asked).replace(tzinfo=site.zone).astimezone(UTC)


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"language: must be one of {', '.join(LANGUAGES)}, is {language!r}")
    return language


def _show(result: Quote, site: Catalog, language: str, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(quote_to_document(result), ensure_ascii=False, indent=2) + "\n")
    else:
        show_quote(Console(), result, site, language)


def _fail(message: str, cause: Exception) -> NoReturn:
    sys.stderr.write(f"shanmen: {message}\n")
    raise typer.Exit(USAGE) from cause
