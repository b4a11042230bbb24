"""What the check says of a code, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from boxoffice.ticket_check.check import (
    Cleared,
    CodeEntered,
    ForgedTicket,
    GenuineTicket,
    OtherCode,
    State,
    Waiting,
    step,
)
from shared.domain.ticket_facts import Standing
from shared.security.ticket_code import CODE_CHARACTERS, ForgedReason, NotATicketReason
from tests.boxoffice.desk import KNOWLEDGE, NOON, PRODUCT, STRANGER, ticket


def check(code: str, state: State | None = None) -> State:
    return step(state or Waiting(), CodeEntered(code, NOON), KNOWLEDGE)


def test_a_genuine_ticket_tells_its_facts_in_the_sites_time() -> None:
    state = check(ticket(flags=1))
    assert isinstance(state, GenuineTicket)
    facts = state.facts
    assert facts.product == PRODUCT.name
    assert (facts.entry.hour, facts.valid_to.hour) == (12, 14)
    assert (facts.owner, facts.place, facts.reissues) == ("terminal:kiosk-1", 3, 1)
    assert facts.serial == "0A0B-0C0D-0E0F"


@pytest.mark.parametrize(
    ("hours", "standing"),
    [
        (0, Standing.VALID),
        (-2, Standing.VALID),
        (-2.1, Standing.OVER_TODAY),
        (1, Standing.LATER_TODAY),
        (11.9, Standing.LATER_TODAY),
        (12, Standing.OTHER_DAY),  # midnight at the site, not in UTC
        (-15, Standing.OTHER_DAY),
        (24, Standing.OTHER_DAY),
    ],
)
def test_a_genuine_ticket_stands_to_the_sites_day(hours: float, standing: Standing) -> None:
    state = check(ticket(NOON + timedelta(hours=hours)))
    assert isinstance(state, GenuineTicket)
    assert state.standing is standing


def test_a_strangers_ticket_is_forged() -> None:
    assert check(ticket(key=STRANGER)) == ForgedTicket(ForgedReason.UNKNOWN_KEY)


def test_a_changed_ticket_is_forged() -> None:
    code = ticket()
    changed = code[:-3] + ("000" if code[-3:] != "000" else "100")
    assert check(changed) == ForgedTicket(ForgedReason.BAD_SIGNATURE)


def test_another_code_is_no_ticket() -> None:
    assert check("https://example.org") == OtherCode(NotATicketReason.WRONG_LENGTH)
    assert check("?" * CODE_CHARACTERS) == OtherCode(NotATicketReason.NOT_BASE45)


def test_caps_lock_does_no_harm() -> None:
    assert isinstance(check(ticket().lower()), GenuineTicket)


def test_a_product_the_catalogue_lost_is_still_genuine() -> None:
    state = check(ticket(product=65535))
    assert isinstance(state, GenuineTicket)
    assert state.facts.product is None


@pytest.mark.parametrize("code", ["", "   "])
def test_an_enter_without_a_code_keeps_what_is_shown(code: str) -> None:
    shown = check(ticket())
    assert check(code, shown) == shown


def test_clearing_waits_again() -> None:
    assert step(check(ticket()), Cleared(), KNOWLEDGE) == Waiting()


def test_a_code_is_in_no_repr() -> None:
    assert ticket() not in repr(CodeEntered(ticket(), NOON))
