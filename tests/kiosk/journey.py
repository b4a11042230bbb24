"""Walking a journey in a test: events in, effects answered as the machine would."""

from __future__ import annotations

from datetime import date

from kiosk.journeys.buy import step
from kiosk.journeys.effects import AskQuote, AskSlots, Effect, OpenSale
from kiosk.journeys.events import (
    Event,
    LanguageChosen,
    PartyConfirmed,
    PayWanted,
    PlacesChanged,
    QuoteReady,
    SaleAnswered,
    SlotChosen,
)
from kiosk.journeys.states import State, fresh
from kiosk.screens.examples import house, price, slots
from shared.domain.payment_code import PaymentCode, Wallet
from shared.selling.availability import SlotState
from shared.selling.progress import Progress, SaleReady

HOUSE = house()
SLOTS = slots(HOUSE)
OPEN_SLOT = next(view.key for view in SLOTS if view.state is SlotState.OPEN)
QUOTE = price(HOUSE)
SALE = "sale-1"
CODE = PaymentCode(Wallet.WECHAT, "134567890123456789")


class Walk:
    """A journey with its history of effects."""

    def __init__(self, state: State | None = None) -> None:
        self.state = state if state is not None else fresh(HOUSE)
        self.effects: list[Effect] = []

    def __call__(self, *events: Event) -> Walk:
        for event in events:
            self.state, effects = step(self.state, event)
            self.effects.extend(effects)
        return self

    @property
    def last(self) -> Effect:
        return self.effects[-1]


def answers(effect: Effect, today: date) -> Event | None:
    """What a working machine answers."""
    match effect:
        case AskSlots(day):
            return PlacesChanged(day, SLOTS if day == today else ())
        case AskQuote(number):
            return QuoteReady(number, QUOTE)
        case OpenSale(number):
            return SaleAnswered(number, SaleReady(SALE))
        case _:
            return None


def to_review() -> Walk:
    walk = Walk()(LanguageChosen("ja"), PartyConfirmed(), PlacesChanged(HOUSE.today, SLOTS), SlotChosen(OPEN_SLOT))
    return walk(QuoteReady(walk.state.house.asked, QUOTE))


def to_payment() -> Walk:
    """The places are held; the machine waits for a code."""
    walk = to_review()(PayWanted())
    return walk(SaleAnswered(walk.state.house.asked, SaleReady(SALE)))


def progressed(walk: Walk, *progress: Progress) -> Walk:
    """The sale that is open goes on."""
    number = walk.state.house.asked
    for told in progress:
        walk(SaleAnswered(number, told))
    return walk
