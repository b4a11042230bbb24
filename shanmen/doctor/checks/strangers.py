"""Who is at the other end of a port whose device does not answer as it should."""

from __future__ import annotations

from drivers.device_settings import DeviceSettings
from shanmen.doctor.finding import Finding
from shanmen.doctor.hail import Heard, Language, NothingHeard, hail
from shanmen.doctor.machine import Machine


def who_is_there(device: DeviceSettings, machine: Machine, expected: Language | None) -> Finding:
    """Why a device whose port can be opened does not answer as it should."""
    facts = {"address": device.address}
    match hail(device, machine.look.places, machine.look.listen_seconds):
        case NothingHeard():
            return Finding("DEVICE_SILENT", device.key, facts)
        case Heard(language) if language is None or language == expected:
            return Finding("DEVICE_GARBLED", device.key, facts)
        case Heard(language):
            return stranger(device, str(language))


def stranger(device: DeviceSettings, language: str) -> Finding:
    """Another device than the settings say: `language` is what it speaks."""
    return Finding("DEVICE_IS_ANOTHER", device.key, {"address": device.address, "found": language})
