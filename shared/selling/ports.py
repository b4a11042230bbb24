"""What the sale process needs of the world: each a Protocol, put together in the modes' app.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.contracts.payment import PaymentMethod
from drivers.contracts.printer import Block, PrintAnswer, PrinterStatus, PrintJob
from shared.domain.business_day import BusinessDay
from shared.domain.capacity import LeaseUnit, SlotKey
from shared.domain.clock import Clock
from shared.domain.sale import SaleEvent, SaleOpened, TicketSigned
from shared.domain.sale_state import Sale, Ticket
from shared.errors import Fault
from shared.selling.naming import Names
from shared.selling.progress import Progress
from shared.storage.identity import NamedTicket, OverLimit
from shared.sync.ports import LeaseStanding, Line


class SaleStore(Protocol):
    """The durable side of a sale. What a call returns is already on the disk.

    A write that the disk does not take raises StorageFailedError, and nothing of it is kept.
    """

    def health(self) -> Fault | None:
        """Why nothing new may be sold; None while the disk takes what is written."""
        ...

    def record(self, sale_id: str, *events: SaleEvent) -> Sale: ...

    def hold(self, sale_id: str, slot: SlotKey, count: int, may_sell: Callable[[LeaseStanding], bool]) -> Sale | None:
        """None when there are too few places; raises SurroundingsError when they are lent for other prices."""
        ...

    def hold_named(
        self,
        sale_id: str,
        slot: SlotKey,
        count: int,
        may_sell: Callable[[LeaseStanding], bool],
        tickets: Sequence[NamedTicket],
    ) -> Sale | OverLimit | None:
        """As `hold`, with the document numbers of named tickets beside the places; or whose are too many."""
        ...

    def sale(self, sale_id: str) -> Sale: ...

    def open_sales(self) -> Sequence[str]: ...

    def begun_before(self, sale_id: str) -> bool:
        """Whether a sale was begun before the database was restored: what came of it since is not known here."""
        ...


class SheetPrinter(Protocol):
    """The ticket printer behind its host: blocking, with deadlines, never raising."""

    def status(self) -> PrinterStatus: ...

    def print(self, job: PrintJob) -> PrintAnswer: ...

    def await_confirmation(self, process_id: str, seconds: float) -> PrintAnswer: ...


class Sheets(Protocol):
    """Draws what is printed."""

    def ticket(self, sale: Sale, ticket: Ticket) -> tuple[Block, ...]: ...

    def receipt(self, sale: Sale) -> tuple[Block, ...]: ...

    def claim(self, sale: Sale) -> tuple[Block, ...]: ...


class Sealer(Protocol):
    """Signs tickets."""

    def seal(self, opened: SaleOpened, unit: LeaseUnit, ticket_id: bytes, generation: int) -> str:
        """The QR text of a ticket; `generation` counts reissues."""
        ...


class Exchanges(Protocol):
    """Where tickets are given in exchange for others (`shared.selling.exchanging`)."""

    def commit(self, sale: Sale, signed: Sequence[TicketSigned]) -> Sale:
        """In one transaction: the new tickets exist, the old ones are void, the difference is promised."""
        ...


class Days(Protocol):
    """The business day that a new sale is of."""

    def today(self) -> BusinessDay | None:
        """The open day; None when only a person may open one, and nothing new is sold until then."""
        ...


class Ids(Protocol):
    """Fresh names. None is ever given twice."""

    def order_no(self) -> str:
        """At most 32 of [0-9A-Za-z]."""
        ...

    def ticket_id(self) -> bytes:
        """16 bytes."""
        ...

    def job_id(self) -> str: ...

    def process_id(self) -> str:
        """4 printable ASCII characters, different from the one before."""
        ...

    def claim_code(self) -> str:
        """Short enough to be typed, too long to be guessed."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the process waits, in seconds. The payment numbers follow WeChat Pay's advice for payment codes."""

    query_every: float = 3.0
    settle_for: float = 60.0
    reverse_every: float = 5.0
    reverse_tries: int = 6
    refund_every: float = 5.0
    refund_tries: int = 6
    printer_poll: float = 1.0
    printer_patience: float = 180.0
    sheet_recovery: float = 90.0
    top_up: float = 2.0


@dataclass(frozen=True, slots=True)
class Counter:
    """Everything a sale is made with. `pause` waits so many seconds; it raises MachineClosing to end the step.

    Without `days` a sale names no business day; without `names` nothing is sold in a name.
    """

    store: SaleStore
    line: Line
    printer: SheetPrinter
    methods: Mapping[str, PaymentMethod]
    sheets: Sheets
    sealer: Sealer
    clock: Clock
    ids: Ids
    tell: Callable[[Progress], None]
    pause: Callable[[float], None]
    pace: Pace = Pace()
    exchanges: Exchanges | None = None
    receipt_printer: SheetPrinter | None = None

    @property
    def paper_printer(self) -> SheetPrinter:
        """Where receipts and slips come out."""
        return self.receipt_printer or self.printer

    days: Days | None = None
    names: Names | None = None
