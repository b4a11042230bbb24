"""A card terminal that speaks ZVT, emulated over TCP or a pty, with its books in a file and faults on request."""

from __future__ import annotations

import os
import socket
import threading
import tty
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from drivers.emulators.zvt_conversation import (
    ABORT_REQUEST,
    BUSY,
    COMPLETION,
    LINE,
    STATUS,
    TERMINAL_ID,
    UNKNOWN_COMMAND,
    CardBehaviour,
    Conversation,
    Counter,
)
from drivers.emulators.zvt_ledger import TerminalLedger, Transaction
from drivers.emulators.zvt_wire import Channel, LineClosedError, SerialChannel, TcpChannel, digits

__all__ = ["CardBehaviour", "ZvtTerminalEmulator"]


class ZvtTerminalEmulator:
    """One terminal. Its transactions live in `folder`, so a new one there goes on.

    Payers approve unless `expect` says otherwise. `serial`: at the end of a pty instead of a TCP port.
    """

    def __init__(self, folder: Path, *, serial: bool = False, as_block: bool = False, port: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._ledger = TerminalLedger(folder / "terminal.sqlite")
        self._counter = Counter(self._ledger, threading.Event(), threading.Event(), as_block)
        self._expected: deque[CardBehaviour] = deque()
        self._raw: deque[bytes | None] = deque()
        self._at_work = threading.Lock()
        self._talking: Conversation | None = None
        self._lose_next = False
        self._threads: list[threading.Thread] = []
        self._currency = 978
        self.commands: list[int] = []  # what registers asked, in order
        self._open(serial, port)

    def _open(self, serial: bool, port: int) -> None:
        if serial:
            self._master, slave = os.openpty()
            tty.setraw(self._master)
            tty.setraw(slave)
            self._slave: int | None = slave
            self.address = f"serial://{os.ttyname(slave)}"
            self._serial = SerialChannel(self._master)
            self._start(lambda: self._serve_for_ever(self._serial))
        else:
            self._slave = None
            self._listener = socket.create_server(("127.0.0.1", port))
            self._listener.settimeout(0.05)
            self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
            self._start(self._accept)

    def __enter__(self) -> ZvtTerminalEmulator:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Switches the terminal off and joins all threads."""
        self._counter.off.set()
        for thread in self._threads:
            thread.join()
        if self._slave is None:
            self._listener.close()
        else:
            os.close(self._slave)
            os.close(self._master)
        self._ledger.close()

    @property
    def taken_minor(self) -> int:
        """What the merchant holds, in minor units: paid and neither reversed nor refunded."""
        return self._ledger.taken

    @property
    def transactions(self) -> list[Transaction]:
        """What was booked, oldest first."""
        return self._ledger.all()

    def expect(self, *behaviours: CardBehaviour) -> None:
        """What the next payers do, one after another."""
        self._expected.extend(behaviours)

    def act(self) -> None:
        """The payer who is waited for does what is needed."""
        self._counter.acted.set()

    def lose_next_answer(self) -> None:
        """The next payment, refund or reversal is booked, and the line drops before anybody hears of it."""
        self._lose_next = True

    def go_deaf(self, frames: int) -> None:
        """So many frames of a serial line are answered with NAK."""
        self._serial.deaf_for = frames

    def answer_next(self, raw: bytes) -> None:
        """Sends these bytes in place of an answer to the next command, which is not carried out."""
        self._raw.append(raw)

    def serve_next(self) -> None:
        """Serves one command as usual before what `answer_next` is told from here on."""
        self._raw.append(None)

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="zvt-terminal")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._counter.off.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            channel = TcpChannel(connection)
            self._start(lambda channel=channel: self._serve(channel))  # type: ignore[misc]

    def _serve_for_ever(self, channel: Channel) -> None:
        while not self._counter.off.is_set():
            self._serve(channel)

    def _serve(self, channel: Channel) -> None:
        try:
            while not self._counter.off.is_set():
                heard = channel.receive(0.05)
                if heard is not None:
                    self._take(channel, *heard)
        except LineClosedError:
            pass
        channel.close()

    def _take(self, channel: Channel, command: int, data: bytes) -> None:
        raw = self._raw.popleft() if self._raw else None
        self.commands.append(command)
        if raw is not None:
            channel.raw(raw)
            return
        if command == ABORT_REQUEST and self._talking is not None:
            self._talking.hang_up()
            channel.send(0x8000)
            return
        if not self._at_work.acquire(blocking=False):
            channel.send(BUSY)
            return
        try:
            self._talking = Conversation(channel, self._counter)
            self._perform(self._talking, command, data, channel)
        finally:
            self._talking = None
            self._at_work.release()

    def _perform(self, talk: Conversation, command: int, data: bytes, channel: Channel) -> None:
        known: Mapping[int, Callable[[Conversation, bytes], None]] = {
            0x0600: self._register,
            0x0601: lambda talk, data: talk.money(self._next(), lambda: self._book("payment", data[1:7])),
            0x0631: lambda talk, data: talk.money(self._next(), lambda: self._book("refund", data[4:10])),
            0x0630: self._reverse,
            0x0620: self._repeat,
            0x0650: self._end_of_day,
            0x0670: self._diagnose,
            0x0501: self._tell_state,
        }
        if command in known:
            known[command](talk, data)
        else:
            channel.send(UNKNOWN_COMMAND)

    def _next(self) -> CardBehaviour:
        if self._lose_next:
            self._lose_next = False
            return CardBehaviour.ANSWER_LOST
        return self._expected.popleft() if self._expected else CardBehaviour.APPROVE

    def _book(self, kind: str, amount: bytes) -> Transaction:
        return self._ledger.add(kind, int(amount.hex()), self._currency)

    def _register(self, talk: Conversation, data: bytes) -> None:
        self._currency = int(data[4:6].hex())
        talk.acknowledge()
        talk.say(COMPLETION, b"\x19\x00\x29" + digits(TERMINAL_ID, 4) + b"\x49" + data[4:6])

    def _reverse(self, talk: Conversation, data: bytes) -> None:
        talk.acknowledge()
        wanted = int(data[4:6].hex())
        found = [t for t in self._ledger.all() if t.trace % 10000 == wanted and t.kind == "payment"]
        if not found or found[-1].settled or found[-1].reversed:
            talk.say(0x061E, b"\xb4" if found and found[-1].reversed else b"\xb5")
            return
        reversal = self._ledger.reverse(found[-1])
        if self._lose_next:
            self._lose_next = False
            raise LineClosedError
        talk.result(reversal)

    def _repeat(self, talk: Conversation, data: bytes) -> None:
        talk.acknowledge()
        transactions = self._ledger.all()
        if transactions:
            talk.result(transactions[-1])
        else:
            talk.say(0x061E, b"\x83")

    def _end_of_day(self, talk: Conversation, data: bytes) -> None:
        talk.acknowledge()
        total = self._ledger.settle()
        talk.say(STATUS, b"\x27\x00\x04" + digits(total, 6) + b"\x29" + digits(TERMINAL_ID, 4))
        talk.say(LINE, b"\x40** KASSENSCHNITT **")
        talk.say(LINE, b"\x81")
        talk.say(COMPLETION)

    def _diagnose(self, talk: Conversation, data: bytes) -> None:
        talk.acknowledge()
        talk.say(0x04FF, b"\xd2")
        talk.say(LINE, b"\x00Diagnose erfolgreich")
        talk.say(COMPLETION)

    def _tell_state(self, talk: Conversation, data: bytes) -> None:
        talk.acknowledge()
        talk.say(COMPLETION, b"\x00")
