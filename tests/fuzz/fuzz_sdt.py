"""Fuzz entry: bytes from a resident card reader, all the way to a document."""

from __future__ import annotations

import re

from drivers.contracts.identity import DocumentRead, IdentityKind
from drivers.emulators.sdt_people import PEOPLE, text_block
from drivers.identity.sdt.card import read_card
from drivers.identity.sdt.frames import Reply, ReplyReader
from drivers.identity.sdt.module_number import module_number

_OLD_FOREIGNER = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)


def _frame(data: bytes) -> bytes:
    counted = (len(data) + 4).to_bytes(2, "big") + b"\x00\x00\x90" + data
    check = 0
    for byte in counted:
        check ^= byte
    return b"\xaa\xaa\xaa\x96\x69" + counted + bytes([check])


# What the fuzzer starts from.
SEEDS = (
    b"",
    bytes.fromhex("AAAAAA9669000800009F0000000097"),
    bytes.fromhex("AAAAAA96690004000080FF") * 20,
    b"\xaa\xaa\xaa\x96\x69\xff\xff" + bytes(300),
    b"\xaa" * 700,
    *(_frame(b"\x01\x00\x00\x04" + text_block(person) + b"WLF!") for person in PEOPLE.values()),
    _frame(b"\x01\x00\x00\x00" + bytes(256)),
    _frame(b"\x01\x00\x00\x00" + b"\x00\xd8" * 128),
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    """No exception, no hang, and whatever comes out has a number of its kind's form.

    The bytes are also taken as the inside of a whole frame, which a fuzzer would hardly ever hit.
    """
    reader = ReplyReader()
    middle = len(data) // 3
    replies = [reply for piece in (data[:middle], data[middle:], _frame(data[:4000])) for reply in reader.feed(piece)]
    for reply in replies:
        if not isinstance(reply, Reply):
            continue
        module_number(reply.data)
        card = read_card(reply.data)
        if isinstance(card, DocumentRead):
            form = _EIGHTEEN.fullmatch(card.details.number)
            foreign = card.details.kind is IdentityKind.FOREIGN_PERMANENT_RESIDENT
            assert form or (foreign and _OLD_FOREIGNER.fullmatch(card.details.number)), "a wrong accept"
