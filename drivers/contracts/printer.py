"""Receipt and ticket printers: what is printed, and what a printer may answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of 1-bit dots: rows of ceil(width/8) bytes, most significant bit first, 1 = black."""

    width: int
    height: int
    bits: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.bits) != (self.width + 7) // 8 * self.height:
            raise ValueError("raster size does not fit its bits")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in any script; `size` multiplies the normal type (1, 2). Too long a line is wrapped.

    `language` (`ja`, `ko`, `zh-Hans`, `zh-Hant`) chooses the forms of the characters, simplified Chinese if empty.
    """

    text: str = field(repr=False)
    align: Literal["left", "centre", "right"] = "left"
    size: int = 1
    bold: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Two texts on one line: `left` at the left margin (wrapped if long), `right` at the right margin."""

    left: str = field(repr=False)
    right: str = field(repr=False)
    bold: bool = False
    size: int = 1
    language: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of alphanumeric or byte data, centred; `module_dots` is the side of one module in dots."""

    data: str = field(repr=False)
    module_dots: int = 4
    correction: Literal["L", "M", "Q", "H"] = "M"


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line over the printable width."""

    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper, in millimetres."""

    millimetres: float


@dataclass(frozen=True, slots=True)
class Cut:
    """Feeds what is printed past the knife and cuts; `partial` leaves a bridge so that sheets do not fall."""

    partial: bool = True


Block = Raster | TextLine | Columns | QrCode | Rule | Feed | Cut


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What to print. `process_id`: 4 characters of 20h..7Eh, never used twice in a row on one printer."""

    job_id: str
    process_id: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if len(self.process_id) != 4 or not all(" " <= c <= "~" for c in self.process_id):
            raise ValueError("a process id is 4 printable ASCII characters")


class PrinterFault(Enum):
    """Why a printer cannot print now."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    RECOVERABLE = "recoverable"
    UNRECOVERABLE = "unrecoverable"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class PrinterReady:
    """The printer answers and can print; `paper_low` when its near-end sensor sees the end of the roll.

    `sheet_waiting`: a kiosk's presenter holds a sheet that nobody has taken yet.
    """

    paper_low: bool = False
    sheet_waiting: bool = False


@dataclass(frozen=True, slots=True)
class PrinterNotReady:
    """The printer answers and says why it cannot print."""

    faults: frozenset[PrinterFault]


@dataclass(frozen=True, slots=True)
class PrinterUnreachable:
    """No answer, or none that is a printer's: a dead printer never looks healthy."""

    cause: str


PrinterStatus = PrinterReady | PrinterNotReady | PrinterUnreachable


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer itself confirmed, with the job's own process id, that the sheet is out."""


@dataclass(frozen=True, slots=True)
class WeaklyConfirmed:
    """A printer without process ids parsed everything and reports no fault: most likely printed."""


@dataclass(frozen=True, slots=True)
class NotStarted:
    """Nothing of the job was sent: it may be tried again freely."""

    status: PrinterNotReady | PrinterUnreachable


@dataclass(frozen=True, slots=True)
class PrintUnknown:
    """Bytes were sent and no confirmation came. Never print again by itself; `await_confirmation` may settle it."""

    cause: str
    status: PrinterStatus


PrintAnswer = Printed | WeaklyConfirmed | NotStarted | PrintUnknown


class Printer(Protocol):
    """A printer. All calls block and are made on the device's own thread."""

    @property
    def width_dots(self) -> int:
        """The printable width in dots (8 to the millimetre at 203 dpi)."""
        ...

    def open(self) -> None:
        """Connects. A device that is absent is no error: `status` says so."""
        ...

    def close(self) -> None: ...

    def status(self) -> PrinterStatus: ...

    def print(self, job: PrintJob) -> PrintAnswer:
        """Checks the status, sends the job and waits for its confirmation."""
        ...

    def await_confirmation(self, process_id: str, seconds: float) -> PrintAnswer:
        """Waits for a job sent before (the printer goes on when paper is loaded): Printed or PrintUnknown."""
        ...
