"""Kernel key events and typed keys in any order: nothing raises, and no key of a person is lost or doubled."""

from __future__ import annotations

from drivers.scanner.typing import CodeTyped, Pace, TypedBy, TypingFilter
from drivers.transport.keys import KeyDecoder

SEEDS = (
    b"\x02\x01\x02\x00\x1c\x01\x1c\x00",
    b"\x2a\x01\x1e\x01\x1e\x00\x2a\x00\x3a\x01",
    b"\x10\x01" * 12 + b"\x1c\x01",
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    keys, typing = KeyDecoder(), TypingFilter(Pace(shortest=3, longest=10))
    sent, heard, now = "", list[TypedBy](), 1.0
    for key, value in zip(data[::2], data[1::2], strict=False):
        now += 0.1 if value & 0x10 else 0.002
        if text := keys.feed(key, value & 3):
            sent += text
            heard += typing.press(text, now)
    heard += typing.passed(now + 1)
    assert "".join(item.text + "\r" * isinstance(item, CodeTyped) for item in heard) == sent
