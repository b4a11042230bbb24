"""A whole kiosk that is paid by card and in cash: through the real drivers, on the wire, to the tickets in the hand."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from drivers.contracts.payment import Needs
from kiosk.app import Kiosk
from kiosk.journeys.pay_states import PayNow, PayWaiting
from kiosk.journeys.states import Review, State, Take, Welcome
from shanmen.bench.action import NonsenseError
from shanmen.demo.gallery import Gallery
from shanmen.demo.visitor import Visitor, first_open
from shanmen.demo.world import World
from shared.domain.ledger import Account, AccountKind

PARTY = {"adult": 1, "child": 1}
MONEY = ("100", "50", "20", "10", "5")


@pytest.fixture
def visitor(kiosk: Kiosk, world: World, tmp_path: Path) -> Visitor:
    """Has agreed to the price and is asked to pay."""
    someone = Visitor(kiosk, world, Gallery(tmp_path, kiosk))
    someone.until(lambda state: state.house.online and state.house.can_serve)
    someone.begin("en", PARTY)
    someone.choose(lambda at: first_open(at, 2))
    someone.until(lambda state: isinstance(state.at, Review) and state.at.quote is not None)
    someone.touch("pay")
    someone.until(lambda state: isinstance(state.at, PayNow) and state.at.sale_id is not None)
    return someone


def waits_for(needs: Needs, state: State) -> bool:
    return isinstance(state.at, PayWaiting) and state.at.way.needs is needs


def balance(kiosk: Kiosk, kind: AccountKind, of: str = "") -> int:
    wanted = Account(kind, of)
    return sum(each.balance.minor for each in kiosk.terminal.store.trial_balance() if each.account == wanted)


@pytest.mark.timeout(180)
def test_a_card_pays(visitor: Visitor, kiosk: Kiosk) -> None:
    visitor.until(lambda state: any(way.method == "card" for way in state.house.open_ways))
    visitor.touch("way-card")
    visitor.until(lambda state: isinstance(state.at, Take))
    total = balance(kiosk, AccountKind.RECEIVABLE, "card")
    assert total > 0
    assert balance(kiosk, AccountKind.TICKETS_OWED) == 0
    visitor.touch("done")
    visitor.until(lambda state: isinstance(state.at, Welcome))


def put_in_note(world: World, value: str) -> bool:
    """Whether the note was taken."""
    try:
        world.bench.perform(["note", value])
    except NonsenseError:
        return False
    return True


def put_in(world: World, most: int) -> None:
    """The largest note that is taken and not more than `most` (minor units), else a coin."""
    if any(put_in_note(world, value) for value in MONEY if int(value) * 100 <= most):
        return
    with suppress(NonsenseError):
        world.bench.perform(["coin", "1"])


@pytest.mark.timeout(180)
def test_notes_and_coins_pay_and_the_books_agree(visitor: Visitor, kiosk: Kiosk, world: World) -> None:
    visitor.until(lambda state: any(way.method == "cash" for way in state.house.open_ways))
    visitor.touch("way-cash")
    visitor.until(lambda state: waits_for(Needs.CASH, state) or isinstance(state.at, Take))
    deadline = time.monotonic() + 90
    while isinstance(kiosk.conductor.state.at, PayWaiting) and time.monotonic() < deadline:
        at = kiosk.conductor.state.at
        put_in(world, at.due.minor - at.inserted)
        begun = time.monotonic()
        visitor.until(lambda _: time.monotonic() - begun > 0.5)  # noqa: B023 - asked at once
    visitor.until(lambda state: isinstance(state.at, Take))
    assert balance(kiosk, AccountKind.RECEIVABLE, "cash") == 0, "the cash machine is our own: nothing is owed by it"
    assert balance(kiosk, AccountKind.CASH_HELD) == 0
    assert balance(kiosk, AccountKind.TICKETS_OWED) == 0


@pytest.mark.timeout(180)
def test_who_thinks_better_of_it_gets_everything_back_and_pays_by_card(
    visitor: Visitor, kiosk: Kiosk, world: World
) -> None:
    visitor.until(lambda state: any(way.method == "cash" for way in state.house.open_ways))
    visitor.touch("way-cash")
    visitor.until(lambda state: waits_for(Needs.CASH, state))
    deadline = time.monotonic() + 30
    while not put_in_note(world, "10") and time.monotonic() < deadline:  # in escrow: it can come back as it is
        begun = time.monotonic()
        visitor.until(lambda _: time.monotonic() - begun > 0.3)  # noqa: B023 - asked at once
    visitor.touch("pay-otherwise")
    visitor.until(lambda state: isinstance(state.at, PayNow))
    assert balance(kiosk, AccountKind.CASH_HELD) == 0
    visitor.until(lambda state: any(way.method == "card" for way in state.house.open_ways))
    visitor.touch("way-card")
    visitor.until(lambda state: isinstance(state.at, Take))
