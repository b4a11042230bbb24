"""The gateway of WeChat Pay on the bench."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from shanmen.bench.action import Action, NonsenseError, Press
from shanmen.bench.reading import Fact, Reading
from shanmen.bench.station import Station

_WAITING = "USERPAYING"


def open_wechat(stack: ExitStack, folder: Path) -> Station:
    """Starts the gateway; its keys and payments are kept in the folder."""
    place = folder / "wechat"
    place.mkdir(parents=True, exist_ok=True)
    return wechat_station(stack.enter_context(WeChatGatewayEmulator(place)))


def wechat_station(gateway: WeChatGatewayEmulator) -> Station:
    """The place of a gateway that runs already."""
    return Station(
        "wechat", "WeChat Pay", _actions(gateway), {"wechat": gateway.settings()}, lambda: _readings(gateway)
    )


def _actions(gateway: WeChatGatewayEmulator) -> tuple[Action, ...]:
    def lose(_word: str) -> str:
        gateway.lose_next_answer()
        return "The answer to the next request will be lost."

    def confirm(_word: str) -> str:
        waiting = [number for number, state in gateway.payments.items() if state == _WAITING]
        if not sum(gateway.confirm(number) for number in waiting):
            raise NonsenseError("No payment waits for its payer.")
        return "Confirmed on the telephone."

    return (
        Press("confirm", "Confirm on the phone what waits", confirm),
        Press("lose-answer", "Lose the next answer", lose),
    )


def _readings(gateway: WeChatGatewayEmulator) -> tuple[Reading, ...]:
    return (
        Fact("payments", str(len(gateway.payments))),
        Fact("holds", f"{gateway.taken_minor / 100:.2f} CNY"),
    )
