"""What became of a payment at the terminal: by its own end, or afterwards by the terminal's last transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from drivers.contracts.payment import (
    Declined,
    DeclineReason,
    Paid,
    PaymentAnswer,
    Pending,
    QueryAnswer,
    Reversed,
    Unknown,
)
from drivers.payment.zvt import commands
from drivers.payment.zvt.book import Entry, OrderBook
from drivers.payment.zvt.codes import BUSY, PAYMENT_FAILED
from drivers.payment.zvt.dialogue import Aborted, Broken, Completed, Dialogue, Refused, Said
from drivers.payment.zvt.settings import CURRENCIES, ZvtSettings
from drivers.payment.zvt.status import StatusInformation

NOTHING_BEFORE = "none"
BUSY_CAUSE = "the terminal is at a transaction"
_OTHER_AMOUNT = "paid, but another amount than asked"


@dataclass(frozen=True, slots=True)
class LastTransaction:
    """What a repeated receipt tells."""

    status: StatusInformation
    receipt: tuple[str, ...] = field(repr=False)


class Settling:
    """Reads ends into answers, and keeps the book of them."""

    def __init__(self, settings: ZvtSettings, book: OrderBook) -> None:
        self._settings = settings
        self._book = book

    def last_mark(self, dialogue: Dialogue) -> str | Unknown:
        """Which transaction was the terminal's last: what comes later is ours."""
        found = self.last(dialogue)
        return found.status.mark if isinstance(found, LastTransaction) else found

    def last(self, dialogue: Dialogue) -> LastTransaction | str | Unknown:
        """The terminal's last transaction, or NOTHING_BEFORE; Unknown with BUSY_CAUSE while it is at one."""
        said = dialogue.run(commands.repeat_receipt(self._settings))
        match said.end:
            case Completed():
                if said.status is None or not said.status.is_numbered:
                    return Unknown("the terminal does not tell its last transaction")
                return LastTransaction(said.status, said.receipts.for_payer)
            case Aborted(code) if code in self._settings.profile.nothing_to_repeat:
                return NOTHING_BEFORE
            case Aborted(code) | Refused(code):
                return Unknown(BUSY_CAUSE if code == BUSY else f"no last transaction: {code:02X}")
            case Broken(cause):
                return Unknown(cause)
        assert_never(said.end)

    def ended(self, entry: Entry, said: Said) -> PaymentAnswer:
        """The answer to a payment that has just ended, written down."""
        end = self.end_of(said, entry.amount_minor)
        match end:
            case StatusInformation():
                return self._paid(entry, end, said.receipts.for_payer)
            case Declined():
                self._book.put(entry.settled("declined"))
                return end
            case Unknown():
                return end
        assert_never(end)

    def end_of(self, said: Said, amount_minor: int) -> StatusInformation | Declined | Unknown:
        """How money was or was not moved. Only a whole success of exactly this amount is one."""
        status = said.status
        match said.end:
            case Completed() if status is not None and status.succeeded:
                return status if self.is_of(status, amount_minor) else Unknown(_OTHER_AMOUNT)
            case Completed():
                return Unknown("completed without a result") if status is None else _refusal(status.result)
            case Aborted(code):
                if status is not None and status.succeeded:
                    return Unknown("paid, and then given up")
                return _refusal(status.result if status is not None and status.result in PAYMENT_FAILED else code)
            case Refused(code):
                return Declined(DeclineReason.OTHER, f"refused: {code:02X}")
            case Broken(cause):
                return Unknown(cause)
        assert_never(said.end)

    def settle(self, dialogue: Dialogue, entry: Entry) -> QueryAnswer:
        """Settles an open entry by the terminal's last transaction. Raises OSError of the book."""
        last = self.last(dialogue)
        if isinstance(last, Unknown):
            return Pending() if last.cause == BUSY_CAUSE else last
        if isinstance(last, str) or last.status.mark == entry.before or not last.status.succeeded:
            self._book.put(entry.settled("declined"))
            return Declined(DeclineReason.OTHER, "not carried out")
        if not self.is_of(last.status, entry.amount_minor):
            return Unknown("another transaction at the terminal since")
        return self._paid(entry, last.status, last.receipt)

    def is_of(self, status: StatusInformation, amount_minor: int) -> bool:
        """Whether this is the amount, in the currency that we registered with where none is told."""
        currency = CURRENCIES[self._settings.currency]
        return status.amount_minor == amount_minor and status.currency in (None, currency)

    def known(self, entry: Entry) -> Paid | Declined | Reversed:
        """What a settled entry is."""
        match entry.state:
            case "paid":
                return self.payment(entry)
            case "reversed":
                return Reversed()
            case "declined" | "open":
                return Declined(DeclineReason.OTHER, "not carried out")
        assert_never(entry.state)

    def payment(self, entry: Entry) -> Paid:
        """What a paid entry paid."""
        return Paid(entry.reference, entry.amount_minor, self._settings.currency, entry.receipt)

    def _paid(self, entry: Entry, status: StatusInformation, receipt: tuple[str, ...]) -> Paid:
        found = entry.settled("paid", receipt_no=status.receipt_no, reference=status.reference, receipt=receipt)
        return self.payment(self._book.put(found))


def _refusal(code: int) -> Declined | Unknown:
    reason = PAYMENT_FAILED.get(code)
    return Unknown(f"ended with {code:02X}") if reason is None else Declined(reason, f"{code:02X}")
