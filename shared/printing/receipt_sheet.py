"""A receipt as a sheet: what was bought, why it cost that, and how it was paid."""

from __future__ import annotations

from collections.abc import Iterator

from drivers.contracts.printer import Block, Columns, Cut, Feed, Rule, TextLine
from shared.printing.lines import heading, printable
from shared.printing.views import Payment, ReceiptLine, ReceiptView
from shared.printing.wording import Bilingual, Wording

_SHOWN_OF_REFERENCE = 6


def receipt_sheet(view: ReceiptView, visitor: Wording, staff: Wording) -> tuple[Block, ...]:
    """The receipt in the visitor's words; the scenic area and the heading in Chinese too (`staff`)."""
    return tuple(map(printable, _blocks(view, Bilingual(visitor, staff))))


def _blocks(view: ReceiptView, words: Bilingual) -> Iterator[Block]:
    yield from heading(words, words.name(view.site), size=2)
    yield from heading(words, words.say(lambda w: w.gettext("Receipt")))
    yield Rule()
    yield from _sale(view, words.visitor)
    yield Rule(dashed=True)
    for line in view.lines:
        yield from _line(line, words.visitor)
    yield Rule(dashed=True)
    yield from _total(view, words.visitor)
    yield from _reductions(view, words.visitor)
    yield Rule()
    yield TextLine(words.visitor.gettext("Please keep this receipt"), "centre", language=words.visitor.language)
    yield Feed(4)
    yield Cut()


def _sale(view: ReceiptView, wording: Wording) -> Iterator[Block]:
    language = wording.language
    sold = f"{wording.date(view.sold_at.date())} {wording.time(view.sold_at)}"
    yield Columns(wording.gettext("Sale"), view.sale_number, language=language)
    yield Columns(wording.gettext("Ticket machine"), view.terminal, language=language)
    yield TextLine(sold, "right", language=language)


def _line(line: ReceiptLine, wording: Wording) -> Iterator[Block]:
    language = wording.language
    name = f"{line.product.in_language(language)} – {line.category.in_language(language)}"
    yield TextLine(name, bold=True, language=language)
    yield Columns(f"{line.quantity} × {wording.money(line.unit)}", wording.money(line.amount), language=language)


def _total(view: ReceiptView, wording: Wording) -> Iterator[Block]:
    yield Columns(wording.gettext("Total"), wording.money(view.total), bold=True, size=2, language=wording.language)
    for payment in view.payments:
        yield from _paid(payment, wording)


def _paid(payment: Payment, wording: Wording) -> Iterator[Block]:
    paid = wording.gettext("Paid with {method}").format(method=method_name(payment.method, wording))
    yield Columns(paid, wording.money(payment.amount), language=wording.language)
    if payment.reference:
        yield Columns(wording.gettext("Payment number"), _masked(payment.reference), language=wording.language)
    for line in payment.receipt:
        yield TextLine(line)


def method_name(method: str, wording: Wording) -> str:
    """A method of the ledger as payers call it, whichever of its ways it was; one without a name here as it is."""
    names = {
        "wechat": wording.gettext("WeChat Pay"),
        "alipay": wording.gettext("Alipay"),
        "card": wording.gettext("Bank card"),
        "cash": wording.gettext("Cash"),
    }
    return names.get(method.partition("-")[0], method)


def _masked(reference: str) -> str:
    """Enough of a provider's number to find the payment again, too little to use it."""
    return f"****{reference[-_SHOWN_OF_REFERENCE:]}"


def _reductions(view: ReceiptView, wording: Wording) -> Iterator[Block]:
    """The lines hold the prices after these; here stands why."""
    if not view.reductions:
        return
    language = wording.language
    yield Rule(dashed=True)
    yield TextLine(wording.gettext("Already included above"), bold=True, language=language)
    for reduction in view.reductions:
        yield Columns(reduction.reason.in_language(language), wording.money(reduction.amount), language=language)
