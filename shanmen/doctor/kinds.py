"""What a device is for, by the name of its driver in the settings."""

from __future__ import annotations

PRINTERS = ("escpos", "cups")
SCANNERS = ("serial", "keyboard", "camera")
READERS = ("sdt", "mrz-serial", "mrz-camera")

SPOKEN_TO = frozenset({"escpos", "serial", "sdt", "mrz-serial", "cctalk", "cd5220", "modbus-relay"})
"""Drivers that hold a line of bytes of their own, so that the doctor may ask there who is at the other end."""

HELD = SPOKEN_TO | {"keyboard"}
"""Drivers that take a device of this machine, or an address of the network, for themselves."""
