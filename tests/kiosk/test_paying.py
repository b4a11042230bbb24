"""From the payment on: what the machine asks, waits for and says, and what keeps the basket."""

from __future__ import annotations

import pytest

from drivers.contracts.payment import DeclineReason
from drivers.contracts.printer import PrinterFault, PrinterNotReady, PrinterReady
from kiosk.journeys.effects import AskSlots, CancelSale, OpenSale, Pay
from kiosk.journeys.events import (
    CodeShown,
    HealthChanged,
    LanguageChosen,
    PayWanted,
    PrinterChanged,
    QuoteReady,
    SaleAnswered,
    SlotChangeWanted,
    StartAgainTouched,
)
from kiosk.journeys.pay_states import PayNow, PayWaiting, Undone
from kiosk.journeys.states import (
    OutOfService,
    Printing,
    Review,
    ToWindow,
    Welcome,
    When,
    fresh,
)
from shared.domain.payment_code import NotAPaymentCode, OtherCode, PaymentCode, Wallet
from shared.errors import Fault
from shared.selling.progress import (
    CannotServe,
    NamesWanted,
    NoPlaces,
    PaymentDone,
    PaymentRefused,
    PaymentUndone,
    PaymentUnsure,
    PaymentWaiting,
    PersonHasEnough,
    PrinterWaits,
    Progress,
    SaleReady,
    SaleReleased,
    SaleToWindow,
    TicketPrinting,
)
from tests.kiosk.journey import CODE, HOUSE, QUOTE, SALE, Walk, progressed, to_payment, to_review

NO_PAPER = PrinterNotReady(frozenset({PrinterFault.PAPER_OUT}))


def test_a_sale_that_is_ready_too_late_is_cancelled() -> None:
    walk = to_review()(PayWanted())
    number = walk.state.house.asked
    walk(StartAgainTouched(), SaleAnswered(number, SaleReady(SALE)))
    assert walk.last == CancelSale(SALE)
    assert walk.state.at == Welcome()


def test_late_answers_change_nothing() -> None:
    walk = to_payment()(CodeShown(CODE))
    progressed(walk, PaymentRefused(SALE, 2, DeclineReason.CODE_EXPIRED))(CodeShown(CODE))
    before = walk.state
    progressed(walk, PaymentUnsure(SALE, 2), PaymentRefused(SALE, 1, DeclineReason.OTHER), PaymentUndone(SALE, 2))
    walk(SaleAnswered(before.house.asked - 1, PaymentDone("another", 9)), QuoteReady(1, QUOTE))
    assert walk.state == before


@pytest.mark.parametrize("kind", list(OtherCode))
def test_a_code_that_is_no_payment_code_says_so_and_keeps_the_basket(kind: OtherCode) -> None:
    walk = to_payment()(CodeShown(NotAPaymentCode(kind)))
    assert isinstance(walk.state.at, PayNow)
    assert walk.state.at.notice is kind
    assert walk.state.at.quote == QUOTE
    assert not any(isinstance(effect, Pay) for effect in walk.effects)


def test_a_wallet_that_is_not_taken_here_is_not_charged() -> None:
    walk = to_payment()(CodeShown(PaymentCode(Wallet.UNIONPAY, "6212345678901234567")))
    assert isinstance(walk.state.at, PayNow)
    assert walk.state.at.notice is DeclineReason.NOT_SUPPORTED


def test_a_code_before_the_places_are_held_is_passed_over() -> None:
    walk = to_review()(PayWanted(), CodeShown(CODE))
    assert not any(isinstance(effect, Pay) for effect in walk.effects)


def test_paying_waits_asks_and_goes_on() -> None:
    walk = to_payment()(CodeShown(CODE))
    assert walk.last == Pay(SALE, "wechat", CODE)
    progressed(walk, PaymentWaiting(SALE, 1, confirm=True))
    assert isinstance(walk.state.at, PayWaiting)
    assert walk.state.at.confirm
    walk(CodeShown(CODE))  # no second payment while one is under way
    assert sum(isinstance(effect, Pay) for effect in walk.effects) == 1
    progressed(walk, PaymentUnsure(SALE, 1))
    assert walk.state.at.unsure
    progressed(walk, PaymentUndone(SALE, 1))
    assert isinstance(walk.state.at, PayNow)
    assert walk.state.at.notice is Undone.REVERSED


