"""What is played while the process dies: a visitor, the devices' troubles, and what the staff do before the restart.

A further kind of process is one more scenario: `visit` runs in the process that is killed, the rest beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator
from tests.crash.booth import Booth

SALE = "S1"
_BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_ROLL_FOR_ONE_TICKET_MM = 70.0


@dataclass(frozen=True)
class Devices:
    """What stands beside the process and outlives it."""

    gateway: WeChatGatewayEmulator
    paper: EscPosPrinterEmulator


def _nothing(devices: Devices) -> None:
    """No trouble, or none that anybody mends."""


@dataclass(frozen=True)
class Scenario:
    """`outcome`: how the sale ends when nobody kills anything; `late`: seconds that a request may be under way."""

    name: str
    visit: Callable[[Booth], None]
    outcome: str
    trouble: Callable[[Devices], None] = _nothing
    mend: Callable[[Devices], None] = _nothing
    late: float = 0.0

    def __str__(self) -> str:
        return self.name.replace(", ", "-").replace(" ", "-")


def _buy(*payments: Behaviour, tickets: int = 2) -> Callable[[Booth], None]:
    def visit(booth: Booth) -> None:
        booth.choose(SALE, tickets)
        for behaviour in payments:
            booth.pay(SALE, behaviour)

    return visit


def _leave(*payments: Behaviour) -> Callable[[Booth], None]:
    def visit(booth: Booth) -> None:
        _buy(*payments)(booth)
        booth.leave(SALE)

    return visit


def _lose_confirmation(devices: Devices) -> None:
    devices.paper.set_fault(PrinterTrouble.LOSE_CONFIRMATION)


def _short_roll(devices: Devices) -> None:
    devices.paper.load_paper(_ROLL_FOR_ONE_TICKET_MM)


def _new_roll(devices: Devices) -> None:
    devices.paper.load_paper()


def _gateway_down(devices: Devices) -> None:
    """The first request gets through; what is asked afterwards is not answered for a while."""
    devices.gateway.serve_next()
    for _ in range(7):
        devices.gateway.answer_next(_BAD_GATEWAY)


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("purchase", _buy(Behaviour.APPROVE), "done"),
        Scenario("declined, then paid", _buy(Behaviour.NOT_ENOUGH, Behaviour.APPROVE), "done"),
        Scenario("pending, then paid", _buy(Behaviour.CONFIRM_SOON), "done"),
        Scenario("answer lost", _buy(Behaviour.ANSWER_LOST), "done"),
        Scenario("unclear, reversed, then paid", _buy(Behaviour.CONFIRM, Behaviour.APPROVE), "done"),
        Scenario("request lost, then left", _leave(Behaviour.REQUEST_LOST), "released"),
        Scenario("request under way", _buy(Behaviour.LATE), "done", late=0.3),
        Scenario("gateway down", _buy(Behaviour.ANSWER_LOST), "open", trouble=_gateway_down),
        Scenario("confirmation lost", _buy(Behaviour.APPROVE), "done", trouble=_lose_confirmation),
        Scenario("paper out", _buy(Behaviour.APPROVE, tickets=3), "claim", trouble=_short_roll, mend=_new_roll),
        Scenario("cancelled", _leave(), "released"),
        Scenario("topped up", _buy(Behaviour.APPROVE, tickets=6), "done"),
    )
}
