"""The check as a reducer: what is known, what was scanned, what the cashier sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from shared.domain.catalog import Catalog
from shared.domain.ticket_facts import Standing, TicketFacts, standing, ticket_facts
from shared.security.keys import Keyring
from shared.security.ticket_code import Forged, ForgedReason, Genuine, NotATicket, NotATicketReason, open_ticket


@dataclass(frozen=True)
class Knowledge:
    """What a code is checked against."""

    keyring: Keyring
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class Waiting:
    """Ready for a code."""


@dataclass(frozen=True, slots=True)
class GenuineTicket:
    """One of ours, and how it stood when it was checked."""

    facts: TicketFacts
    standing: Standing


@dataclass(frozen=True, slots=True)
class ForgedTicket:
    """Made like one of ours, but not by us."""

    reason: ForgedReason


@dataclass(frozen=True, slots=True)
class OtherCode:
    """No ticket of ours at all."""

    reason: NotATicketReason


State = Waiting | GenuineTicket | ForgedTicket | OtherCode


@dataclass(frozen=True, slots=True)
class CodeEntered:
    """A code was scanned or typed, and Enter ended it. It opens the gate: in no repr."""

    code: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Cleared:
    """The cashier is done with what is shown."""


Event = CodeEntered | Cleared


def step(state: State, event: Event, knowledge: Knowledge) -> State:
    """The state after an event. An Enter without a code changes nothing."""
    match event:
        case Cleared():
            return Waiting()
        case CodeEntered(code, at):
            return _checked(code, at, knowledge) if code.strip() else state
        case _:
            assert_never(event)


def _checked(code: str, at: datetime, knowledge: Knowledge) -> State:
    # base45 has capitals only: small letters are those of a keyboard scanner while Caps Lock is on.
    answer = open_ticket(code.strip().upper(), knowledge.keyring)
    match answer:
        case Genuine(payload, owner):
            facts = ticket_facts(payload, owner, knowledge.catalog)
            return GenuineTicket(facts, standing(facts, at))
        case Forged(reason):
            return ForgedTicket(reason)
        case NotATicket(reason):
            return OtherCode(reason)
        case _:
            assert_never(answer)
