"""`shanmen doctor`: the command's options; what it does stands in `visit`, and is loaded only when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", "-s", help="The kiosk's settings. Without: the machine alone.")
]
Language = Annotated[str, typer.Option(help="The installer's language: en or zh-Hans.")]


def doctor(
    settings: SettingsFile = None,
    language: Language = "en",
    print_test: Annotated[bool, typer.Option("--print", help="Print a test ticket.")] = False,
    read_code: Annotated[bool, typer.Option("--read-code", help="Wait for a code before the scanner.")] = False,
    read_card: Annotated[bool, typer.Option("--read-card", help="Wait for a test card on the reader.")] = False,
    payment: Annotated[bool, typer.Option("--payment", help="Take one cent and give it back.")] = False,
    seconds: Annotated[float, typer.Option(min=1, max=300, help="How long to wait for a hand.")] = 30.0,
    folder: Annotated[Path | None, typer.Option(help="Where the report goes. Default: in terminal.data.")] = None,
) -> None:
    """Say what is connected, what is wrong and how to mend it. Exit: 0 well, 1 degraded, 2 not fit, 3 not seen."""
    from shanmen.doctor.by_hand import Wanted  # noqa: PLC0415
    from shanmen.doctor.visit import call  # noqa: PLC0415

    wanted = Wanted(print_test, read_code, read_card, payment, seconds)
    raise typer.Exit(call(settings, language, wanted, folder))
