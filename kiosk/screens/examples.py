"""One example of every state, in the demo scenic area: for pictures, for the audit, for whoever wants to see all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from drivers.contracts.payment import DeclineReason, Needs
from drivers.contracts.payment_steps import CashStep, TerminalStep
from kiosk.journeys.pay_states import Owed, PayNow, PayWaiting, Undone, Way
from kiosk.journeys.states import (
    House,
    OutOfService,
    Overlay,
    Printing,
    Review,
    State,
    Step,
    StillThere,
    Take,
    ToWindow,
    Welcome,
    When,
    Who,
    fresh,
)
from shared.catalogue_files import load_catalog, load_price_list
from shared.domain.money import Currency, Money
from shared.domain.payment_code import OtherCode
from shared.domain.pricing import PartyMember, Quote, QuoteRequest, quote
from shared.selling.availability import SlotState, SlotView

DAY = date(2026, 11, 23)
PARTY = (2, 0, 1, 0)
WAYS = (
    Way("wechat", Needs.SCANNED_CODE),
    Way("alipay", Needs.SCANNED_CODE),
    Way("wechat-native", Needs.SHOWN_CODE),
    Way("card", Needs.AT_THE_TERMINAL),
    Way("cash", Needs.CASH, exact_only=True),
)
_SCANNED, _, _SHOWN, _CARD, _CASH = WAYS
_OWED = Owed("4T9P-6MK2", Money(1000, Currency("CNY")), printed=True)
_SALE = "01JD0000000000000000000000"


def house() -> House:
    """The demo scenic area's machine, with everything working."""
    catalog = load_catalog(_file("catalog.toml"))
    return House(catalog, "entry", WAYS, DAY, speaks=True)


def slots(house: House) -> tuple[SlotView, ...]:
    """A day's slots in every standing."""
    standings = (
        (SlotState.PAST, 0),
        (SlotState.FULL, 0),
        (SlotState.OPEN, 248),
        (SlotState.OPEN, 2),
        (SlotState.WINDOW_ONLY, 0),
    )
    views = []
    for index, slot in enumerate(house.catalog.slots_on(house.product_id, DAY)):
        standing, places = standings[index] if index < len(standings) else (SlotState.OPEN, 300)
        views.append(SlotView(slot.key, standing, places, places, slot.end))
    return tuple(views)


def price(house: House) -> Quote:
    """Two adults and a senior."""
    slot = house.catalog.slots_on(house.product_id, DAY)[2]
    party = tuple(
        PartyMember(category.category_id)
        for category, count in zip(house.categories, PARTY, strict=True)
        for _ in range(count)
    )
    asked = datetime(2026, 11, 23, 1, tzinfo=UTC)
    request = QuoteRequest(party, (house.product_id,), DAY, slot.key, asked, "kiosk")
    prices = load_price_list(_file("prices.toml"), house.catalog)
    return quote(prices, house.catalog, request)


def states(language: str) -> dict[str, State]:
    """Every state by a name that sorts in the order of the journey."""
    base = fresh(house())
    slot = base.house.catalog.slots_on(base.house.product_id, DAY)[2].key
    visit = replace(base.visit, language=language, party=PARTY, slot=slot)
    began = replace(base, visit=visit)
    steps = {name: replace(began, at=step) for name, step in _steps(base.house).items()}
    overlays = {
        "20-help": replace(began, at=Who(), over=Overlay.HELP),
        "21-languages": replace(began, at=Who(), over=Overlay.LANGUAGES),
        "23-cash-owed": replace(began, at=Take(3, receipt=True), visit=replace(visit, owed=_OWED)),
        "22-still-there": replace(began, at=Who(), over=StillThere(0.0)),
    }
    return {"01-welcome": replace(base, visit=replace(base.visit, language=language)), **steps, **overlays}


def _steps(house: House) -> dict[str, Step]:
    views, cost = slots(house), price(house)
    return {
        "02-who": Who(),
        "03-when": When(views),
        "04-when-gone": When(views, first=1, gone=True),
        "05-when-asking": When(),
        "06-review": Review(1, cost),
        "07-review-asking": Review(1),
        "08-pay-holding": PayNow(1, cost),
        "09-pay": PayNow(1, cost, _SALE),
        "10-pay-expired": PayNow(1, cost, _SALE, 1, DeclineReason.CODE_EXPIRED),
        "11-pay-garbled": PayNow(1, cost, _SALE, 0, OtherCode.GARBLED),
        "12-pay-undone": PayNow(1, cost, _SALE, 1, Undone.REVERSED),
        "13-confirm": PayWaiting(1, cost, _SALE, 0, _SCANNED, confirm=True),
        "14-unsure": PayWaiting(1, cost, _SALE, 0, _SCANNED, unsure=True),
        "14a-scan-ours": PayWaiting(1, cost, _SALE, 0, _SHOWN, code="weixin://wxpay/bizpayurl?pr=made-up-example"),
        "14b-card": PayWaiting(1, cost, _SALE, 0, _CARD, step=TerminalStep.PRESENT_CARD),
        "14c-cash": PayWaiting(1, cost, _SALE, 0, _CASH, step=CashStep.INSERT, inserted=10000),
        "14d-stopping": PayWaiting(1, cost, _SALE, 0, _CARD, stopping=True),
        "15-printing": Printing(1, 2, 3),
        "16-printer-waits": Printing(1, 2, 3, waits=True),
        "17-take": Take(3, receipt=True),
        "18-to-window": ToWindow("7K4M-2Q9T", claim_printed=True),
        "19-out-of-service": OutOfService(Welcome()),
    }


def _file(name: str) -> Path:
    return Path(str(files("assets").joinpath("demo", name)))
