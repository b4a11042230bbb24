"""Faults and plugs as switches: what most emulators have in common."""

from __future__ import annotations

from typing import Protocol, TypeVar

from shanmen.bench.action import Press, Switch

_Fault_contra = TypeVar("_Fault_contra", contravariant=True)


class Faulty(Protocol[_Fault_contra]):
    """An emulator whose faults are set and cleared by name."""

    def set_fault(self, fault: _Fault_contra) -> None: ...

    def clear_fault(self, fault: _Fault_contra) -> None: ...

    def has_fault(self, fault: _Fault_contra) -> bool: ...


class Pluggable(Protocol):
    """An emulator at the end of a cable."""

    @property
    def is_plugged(self) -> bool: ...

    def plug(self) -> None: ...

    def unplug(self) -> None: ...


def fault_switch(device: Faulty[_Fault_contra], verb: str, label: str, fault: _Fault_contra) -> Switch:
    """A fault that lasts until it is mended."""

    def turn(on: bool) -> None:
        if on:
            device.set_fault(fault)
        else:
            device.clear_fault(fault)

    return Switch(verb, label, turn, lambda: device.has_fault(fault))


def fault_press(device: Faulty[_Fault_contra], verb: str, label: str, fault: _Fault_contra) -> Press:
    """A fault that strikes once."""

    def strike(_word: str) -> str:
        device.set_fault(fault)
        return f"Set: {label.lower()}."

    return Press(verb, label, strike)


def unplug_switch(device: Pluggable) -> Switch:
    """The cable: `unplug` and `plug`."""

    def turn(on: bool) -> None:
        if on:
            device.unplug()
        else:
            device.plug()

    return Switch("unplug", "Unplugged", turn, lambda: not device.is_plugged, "plug")
