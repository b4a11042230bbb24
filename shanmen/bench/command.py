"""`shanmen emulators` starts all emulated devices; `shanmen bench` works them from another terminal."""

from __future__ import annotations

import json
import signal
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from shanmen.bench.action import NonsenseError
from shanmen.bench.configuration import in_toml, kiosk_tables
from shanmen.bench.http_client import BenchClient
from shanmen.bench.http_service import served
from shanmen.bench.table import Bench, usage
from shanmen.bench.workplace import laid_out

PORT = 8787
USAGE = 2  # exit status

_PAPER = "paper"

Folder = Annotated[Path | None, typer.Option(help="Where keys and payments are kept. Default: gone at the end.")]
HttpPort = Annotated[int | None, typer.Option(help=f"Serve the bench at this port, such as {PORT}; 0 takes any.")]
Port = Annotated[int, typer.Option("--port", envvar="SHANMEN_BENCH_PORT", help="Where `emulators --http` listens.")]


def emulators(
    folder: Annotated[
        Path | None, typer.Option(help="Where keys and payments are kept. Default: gone at the end.")
    ] = None,
    central: Annotated[str, typer.Option(help="Where central answers.")] = "http://127.0.0.1:8080",
    http: Annotated[
        int | None, typer.Option(help=f"Serve the bench at this port, such as {PORT}; 0 takes any.")
    ] = None,
    settings: Annotated[Path | None, typer.Option(help="Write the kiosk's settings here too.")] = None,
) -> None:
    """Start every emulated device, print the settings of a kiosk for them, and run until Ctrl-C."""
    with ExitStack() as stack:
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shanmen-bench-")))
        try:
            bench = stack.enter_context(laid_out(place, central))
            text = in_toml(kiosk_tables(bench.stations, place / "kiosk"))
            port = None if http is None else stack.enter_context(served(bench, http, text))
        except NonsenseError as error:
            raise _refused(error) from error
        if settings is not None:
            settings.write_text(text, "utf-8")
        typer.echo(text)
        typer.echo(_what_can_be_done(bench, port))
        _wait_for_the_end()


def bench(
    words: Annotated[list[str] | None, typer.Argument(metavar="[VERB [DEVICE] [VALUE]]")] = None,
    port: Port = PORT,
    out: Annotated[Path, typer.Option(help="Where `bench paper` puts the sheets.")] = Path("out/bench"),
    as_json: Annotated[bool, typer.Option("--json", help="Without words: the table as JSON.")] = False,
) -> None:
    """Work the emulated devices: `bench note 100`, `bench paper-out printer`. Without words: what there is."""
    client = BenchClient(port)
    try:
        if not words:
            typer.echo(_table(client.devices(), as_json=as_json))
        elif words[0] == _PAPER:
            typer.echo("\n".join(str(file) for file in client.save_sheets(out)) or "No sheet has come out yet.")
        else:
            typer.echo(client.perform(words))
    except NonsenseError as error:
        raise _refused(error) from error


def _what_can_be_done(bench: Bench, port: int | None) -> str:
    lines = [f"# {usage(row):<44} {row.action.label}" for row in bench.rows()]
    where = [f"# The bench answers at http://127.0.0.1:{port}; work it with: shanmen bench --port {port} VERB ..."]
    return "\n".join([*lines, *(where if port else []), "# Ctrl-C ends it."])


def _wait_for_the_end() -> None:
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    ended.wait()


def _table(devices: list[dict[str, Any]], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(devices, ensure_ascii=False, indent=1)
    return "\n".join(line for device in devices for line in _section(device))


def _section(device: dict[str, Any]) -> list[str]:
    shows = ", ".join(f"{each['name']}: {_plain(each['shows'])}" for each in device["shows"])
    actions = [f"  {_said(action, device['device']):<44} {action['help']}" for action in device["actions"]]
    return [f"{device['title']}{f'  ({shows})' if shows else ''}", *actions]


def _said(action: dict[str, Any], device: str) -> str:
    values = "|".join(action["choices"]) if "choices" in action else action.get("parameter", "").upper()
    return f"{action['verb']} {device} {values}".rstrip()


def _plain(shows: object) -> str:
    match shows:
        case bool():
            return "yes" if shows else "no"
        case list():
            return " | ".join(str(row).rstrip() for row in shows)
        case _:
            return str(shows)


def _refused(error: NonsenseError) -> typer.Exit:
    typer.echo(f"shanmen: {error}", err=True)
    return typer.Exit(USAGE)
