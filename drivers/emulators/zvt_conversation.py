"""One command at the emulated card terminal: what it says to the register, and what the payer does meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from drivers.emulators.zvt_ledger import TerminalLedger, Transaction
from drivers.emulators.zvt_wire import Channel, LineClosedError, counted, digits, object_of

TERMINAL_ID = 28004869
ACKNOWLEDGED, BUSY, UNKNOWN_COMMAND = 0x8000, 0x849C, 0x8483
STATUS, STATE, COMPLETION, ABORT, LINE, BLOCK = 0x040F, 0x04FF, 0x060F, 0x061E, 0x06D1, 0x06D3
ABORT_REQUEST = 0x06B0
_ACK_SECONDS = 5.0
CARD = "**** **** **** 4242"


class CardBehaviour(Enum):
    """What becomes of one payment or refund at the terminal."""

    APPROVE = auto()
    DECLINED = auto()  # by the bank
    NOT_ENOUGH = auto()
    UNREADABLE = auto()
    WITHDRAWN = auto()  # the payer takes the card out
    PIN_WRONG = auto()  # once, then approved
    WAIT = auto()  # the payer does nothing until `act`, or until the register aborts
    WAIT_DEAF = auto()  # the same, and an abort comes too late: paid at `act`
    ANSWER_LOST = auto()  # booked, and the line drops before the status
    COMPLETION_LOST = auto()  # booked and told, and the line drops before the completion
    LINE_LOST = auto()  # the line drops at the acknowledgement, nothing is booked
    LINE_LOST_PAYS = auto()  # the line drops, the payer pays at `act`
    SYSTEM_ERROR = auto()  # ends with FF although booked
    OTHER_AMOUNT = auto()  # booked, and another amount told
    OTHER_CURRENCY = auto()  # booked, and another currency told
    NO_AMOUNT = auto()  # booked, and no amount told
    GARBLED = auto()  # booked, and a status that cannot be read
    SILENT = auto()  # booked, and never another word


_CODES = {
    CardBehaviour.DECLINED: 5,
    CardBehaviour.NOT_ENOUGH: 51,
    CardBehaviour.UNREADABLE: 0x64,
    CardBehaviour.WITHDRAWN: 0x6C,
}
_WAITING = (CardBehaviour.WAIT, CardBehaviour.WAIT_DEAF, CardBehaviour.LINE_LOST_PAYS)


@dataclass(frozen=True)
class Counter:
    """What a conversation works with: the books, the payer's hand, and when the terminal is switched off."""

    ledger: TerminalLedger
    acted: threading.Event
    off: threading.Event
    as_block: bool  # receipts in one block instead of line by line


