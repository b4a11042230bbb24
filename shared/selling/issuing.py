"""From a paid sale to paper: sign, print once, wait when in doubt, reissue in the same place, or hand over."""

from __future__ import annotations

from typing import assert_never

import structlog

from drivers.contracts.printer import (
    Block,
    NotStarted,
    PrintAnswer,
    Printed,
    PrinterNotReady,
    PrinterReady,
    PrinterUnreachable,
    PrintJob,
    PrintUnknown,
    WeaklyConfirmed,
)
from shared.domain import sale as ev
from shared.domain.sale_state import Sale, Ticket
from shared.selling import progress
from shared.selling.ports import Counter, SheetPrinter

_log = structlog.get_logger()


class Issuing:
    """Performs the ticket steps of a sale at a counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def sign(self, sale: Sale, indices: tuple[int, ...]) -> Sale:
        """Signs a ticket for each of these places; in an exchange the old ones are void from then on."""
        signed = [self._ticket(sale, index) for index in indices]
        prepaid, exchanges = sale.opened.prepaid, self._counter.exchanges
        if prepaid is None or prepaid.kind != "exchange" or sale.tickets:
            return self._counter.store.record(sale.sale_id, *signed)
        if exchanges is None:
            raise RuntimeError("an exchange at a counter that exchanges nothing")
        return exchanges.commit(sale, signed)

    def _ticket(self, sale: Sale, index: int) -> ev.TicketSigned:
        before = [t.ticket_id for t in sale.tickets if t.index == index]
        ticket_id, unit, opened = self._counter.ids.ticket_id(), sale.units[index], sale.opened
        return ev.TicketSigned(
            index,
            ticket_id.hex(),
            unit,
            opened.product_id,
            opened.categories[index],
            self._counter.sealer.seal(opened, unit, ticket_id, len(before)),
            before[-1] if before else "",
        )

    def print_ticket(self, sale: Sale, ticket: Ticket) -> Sale:
        """Prints a ticket when the printer can; without patience left, a claim takes its place."""
        if not self._printer_ready(sale, ticket):
            return self.claim(sale, "printer")
        self._counter.tell(progress.TicketPrinting(sale.sale_id, ticket.index + 1, len(sale.units)))
        return self._print(sale, ticket.ticket_id, self._counter.sheets.ticket(sale, ticket), self._counter.printer)

    def await_sheet(self, sale: Sale, ticket: Ticket) -> Sale:
        """Waits for a sheet that may or may not be out; it is not printed again."""
        if ticket.sheet is None:
            return sale
        self._counter.tell(progress.PrinterWaits(sale.sale_id, ticket.index + 1, len(sale.units)))
        answer = self._counter.printer.await_confirmation(ticket.sheet.process_id, self._counter.pace.sheet_recovery)
        return self._record_answer(sale, ticket.sheet.job_id, answer)

    def void(self, sale: Sale, ticket: Ticket) -> Sale:
        """The doubtful sheet is worthless from now on; its place gets another ticket."""
        _log.warning("ticket_voided", sale=sale.sale_id, ticket=ticket.index + 1)
        return self._counter.store.record(sale.sale_id, ev.TicketVoided(ticket.ticket_id, "print_unconfirmed"))

    def print_receipt(self, sale: Sale) -> Sale:
        """The receipt is tried once: without it the sale is good all the same."""
        return self._print(sale, "receipt", self._counter.sheets.receipt(sale), self._counter.paper_printer)

    def claim(self, sale: Sale, reason: str) -> Sale:
        """A person takes over: the code is journaled before the visitor sees it."""
        _log.error("sale_to_window", sale=sale.sale_id, reason=reason)
        code = self._counter.ids.claim_code()
        sale = self._counter.store.record(sale.sale_id, ev.ClaimIssued(code, reason))
        self._counter.tell(progress.SaleToWindow(sale.sale_id, code, claim_printed=False))
        return sale

    def print_claim(self, sale: Sale) -> Sale:
        """Tries to print the claim slip."""
        sale = self._print(sale, "claim", self._counter.sheets.claim(sale), self._counter.paper_printer)
        if sale.claim and sale.claim_sheet and sale.claim_sheet.is_out:
            self._counter.tell(progress.SaleToWindow(sale.sale_id, sale.claim.code, claim_printed=True))
        return sale

    def _printer_ready(self, sale: Sale, ticket: Ticket) -> bool:
        clock, pace = self._counter.clock, self._counter.pace
        deadline = clock.monotonic() + pace.printer_patience
        while not isinstance(self._counter.printer.status(), PrinterReady):
            if clock.monotonic() >= deadline:
                return False
            self._counter.tell(progress.PrinterWaits(sale.sale_id, ticket.index + 1, len(sale.units)))
            self._counter.pause(pace.printer_poll)
        return True

    def _print(self, sale: Sale, subject: str, blocks: tuple[Block, ...], printer: SheetPrinter) -> Sale:
        job = PrintJob(self._counter.ids.job_id(), self._counter.ids.process_id(), blocks)
        submitted = ev.PrintSubmitted(subject, job.job_id, job.process_id)
        sale = self._counter.store.record(sale.sale_id, submitted)
        return self._record_answer(sale, job.job_id, printer.print(job))

    def _record_answer(self, sale: Sale, job_id: str, answer: PrintAnswer) -> Sale:
        outcome, reason = read_answer(answer)
        return self._counter.store.record(sale.sale_id, ev.PrintAnswered(job_id, outcome, reason))


def read_answer(answer: PrintAnswer) -> tuple[ev.PrintOutcome, str]:
    """A printer's answer as the journal has it: the outcome, and why when it is not printed."""
    match answer:
        case Printed():
            return "printed", ""
        case WeaklyConfirmed():
            return "weakly_confirmed", ""
        case NotStarted(status):
            return "not_started", _why(status)
        case PrintUnknown(cause, _):
            return "unknown", cause
    assert_never(answer)


def _why(status: PrinterNotReady | PrinterUnreachable) -> str:
    match status:
        case PrinterNotReady(faults):
            return ", ".join(sorted(fault.value for fault in faults))
        case PrinterUnreachable(cause):
            return cause
    assert_never(status)
