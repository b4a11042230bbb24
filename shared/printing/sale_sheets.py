"""From a sale and the catalogue to the sheets that are printed for it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache

from drivers.contracts.printer import Block
from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock
from shared.domain.money import Money
from shared.domain.pricing import Quote, quote_from_document
from shared.domain.sale_state import Sale, Ticket
from shared.domain.ticket import short_serial
from shared.printing.claim_sheet import claim_sheet
from shared.printing.receipt_sheet import receipt_sheet
from shared.printing.ticket_sheet import ticket_sheet
from shared.printing.views import ClaimView, Payment, ReceiptLine, ReceiptView, Reduction, TicketView
from shared.printing.wording import Wording

STAFF_LANGUAGE = "zh-Hans"


class SaleSheets:
    """Implements `shared.selling.ports.Sheets` for one terminal's printer."""

    def __init__(
        self, catalog: Catalog, wording: Callable[[str], Wording], terminal: str, width_dots: int, clock: Clock
    ) -> None:
        self._catalog = catalog
        self._wording = cache(wording)
        self._terminal = terminal
        self._width_dots = width_dots
        self._clock = clock

    def ticket(self, sale: Sale, ticket: Ticket) -> tuple[Block, ...]:
        return ticket_sheet(self._ticket_view(sale, ticket), *self._wordings(sale), self._width_dots)

    def receipt(self, sale: Sale) -> tuple[Block, ...]:
        return receipt_sheet(self._receipt_view(sale), *self._wordings(sale))

    def claim(self, sale: Sale) -> tuple[Block, ...]:
        return claim_sheet(self._claim_view(sale), *self._wordings(sale))

    def _wordings(self, sale: Sale) -> tuple[Wording, Wording]:
        return self._wording(sale.opened.language), self._wording(STAFF_LANGUAGE)

    def _ticket_view(self, sale: Sale, ticket: Ticket) -> TicketView:
        product, category = self._catalog.product(ticket.product_id), self._catalog.category(ticket.category_id)
        slot = SlotKey.parse(sale.opened.slot)
        return TicketView(
            self._catalog.site.name,
            product.name,
            category.name,
            category.evidence,
            self._local(slot.start),
            self._local(self._end(slot)),
            self._local(slot.start + timedelta(minutes=product.valid_minutes)),
            ticket_price(quote_from_document(sale.opened.quote), sale.opened.categories, ticket.index),
            ticket.qr,
            short_serial(ticket.ticket_id),
            ticket.index + 1,
            len(sale.units),
            sale.sale_id,
        )

    def _receipt_view(self, sale: Sale) -> ReceiptView:
        quote = quote_from_document(sale.opened.quote)
        return ReceiptView(
            self._catalog.site.name,
            sale.sale_id,
            self._terminal,
            self._local(self._clock.now()),
            self._receipt_lines(quote),
            tuple(Reduction(step.reason, step.amount) for step in quote.trace if step.amount.minor < 0),
            quote.total,
            tuple(Payment(a.method, a.reference, a.amount, a.receipt) for a in sale.attempts if a.state == "paid"),
        )

    def _receipt_lines(self, quote: Quote) -> tuple[ReceiptLine, ...]:
        return tuple(
            ReceiptLine(
                self._catalog.product(line.product_id).name,
                self._catalog.category(line.category_id).name,
                line.quantity,
                line.unit,
                line.amount,
            )
            for line in quote.lines
            if line.kind == "ticket"
        )

    def _claim_view(self, sale: Sale) -> ClaimView:
        if sale.claim is None:
            raise ValueError("the sale has no claim")
        owed = sum(1 for ticket in sale.live_tickets if ticket.sheet is None or not ticket.sheet.is_out)
        unsigned = len(sale.units) - len(sale.live_tickets)
        return ClaimView(
            self._catalog.site.name,
            sale.sale_id,
            self._terminal,
            self._local(self._clock.now()),
            sale.claim.code,
            sale.opened.total,
            sale.is_paid,
            owed + unsigned,
        )

    def _end(self, slot: SlotKey) -> datetime:
        day = self._local(slot.start).date()
        return next(s.end for s in self._catalog.slots_on(slot.product_id, day) if s.key == slot)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._catalog.zone)


def ticket_price(quote: Quote, categories: Sequence[str], index: int) -> Money:
    """What visitor `index` of a party (one category id each) pays: a category may stand on several lines."""
    category = categories[index]
    prices = (line.unit for line in quote.lines if line.category_id == category for _ in range(line.quantity))
    return next(itertools.islice(prices, categories[:index].count(category), None))
