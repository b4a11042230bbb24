"""A device that is open for as long as it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar


class Openable(Protocol):
    """A driver: an absent device is no error at `open`."""

    def open(self) -> None: ...

    def close(self) -> None: ...


_Device = TypeVar("_Device", bound=Openable)


@contextmanager
def opened(device: _Device) -> Iterator[_Device]:
    """Opens it on this thread, and closes it whatever happens."""
    device.open()
    try:
        yield device
    finally:
        device.close()
