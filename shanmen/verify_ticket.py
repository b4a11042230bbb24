"""`shanmen verify-ticket`: whether a ticket's code is genuine, from public keys alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, assert_never

import typer

from shared.catalogue_files import declared_catalog
from shared.domain.catalog import Catalog
from shared.domain.ticket_facts import TicketFacts, ticket_facts
from shared.security.keys import KeyFileError, Keyring
from shared.security.ticket_code import (
    Forged,
    ForgedReason,
    Genuine,
    NotATicket,
    NotATicketReason,
    TicketCheck,
    open_ticket,
)
from shared.settings import SettingsError

GENUINE, NOT_GENUINE, USAGE = 0, 1, 2  # exit statuses

_LONGEST_INPUT = 10_000  # characters read from standard input; a ticket has 168

_SENTENCES: dict[ForgedReason | NotATicketReason, str] = {
    ForgedReason.UNKNOWN_KEY: "Not genuine: it is signed by none of the known keys.",
    ForgedReason.BAD_SIGNATURE: "Not genuine: its content does not fit its signature.",
    NotATicketReason.WRONG_LENGTH: "Not a ticket: the code has another length.",
    NotATicketReason.NOT_BASE45: "Not a ticket: the code holds characters that no ticket has.",
    NotATicketReason.UNKNOWN_LAYOUT: "Not a ticket this version can read: its layout is unknown.",
}


def verify_ticket(
    code: Annotated[str, typer.Argument(metavar="QR", help="The text of the ticket's QR; `-` reads standard input.")],
    keys: Annotated[Path, typer.Option("--keys", help="A key ring file (JSON, public keys).")] = Path(
        "out/demo/keys.json"
    ),
    catalog: Annotated[Path | None, typer.Option("--catalog", help="Names the product; gives the site's time.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Say whether a ticket's code is genuine: exit 0 if it is, 1 if not, 2 when that cannot be found out."""
    try:
        keyring, names = Keyring.load(keys), declared_catalog(catalog) if catalog else None
    except (KeyFileError, SettingsError) as error:
        typer.echo(f"shanmen: {error}", err=True)
        raise typer.Exit(USAGE) from error
    check = open_ticket(_code(code), keyring)
    typer.echo(json.dumps(_document(check, names)) if as_json else _words(check, names))
    raise typer.Exit(GENUINE if isinstance(check, Genuine) else NOT_GENUINE)


def _code(argument: str) -> str:
    """The code itself. There may be spaces within one, but none begins or ends with a space."""
    return (sys.stdin.read(_LONGEST_INPUT) if argument == "-" else argument).strip()


def _words(check: TicketCheck, catalog: Catalog | None) -> str:
    match check:
        case Genuine(payload, owner):
            return _facts_in_words(ticket_facts(payload, owner, catalog))
        case Forged(reason) | NotATicket(reason):
            return _SENTENCES[reason]
        case _:
            assert_never(check)


def _facts_in_words(facts: TicketFacts) -> str:
    product = facts.product.in_language("en") if facts.product else f"number {facts.product_code}"
    lines = [
        f"Genuine: signed by {facts.owner}.",
        f"Product  {product}",
        f"Entry    {facts.entry:%Y-%m-%d %H:%M %Z}",
        f"Valid    {facts.valid_from:%Y-%m-%d %H:%M} to {facts.valid_to:%Y-%m-%d %H:%M %Z}",
        f"Serial   {facts.serial}",
    ]
    if facts.reissues:
        lines.append("It replaces a ticket that was voided.")
    return "\n".join([*lines, "Whether it was used or voided since is not in its code."])


def _document(check: TicketCheck, catalog: Catalog | None) -> dict[str, object]:
    match check:
        case Genuine(payload, owner):
            facts = ticket_facts(payload, owner, catalog)
            return {
                "genuine": True,
                "owner": owner,
                "ticket_id": payload.ticket_id.hex(),
                "serial": facts.serial,
                "product_code": facts.product_code,
                "product": facts.product.in_language("en") if facts.product else None,
                "entry": facts.entry.isoformat(),
                "valid_from": facts.valid_from.isoformat(),
                "valid_to": facts.valid_to.isoformat(),
                "reissues": facts.reissues,
            }
        case Forged(reason) | NotATicket(reason):
            return {"genuine": False, "reason": reason.value}
        case _:
            assert_never(check)
