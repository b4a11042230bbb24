"""Faults and cables as switches: what most emulators have in common. A switch remembers how it was turned last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from shanmen.bench.action import Press, Switch

_Fault_contra = TypeVar("_Fault_contra", contravariant=True)


class Faulty(Protocol[_Fault_contra]):
    """An emulator whose faults are set and cleared by name."""

    def set_fault(self, fault: _Fault_contra, /) -> None: ...

    def clear_fault(self, fault: _Fault_contra, /) -> None: ...


class Pluggable(Protocol):
    """An emulator at the end of a cable."""

    def plug(self) -> None: ...

    def unplug(self) -> None: ...


class Turned:
    """A switch's own memory, for a device that does not tell."""

    def __init__(self, on: Callable[[], None], off: Callable[[], None]) -> None:
        self._do = {True: on, False: off}
        self._is_on = False

    def turn(self, on: bool) -> None:
        self._do[on]()
        self._is_on = on

    def is_on(self) -> bool:
        return self._is_on


def fault_switch(
    device: Faulty[_Fault_contra],
    verb: str,
    label: str,
    fault: _Fault_contra,
    is_on: Callable[[], bool] | None = None,
) -> Switch:
    """A fault that lasts until it is mended. `is_on`: for a device where it may end by itself."""
    turned = Turned(lambda: device.set_fault(fault), lambda: device.clear_fault(fault))
    return Switch(verb, label, turned.turn, is_on or turned.is_on)


def fault_press(device: Faulty[_Fault_contra], verb: str, label: str, fault: _Fault_contra) -> Press:
    """A fault that strikes once."""

    def strike(_word: str) -> str:
        device.set_fault(fault)
        return f"Set: {label.lower()}."

    return Press(verb, label, strike)


def unplug_switch(device: Pluggable) -> Switch:
    """The cable: `unplug` and `plug`."""
    turned = Turned(device.unplug, device.plug)
    return Switch("unplug", "Unplugged", turned.turn, turned.is_on, "plug")


def press(verb: str, label: str, act: Callable[[], object], said: str) -> Press:
    """Something that happens once and always can."""

    def perform(_word: str) -> str:
        act()
        return said

    return Press(verb, label, perform)
