"""The journey as a visitor takes it, and what it asks of the machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from drivers.contracts.printer import PrinterFault, PrinterNotReady
from kiosk.journeys.effects import AskQuote, AskSlots, CancelSale, OpenSale
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
    QuoteReady,
    SlotChosen,
    SlotsMoved,
)
from kiosk.journeys.states import (
    Review,
    Take,
    When,
    Who,
    fresh,
)
from shared.selling.availability import SlotState
from shared.selling.progress import (
    PaymentDone,
    PaymentWaiting,
    SaleDone,
    SaleReady,
    TicketPrinting,
)
from tests.kiosk.journey import CODE, HOUSE, OPEN_SLOT, QUOTE, SALE, SLOTS, Walk, progressed, to_payment, to_review

NO_PAPER = PrinterNotReady(frozenset({PrinterFault.PAPER_OUT}))


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
