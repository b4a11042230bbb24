"""A whole kiosk with emulated devices on days when codes, purses, paper and lines fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.contracts.payment import DeclineReason
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour
from kiosk.app import Kiosk
from kiosk.journeys.pay_states import PayNow
from kiosk.journeys.states import (
    OutOfService,
    Review,
    State,
    Take,
    Welcome,
)
from shanmen.demo.gallery import Gallery
from shanmen.demo.visitor import Visitor, first_open
from shanmen.demo.world import World
from shared.domain.payment_code import OtherCode
from shared.system_clock import SystemClock

PARTY = {"adult": 1, "child": 1}


@pytest.fixture
def visitor(kiosk: Kiosk, world: World, tmp_path: Path) -> Visitor:
    """Stands before a kiosk that is online and in service."""
    someone = Visitor(kiosk, world, Gallery(tmp_path, kiosk))
    someone.until(lambda state: state.house.online and state.house.can_serve)
    return someone


def to_review(visitor: Visitor) -> None:
    visitor.begin("en", PARTY)
    visitor.choose(lambda at: first_open(at, 2))
    visitor.until(lambda state: isinstance(state.at, Review) and state.at.quote is not None)


def noticed(state: State, notice: DeclineReason | OtherCode) -> bool:
    return isinstance(state.at, PayNow) and state.at.notice is notice


@pytest.mark.timeout(150)
def test_no_code_and_no_purse_loses_the_basket_and_the_last_one_pays(
    visitor: Visitor, kiosk: Kiosk, world: World
) -> None:
    to_review(visitor)
    visitor.touch("pay")
    visitor.until(lambda state: isinstance(state.at, PayNow) and state.at.sale_id is not None)
    for code, notice in (("13012345678", OtherCode.NUMBER), ("https://example.org/pay", OtherCode.LINK)):
        world.scanner.present(code)
        visitor.until(lambda state, notice=notice: noticed(state, notice))  # type: ignore[misc]
    for purse, reason in (
        (Behaviour.NOT_ENOUGH, DeclineReason.INSUFFICIENT_FUNDS),
        (Behaviour.EXPIRED, DeclineReason.CODE_EXPIRED),
    ):
        world.show_code(purse)
        visitor.until(lambda state, reason=reason: noticed(state, reason))  # type: ignore[misc]
        assert kiosk.conductor.state.visit.visitors == 2
    assert world.gateway.taken_minor == 0
    world.show_code(Behaviour.APPROVE)
    visitor.until(lambda state: isinstance(state.at, Take))
    assert world.gateway.taken_minor > 0
    assert len(world.printer.sheets) == 3


@pytest.mark.timeout(150)
def test_without_paper_the_kiosk_says_so_before_it_takes_money_and_goes_on_where_it_was(
    visitor: Visitor, world: World
) -> None:
    to_review(visitor)
    world.printer.set_fault(PrinterTrouble.PAPER_OUT)
    visitor.until(lambda state: isinstance(state.at, OutOfService))
    assert world.gateway.requests == 0
    world.printer.load_paper()
    world.printer.clear_fault(PrinterTrouble.PAPER_OUT)
    visitor.until(lambda state: isinstance(state.at, Review))
    visitor.touch("start-again")
    visitor.until(lambda state: isinstance(state.at, Welcome))


@pytest.mark.timeout(150)
def test_a_kiosk_that_was_stopped_while_paying_gives_tickets_or_money_at_its_next_start(
    visitor: Visitor, kiosk: Kiosk, world: World
) -> None:
    to_review(visitor)
    visitor.touch("pay")
    visitor.until(lambda state: isinstance(state.at, PayNow) and state.at.sale_id is not None)
    at = kiosk.conductor.state.at
    assert isinstance(at, PayNow)
    world.show_code(Behaviour.CONFIRM_SOON)
    visitor.until(lambda state: not isinstance(state.at, PayNow))
    kiosk.close()
    again = Kiosk(world.settings, SystemClock(world.offset), lambda: None)
    again.start()
    other = Visitor(again, world, Gallery(world.folder, again))
    other.until(lambda _: again.terminal.store.open_sales() == [])
    sale = again.terminal.store.sale(str(at.sale_id))
    assert sale.outcome == "done"
    assert world.gateway.taken_minor == sale.opened.total.minor
    assert len(world.printer.sheets) == 3
    again.close()
