"""A line to a terminal that is cut after so many bytes, or carries them one by one."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType


class CuttingLine:
    """Passes bytes both ways between a register and a terminal; the first `cut_after` bytes of the terminal alone."""

    def __init__(self, terminal: str, cut_after: int | None, one_by_one: bool = False) -> None:
        host, _, port = terminal.removeprefix("tcp://").partition(":")
        self._terminal = (host, int(port))
        self._left = cut_after
        self._size = 1 if one_by_one else 4096
        self._off = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self.carried = 0
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def __enter__(self) -> CuttingLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._off.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._off.is_set():
            with contextlib.suppress(TimeoutError):
                register, _ = self._listener.accept()
                thread = threading.Thread(target=self._carry, args=[register])
                self._threads.append(thread)
                thread.start()

    def _carry(self, register: socket.socket) -> None:
        with register, socket.create_connection(self._terminal) as terminal, contextlib.suppress(OSError):
            for end in (register, terminal):
                end.settimeout(0.005)
            while not self._off.is_set() and self._left != 0:
                self._pass(register, terminal, to_register=False)
                self._pass(terminal, register, to_register=True)

    def _pass(self, source: socket.socket, target: socket.socket, *, to_register: bool) -> None:
        size = self._size if self._left is None or not to_register else min(self._size, self._left)
        try:
            data = source.recv(size)
        except TimeoutError:
            return
        if not data:
            raise ConnectionResetError
        target.sendall(data)
        if to_register:
            self.carried += len(data)
            if self._left is not None:
                self._left -= len(data)
