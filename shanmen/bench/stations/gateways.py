"""The gateways of WeChat Pay and Alipay on the bench."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.alipay_gateway import AlipayGatewayEmulator
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from shanmen.bench.action import Action, NonsenseError, Press
from shanmen.bench.reading import Fact, Reading
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import press

Gateway = WeChatGatewayEmulator | AlipayGatewayEmulator


def open_wechat(stack: ExitStack, folder: Path) -> Station:
    """Starts WeChat Pay; its keys and payments are kept in the folder."""
    return _station("wechat", "WeChat Pay", stack.enter_context(WeChatGatewayEmulator(_made(folder / "wechat"))), True)


def open_alipay(stack: ExitStack, folder: Path) -> Station:
    """Starts Alipay; its keys and payments are kept in the folder."""
    return _station("alipay", "Alipay", stack.enter_context(AlipayGatewayEmulator(_made(folder / "alipay"))), True)


def wechat_station(gateway: WeChatGatewayEmulator) -> Station:
    """The place of a WeChat Pay that runs already, paid by the payer's code alone."""
    return _station("wechat", "WeChat Pay", gateway, show_code=False)


def _station(name: str, title: str, gateway: Gateway, show_code: bool) -> Station:
    section = {**gateway.settings(), "show_code": show_code}
    return Station(name, title, _actions(gateway), {"payment": {name: section}}, lambda: _readings(gateway))


def _actions(gateway: Gateway) -> tuple[Action, ...]:
    def confirm(_word: str) -> str:
        if not sum(gateway.confirm(number) for number in gateway.payments):
            raise NonsenseError("No payment waits for its payer.")
        return "Confirmed on the telephone."

    def scan(_word: str) -> str:
        if not gateway.scan_waiting():
            raise NonsenseError("No code on a screen waits for its payer.")
        return "Scanned and paid."

    lost = "The answer to the next request will be lost."
    return (
        Press("confirm", "Confirm on the phone what waits", confirm),
        Press("scan", "Scan the code on the screen", scan),
        press("lose-answer", "Lose the next answer", gateway.lose_next_answer, lost),
    )


def _readings(gateway: Gateway) -> tuple[Reading, ...]:
    return (
        Fact("payments", str(len(gateway.payments))),
        Fact("holds", f"{gateway.taken_minor / 100:.2f} CNY"),
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