def test_a_printer_that_stops_in_the_middle_waits_for_staff() -> None:
    walk = progressed(to_payment()(CodeShown(CODE)), PaymentDone(SALE, 2), PrinterWaits(SALE, 2, 2))
    assert isinstance(walk.state.at, Printing)
    assert walk.state.at.waits
    walk(PrinterChanged(NO_PAPER))  # not a reason to leave what was paid for
    assert isinstance(walk.state.at, Printing)
    progressed(walk, TicketPrinting(SALE, 2, 2))
    assert not walk.state.at.waits


def test_what_the_machine_cannot_finish_goes_to_the_window_with_a_code() -> None:
    walk = progressed(
        to_payment()(CodeShown(CODE)), PaymentDone(SALE, 2), SaleToWindow(SALE, "7K4M", claim_printed=False)
    )
    assert walk.state.at == ToWindow("7K4M", claim_printed=False)


def test_taken_places_lead_to_other_times_with_the_party_kept() -> None:
    walk = progressed(to_review()(PayWanted()), NoPlaces(SALE, window_only=False))
    assert walk.state.at == When(gone=True)
    assert walk.state.visit.party == (1, 0, 0, 0)


def test_a_released_sale_leads_back_to_the_price() -> None:
    assert isinstance(progressed(to_payment(), SaleReleased(SALE)).state.at, Review)


def test_a_payment_given_up_by_the_machine_leads_back_to_the_price() -> None:
    walk = progressed(to_payment()(CodeShown(CODE)), SaleReleased(SALE))
    assert walk.state.at == Review(walk.state.house.asked, QUOTE)


def test_the_time_can_be_changed_from_the_price() -> None:
    walk = to_review()(SlotChangeWanted())
    assert walk.state.at == When()
    assert walk.last == AskSlots(HOUSE.today)


def test_a_language_that_is_not_offered_changes_nothing() -> None:
    walk = Walk()(LanguageChosen("tlh"))
    assert walk.state == fresh(HOUSE)


def test_without_paper_the_machine_says_so_before_anyone_begins() -> None:
    walk = Walk()(PrinterChanged(NO_PAPER))
    assert walk.state.at == OutOfService(Welcome())
    assert walk(PrinterChanged(PrinterReady())).state.at == Welcome()


def test_without_paper_no_money_is_taken_and_the_basket_stays() -> None:
    walk = to_payment()(PrinterChanged(NO_PAPER))
    assert walk.last == CancelSale(SALE)
    walk(CodeShown(CODE))
    assert not any(isinstance(effect, Pay) for effect in walk.effects)
    walk(PrinterChanged(PrinterReady(paper_low=True)))
    assert isinstance(walk.state.at, Review)
    assert walk.state.at.quote == QUOTE


def test_a_sale_that_cannot_be_served_takes_no_money() -> None:
    walk = progressed(to_review()(PayWanted()), CannotServe(SALE, NO_PAPER))
    assert isinstance(walk.state.at, OutOfService)
    assert walk(StartAgainTouched()).state.at == OutOfService(Welcome())


def test_what_the_disk_or_the_day_hinders_is_kept_until_it_is_well_again() -> None:
    walk = progressed(to_review()(PayWanted()), CannotServe(SALE, Fault.DISK_FULL))
    assert isinstance(walk.state.at, OutOfService)
    assert walk.state.house.fault is Fault.DISK_FULL
    walk(PrinterChanged(PrinterReady()))
    assert isinstance(walk.state.at, OutOfService)
    walk(HealthChanged(None))
    assert isinstance(walk.state.at, Review)
    walk(HealthChanged(Fault.DAY_NOT_OPEN))
    assert isinstance(walk.state.at, OutOfService)


def test_a_payment_that_arrives_while_another_is_asked_for_prints_the_tickets() -> None:
    walk = progressed(to_payment(), PaymentDone(SALE, 2))
    assert walk.state.at == Printing(walk.state.house.asked, 1, 2)


@pytest.mark.parametrize("why", [NamesWanted(SALE), PersonHasEnough(SALE, 1, "1234", 1)])
def test_who_cannot_have_the_tickets_is_back_at_the_basket(why: Progress) -> None:
    walk = progressed(to_review()(PayWanted()), why)
    assert isinstance(walk.state.at, Review)


def test_another_language_at_the_payment_opens_the_sale_anew_in_it() -> None:
    walk = to_payment()(LanguageChosen("ko"))
    assert walk.effects[-2] == CancelSale(SALE)
    assert isinstance(walk.last, OpenSale)
    assert walk.last.language == "ko"
    assert isinstance(walk.state.at, PayNow)
