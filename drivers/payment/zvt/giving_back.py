"""Money back from the terminal: the whole of a payment by reversal, anything by a refund to the card."""

from __future__ import annotations

from drivers.contracts.payment import (
    Declined,
    DeclineReason,
    Paid,
    RefundAnswer,
    Refunded,
    ReverseAnswer,
    Reversed,
    Unknown,
)
from drivers.payment.zvt import commands
from drivers.payment.zvt.book import Entry, OrderBook
from drivers.payment.zvt.codes import ALREADY_REVERSED, BUSY, PAYMENT_FAILED, REVERSAL_REFUSED
from drivers.payment.zvt.dialogue import Aborted, Broken, Completed, Dialogue, Refused
from drivers.payment.zvt.settings import ZvtSettings
from drivers.payment.zvt.settling import Settling
from drivers.payment.zvt.status import StatusInformation


class GivingBack:
    """Reversals and refunds, each written down so that a repeated wish moves money once. Raises OSError of the book."""

    def __init__(self, settings: ZvtSettings, book: OrderBook, settling: Settling) -> None:
        self._settings = settings
        self._book = book
        self._settling = settling

    def reverse(self, dialogue: Dialogue, entry: Entry) -> ReverseAnswer:
        """Reverses a payment, settling it first if it is open; one still at the terminal is asked to end."""
        if entry.state == "open":
            found = self._settling.settle(dialogue, entry)
            if isinstance(found, Declined | Reversed):
                return Reversed()
            if not isinstance(found, Paid):
                dialogue.ask_to_abort()
                return found if isinstance(found, Unknown) else Unknown("the payer is still at the terminal")
        settled = self._book.find(entry.number) or entry
        return self._reverse_paid(dialogue, settled)

    def refund(self, dialogue: Dialogue, entry: Entry, refund_no: str, amount_minor: int) -> RefundAnswer:
        """Gives back under `refund_no`; the same number again tells what became of it."""
        number = f"refund {refund_no}"
        known = self._book.find(number)
        if known is not None and known.state == "paid":
            return Refunded(known.reference)
        if known is not None and known.state == "open":
            settled = self._settling.settle(dialogue, known)
            if isinstance(settled, Paid):
                return Refunded(settled.reference)
            if not isinstance(settled, Declined):
                return settled if isinstance(settled, Unknown) else Unknown("a refund is at the terminal")
        whole = amount_minor == entry.amount_minor
        if amount_minor > entry.amount_minor or (entry.state == "reversed" and not whole):
            return Declined(DeclineReason.OTHER, "no such amount to give back")
        return self._whole(dialogue, entry, number) if whole else self._to_card(dialogue, number, amount_minor)

    def _whole(self, dialogue: Dialogue, entry: Entry, number: str) -> RefundAnswer:
        undone = Reversed() if entry.state == "reversed" else self._reverse_paid(dialogue, entry)
        match undone:
            case Reversed():
                made = Entry(number, entry.amount_minor, entry.before, "paid", reference=f"{entry.reference}-R")
                return Refunded(self._book.put(made).reference)
            case Paid():
                return self._to_card(dialogue, number, entry.amount_minor)
            case Unknown():
                return undone

    def _to_card(self, dialogue: Dialogue, number: str, amount_minor: int) -> RefundAnswer:
        before = self._settling.last_mark(dialogue)
        if isinstance(before, Unknown):
            return before
        entry = self._book.put(Entry(number, amount_minor, before))
        said = dialogue.run(commands.refund(self._settings, amount_minor))
        end = self._settling.end_of(said, amount_minor)
        match end:
            case StatusInformation():
                made = entry.settled("paid", receipt_no=end.receipt_no, reference=end.reference)
                return Refunded(self._book.put(made).reference)
            case Declined():
                self._book.put(entry.settled("declined"))
                return end
            case Unknown():
                return end

    def _reverse_paid(self, dialogue: Dialogue, entry: Entry) -> ReverseAnswer:
        said = dialogue.run(commands.reversal(self._settings, entry.receipt_no))
        match said.end:
            case Completed() if said.status is not None and said.status.succeeded:
                return self._reversed(entry)
            case Completed():
                return Unknown("reversed without a result")
            case Aborted(code) | Refused(code) if code == ALREADY_REVERSED:
                return self._reversed(entry)
            case Aborted(code) | Refused(code):
                certain = code in REVERSAL_REFUSED or (code in PAYMENT_FAILED and code != BUSY)
                return self._settling.payment(entry) if certain else Unknown(f"reversal ended with {code:02X}")
            case Broken(cause):
                return Unknown(cause)

    def _reversed(self, entry: Entry) -> Reversed:
        self._book.put(entry.settled("reversed"))
        return Reversed()
