"""What a print service says of a printer and a job, in our words. Names and numbers of RFC 8011."""

from __future__ import annotations

from drivers.contracts.printer import PrinterFault, PrinterNotReady, PrinterReady, PrinterStatus, PrinterUnreachable
from drivers.printer.cups.ipp import IppAnswer

PRINTER_WANTED = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
JOB_WANTED = ("job-state", "job-state-reasons")
JOB_COMPLETED = 9
JOB_GIVEN_UP = frozenset({7, 8})  # cancelled, aborted
_PRINTER_STOPPED = 5
_SEVERITIES = ("-error", "-warning", "-report")
_FAULTS = {
    "media-empty": PrinterFault.PAPER_OUT,
    "media-needed": PrinterFault.PAPER_OUT,
    "cover-open": PrinterFault.COVER_OPEN,
    "door-open": PrinterFault.COVER_OPEN,
    "interlock-open": PrinterFault.COVER_OPEN,
    "media-jam": PrinterFault.RECOVERABLE,
    "offline": PrinterFault.OFFLINE,
    "shutdown": PrinterFault.OFFLINE,
    "paused": PrinterFault.OFFLINE,
    "timed-out": PrinterFault.OFFLINE,
    "connecting-to-device": PrinterFault.OFFLINE,
}


def printer_status(answer: IppAnswer) -> PrinterStatus:
    """As far as the service knows: a raw queue often hears nothing from its printer."""
    if not answer.is_success:
        return PrinterUnreachable(f"the print service refuses with status {answer.status:04x}")
    reasons = {_plain(reason) for reason in answer.texts("printer-state-reasons")}
    faults = {_FAULTS[reason] for reason in reasons if reason in _FAULTS}
    stands = answer.number("printer-state") == _PRINTER_STOPPED or answer.number("printer-is-accepting-jobs") == 0
    if stands and not faults:
        faults = {PrinterFault.OFFLINE}
    return PrinterNotReady(frozenset(faults)) if faults else PrinterReady(paper_low="media-low" in reasons)


def _plain(reason: str) -> str:
    for severity in _SEVERITIES:
        reason = reason.removesuffix(severity)
    return reason
