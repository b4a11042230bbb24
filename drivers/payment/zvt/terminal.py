"""A card terminal as a way to pay: the payer acts at the terminal while `submit` waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import structlog

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Needs,
    PaymentAnswer,
    QueryAnswer,
    RefundAnswer,
    ReverseAnswer,
    Reversed,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.errors import ConfigurationError
from drivers.payment.asking import check_order, check_refund
from drivers.payment.cancellations import Cancellations
from drivers.payment.zvt import commands
from drivers.payment.zvt.administration import Administration
from drivers.payment.zvt.book import Entry, OrderBook
from drivers.payment.zvt.codes import step_of
from drivers.payment.zvt.dialogue import Dialogue
from drivers.payment.zvt.giving_back import GivingBack
from drivers.payment.zvt.session import Sessions, TerminalBusyError
from drivers.payment.zvt.settings import ZvtSettings
from drivers.payment.zvt.settling import Settling
from drivers.transport.line import TransportError

A = TypeVar("A")
_log = structlog.get_logger()


class ZvtTerminal:
    """A PaymentMethod. Safe to call from any thread; one thing at a time happens at the terminal.

    Whatever the line or the terminal does is a value, never an exception. Raises ValueError only for numbers and
    amounts that are not of the contract's form: our own mistake.
    """

    name = "card"
    needs = Needs.AT_THE_TERMINAL
    earliest_reverse_seconds = 0.0
    refund_apart_seconds = 0.0

    def __init__(self, settings: ZvtSettings) -> None:
        """Reads the order book; the terminal is not touched. Raises ConfigurationError when there can be none."""
        self._settings = settings
        self._sessions = Sessions(settings)
        self._book = _open_book(settings.book_file)
        self._settling = Settling(settings, self._book)
        self.administration = Administration(settings, self._sessions)
        self._giving_back = GivingBack(settings, self._book, self._settling)
        self._cancellations = Cancellations()

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        """Waits until the payer has paid at the terminal, or has not. `tell` hears what the terminal asks for."""
        check_order(charge.order_no, charge.amount_minor)
        if charge.currency != self._settings.currency:
            return Declined(DeclineReason.NOT_SUPPORTED, "currency")
        if self._cancellations.asked(charge.order_no):
            return Declined(DeclineReason.CANCELLED, "before it began")
        try:
            with self._sessions.open() as dialogue:
                answer = self._pay(dialogue, charge, tell)
        except TransportError as error:  # the terminal was not even asked
            answer = Declined(DeclineReason.OTHER, error.cause)
        except TerminalBusyError:
            answer = Declined(DeclineReason.OTHER, "the terminal is in use")
        except OSError as error:  # asked, and the end could not be written down
            answer = Unknown(f"the order book: {type(error).__name__}")
        return self._logged("submit", charge.order_no, answer)

    def cancel(self, order_no: str) -> None:
        self._cancellations.ask(order_no)

    def query(self, order_no: str) -> QueryAnswer:
        """What became of the order, by our book and the terminal's last transaction."""
        check_order(order_no)
        entry = self._book.find(order_no)
        answer: QueryAnswer
        if entry is None:
            answer = Declined(DeclineReason.OTHER, "never sent")
        elif entry.state == "open":
            answer = self._at_terminal(lambda dialogue: self._settling.settle(dialogue, entry))
        else:
            answer = self._settling.known(entry)
        return self._logged("query", order_no, answer)

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Takes the whole payment back. After the terminal's end of day it is too late: Paid."""
        check_order(order_no)
        entry = self._book.find(order_no)
        answer: ReverseAnswer
        if entry is None or entry.state in ("declined", "reversed"):
            answer = Reversed()
        else:
            answer = self._at_terminal(lambda dialogue: self._giving_back.reverse(dialogue, entry))
        return self._logged("reverse", order_no, answer)

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        """The whole by a reversal while that is possible; else the payer presents the card once more."""
        check_order(order_no, total_minor)
        check_refund(refund_no, amount_minor, total_minor)
        entry = self._book.find(order_no)
        answer: RefundAnswer
        if entry is None or not entry.reference:
            answer = Declined(DeclineReason.OTHER, "no such payment at this terminal")
        else:
            answer = self._at_terminal(
                lambda dialogue: self._giving_back.refund(dialogue, entry, refund_no, amount_minor)
            )
        return self._logged("refund", order_no, answer)

    def _pay(self, dialogue: Dialogue, charge: Charge, tell: PaymentListener) -> PaymentAnswer:
        if self._book.find(charge.order_no) is not None:
            return Unknown("the order was sent before")
        before = self._settling.last_mark(dialogue)
        if isinstance(before, Unknown):
            return Declined(DeclineReason.OTHER, before.cause)
        try:
            entry = self._book.put(Entry(charge.order_no, charge.amount_minor, before))
        except OSError as error:
            return Declined(DeclineReason.OTHER, f"the order book: {type(error).__name__}")
        said = dialogue.run(
            commands.authorisation(self._settings, charge.amount_minor),
            lambda state: _tell(tell, state),
            lambda: self._cancellations.asked(charge.order_no),
        )
        return self._settling.ended(entry, said)

    def _at_terminal(self, call: Callable[[Dialogue], A]) -> A | Unknown:
        try:
            with self._sessions.open() as dialogue:
                return call(dialogue)
        except TransportError as error:
            return Unknown(error.cause)
        except TerminalBusyError:
            return Unknown("the terminal is in use")
        except OSError as error:
            return Unknown(f"the order book: {type(error).__name__}")

    def _logged(self, operation: str, order_no: str, answer: A) -> A:
        _log.info("payment answer", method=self.name, operation=operation, order_no=order_no, outcome=repr(answer))
        return answer


def _open_book(path: Path) -> OrderBook:
    try:
        return OrderBook(path)
    except OSError as error:
        raise ConfigurationError("book_file", f"{path} cannot be read and written") from error


def _tell(tell: PaymentListener, state: int) -> None:
    step = step_of(state)
    if step is not None:
        tell(step)
