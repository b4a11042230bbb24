"""What stands on the receipt of a refund, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from shared.domain.money import Money
from shared.domain.text import LocalText

# `unsure`: sent, and nobody knows yet; `window`: a person pays it.
PaidBackHow = Literal["returned", "unsure", "window"]


@dataclass(frozen=True)
class TakenBack:
    """A ticket that opens no gate any more: what it was worth and what was kept of that."""

    product: LocalText
    serial: str  # shared.domain.ticket.short_serial
    value: Money
    fee: Money


@dataclass(frozen=True)
class PaidBack:
    """A part of the money: to which method (as in the ledger) it goes back, and whether it is there."""

    method: str
    amount: Money
    how: PaidBackHow


@dataclass(frozen=True)
class RefundView:
    """A refund, void or exchange. `at` is in the site's own zone; `claim` is empty when nothing is left to pay.

    `credited` of it paid for the sale `new_sale` (an exchange); zero otherwise.
    """

    site: LocalText
    sale_number: str
    refund_number: str
    terminal: str
    at: datetime
    tickets: tuple[TakenBack, ...]
    total: Money
    parts: tuple[PaidBack, ...]
    credited: Money
    new_sale: str
    claim: str = field(repr=False)
