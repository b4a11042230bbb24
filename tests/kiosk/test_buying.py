"""The journey as a visitor takes it, and what it asks of the machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from drivers.contracts.payment import DeclineReason
from drivers.contracts.printer import PrinterFault, PrinterNotReady, PrinterReady
from kiosk.journeys.effects import AskQuote, AskSlots, CancelSale, OpenSale, Pay
from kiosk.journeys.events import (
    BackTouched,
    CodeShown,
    Counted,
    DayMoved,
    Event,
    Finished,
    LanguageChosen,
    LineChanged,
    PartyChangeWanted,
    PartyConfirmed,
    PayWanted,
    PlacesChanged,
    PrinterChanged,
    QuoteReady,
    SaleAnswered,
    SlotChangeWanted,
    SlotChosen,
    SlotsMoved,
    StartAgainTouched,
)
from kiosk.journeys.states import (
    OutOfService,
    PayNow,
    PayWaiting,
    Printing,
    Review,
    Take,
    ToWindow,
    Undone,
    Welcome,
    When,
    Who,
    fresh,
)
from shared.domain.payment_code import NotAPaymentCode, OtherCode, PaymentCode, Wallet
from shared.selling.availability import SlotState
from shared.selling.progress import (
    CannotServe,
    NoPlaces,
    PaymentDone,
    PaymentRefused,
    PaymentUndone,
    PaymentUnsure,
    PaymentWaiting,
    PrinterWaits,
    SaleDone,
    SaleReady,
    SaleReleased,
    SaleToWindow,
    TicketPrinting,
)
from tests.kiosk.journey import CODE, HOUSE, OPEN_SLOT, QUOTE, SALE, SLOTS, Walk, to_payment, to_review

NO_PAPER = PrinterNotReady(frozenset({PrinterFault.PAPER_OUT}))


def progressed(walk: Walk, *events: object) -> Walk:
    """The sale that is open goes on."""
    number = walk.state.house.asked
    for event in events:
        walk(SaleAnswered(number, event))  # type: ignore[arg-type]
    return walk


def test_one_adult_buys_with_at_most_seven_touches() -> None:
    touches: list[Event] = [LanguageChosen("en"), PartyConfirmed(), SlotChosen(OPEN_SLOT), PayWanted(), Finished()]
    walk = Walk()(touches[0], touches[1], PlacesChanged(HOUSE.today, SLOTS), touches[2])
    walk(QuoteReady(walk.state.house.asked, QUOTE), touches[3])
    progressed(walk, SaleReady(SALE))(CodeShown(CODE))
    progressed(walk, PaymentWaiting(SALE, 1, confirm=False), PaymentDone(SALE, 1), TicketPrinting(SALE, 1, 1))
    progressed(walk, SaleDone(SALE, 1, receipt=True))
    assert walk.state.at == Take(1, receipt=True)
    walk(touches[4])
    assert walk.state == fresh(walk.state.house)
    assert len(touches) + 1 <= 7  # and the code is shown once


def test_the_sale_is_opened_with_one_category_for_each_visitor() -> None:
    walk = Walk()(LanguageChosen("ru"), Counted("adult", 1), Counted("senior", 1), PartyConfirmed())
    walk(PlacesChanged(HOUSE.today, SLOTS), SlotChosen(OPEN_SLOT))
    walk(QuoteReady(1, QUOTE), PayWanted())
    assert walk.effects[-2:] == [
        AskQuote(1, (("adult", 2), ("senior", 1)), OPEN_SLOT),
        OpenSale(2, QUOTE, OPEN_SLOT, ("adult", "adult", "senior"), "ru"),
    ]


def test_a_party_is_never_empty_nor_larger_than_the_machine_serves() -> None:
    walk = Walk()(LanguageChosen("en"), Counted("adult", -1), Counted("adult", -1), PartyConfirmed())
    assert walk.state.at == Who()
    assert walk.state.visit.party == (0, 0, 0, 0)
    walk(*[Counted("child", 1)] * 20)
    assert walk.state.visit.visitors == HOUSE.most_visitors
    assert walk(Counted("dragon", 1)).state.visit.visitors == HOUSE.most_visitors


@pytest.mark.parametrize("index", range(len(SLOTS[:5])))
def test_only_an_open_slot_with_room_for_all_can_be_chosen(index: int) -> None:
    walk = Walk()(LanguageChosen("en"), Counted("adult", 1), Counted("adult", 1), PartyConfirmed())
    walk(PlacesChanged(HOUSE.today, SLOTS), SlotChosen(SLOTS[index].key))
    can = SLOTS[index].state is SlotState.OPEN and SLOTS[index].places >= 3
    assert isinstance(walk.state.at, Review) == can


def test_the_list_of_slots_begins_where_the_day_is_and_can_be_moved() -> None:
    walk = Walk()(LanguageChosen("en"), PartyConfirmed(), PlacesChanged(HOUSE.today, SLOTS))
    assert isinstance(walk.state.at, When)
    assert walk.state.at.shown[0].state is not SlotState.PAST
    walk(SlotsMoved(-1))
    assert walk.state.at.first == 0
    walk(*[SlotsMoved(1)] * 50)
    assert walk.state.at.shown[-1] == SLOTS[-1]
    assert not walk.state.at.has_later


def test_only_bookable_days_can_be_reached() -> None:
    walk = Walk()(LanguageChosen("en"), PartyConfirmed(), DayMoved(-1))
    assert walk.state.visit.day == HOUSE.today
    walk(DayMoved(1))
    assert walk.last == AskSlots(HOUSE.today + timedelta(days=1))
    walk(PlacesChanged(HOUSE.today, SLOTS))  # of another day: late
    assert walk.state.at == When()
    walk(*[DayMoved(1)] * 40)
    assert walk.state.visit.day == HOUSE.last_day


def test_places_follow_the_line() -> None:
    walk = Walk()(LanguageChosen("en"), PartyConfirmed(), PlacesChanged(HOUSE.today, SLOTS), LineChanged(online=False))
    assert walk.last == AskSlots(HOUSE.today)
    gone = tuple(replace(view, state=SlotState.WINDOW_ONLY, places=0) for view in SLOTS)
    walk(PlacesChanged(HOUSE.today, gone), SlotChosen(OPEN_SLOT))
    assert isinstance(walk.state.at, When)


def test_back_goes_one_step_and_gives_a_held_sale_up() -> None:
    walk = to_payment()(BackTouched())
    assert walk.last == CancelSale(SALE)
    assert walk.state.at == Review(walk.state.house.asked, QUOTE)
    assert isinstance(walk(BackTouched()).state.at, When)
    assert walk(BackTouched()).state.at == Who()
    assert walk(BackTouched()).state == fresh(walk.state.house)


def test_a_change_keeps_everything_else() -> None:
    walk = to_review()(PartyChangeWanted())
    assert walk.state.at == Who()
    assert walk.state.visit.slot == OPEN_SLOT
    assert walk.state.visit.language == "ja"


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
    assert walk.last == Pay(SALE, CODE)
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


def test_another_language_at_the_payment_opens_the_sale_anew_in_it() -> None:
    walk = to_payment()(LanguageChosen("ko"))
    assert walk.effects[-2] == CancelSale(SALE)
    assert isinstance(walk.last, OpenSale)
    assert walk.last.language == "ko"
    assert isinstance(walk.state.at, PayNow)
