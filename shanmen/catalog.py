"""`shanmen catalog check`: every mistake of a catalogue or a price list, with its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from shared.catalogue_files import load_catalog, load_price_list, read_document
from shared.domain.document import DocumentError, Mistake, place_text
from shared.toml_places import line_of

GOOD, WRONG, USAGE = 0, 1, 2  # exit statuses

app = typer.Typer(no_args_is_help=True, help="What the site sells, as data.")


@app.callback()
def catalog() -> None:
    """What the site sells, as data."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A catalogue or a price list (TOML).")],
    catalog: Annotated[
        Path | None, typer.Option("--catalog", help="For a price list: its catalogue. Else catalog.toml beside it.")
    ] = None,
) -> None:
    """List every mistake of the file: exit 0 if there is none, 1 if there are, 2 when it cannot be read."""
    try:
        said = _check(file, catalog)
    except DocumentError as error:
        _tell(file, error)
        raise typer.Exit(WRONG) from error
    except OSError as error:
        sys.stderr.write(f"shanmen: {error.filename}: {error.strerror}\n")
        raise typer.Exit(USAGE) from error
    Console().print(said, highlight=False)


def _check(file: Path, catalog: Path | None) -> str:
    if "rules" not in read_document(file):
        found = load_catalog(file)
        count = f"{len(found.products)} products, {len(found.categories)} categories"
        return f"[green]No mistakes.[/] Catalogue {escape(found.version)}: {count}."
    try:
        site = load_catalog(catalog or file.with_name("catalog.toml"))
    except DocumentError as error:
        raise DocumentError([Mistake((), f"its catalogue has mistakes: {error}")]) from error
    prices = load_price_list(file, site)
    return f"[green]No mistakes.[/] Price list {escape(prices.version)}: {len(prices.rules)} rules."


def _tell(file: Path, error: DocumentError) -> None:
    text = file.read_text(encoding="utf-8", errors="replace")
    console = Console()
    found = [(line_of(text, mistake.place) or 0, mistake) for mistake in error.mistakes]
    for line, mistake in sorted(found, key=lambda each: each[0]):
        where = f"{file}:{line}" if line else f"{file}"
        message = f"[bold]{escape(where)}[/] {escape(place_text(mistake.place))}: {escape(mistake.message)}"
        console.print(message, highlight=False, soft_wrap=True)
    count = len(error.mistakes)
    console.print(f"[red]{count} mistake{'s' if count > 1 else ''}.[/]", highlight=False)
