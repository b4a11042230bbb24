"""A connection to the terminal for as long as one thing is asked of it: one at a time, registered first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from drivers.payment.zvt import commands
from drivers.payment.zvt.codes import BUSY
from drivers.payment.zvt.dialogue import Aborted, Broken, Completed, Dialogue, Refused
from drivers.payment.zvt.link import Link, SerialLink, TcpLink
from drivers.payment.zvt.settings import ZvtSettings, ZvtTiming
from drivers.transport.address import TcpAddress, connector
from drivers.transport.line import Monotonic, TransportError

_LOCK_SECONDS = 3.0


class TerminalBusyError(Exception):
    """Another thread of ours is at the terminal."""


class Sessions:
    """Opens one connection at a time; nothing is left open between two."""

    def __init__(self, settings: ZvtSettings, monotonic: Monotonic = time.monotonic) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._connect = connector(settings.address)
        self._lock = threading.Lock()

    @contextmanager
    def open(self, timing: ZvtTiming | None = None) -> Iterator[Dialogue]:
        """Raises TransportError when the terminal is not to be had, TerminalBusyError when it is in use.

        `timing` takes the place of the settings'.
        """
        with self._alone(), closing(self._link()) as link:
            charset = self._settings.profile.charset
            dialogue = Dialogue(link, timing or self._settings.timing, charset, self._monotonic)
            said = dialogue.run(commands.registration(self._settings))
            match said.end:
                case Completed():
                    yield dialogue
                case Refused(code) if code == BUSY:
                    yield dialogue  # registered before, and at a transaction: it can be asked to end it
                case Refused(code) | Aborted(code):
                    raise TransportError(f"the terminal refuses to register us: {code:02X}")
                case Broken(cause):
                    raise TransportError(cause)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=_LOCK_SECONDS):
            raise TerminalBusyError
        try:
            yield
        finally:
            self._lock.release()

    def _link(self) -> Link:
        kind: Callable[..., Link] = TcpLink if isinstance(self._settings.address, TcpAddress) else SerialLink
        return kind(self._connect(), self._monotonic)
