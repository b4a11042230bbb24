"""A cash machine at the other end of a ccTalk wire: notes, coins and hoppers on one bus, with faults on request."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType

from drivers.emulators.cctalk_acceptor import EmulatedCoins
from drivers.emulators.cctalk_device import CcTalkDevice
from drivers.emulators.cctalk_frames import Command, CommandReader, reply
from drivers.emulators.cctalk_hopper import EmulatedHopper
from drivers.emulators.cctalk_notes import EmulatedNotes, Insertion
from drivers.emulators.pty_port import PtyPort
from drivers.emulators.tcp_port import TcpPort

Mangle = Callable[[bytes], bytes]
_SILENCE_SECONDS = 0.05  # a frame that stops for so long was cut off
_CNY_NOTES = (100, 500, 1000, 2000, 5000, 10000)
_CNY_COINS = (10, 50, 100)


def lose(_answer: bytes) -> bytes:
    """The device did it, and nobody hears so."""
    return b""


def garble(answer: bytes) -> bytes:
    """One bit falls over."""
    return answer[:-1] + bytes((answer[-1] ^ 0x10,))


@dataclass
class CashInside:
    """The devices of one machine: by default those of the profile `cny`."""

    notes: EmulatedNotes = field(default_factory=lambda: EmulatedNotes(40, _CNY_NOTES, crc=True))
    coins: EmulatedCoins = field(default_factory=lambda: EmulatedCoins(2, _CNY_COINS))
    hoppers: Mapping[str, EmulatedHopper] = field(
        default_factory=lambda: {"hopper-100": EmulatedHopper(3, 100, 200), "hopper-50": EmulatedHopper(4, 50, 100)}
    )

    def devices(self) -> tuple[CcTalkDevice, ...]:
        return self.notes, self.coins, *self.hoppers.values()


class CashMachineEmulator:
    """Serves the master on a pty, or on a TCP port. What the devices know and hold outlives every connection."""

    def __init__(self, inside: CashInside | None = None, *, tcp: bool = False, echo: bool = True) -> None:
        self.inside = inside or CashInside()
        self.commands: list[tuple[int, int]] = []  # address and header of every command that arrived whole
        self._echo = echo
        self._lock = threading.RLock()
        self._reader = CommandReader()
        self._heard_at = 0.0
        self._mangles: deque[Mangle] = deque()
        self._wanted: int | None = None
        self._acts_at = 0
        self._action: Callable[[], None] = lambda: None
        self._pty = None if tcp else PtyPort("cash", self._receive)
        self._tcp = TcpPort("cash", self._receive, lambda: None) if tcp else None

    def __enter__(self) -> CashMachineEmulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._tcp.number}" if self._tcp else f"serial://{self._pty.path if self._pty else ''}"

    @property
    def tray(self) -> int:
        """What the hoppers paid out to the visitor so far, in minor units."""
        with self._lock:
            self._advance()
            return sum(sum(hopper.tray) for hopper in self.inside.hoppers.values())

    def insert_note(self, value: int) -> Insertion:
        with self._lock:
            return self.inside.notes.insert(value)

    def insert_coin(self, value: int) -> bool:
        """Whether the coin stayed in; a coin on a sorter's path falls into that hopper."""
        with self._lock:
            coins = self.inside.coins
            kept = coins.insert(value)
            for hopper in self.inside.hoppers.values():
                if kept and coins.paths.get(value) and hopper.value == value:
                    hopper.fill(1)
                    coins.box.remove(value)
            return kept

    def mangle(self, *mangles: Mangle, header: int | None = None) -> None:
        """The next answers (to commands of `header`) pass through these, one after the other."""
        with self._lock:
            self._mangles.extend(mangles)
            self._wanted = header

    def mangle_no_more(self) -> None:
        """Answers are good again."""
        with self._lock:
            self._mangles.clear()

    def do_at(self, command: int, action: Callable[[], None]) -> None:
        """Does this when the `command`th command from now on has been carried out, before it is answered."""
        with self._lock:
            self._acts_at, self._action = len(self.commands) + command, action

    def power_cycle(self) -> None:
        """All devices lose their power for a moment; the wire stays plugged in."""
        with self._lock:
            for device in self.inside.devices():
                device.switch_off()
                device.switch_on()

    def plug(self) -> None:
        if self._pty:
            self._pty.plug()

    def unplug(self) -> None:
        """Pulls the cable; of a network port only the connection falls."""
        if self._pty:
            self._pty.unplug()
        if self._tcp:
            self._tcp.drop()

    def say(self, data: bytes) -> None:
        """Bytes onto the line, also those that nobody asked for."""
        for port in (self._pty, self._tcp):
            if port:
                port.send(data)

    def close(self) -> None:
        for port in (self._pty, self._tcp):
            if port:
                port.close()

    def _advance(self) -> None:
        for device in self.inside.devices():
            device.advance(time.monotonic())

    def _receive(self, data: bytes) -> None:
        with self._lock:
            if time.monotonic() - self._heard_at > _SILENCE_SECONDS:
                self._reader.clear()
            self._heard_at = time.monotonic()
            if self._echo:
                self.say(data)
            for command in self._reader.feed(data):
                self._perform(command)

    def _perform(self, command: Command) -> None:
        self.commands.append((command.address, command.header))
        answer = self._answer(command)
        if len(self.commands) == self._acts_at:
            self._action()
        if answer:
            self.say(answer)

    def _answer(self, command: Command) -> bytes:
        for device in self.inside.devices():
            if device.address == command.address and device.crc == command.crc:
                data = device.answer(command.header, command.data)
                if data is not None:
                    return self._mangled(command, reply(command, data=data))
        return b""

    def _mangled(self, command: Command, answer: bytes) -> bytes:
        if self._mangles and self._wanted in (None, command.header):
            return self._mangles.popleft()(answer)
        return answer
