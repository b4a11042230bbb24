"""Working a bench that runs in another process, told in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from shanmen.bench.action import NonsenseError
from shanmen.bench.http_client import BenchClient

USAGE = 2  # exit status
_PAPER = "paper"


def work(words: Sequence[str], port: int, out: Path, *, as_json: bool) -> int:
    """Does what the words say, or tells what there is. The answer is the exit status."""
    client = BenchClient(port)
    try:
        if not words:
            typer.echo(_table(client.devices(), as_json=as_json))
        elif words[0] == _PAPER:
            typer.echo("\n".join(str(file) for file in client.save_sheets(out)) or "No sheet has come out yet.")
        else:
            typer.echo(client.perform(words))
    except NonsenseError as error:
        typer.echo(f"shanmen: {error}", err=True)
        return USAGE
    return 0


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