class Conversation:
    """Talks on one channel."""

    def __init__(self, channel: Channel, counter: Counter) -> None:
        self._channel = channel
        self._counter = counter
        self._abort = False

    def hang_up(self) -> None:
        """A register asks on another line to end this."""
        self._abort = True

    def acknowledge(self) -> None:
        self._channel.send(ACKNOWLEDGED)

    def say(self, command: int, data: bytes = b"") -> bool:
        """Says something and waits until the register has acknowledged it. False when it refused."""
        self._channel.send(command, data)
        deadline = time.monotonic() + _ACK_SECONDS
        while time.monotonic() < deadline and not self._counter.off.is_set():
            heard = self._channel.receive(0.05)
            if heard is None:
                continue
            if heard[0] == ABORT_REQUEST:
                self._hear_abort()
            else:
                return heard[0] == ACKNOWLEDGED
        raise LineClosedError

    def money(self, behaviour: CardBehaviour, book: Callable[[], Transaction]) -> None:
        """A payment or refund, from the card to the completion."""
        if behaviour is CardBehaviour.LINE_LOST:
            raise LineClosedError
        self.acknowledge()
        if behaviour is CardBehaviour.LINE_LOST_PAYS:
            self._channel.close()
            self._payer()
            book()
            raise LineClosedError
        self.say(STATE, b"\x0a")
        if behaviour in _WAITING and not self._payer(deaf=behaviour is CardBehaviour.WAIT_DEAF):
            self._give_up(0x6C)
            return
        if behaviour is CardBehaviour.PIN_WRONG:
            self.say(STATE, b"\x01")
            self.say(STATE, b"\x15")
        self.say(STATE, b"\x01")
        self.say(STATE, b"\x04")
        code = _CODES.get(behaviour)
        if code is not None:
            self.say(STATE, b"\x4b")
            self._give_up(code)
            return
        self._tell(behaviour, book())

    def result(self, transaction: Transaction) -> None:
        """A transaction's status, its receipts and the completion."""
        if not self.say(STATUS, status(transaction)):
            self._counter.ledger.reverse(transaction)
            self.say(ABORT, b"\x6c")
            return
        self._print(transaction)
        self.say(COMPLETION)

    def _tell(self, behaviour: CardBehaviour, transaction: Transaction) -> None:
        match behaviour:
            case CardBehaviour.ANSWER_LOST:
                raise LineClosedError
            case CardBehaviour.SILENT:
                self._counter.off.wait()
            case CardBehaviour.SYSTEM_ERROR:
                self.say(ABORT, b"\xff")
            case CardBehaviour.GARBLED:
                self.say(STATUS, b"\x27\x00\x04\x00\x00")
            case CardBehaviour.COMPLETION_LOST:
                self.say(STATUS, status(transaction))
                raise LineClosedError
            case CardBehaviour.OTHER_AMOUNT | CardBehaviour.OTHER_CURRENCY | CardBehaviour.NO_AMOUNT:
                self.say(STATUS, status(transaction, behaviour))
                self.say(COMPLETION)
            case _:
                self.say(STATE, b"\x0b")
                self.result(transaction)

    def _give_up(self, code: int) -> None:
        self.say(STATUS, bytes((0x27, code, 0x29)) + digits(TERMINAL_ID, 4))
        self.say(ABORT, bytes((code,)))

    def _payer(self, *, deaf: bool = False) -> bool:
        """Waits for the payer; False when the register aborts first."""
        while not self._counter.acted.is_set():
            if self._counter.off.is_set():
                raise LineClosedError
            if self._counter.acted.wait(0.02):
                break
            self._listen()
            if self._abort and not deaf:
                return False
        self._counter.acted.clear()
        return True

    def _listen(self) -> None:
        try:
            heard = self._channel.receive(0.02)
        except LineClosedError:
            return  # the payer goes on without the register
        if heard is not None and heard[0] == ABORT_REQUEST:
            self._hear_abort()

    def _hear_abort(self) -> None:
        self._abort = True
        self.acknowledge()

    def _print(self, transaction: Transaction) -> None:
        for kind, title in ((1, "** HÄNDLERBELEG **"), (2, "** KUNDENBELEG **")):
            lines = [line.encode("cp437") for line in (title, f"Trace-Nr {transaction.trace:06}", f"Nr: {CARD}")]
            marked = object_of("1f07", bytes((kind,)))
            if self._counter.as_block:
                inside = object_of("25", b"".join(object_of("07", line) for line in lines) + object_of("09", b"\x81"))
                self.say(BLOCK, object_of("06", marked + inside))
                continue
            for line in lines:
                self.say(LINE, b"\x00" + line + object_of("06", marked))
            self.say(LINE, b"\x81" + object_of("06", marked))


def status(transaction: Transaction, behaviour: CardBehaviour = CardBehaviour.APPROVE) -> bytes:
    """The status information of a transaction that went well."""
    amount = transaction.amount + (1 if behaviour is CardBehaviour.OTHER_AMOUNT else 0)
    currency = 840 if behaviour is CardBehaviour.OTHER_CURRENCY else transaction.currency
    told = b"" if behaviour is CardBehaviour.NO_AMOUNT else b"\x04" + digits(amount, 6)
    return (
        b"\x27\x00"
        + told
        + b"\x0b"
        + digits(transaction.trace, 3)
        + b"\x0c\x22\x39\x53\x0d\x10\x06"
        + counted(0x22, bytes.fromhex("eeeeeeeeeeee4242"), 2)
        + b"\x29"
        + digits(TERMINAL_ID, 4)
        + b"\x49"
        + digits(currency, 2)
        + b"\x87"
        + digits(transaction.trace % 10000, 2)
        + b"\x8a\x2e"
        + counted(0x8B, b"Debit Mastercard\0", 2)
        + object_of("06", object_of("2f", object_of("1f12", b"\x02")))
    )
