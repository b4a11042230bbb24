"""From a refund, its sale and the catalogue to the receipt that is printed for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from drivers.contracts.printer import Block
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock
from shared.domain.money import total
from shared.domain.refund_state import PayoutState, Refund
from shared.domain.sale_state import Sale
from shared.domain.text import LocalText
from shared.domain.ticket import short_serial
from shared.printing.refund_sheet import refund_sheet
from shared.printing.refund_view import PaidBack, PaidBackHow, RefundView, TakenBack
from shared.printing.sale_sheets import STAFF_LANGUAGE
from shared.printing.wording import Wording


class RefundSheets:
    """Draws refund receipts for one terminal: what `shared.selling.desk.Desk.sheet` asks for."""

    def __init__(self, catalog: Catalog, wording: Callable[[str], Wording], terminal: str, clock: Clock) -> None:
        self._catalog = catalog
        self._wording = cache(wording)
        self._terminal = terminal
        self._clock = clock

    def receipt(self, sale: Sale, refund: Refund) -> tuple[Block, ...]:
        """In the language of the sale. Raises ValueError for a refund that was not granted."""
        return refund_sheet(
            self._view(sale, refund), self._wording(sale.opened.language), self._wording(STAFF_LANGUAGE)
        )

    def _view(self, sale: Sale, refund: Refund) -> RefundView:
        opened = refund.opened
        if opened is None:
            raise ValueError("a refund without a grant has no receipt")
        return RefundView(
            self._catalog.site.name,
            sale.sale_id,
            refund.refund_id,
            self._terminal,
            self._clock.now().astimezone(self._catalog.zone),
            tuple(
                TakenBack(self._name(given.product_id), short_serial(given.ticket_id), given.value, given.fee)
                for given in opened.tickets
            ),
            total((given.back for given in opened.tickets), opened.credited.currency),
            tuple(PaidBack(p.payout.method, p.payout.amount, _how(p)) for p in refund.payouts),
            opened.credited,
            opened.credited_to,
            refund.claim.code if refund.claim else "",
        )

    def _name(self, product_id: str) -> LocalText:
        """A product that is no longer sold stands under its id."""
        if self._catalog.has_product(product_id):
            return self._catalog.product(product_id).name
        return LocalText({"en": product_id})


def _how(state: PayoutState) -> PaidBackHow:
    match state.standing:
        case "refunded":
            return "returned"
        case "declined":
            return "window"
        case _:
            return "unsure"
