"""`shanmen day`: the business day of a stopped terminal, shown, opened and closed by a person."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.domain.business_day import BusinessDay, DayProblem, DaySchedule
from shared.domain.catalog import catalog_from_document
from shared.domain.clock import TrustedNow
from shared.errors import Fault, SurroundingsError, UserError
from shared.storage.business_days import BusinessDays
from shared.storage.terminal_folder import TerminalFolder, open_terminal_folder
from shared.system_clock import SystemClock

app = typer.Typer(no_args_is_help=True, help="The business day of a terminal that is not running.")

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The terminal's folder (`terminal.data`).")]
Person = Annotated[str, typer.Option("--by", help="Who does it.")]


@app.command()
def show(folder: Folder) -> None:
    """Say which day is open."""
    _do(folder, lambda days: days.last())


@app.command("open")
def open_(
    folder: Folder, day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Which day.")], by: Person
) -> None:
    """Open a day: the terminal's sales are of it until it is closed or its schedule ends it."""
    _do(folder, lambda days: days.open(day.date(), by))


@app.command()
def close(folder: Folder, by: Person) -> None:
    """Close the open day: nothing new is sold before the next is opened."""
    _do(folder, lambda days: days.close(by))


def _do(folder: Path, act: Callable[[BusinessDays], BusinessDay | DayProblem | None]) -> None:
    clock = SystemClock()
    terminal = open_terminal_folder(folder, clock)
    try:
        # Nobody vouches for the clock of a machine that stands still: the person says which day it is.
        days = terminal.store.business_days(_schedule(terminal), lambda: TrustedNow(clock.now(), math.inf))
        said = act(days)
    finally:
        terminal.database.close()
    match said:
        case None:
            typer.echo("no business day yet")
        case BusinessDay():
            typer.echo(f"{said.day} is {'open' if said.is_open else 'closed'}")
        case DayProblem():
            raise UserError(Fault.DAY_NOT_OPEN, said.value.replace("_", " "))


def _schedule(terminal: TerminalFolder) -> DaySchedule:
    fact = terminal.store.fact("catalogue")
    document = None if fact is None else fact["document"]
    if not isinstance(document, dict):
        raise SurroundingsError(Fault.NO_CATALOGUE)
    catalog = catalog_from_document(document)
    return DaySchedule(catalog.zone, catalog.site.day_begins)
