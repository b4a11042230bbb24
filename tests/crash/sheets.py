"""Sheets and tickets that a test can read back from the paper."""

from __future__ import annotations

from datetime import timedelta

from drivers.contracts.printer import Block, Cut, Feed, QrCode
from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit, SlotKey
from shared.domain.refund_state import Refund
from shared.domain.sale_state import Sale, Ticket
from shared.domain.ticket import TicketPayload
from shared.security.keys import SigningKey
from shared.security.ticket_code import seal

CLAIM, RECEIPT, REFUND = "CLAIM ", "RECEIPT ", "REFUND "


class CodedSheets:
    """Sheets that say in codes what they are, so that the paper can be read back."""

    def ticket(self, sale: Sale, ticket: Ticket) -> tuple[Block, ...]:
        return (QrCode(ticket.qr), Feed(2), Cut())

    def receipt(self, sale: Sale) -> tuple[Block, ...]:
        return (QrCode(RECEIPT + sale.sale_id), Cut())

    def claim(self, sale: Sale) -> tuple[Block, ...]:
        return (QrCode(CLAIM + (sale.claim.code if sale.claim else "")), Cut())


def refund_sheet(sale: Sale, refund: Refund) -> tuple[Block, ...]:
    return (QrCode(f"{REFUND}{refund.refund_id} {refund.claim.code if refund.claim else ''}"), Cut())


class SlotSealer:
    """Signs real tickets without a catalogue."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def seal(self, opened: ev.SaleOpened, unit: LeaseUnit, ticket_id: bytes, generation: int) -> str:
        start = SlotKey.parse(opened.slot).start
        until = start + timedelta(hours=1)
        payload = TicketPayload(self._key.public.key_id, unit, ticket_id, 1, start, start, until, generation & 0xF)
        return seal(payload, self._key)
