"""All emulated devices, running until they are told to end."""

from __future__ import annotations

import signal
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import typer

from shanmen.bench.action import NonsenseError
from shanmen.bench.configuration import in_toml, kiosk_tables
from shanmen.bench.http_service import served
from shanmen.bench.table import Bench, usage
from shanmen.bench.workplace import laid_out

USAGE = 2  # exit status


def run(folder: Path | None, central: str, http: int | None, settings: Path | None) -> int:
    """Starts, tells how to use it, waits for SIGINT or SIGTERM. The answer is the exit status."""
    with ExitStack() as stack:
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shanmen-bench-")))
        try:
            bench = stack.enter_context(laid_out(place, central))
            text = in_toml(kiosk_tables(bench.stations, place / "kiosk"))
            port = None if http is None else stack.enter_context(served(bench, http, text))
        except NonsenseError as error:
            typer.echo(f"shanmen: {error}", err=True)
            return USAGE
        if settings is not None:
            settings.write_text(text, "utf-8")
        typer.echo(f"{text}\n{_what_can_be_done(bench, port)}")
        _wait_for_the_end()
    return 0


def _what_can_be_done(bench: Bench, port: int | None) -> str:
    """As comments, so that the whole of what is printed is a settings file."""
    lines = [f"# {usage(row)}\n#     {row.action.label}" for row in bench.rows()]
    where = [f"# The bench answers at http://127.0.0.1:{port}; work it with: shanmen bench --port {port} VERB ..."]
    return "\n".join([*lines, *(where if port else []), "# Ctrl-C ends it."])


def _wait_for_the_end() -> None:
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    ended.wait()
