"""`shanmen emulators` starts all emulated devices; `shanmen bench` works them from another terminal.

What they do stands in `running` and `remote`, and is loaded only when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PORT = 8787

Folder = Annotated[Path | None, typer.Option(help="Where keys and payments are kept. Default: gone at the end.")]
HttpPort = Annotated[int | None, typer.Option(help=f"Serve the bench at this port, such as {PORT}; 0 takes any.")]
Port = Annotated[int, typer.Option("--port", envvar="SHANMEN_BENCH_PORT", help="Where `emulators --http` listens.")]


def emulators(
    folder: Folder = None,
    central: Annotated[str, typer.Option(help="Where central answers.")] = "http://127.0.0.1:8080",
    http: HttpPort = None,
    settings: Annotated[Path | None, typer.Option(help="Write the kiosk's settings here too.")] = None,
) -> None:
    """Start every emulated device, print the settings of a kiosk for them, and run until Ctrl-C."""
    from shanmen.bench.running import run  # noqa: PLC0415

    raise typer.Exit(run(folder, central, http, settings))


def bench(
    words: Annotated[list[str] | None, typer.Argument(metavar="[VERB [DEVICE] [VALUE]]")] = None,
    port: Port = PORT,
    out: Annotated[Path, typer.Option(help="Where `bench paper` puts the sheets.")] = Path("out/bench"),
    as_json: Annotated[bool, typer.Option("--json", help="Without words: the table as JSON.")] = False,
) -> None:
    """Work the emulated devices: `bench note 100`, `bench paper-out printer`. Without words: what there is."""
    from shanmen.bench.remote import work  # noqa: PLC0415

    raise typer.Exit(work(words or [], port, out, as_json=as_json))
