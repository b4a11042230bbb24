"""What a printer did, for the statistics: wear and trouble, by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.contracts.printer import (
    PrintAnswer,
    Printed,
    PrinterFault,
    PrinterNotReady,
    PrinterStatus,
    WeaklyConfirmed,
)

_JAMS = frozenset({PrinterFault.CUTTER, PrinterFault.RECOVERABLE, PrinterFault.UNRECOVERABLE})


@dataclass(slots=True)
class PrinterCounts:
    """Since the driver was made. A jam counts once, however often it is seen."""

    sheets: int = 0
    cuts: int = 0
    jams: int = 0
    retracted: int = 0
    is_jammed: bool = False

    def printed(self, answer: PrintAnswer, cuts: int) -> None:
        """Counts a job that came out."""
        if isinstance(answer, Printed | WeaklyConfirmed):
            self.sheets += 1
            self.cuts += cuts

    def saw(self, status: PrinterStatus) -> None:
        """Counts a jam when it comes up."""
        jammed = isinstance(status, PrinterNotReady) and bool(status.faults & _JAMS)
        self.jams += jammed and not self.is_jammed
        self.is_jammed = jammed

    def by_name(self) -> Mapping[str, int]:
        """As the host's statistics take them."""
        return {"sheets": self.sheets, "cuts": self.cuts, "jams": self.jams, "retracted": self.retracted}
