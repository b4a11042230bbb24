"""What a journey asks of the outside. `kiosk.effects` performs these; the answers come back as events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.domain.capacity import SlotKey
from shared.domain.payment_code import PaymentCode
from shared.domain.pricing import Quote


@dataclass(frozen=True)
class AskSlots:
    """Answered by PlacesChanged of that day."""

    day: date


@dataclass(frozen=True)
class AskQuote:
    """What `party` (category id and number, none zero) pays for the slot. Answered by QuoteReady of that number."""

    number: int
    party: tuple[tuple[str, int], ...]
    slot: SlotKey


@dataclass(frozen=True)
class OpenSale:
    """Begins a sale. All its progress comes back as SaleAnswered of that number.

    `categories` has one category id per ticket; `language` is that of the tickets and the receipt.
    """

    number: int
    quote: Quote
    slot: SlotKey
    categories: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Pay:
    """Pays the rest of the sale. `code` is the payer's, where the method needs one."""

    sale_id: str
    method: str
    code: PaymentCode | None = None


@dataclass(frozen=True)
class StopPaying:
    """The visitor no longer wants to pay in this way: what came of it is told as the sale's progress."""

    sale_id: str


@dataclass(frozen=True)
class CancelSale:
    """The visitor gave the unpaid sale up: its places become free again."""

    sale_id: str


Effect = AskSlots | AskQuote | OpenSale | Pay | StopPaying | CancelSale
