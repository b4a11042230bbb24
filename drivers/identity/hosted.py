"""An identity reader behind its host: the same answers, from any thread, each within a deadline."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from drivers.contracts.identity import (
    IdentityAnswer,
    IdentityReader,
    ReaderFault,
    ReaderLost,
    ReaderReady,
    ReaderStatus,
)
from drivers.device_call import DeadlinePassedError, DeviceStoppedError
from drivers.health import Degraded, Health, Healthy, Lost
from drivers.host import DeviceHost

_STATUS_SECONDS = 8.0
_MARGIN_SECONDS = 8.0


def identity_health(status: ReaderStatus) -> Health:
    """A reader that answers and cannot read is degraded, not lost."""
    match status:
        case ReaderReady():
            return Healthy()
        case ReaderFault(trouble, detail):
            return Degraded(trouble.value, f"cannot read documents: {detail}")
        case ReaderLost(cause):
            return Lost(cause)
        case _:
            assert_never(status)


def attend_identity_reader(reader: IdentityReader) -> Callable[[], Health]:
    """What a host does while nobody reads: asks for the status."""
    return lambda: identity_health(reader.status())


class HostedIdentityReader:
    """Asks a reader through its host. A reader that hangs is lost for its caller, never waited for."""

    def __init__(self, reader: IdentityReader, host: DeviceHost) -> None:
        self._reader = reader
        self._host = host

    def status(self) -> ReaderStatus:
        try:
            return self._host.call(self._reader.status, _STATUS_SECONDS).result()
        except (DeadlinePassedError, DeviceStoppedError) as error:
            return ReaderLost(str(error))

    def read(self, seconds: float) -> IdentityAnswer:
        try:
            return self._host.call(lambda: self._reader.read(seconds), seconds + _MARGIN_SECONDS).result()
        except (DeadlinePassedError, DeviceStoppedError) as error:
            return ReaderLost(str(error))
