"""The other end of the system keyring's wire: a session bus on a Unix socket with one secret service behind it.

It speaks what the specification of the Secret Service API asks of a keeper with one collection, sessions in plain.
"""

from __future__ import annotations

import itertools
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jeepney import (  # type: ignore[import-untyped]
    HeaderFields,
    Message,
    Parser,
    new_error,
    new_method_return,
)

_NOT_SUPPORTED = "org.freedesktop.DBus.Error.NotSupported"
_UNKNOWN = "org.freedesktop.DBus.Error.ServiceUnknown"

Answer = tuple[str, tuple[Any, ...]]


class Keeper:
    """What the service keeps: secrets by their attributes. Faults are set from outside."""

    def __init__(self) -> None:
        self.items: dict[str, tuple[dict[str, str], bytes]] = {}
        self.locked = False
        self.away = False  # nobody behind the bus
        self.hangs_up = False  # the bus goes away in the middle

    def answer(self, member: str, path: str, body: tuple[Any, ...]) -> Answer | None:
        """The signature and body of a reply; None for what is not supported."""
        match member, body:
            case "AddMatch", _:
                return "", ()
            case "OpenSession", ("plain", _):
                return "vo", (("s", ""), "/session")
            case "Get", (_, "Locked"):
                return "v", (("b", self.locked),)
            case "Get", (_, "Label"):
                return "v", (("s", "label"),)
            case "Unlock", _:
                return "aoo", ([], "/")  # the person at the screen says no
            case "SearchItems", (wanted,):
                return "ao", ([name for name, (has, _) in self.items.items() if wanted.items() <= has.items()],)
            case "CreateItem", (properties, (_, _, secret, _), _):
                return "oo", (self._keep(properties, bytes(secret)), "/")
            case "GetSecret", _:
                return "(oayays)", (("/session", b"", self.items[path][1], "text/plain"),)
        return None

    def _keep(self, properties: dict[str, tuple[str, Any]], secret: bytes) -> str:
        attributes = dict(properties["org.freedesktop.Secret.Item.Attributes"][1])
        name = next((name for name, (has, _) in self.items.items() if has == attributes), f"/item/{len(self.items)}")
        self.items[name] = attributes, secret
        return name


@contextmanager
def session_bus(path: Path, keeper: Keeper) -> Iterator[str]:
    """Serves the keeper on a socket at `path`; gives the address of the bus."""
    open_lines: list[socket.socket] = []

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            open_lines.append(self.request)
            self.rfile.read(1)  # the credentials byte
            while not self.rfile.readline().startswith(b"BEGIN"):
                self.wfile.write(b"OK 0123456789abcdef0123456789abcdef\r\n")
            parser, serials = Parser(), itertools.count(1)
            while (data := self.rfile.read1()) and not keeper.hangs_up:
                for message in parser.feed(data):
                    self.wfile.write(_reply(keeper, message).serialise(next(serials)))

    with socketserver.ThreadingUnixStreamServer(str(path), Conversation) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"unix:path={path}"
        finally:
            server.shutdown()
            thread.join()
            for line in open_lines:
                with suppress(OSError):  # the other side has closed it
                    line.shutdown(socket.SHUT_RDWR)


def _reply(keeper: Keeper, message: Message) -> Message:
    fields = message.header.fields
    member, path = fields[HeaderFields.member], fields[HeaderFields.path]
    if member == "Hello":
        return new_method_return(message, "s", (":1.1",))
    if keeper.away and path.startswith("/org/freedesktop/secrets"):
        return new_error(message, _UNKNOWN, "s", ("nobody is there",))
    answer = keeper.answer(member, path, message.body)
    return new_error(message, _NOT_SUPPORTED) if answer is None else new_method_return(message, *answer)
