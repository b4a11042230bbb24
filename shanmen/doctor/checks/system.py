"""The machine itself: disk, typefaces, keyring."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine
from shared.printing.typefaces import FontMissingError, typeface
from shared.security.opening_keys import KEY_FILE
from shared.storage.health import RESERVE_BYTES

_MB = 1024 * 1024
_COMFORTABLE_BYTES = 1024 * _MB
_STYLES = ("regular", "bold", "serif")


def look_at_system(machine: Machine) -> Iterator[Finding]:
    """Disk, folder, typefaces and keyring."""
    yield from _disk(machine)
    yield _fonts(machine)
    yield Finding("KEYRING_WELL" if machine.look.has_keyring() and not _has_key_file(machine) else "KEYRING_DEGRADED")


def _has_key_file(machine: Machine) -> bool:
    """A key file goes before the keyring, also where there is one by now."""
    return machine.settings is not None and (machine.settings.terminal.data / KEY_FILE).exists()


def _disk(machine: Machine) -> Iterator[Finding]:
    folder = existing(machine.settings.terminal.data if machine.settings else Path.home())
    free = machine.look.free_bytes(folder)
    facts = {"free": str(free // _MB), "least": str(RESERVE_BYTES // _MB)}
    if free < RESERVE_BYTES:
        yield Finding("DISK_FULL", facts=facts)
    else:
        yield Finding("DISK_HAS_ROOM" if free >= _COMFORTABLE_BYTES else "DISK_SMALL", facts=facts)
    if machine.settings and not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("FOLDER_NOT_WRITABLE", facts={"path": str(folder)})


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that there is."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _fonts(machine: Machine) -> Finding:
    try:
        for style in _STYLES:
            typeface("zh-Hans", style, 24, machine.look.fonts)
    except FontMissingError as error:
        return Finding("FONTS_MISSING", facts={"path": str(error).split(" ", 1)[0]})
    return Finding("FONTS_WELL")
