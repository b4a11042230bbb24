"""What the kiosk knows and where the visitor stands. Nothing of a visitor is held outside `Visit` and the step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum

from drivers.contracts.payment import Needs
from kiosk.journeys.comfort import USUAL_ROWS, Comfort
from kiosk.journeys.pay_states import Owed, PayNow, PayWaiting, Way
from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog, Category, Product
from shared.domain.payment_code import Wallet
from shared.domain.pricing import Quote
from shared.domain.text import LANGUAGES
from shared.errors import Fault
from shared.selling.availability import SlotState, SlotView


@dataclass(frozen=True)
class House:
    """What the machine knows, whoever stands before it. `asked` numbers the questions put to the outside.

    `fault` is why nothing new may be sold whatever the devices say: the disk, or no business day.
    """

    catalog: Catalog
    product_id: str
    ways: tuple[Way, ...]  # to pay, in the order of display
    today: date  # in the site's own time
    languages: tuple[str, ...] = LANGUAGES
    bookable_days: int = 7
    most_visitors: int = 9
    printer_ready: bool = True
    scanner_ready: bool = True
    online: bool = True
    speaks: bool = False  # whether the machine has a voice
    asked: int = 0
    fault: Fault | None = None

    @property
    def product(self) -> Product:
        return self.catalog.product(self.product_id)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The kinds of visitor the product is sold to, in the order of display."""
        return tuple(self.catalog.category(name) for name in self.product.categories)

    @property
    def can_serve(self) -> bool:
        """Whether tickets could be recorded, printed and paid for in some way: else the machine takes no money."""
        return self.fault is None and self.printer_ready and bool(self.open_ways)

    @property
    def open_ways(self) -> tuple[Way, ...]:
        """The ways to pay that work now."""
        readable = self.scanner_ready
        return tuple(way for way in self.ways if way.works and (readable or way.needs is not Needs.SCANNED_CODE))

    def scans(self, wallet: Wallet) -> Way | None:
        """The way that a wallet's code before the scanner pays in, if there is one."""
        named = (way for way in self.open_ways if way.needs is Needs.SCANNED_CODE and way.method == wallet.value)
        return next(named, None)

    @property
    def last_day(self) -> date:
        return self.today + timedelta(days=self.bookable_days - 1)


@dataclass(frozen=True)
class Visit:
    """The visitor's choices: language, how many of each category, day, slot. `touched_at` in monotonic seconds."""

    language: str
    party: tuple[int, ...]  # in the order of House.categories
    day: date
    slot: SlotKey | None = None
    touched_at: float | None = None  # None: touched since the last tick
    comfort: Comfort = field(default_factory=Comfort)
    owed: Owed | None = None

    @property
    def visitors(self) -> int:
        return sum(self.party)


@dataclass(frozen=True)
class Welcome:
    """The picture of the place and the languages: nobody has begun."""


@dataclass(frozen=True)
class Who:
    """How many of each category."""


@dataclass(frozen=True)
class When:
    """The day and its slots (None: not known yet), `rows` of them shown from `first` on.

    `gone`: the chosen places were taken.
    """

    slots: tuple[SlotView, ...] | None = None
    first: int = 0
    gone: bool = False
    rows: int = USUAL_ROWS

    @property
    def shown(self) -> tuple[SlotView, ...]:
        return (self.slots or ())[self.first : self.first + self.rows]

    @property
    def has_earlier(self) -> bool:
        return self.first > 0

    @property
    def has_later(self) -> bool:
        return self.first + self.rows < len(self.slots or ())


@dataclass(frozen=True)
class Review:
    """What it costs and why. `quote` is None until the answer to question `number` is there."""

    number: int
    quote: Quote | None = None


@dataclass(frozen=True)
class Printing:
    """Ticket `ticket` (from 1) of `count` is at the printer; `waits`: it stopped and staff must mend it."""

    number: int
    ticket: int
    count: int
    waits: bool = False


@dataclass(frozen=True)
class Take:
    """Everything is out: to be taken. Ends by itself."""

    tickets: int
    receipt: bool


@dataclass(frozen=True)
class ToWindow:
    """The machine cannot finish a paid sale: the code gets tickets or money at any window."""

    claim_code: str
    claim_printed: bool


@dataclass(frozen=True)
class OutOfService:
    """The machine cannot serve now, and says so before it takes money. `resume` comes back when it can again."""

    resume: Welcome | Who | When | Review


Step = Welcome | Who | When | Review | PayNow | PayWaiting | Printing | Take | ToWindow | OutOfService


class Overlay(Enum):
    """A page over the step; the step stays as it is below."""

    HELP = "help"
    LANGUAGES = "languages"


@dataclass(frozen=True)
class StillThere:
    """The calm question; unanswered, the visit ends `IDLE_ANSWER_SECONDS` after `asked_at`."""

    asked_at: float


@dataclass(frozen=True)
class State:
    """The whole journey in one value."""

    house: House
    visit: Visit
    at: Step
    over: Overlay | StillThere | None = None


def fresh(house: House) -> State:
    """A newly built state, with nothing in it of any visitor before."""
    party = (1,) + (0,) * (len(house.categories) - 1)
    welcome = Welcome()
    at: Step = welcome if house.can_serve else OutOfService(welcome)
    return State(house, Visit(house.languages[0], party, house.today), at)


def enough(slot: SlotView, visitors: int) -> bool:
    """Whether the whole party can have the slot at this machine now."""
    return slot.state is SlotState.OPEN and slot.sellable >= visitors


def money_may_move(step: Step) -> bool:
    """From the payment's submission until the last ticket is out nothing but the sale itself moves the journey."""
    return isinstance(step, PayWaiting | Printing)


def tells_owed(state: State) -> Owed | None:
    """What the machine owes in cash, when the time has come to say so: not while money or paper moves."""
    return None if money_may_move(state.at) else state.visit.owed


def touched(state: State) -> State:
    """The visitor did something: the idle clock starts anew and its question goes away."""
    over = None if isinstance(state.over, StillThere) else state.over
    return replace(state, visit=replace(state.visit, touched_at=None), over=over)
