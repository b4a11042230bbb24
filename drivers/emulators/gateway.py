"""What emulated payment gateways have in common: HTTPS on this machine, a ledger that outlives a kill, faults."""

from __future__ import annotations

import ssl
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from drivers.emulators.gateway_codes import Behaviour, behaviour_of
from drivers.emulators.gateway_http import GatewayServer, Request
from drivers.emulators.gateway_keys import keys_in
from drivers.emulators.gateway_ledger import GatewayLedger

R = TypeVar("R")


class EmulatedGateway(ABC, Generic[R]):
    """One merchant's gateway on 127.0.0.1. Keys and payments live in `folder`, so a new one there goes on.

    How a payment ends is told by its code, or by `expect`. `slow_seconds`: how late SLOW answers, and how late LATE is
    taken up. `R` is an answer before it is signed and sent.
    """

    name: str

    def __init__(self, folder: Path, port: int, slow_seconds: float) -> None:
        self._keys = keys_in(folder)
        self._ledger = GatewayLedger(folder / "payments.sqlite")
        self._expected: dict[str, Behaviour] = {}
        self._raw: deque[Iterable[bytes] | None] = deque()
        self._losses = 0
        self._slow_seconds = slow_seconds
        self._stopping = threading.Event()
        self._server = GatewayServer(port, self._tls(), self._answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name=self.name)

    @abstractmethod
    def _is_genuine(self, request: Request) -> bool:
        """Whether the request bears the merchant's signature."""

    @abstractmethod
    def _refuse(self) -> bytes:
        """The answer to a request that is not genuine."""

    @abstractmethod
    def _is_late(self, request: Request) -> bool:
        """Whether the request is still under way when others that left after it have arrived."""

    @abstractmethod
    def _handle(self, request: Request) -> R:
        """Carries a genuine request out."""

    @abstractmethod
    def _spoil(self, reply: R) -> bytes:
        """The reply as its behaviour sends it; empty when it is lost."""

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Ends all connections and joins all threads."""
        self._stopping.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()
        self._ledger.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    @property
    def ca_file(self) -> Path:
        return self._keys.tls_certificate_file

    @property
    def requests(self) -> int:
        """How many HTTP requests came, genuine or not."""
        return self._server.requests

    @property
    def payments(self) -> Mapping[str, str]:
        """Order number -> trade state, in the order in which they came."""
        return {order.order_no: order.state for order in self._ledger.orders()}

    def expect(self, code: str, behaviour: Behaviour) -> None:
        """Says how a payment by this code ends, whatever the code itself says."""
        self._expected[code] = behaviour

    def answer_next(self, raw: bytes, *, seconds_per_byte: float = 0.0) -> None:
        """Sends these bytes in place of an answer to the next request, which is not carried out."""
        self._raw.append(self._trickle(raw, seconds_per_byte) if seconds_per_byte else (raw,))

    def serve_next(self) -> None:
        """Serves one request as usual before what `answer_next` is told from here on."""
        self._raw.append(None)

    def forget_answers(self) -> None:
        """What it was told of coming requests (`answer_next`, `serve_next`, `lose_next_answer`) is forgotten."""
        self._raw.clear()
        self._losses = 0

    def lose_next_answer(self) -> None:
        """Carries out the next request and drops the line before its answer."""
        self._losses += 1

    def _behaviour_for(self, code: str) -> Behaviour:
        return self._expected.get(code) or behaviour_of(code)

    def _tls(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self._keys.tls_certificate_file, self._keys.tls_key_file)
        return context

    def _trickle(self, raw: bytes, seconds: float) -> Iterator[bytes]:
        for byte in raw:
            if self._stopping.wait(seconds):
                return
            yield bytes((byte,))

    def _answer(self, request: Request) -> Iterable[bytes]:
        """The bytes to send, in pieces; none to drop the line."""
        raw = self._raw.popleft() if self._raw else None
        if raw is not None:
            return raw
        if not self._is_genuine(request):
            return (self._refuse(),)
        if self._is_late(request):
            self._wait()
        reply = self._handle(request)
        if self._losses:
            self._losses -= 1
            return ()
        return (self._spoil(reply),)

    def _wait(self) -> None:
        self._stopping.wait(self._slow_seconds)
