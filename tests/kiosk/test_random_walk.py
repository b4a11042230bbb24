"""Whatever a visitor and the machine do: no dead end, no trace of the visitor before, no payment left alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.contracts.payment import DeclineReason
from drivers.contracts.printer import PrinterReady, PrinterUnreachable
from kiosk.journeys.buy import step
from kiosk.journeys.effects import Effect, Pay
from kiosk.journeys.events import (
    BackTouched,
    CodeShown,
    Counted,
    DayMoved,
    Event,
    Finished,
    HealthChanged,
    HelpTouched,
    LanguageChosen,
    LanguagesTouched,
    OverlayClosed,
    PartyChangeWanted,
    PartyConfirmed,
    PayWanted,
    PrinterChanged,
    SaleAnswered,
    ScannerChanged,
    SlotChangeWanted,
    SlotChosen,
    SlotsMoved,
    StartAgainTouched,
    Ticked,
)
from kiosk.journeys.navigation import ways
from kiosk.journeys.pay_states import PayNow, PayWaiting
from kiosk.journeys.states import (
    Overlay,
    Printing,
    State,
    fresh,
    money_may_move,
)
from shared.domain.payment_code import NotAPaymentCode, OtherCode
from shared.errors import Fault
from shared.selling.progress import (
    NoPlaces,
    PaymentDone,
    PaymentRefused,
    PaymentUndone,
    PaymentUnsure,
    PaymentWaiting,
    PrinterWaits,
    Progress,
    SaleDone,
    SaleReleased,
    SaleToWindow,
    TicketPrinting,
)
from tests.kiosk.journey import CODE, HOUSE, SALE, SLOTS, answers

PROGRESS: list[Progress] = [
    NoPlaces(SALE, window_only=True),
    PaymentWaiting(SALE, 1, confirm=True),
    PaymentUnsure(SALE, 1),
    PaymentRefused(SALE, 1, DeclineReason.LIMIT),
    PaymentUndone(SALE, 2),
    PaymentDone(SALE, 2),
    TicketPrinting(SALE, 2, 2),
    PrinterWaits(SALE, 2, 2),
    SaleDone(SALE, 2, receipt=True),
    SaleToWindow(SALE, "7K4M", claim_printed=True),
    SaleReleased(SALE),
]
TOUCHES: list[Event] = [
    *(LanguageChosen(language) for language in HOUSE.languages),
    *(Counted(category.category_id, by) for category in HOUSE.categories for by in (-1, 1)),
    PartyConfirmed(),
    DayMoved(1),
    DayMoved(-1),
    SlotsMoved(1),
    SlotsMoved(-1),
    *(SlotChosen(view.key) for view in SLOTS[:4]),
    PartyChangeWanted(),
    SlotChangeWanted(),
    PayWanted(),
    Finished(),
    BackTouched(),
    StartAgainTouched(),
    HelpTouched(),
    LanguagesTouched(),
    OverlayClosed(),
    CodeShown(CODE),
    CodeShown(NotAPaymentCode(OtherCode.LINK)),
    PrinterChanged(PrinterUnreachable("no answer")),
    PrinterChanged(PrinterReady()),
    HealthChanged(Fault.DISK_FULL),
    HealthChanged(None),
    ScannerChanged(working=False),
    ScannerChanged(working=True),
]
ONWARD: list[Event] = [LanguageChosen("en"), PartyConfirmed(), SlotChosen(SLOTS[2].key), PayWanted(), CodeShown(CODE)]

events = st.one_of(
    st.sampled_from(TOUCHES),
    st.sampled_from(ONWARD),
    st.sampled_from(PROGRESS).map(lambda progress: SaleAnswered(-1, progress)),
    st.floats(0, 1e6).map(lambda at: Ticked(at, HOUSE.today)),
)


def walked(state: State, event: Event) -> tuple[State, list[Effect]]:
    """One event, and everything a working machine answers to it. Progress is that of the open sale."""
    if isinstance(event, SaleAnswered):
        event = replace(event, number=getattr(state.at, "number", 0))
    state, effects = step(state, event)
    performed = list(effects)
    for effect in effects:
        answer = answers(effect, HOUSE.today)
        if answer is not None:
            state, more = walked(state, answer)
            performed.extend(more)
    return state, performed


@settings(max_examples=300, deadline=None)
@given(st.lists(events, max_size=40))
def test_from_everywhere_the_four_ways_work(history: list[Event]) -> None:
    state = fresh(HOUSE)
    for event in history:
        before = state
        state, effects = walked(state, event)
        if isinstance(event, Ticked) and isinstance(before.at, PayNow | PayWaiting | Printing):
            assert state.at == before.at
        if any(isinstance(effect, Pay) for effect in effects):
            assert isinstance(before.at, PayNow)
    the_four_ways(state)


def the_four_ways(state: State) -> None:
    assert step(state, HelpTouched())[0].over is Overlay.HELP
    assert step(state, LanguagesTouched())[0].over is Overlay.LANGUAGES
    basket = state.visit.party, state.visit.slot, state.visit.day
    spoken, _ = step(state, LanguageChosen("ru"))
    assert spoken.visit.language == "ru"
    assert (spoken.visit.party, spoken.visit.slot, spoken.visit.day) == basket
    begun, _ = step(state, StartAgainTouched())
    if money_may_move(state.at):
        assert begun.at == state.at
        assert not ways(state).start_again
    else:
        assert begun == fresh(begun.house)
    if ways(state).back:
        assert step(state, BackTouched())[0] != state


@settings(max_examples=200, deadline=None)
@given(st.lists(events, max_size=40), st.sampled_from(PROGRESS))
def test_a_sale_that_is_over_says_nothing_to_the_next_visitor(history: list[Event], progress: Progress) -> None:
    state = fresh(HOUSE)
    for event in history:
        state, _ = walked(state, event)
    over = getattr(state.at, "number", 1) - 1
    assert step(state, SaleAnswered(over, progress))[0] == state
