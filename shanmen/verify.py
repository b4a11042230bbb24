"""`shanmen verify`: whether a terminal's database holds what the terminal wrote, from the file alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from shared.errors import Fault, NumberedError
from shared.security.keys import PublicKey
from shared.storage.verify import Verdict
from shared.storage.verify import verify as verify_database

WHOLE, BROKEN, USAGE = 0, 1, 2  # exit statuses

_KEY_BYTES = 32


def verify(
    database: Annotated[Path, typer.Argument(help="The terminal's database file.")],
    key: Annotated[str, typer.Option("--key", help="The terminal's public key: 64 hex digits, or a file.")] = "",
    every_signature: Annotated[
        bool, typer.Option("--every-signature", help="Check each row's signature, not only the last of each epoch.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Prove chain, sales, ledger and places: exit 0 if whole, 1 naming the first broken row, 2 if it cannot be read."""
    try:
        verdict = verify_database(database, _public_key(key), every_signature=every_signature)
    except (NumberedError, ValueError) as error:
        typer.echo(f"shanmen: {error}", err=True)
        raise typer.Exit(USAGE) from error
    typer.echo(json.dumps(_document(verdict)) if as_json else _words(verdict, key))
    raise typer.Exit(BROKEN if verdict.broken else WHOLE)


def _public_key(text: str) -> PublicKey | None:
    """The key given as hex digits or as a file of them. Raises ValueError."""
    if not text:
        return None
    try:
        digits = Path(text).read_text("ascii").strip() if Path(text).is_file() else text
        raw = bytes.fromhex(digits)
    except (OSError, ValueError) as error:
        raise ValueError(f"--key: {text!r} is neither hex digits nor a file of them") from error
    if len(raw) != _KEY_BYTES:
        raise ValueError(f"--key: a public key has {_KEY_BYTES} bytes")
    return PublicKey(raw)


def _words(verdict: Verdict, key: str) -> str:
    if verdict.broken is not None:
        return f"Broken [{Fault.TAMPERED.number}]: {verdict.broken}."
    lines = [f"Whole: {verdict.rows} rows of the journal, and all that they add up to."]
    if not verdict.signed:
        lines.append("Signatures were not checked: no key is known.")
    elif not key:
        lines.append("Signed by the key that the file names; give --key to prove whose it is.")
    return "\n".join(lines)


def _document(verdict: Verdict) -> dict[str, object]:
    broken = verdict.broken
    found = None if broken is None else {**asdict(broken), "number": Fault.TAMPERED.number}
    return {"whole": broken is None, "rows": verdict.rows, "signed": verdict.signed, "broken": found}
