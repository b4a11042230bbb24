"""What can happen: the visitor's touches, and what the machine's surroundings report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drivers.contracts.printer import PrinterStatus
from kiosk.journeys.comfort import ComfortChange
from kiosk.journeys.pay_states import Owed
from shared.domain.capacity import SlotKey
from shared.domain.payment_code import NotAPaymentCode, PaymentCode
from shared.domain.pricing import Quote
from shared.errors import Fault
from shared.selling.availability import SlotView
from shared.selling.progress import Progress


@dataclass(frozen=True)
class LanguageChosen:
    """From the welcome screen it begins the visit; anywhere else it only changes the words."""

    language: str


@dataclass(frozen=True)
class Counted:
    """One more (`by` = 1) or one fewer (-1) of a category."""

    category_id: str
    by: int


@dataclass(frozen=True)
class PartyConfirmed:
    """The party is complete: on to the time."""


@dataclass(frozen=True)
class DayMoved:
    """`by` days later (negative: earlier)."""

    by: int


@dataclass(frozen=True)
class SlotsMoved:
    """The list of slots shows later (1) or earlier (-1) ones."""

    by: int


@dataclass(frozen=True)
class SlotChosen:
    """A time was touched."""

    slot: SlotKey


@dataclass(frozen=True)
class PartyChangeWanted:
    """`Change` beside the visitors."""


@dataclass(frozen=True)
class SlotChangeWanted:
    """`Change` beside the time."""


@dataclass(frozen=True)
class PayWanted:
    """The price is agreed to: hold the places and ask for the payment."""


@dataclass(frozen=True)
class WayChosen:
    """A way to pay that needs no scanned code."""

    method: str


@dataclass(frozen=True)
class OtherWayWanted:
    """Not in this way: back to the choice, if no money has moved."""


@dataclass(frozen=True)
class OwedNoted:
    """The visitor has the code of what the machine owes."""


@dataclass(frozen=True)
class Finished:
    """The visitor has everything."""


Choice = (
    Counted
    | PartyConfirmed
    | DayMoved
    | SlotsMoved
    | SlotChosen
    | PartyChangeWanted
    | SlotChangeWanted
    | PayWanted
    | OwedNoted
    | Finished
)

PayTouch = WayChosen | OtherWayWanted


@dataclass(frozen=True)
class BackTouched:
    """One step back, or out of an overlay."""


@dataclass(frozen=True)
class StartAgainTouched:
    """Everything from the beginning."""


@dataclass(frozen=True)
class HelpTouched:
    """How to go on, and the way to the window."""


@dataclass(frozen=True)
class LanguagesTouched:
    """The choice of languages."""


@dataclass(frozen=True)
class OverlayClosed:
    """Back to where the visitor was; also the answer `I am here`."""


Navigation = LanguageChosen | BackTouched | StartAgainTouched | HelpTouched | LanguagesTouched | OverlayClosed


@dataclass(frozen=True)
class CodeShown:
    """Something was read by the scanner; what could not be read at all is GARBLED."""

    code: PaymentCode | NotAPaymentCode


@dataclass(frozen=True)
class SaleAnswered:
    """Progress of the sale that the effect OpenSale of this number began."""

    number: int
    progress: Progress


@dataclass(frozen=True)
class QuoteReady:
    """The answer to AskQuote of this number."""

    number: int
    quote: Quote


@dataclass(frozen=True)
class Ticked:
    """About every second: monotonic seconds, and the site's own date."""

    monotonic: float
    today: date


@dataclass(frozen=True)
class PlacesChanged:
    """All slots of a day: the answer to AskSlots, and whenever they change."""

    day: date
    slots: tuple[SlotView, ...]


@dataclass(frozen=True)
class LineChanged:
    """Whether central answers."""

    online: bool


@dataclass(frozen=True)
class PrinterChanged:
    """The printer's state; may be told again at every check."""

    status: PrinterStatus


@dataclass(frozen=True)
class ScannerChanged:
    """Whether the scanner answers; may be told again at every check."""

    working: bool


@dataclass(frozen=True)
class WayChanged:
    """Whether a way to pay works now; `exact_only`: cash without change."""

    method: str
    works: bool
    exact_only: bool = False


@dataclass(frozen=True)
class HealthChanged:
    """Why nothing new may be sold (disk, business day), None when all is well; may be told again at every check."""

    fault: Fault | None


@dataclass(frozen=True)
class CashOwed:
    """The cash unit cannot give something back."""

    owed: Owed


Surroundings = PlacesChanged | LineChanged | PrinterChanged | ScannerChanged | WayChanged | HealthChanged | CashOwed

Event = Choice | Navigation | ComfortChange | PayTouch | CodeShown | SaleAnswered | QuoteReady | Ticked | Surroundings
