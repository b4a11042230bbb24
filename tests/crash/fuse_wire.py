"""The FUSE protocol's messages, as far as a flat folder of files needs them (Linux, uapi/linux/fuse.h, 7.31)."""

from __future__ import annotations

import errno
import stat
import struct
from dataclasses import dataclass
from enum import IntEnum

MAX_WRITE = 128 * 1024
READ_BYTES = MAX_WRITE + 4096
ROOT_NODE = 1

_IN_HEADER = struct.Struct("<IIQQIIII")
_OUT_HEADER = struct.Struct("<IiQ")
_ATTRIBUTES = struct.Struct("<QQQQQQIIIIIIIIII")
_INIT_OUT = struct.Struct("<IIIIHHIIHHII24x")
_ENTRY = struct.Struct("<QQQQII")
_BIG_WRITES = 1 << 5
_BLOCK = 4096


class Operation(IntEnum):
    """What the kernel asks for."""

    LOOKUP = 1
    FORGET = 2
    GETATTR = 3
    SETATTR = 4
    UNLINK = 10
    OPEN = 14
    READ = 15
    WRITE = 16
    STATFS = 17
    RELEASE = 18
    FSYNC = 20
    FLUSH = 25
    INIT = 26
    OPENDIR = 27
    READDIR = 28
    RELEASEDIR = 29
    FSYNCDIR = 30
    ACCESS = 34
    CREATE = 35
    INTERRUPT = 36
    BATCH_FORGET = 42


WITHOUT_ANSWER = frozenset({Operation.FORGET, Operation.BATCH_FORGET, Operation.INTERRUPT})


@dataclass(frozen=True)
class Request:
    """One message from the kernel; `operation` is its number, known or not."""

    operation: int
    unique: int
    node: int
    body: bytes

    def numbers(self, form: str) -> tuple[int, ...]:
        """The integers at the body's head, in struct's notation."""
        return struct.unpack_from(form, self.body)

    def name(self, offset: int = 0) -> str:
        """The text at `offset`, up to its NUL."""
        return self.body[offset:].split(b"\0", 1)[0].decode()


def request(message: bytes) -> Request:
    """Raises struct.error when the message is cut off."""
    _, operation, unique, node, *_ = _IN_HEADER.unpack_from(message)
    return Request(operation, unique, node, message[_IN_HEADER.size :])


def answer(unique: int, body: bytes) -> bytes:
    return _OUT_HEADER.pack(_OUT_HEADER.size + len(body), 0, unique) + body


def refusal(unique: int, error: int = errno.ENOSYS) -> bytes:
    return _OUT_HEADER.pack(_OUT_HEADER.size, -error, unique)


def welcome() -> bytes:
    """The answer to INIT: writes come at once and whole, and locks stay with the kernel."""
    return _INIT_OUT.pack(7, 31, 0, _BIG_WRITES, 16, 12, MAX_WRITE, 1, 0, 0, 0, 0)


def attributes(node: int, size: int) -> bytes:
    kind = stat.S_IFDIR | 0o700 if node == ROOT_NODE else stat.S_IFREG | 0o600
    return _ATTRIBUTES.pack(node, size, -(-size // 512), 0, 0, 0, 0, 0, 0, kind, 1, 0, 0, 0, _BLOCK, 0)


def attribute_answer(node: int, size: int) -> bytes:
    return struct.pack("<QII", 0, 0, 0) + attributes(node, size)


def entry(node: int, size: int) -> bytes:
    """A name's file. Nothing of it may be kept by the kernel: valid for 0 seconds."""
    return _ENTRY.pack(node, 0, 0, 0, 0, 0) + attributes(node, size)


def handle() -> bytes:
    """An open file; the node says which."""
    return struct.pack("<QII", 0, 0, 0)


def space() -> bytes:
    """A disk that is never full."""
    return struct.pack("<QQQQQIIII24x", 1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20, _BLOCK, 255, _BLOCK, 0)


def listing(names: dict[str, int], offset: int, limit: int) -> bytes:
    """Directory entries from number `offset`, as many as fit."""
    out = b""
    for number, (name, node) in list(enumerate(names.items(), 1))[offset:]:
        raw = name.encode()
        record = struct.pack("<QQII", node, number, len(raw), stat.S_IFREG >> 12) + raw
        record += bytes(-len(record) % 8)
        if len(out) + len(record) > limit:
            break
        out += record
    return out
