"""What the machine owes in cash is said when money and paper no longer move, and goes with the visitor."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from kiosk.journeys.events import CashOwed, Finished, OwedNoted, WayChosen
from kiosk.journeys.pay_states import Owed
from kiosk.journeys.states import Take, Welcome, fresh, tells_owed
from kiosk.screens.casting import screen_class
from kiosk.screens.examples import states
from kiosk.screens.issuing import CashOwedScreen
from shared.domain.money import Currency, Money
from shared.selling.progress import PaymentDone, SaleDone
from shared.ui.widget_tree import texts
from tests.kiosk.journey import HOUSE, SALE, Walk, progressed, to_payment
from tests.kiosk.staging import staged

OWED = Owed("4T9P-6MK2", Money(1000, Currency("CNY")), printed=False)


def test_it_waits_until_the_tickets_are_out() -> None:
    walk = to_payment()(WayChosen("cash"), CashOwed(OWED))
    assert tells_owed(walk.state) is None
    progressed(walk, PaymentDone(SALE, 1))
    assert tells_owed(walk.state) is None
    progressed(walk, SaleDone(SALE, 1, True))
    assert isinstance(walk.state.at, Take)
    assert screen_class(walk.state) is CashOwedScreen
    walk(OwedNoted())
    assert tells_owed(walk.state) is None
    assert isinstance(walk.state.at, Take)


def test_it_goes_with_the_visitor() -> None:
    walk = progressed(to_payment()(WayChosen("cash"), CashOwed(OWED)), PaymentDone(SALE, 1), SaleDone(SALE, 1, True))
    assert walk(Finished()).state == fresh(walk.state.house)


def test_after_a_restart_nobody_stands_there() -> None:
    assert Walk()(CashOwed(OWED)).state == fresh(HOUSE)
    assert isinstance(Walk().state.at, Welcome)


def test_the_screen_says_how_much_and_the_code(qapp: QApplication) -> None:
    with staged("en") as (stage, _):
        stage.show_state(states("en")["23-cash-owed"])
        said = " ".join(text.text() for text in texts(stage))
    assert "CN¥10.00" in said
    assert "4T9P-6MK2" in said
