"""`shanmen price`: what a party pays, and why, from a catalogue and a price list."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console

from shanmen.party import parse_party
from shanmen.price_table import show_quote
from shared.catalogue_files import load_catalog, load_price_list
from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog
from shared.domain.document import DocumentError
from shared.domain.pricing import Circumstances, PriceError, PriceList, QuoteRequest, quote, quote_to_document
from shared.domain.text import LANGUAGES

_DEMO = Path(__file__).parents[1] / "assets" / "demo"
USAGE = 2  # exit status
_T = TypeVar("_T")


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
    site, price_list = _read(catalog, prices)
    try:
        _check_language(language)
        known = Circumstances(coupons=tuple(coupon or ()), cash=cash)
        request = _request(site, party, want, date_, start, asked, at, known)
    except ValueError as error:
        _fail(str(error), error)
    try:
        result = quote(price_list, site, request)
    except PriceError as error:
        _fail(str(error), error)
    if as_json:
        sys.stdout.write(json.dumps(quote_to_document(result), ensure_ascii=False, indent=2) + "\n")
    else:
        show_quote(Console(), result, site, language)


def _read(catalog: Path, prices: Path) -> tuple[Catalog, PriceList]:
    try:
        site = load_catalog(catalog)
        return site, load_price_list(prices, site)
    except DocumentError as error:
        _fail(str(error), error)
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}", error)


def _request(
    site: Catalog,
    party: str,
    want: str,
    visit: str,
    start: str | None,
    asked: str | None,
    channel: str,
    circumstances: Circumstances,
) -> QuoteRequest:
    """Raises ValueError, naming the option, for what cannot be read."""
    wants = tuple(name.strip() for name in want.split(","))
    day = _parsed("--date", visit, date.fromisoformat, "2026-10-02")
    slot, now = None, datetime.now(UTC)
    if start is not None:
        begins = _parsed("--time", start, time.fromisoformat, "10:00")
        slot = SlotKey(wants[0], datetime.combine(day, begins, site.zone).astimezone(UTC))
    if asked is not None:
        local = _parsed("--asked", asked, datetime.fromisoformat, "2026-10-01T09:00")
        now = local.replace(tzinfo=site.zone).astimezone(UTC)
    return QuoteRequest(parse_party(party), wants, day, slot, now, channel, circumstances)


def _parsed(option: str, text: str, parse: Callable[[str], _T], example: str) -> _T:
    try:
        return parse(text)
    except ValueError as error:
        raise ValueError(f"{option}: {text!r} is not like {example}") from error


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise ValueError(f"language: must be one of {', '.join(LANGUAGES)}, is {language!r}")


def _fail(message: str, cause: Exception) -> NoReturn:
    sys.stderr.write(f"shanmen: {message}\n")
    raise typer.Exit(USAGE) from cause
