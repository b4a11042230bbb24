"""What needs a person: the trials that were asked for, each after a word about what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drivers.contracts.payment import Needs, PaymentMethod
from drivers.contracts.scanner import Scanned
from drivers.device_settings import DeviceSettings
from drivers.errors import ConfigurationError
from drivers.printer.typeface import TypefaceMissingError
from shanmen.doctor.checks.devices import wrong_setting
from shanmen.doctor.checks.payment import fresh_order, open_methods
from shanmen.doctor.finding import Finding
from shanmen.doctor.kinds import PRINTERS, READERS, SCANNERS
from shanmen.doctor.machine import Machine
from shanmen.doctor.trials.cent import CentTrial
from shanmen.doctor.trials.reading import code_finding, read_card, scan
from shanmen.doctor.trials.ticket import TestTicket, print_test
from shared.domain.payment_code import PaymentCode, classify


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which trials, and how many seconds a person has for each."""

    print: bool = False
    code: bool = False
    card: bool = False
    payment: bool = False
    seconds: float = 30.0

    @property
    def any(self) -> bool:
        return self.print or self.code or self.card or self.payment


@dataclass(frozen=True)
class Trials:
    """Runs them on a machine. `ask` tells the person what to do: the name of a text in words.toml, and its fields."""

    machine: Machine
    wanted: Wanted
    ticket: TestTicket
    ask: Callable[..., None]

    def run(self) -> Iterator[Finding]:
        """In the order in which one needs the other: the code is on the ticket."""
        if self.wanted.print:
            for device in self._having(PRINTERS):
                yield self._guarded(device, lambda device=device: print_test(device, self.ticket))  # type: ignore[misc]
        if self.wanted.code:
            for device in self._having(SCANNERS):
                yield self._guarded(device, lambda device=device: self._code(device))  # type: ignore[misc]
        if self.wanted.card:
            for device in self._having(READERS):
                yield self._guarded(device, lambda device=device: self._card(device))  # type: ignore[misc]
        if self.wanted.payment:
            yield from self._payment()

    def _having(self, drivers: tuple[str, ...]) -> Iterator[DeviceSettings]:
        return (device for device in self.machine.devices if device.driver in drivers)

    def _code(self, device: DeviceSettings) -> Finding:
        self._ask("code")
        return code_finding(device, scan(device, self.wanted.seconds), self.wanted.seconds)

    def _card(self, device: DeviceSettings) -> Finding:
        self._ask("card")
        return read_card(device, self.wanted.seconds)

    def _payment(self) -> Iterator[Finding]:
        """One cent by each method that takes a scanned code or a card; a code on a screen needs the kiosk's own."""
        settings = self.machine.settings
        if settings is None:
            return
        for name in settings.payment:
            methods = open_methods(settings, name)
            if isinstance(methods, Finding):
                yield methods
                continue
            for method in methods:
                if method.needs is Needs.SCANNED_CODE:
                    yield self._cent_by_code(method)
                elif method.needs is Needs.AT_THE_TERMINAL:
                    self._ask("terminal")
                    yield self._cent(method, "")

    def _cent_by_code(self, method: PaymentMethod) -> Finding:
        scanner = next(self._having(SCANNERS), None)
        if scanner is None:
            return Finding("CENT_NOT_TRIED", method.name, {"reason": "there is no scanner in the settings"})
        return self._guarded(scanner, lambda: self._cent_by_scanner(method, scanner))

    def _cent_by_scanner(self, method: PaymentMethod, scanner: DeviceSettings) -> Finding:
        self._ask("payment")
        answer = scan(scanner, self.wanted.seconds)
        code = classify(answer.data) if isinstance(answer, Scanned) else None
        if not isinstance(code, PaymentCode) or code.wallet.value != method.name:
            return Finding("CENT_NOT_TRIED", method.name, {"reason": "no payment code of this method was read"})
        return self._cent(method, code.digits)

    def _cent(self, method: PaymentMethod, code: str) -> Finding:
        look = self.machine.look
        return CentTrial(method, fresh_order(), look.clock, look.sleep).run(code)

    def _guarded(self, device: DeviceSettings, trial: Callable[[], Finding]) -> Finding:
        try:
            return trial()
        except ConfigurationError as error:
            return wrong_setting(device.key, error)
        except TypefaceMissingError:
            return Finding("TEST_NOT_PRINTED", device.key)

    def _ask(self, what: str) -> None:
        self.ask(what, seconds=f"{self.wanted.seconds:g}")
