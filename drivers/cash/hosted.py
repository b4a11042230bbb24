"""Cash devices behind the host of their bus: the same answers, from any thread, each within a deadline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from drivers.contracts.cash import (
    Acceptor,
    CashDevices,
    CashUnreachable,
    CommandAnswer,
    DispenseAnswer,
    DispenseRefused,
    Hopper,
    HopperAnswer,
    NoteAcceptor,
    PollAnswer,
    RouteAnswer,
    TotalAnswer,
)
from drivers.device_call import DeadlinePassedError, DeviceStoppedError
from drivers.host import DeviceHost

CALL_SECONDS = 10.0
_T = TypeVar("_T")


def hosted_devices(devices: CashDevices, host: DeviceHost, seconds: float = CALL_SECONDS) -> CashDevices:
    """The same devices, called on the host's thread."""
    return CashDevices(
        tuple(HostedNoteAcceptor(each, host, seconds) for each in devices.notes),
        tuple(HostedAcceptor(each, host, seconds) for each in devices.coins),
        tuple(HostedHopper(each, host, seconds) for each in devices.hoppers),
    )


class _Hosted:
    def __init__(self, host: DeviceHost, seconds: float) -> None:
        self._host = host
        self._seconds = seconds

    def _call(self, function: Callable[[], _T]) -> _T | CashUnreachable:
        try:
            return self._host.call(function, self._seconds).result()
        except (DeadlinePassedError, DeviceStoppedError) as error:
            return CashUnreachable(str(error))


class HostedAcceptor(_Hosted):
    """An acceptor through its host."""

    def __init__(self, acceptor: Acceptor, host: DeviceHost, seconds: float) -> None:
        super().__init__(host, seconds)
        self._acceptor = acceptor
        self.name = acceptor.name
        self.currency = acceptor.currency
        self.values = acceptor.values
        self.routes = acceptor.routes

    def accept(self, values: frozenset[int]) -> CommandAnswer:
        return self._call(lambda: self._acceptor.accept(values))

    def poll(self, since: int | None) -> PollAnswer:
        return self._call(lambda: self._acceptor.poll(since))

    def total(self) -> TotalAnswer:
        return self._call(self._acceptor.total)


class HostedNoteAcceptor(HostedAcceptor):
    """A note acceptor through its host."""

    def __init__(self, acceptor: NoteAcceptor, host: DeviceHost, seconds: float) -> None:
        super().__init__(acceptor, host, seconds)
        self._notes = acceptor

    def stack(self) -> RouteAnswer:
        return self._call(self._notes.stack)

    def give_back(self) -> RouteAnswer:
        return self._call(self._notes.give_back)

    def hold(self) -> RouteAnswer:
        return self._call(self._notes.hold)


class HostedHopper(_Hosted):
    """A hopper through its host. An order to pay that was not begun in time was never given; else it may have been."""

    def __init__(self, hopper: Hopper, host: DeviceHost, seconds: float) -> None:
        super().__init__(host, seconds)
        self._hopper = hopper
        self.name = hopper.name
        self.currency = hopper.currency
        self.value = hopper.value

    def status(self) -> HopperAnswer:
        return self._call(self._hopper.status)

    def dispense(self, pieces: int) -> DispenseAnswer:
        try:
            return self._host.call(lambda: self._hopper.dispense(pieces), self._seconds).result()
        except DeadlinePassedError as error:
            return CashUnreachable(str(error)) if error.started else DispenseRefused(str(error))
        except DeviceStoppedError as error:
            return DispenseRefused(str(error))

    def stop(self) -> CommandAnswer:
        return self._call(self._hopper.stop)
