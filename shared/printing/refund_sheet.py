"""The receipt of a refund: which tickets ended, what was kept, where the money went, and a claim code for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from drivers.contracts.printer import Block, Columns, Cut, Feed, Rule, TextLine
from shared.printing.claim_code import claim_code
from shared.printing.lines import heading, printable
from shared.printing.receipt_sheet import method_name
from shared.printing.refund_view import PaidBack, RefundView, TakenBack
from shared.printing.wording import Bilingual, Wording


def refund_sheet(view: RefundView, visitor: Wording, staff: Wording) -> tuple[Block, ...]:
    """The receipt in the visitor's words; what a window reads in Chinese too (`staff`)."""
    return tuple(map(printable, _blocks(view, Bilingual(visitor, staff))))


def _blocks(view: RefundView, words: Bilingual) -> Iterator[Block]:
    yield from heading(words, words.name(view.site), size=2)
    yield from heading(words, words.say(lambda w: w.gettext("Refund receipt")))
    yield Rule()
    yield from _numbers(view, words.visitor)
    yield Rule(dashed=True)
    for ticket in view.tickets:
        yield from _ticket(ticket, words.visitor)
    yield Rule(dashed=True)
    yield from _money(view, words.visitor)
    if view.claim:
        yield from claim_code(view.claim, words)
    yield Rule()
    ended = words.say(lambda w: w.gettext("These tickets no longer open the gate."))
    yield from heading(words, ended)
    yield Feed(4)
    yield Cut()


def _numbers(view: RefundView, wording: Wording) -> Iterator[Block]:
    language = wording.language
    yield Columns(wording.gettext("Original sale"), view.sale_number, language=language)
    yield Columns(wording.gettext("Refund"), view.refund_number, language=language)
    yield Columns(wording.gettext("Ticket machine"), view.terminal, language=language)
    yield TextLine(f"{wording.date(view.at.date())} {wording.time(view.at)}", "right", language=language)


def _ticket(ticket: TakenBack, wording: Wording) -> Iterator[Block]:
    language = wording.language
    yield TextLine(ticket.product.in_language(language), bold=True, language=language)
    yield Columns(ticket.serial, wording.money(ticket.value), language=language)
    if ticket.fee.minor:
        yield Columns(wording.gettext("Fee kept"), wording.money(-ticket.fee), language=language)


def _money(view: RefundView, wording: Wording) -> Iterator[Block]:
    language = wording.language
    yield Columns(wording.gettext("Given back"), wording.money(view.total), bold=True, size=2, language=language)
    if view.credited.minor:
        paid = wording.gettext("Paid for sale {number}").format(number=view.new_sale)
        yield Columns(paid, wording.money(view.credited), language=language)
    for part in view.parts:
        yield Columns(_where(part, wording), wording.money(part.amount), language=language)


def _where(part: PaidBack, wording: Wording) -> str:
    method = method_name(part.method, wording)
    match part.how:
        case "returned":
            return wording.gettext("Back to {method}").format(method=method)
        case "unsure":
            return wording.gettext("To {method}, not yet confirmed").format(method=method)
        case "window":
            return wording.gettext("To be paid at a ticket window")
    assert_never(part.how)
