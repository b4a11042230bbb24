"""The ways to pay that are tried: each one's far side, which outlives every process, and the driver that dies.

A further way to pay is one more entry of PROVIDERS; every scenario is then played with it too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Protocol

from drivers.contracts.payment import PaymentMethod
from drivers.emulators.alipay_gateway import AlipayGatewayEmulator, make_alipay_code
from drivers.emulators.alipay_gateway_api import PAID
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator, make_code
from drivers.payment.alipay import Alipay
from drivers.payment.alipay_settings import AlipaySettings
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_settings import WeChatSettings

LATE_SECONDS = 0.2
_BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Ending(Enum):
    """What becomes of a payment at the provider."""

    PAID = "paid"
    DECLINED = "declined"
    CONFIRMED_SOON = "confirmed soon"  # paid after a few questions
    NEVER_CONFIRMED = "never confirmed"  # until it is reversed
    ANSWER_LOST = "answer lost"  # paid
    REQUEST_LOST = "request lost"
    LATE = "late"  # under way for LATE_SECONDS, then paid


@dataclass(frozen=True)
class Order:
    """An order as its provider knows it; amounts in fen, `refunds` by refund number."""

    method: str
    order_no: str
    total: int
    paid: bool
    refunds: Mapping[str, int] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """What the merchant has of it."""
        return self.total - sum(self.refunds.values()) if self.paid else 0


class FarSide(Protocol):
    """A provider that remembers, and whose line can be made to fail."""

    def settings(self) -> Mapping[str, object]:
        """What the driver is told, as JSON can say it."""
        ...

    def orders(self) -> Sequence[Order]:
        """The provider's own books, in the order in which the orders came."""
        ...

    def serve(self) -> None:
        """The next request is served, before what `refuse` is told from here on."""
        ...

    def refuse(self) -> None:
        """One more request is not carried out, and not answered in a way that could be trusted."""
        ...

    def lose_answer(self) -> None:
        """The next request is carried out and its answer lost."""
        ...

    def be_well(self) -> None:
        """All that it was told is forgotten."""
        ...


@dataclass(frozen=True)
class Provider:
    """`code`: what the payer puts before the reader for a payment to end so; a KeyError where it cannot."""

    open: Callable[[Path], AbstractContextManager[FarSide]]
    driver: Callable[[Mapping[str, object]], PaymentMethod]
    code: Callable[[Ending], str]


class GatewayFarSide:
    """An emulated gateway as a far side; `paid` are its names for the state of an order that was paid."""

    def __init__(
        self, method: str, gateway: WeChatGatewayEmulator | AlipayGatewayEmulator, folder: Path, *paid: str
    ) -> None:
        self._method = method
        self._gateway = gateway
        self._books = folder / "payments.sqlite"
        self._paid = paid

    def settings(self) -> Mapping[str, object]:
        return {**self._gateway.settings(), "timeout_seconds": 5.0}

    def orders(self) -> Sequence[Order]:
        with closing(sqlite3.connect(self._books)) as books:
            refunds: dict[str, dict[str, int]] = {}
            for order_no, refund_no, amount in books.execute("SELECT order_no, refund_no, amount FROM refunds"):
                refunds.setdefault(order_no, {})[refund_no] = amount
            rows = books.execute("SELECT order_no, total, state FROM orders ORDER BY rowid")
            return [
                Order(self._method, no, total, state in self._paid or no in refunds, refunds.get(no, {}))
                for no, total, state in rows
            ]

    def serve(self) -> None:
        self._gateway.serve_next()

    def refuse(self) -> None:
        self._gateway.answer_next(_BAD_GATEWAY)

    def lose_answer(self) -> None:
        self._gateway.lose_next_answer()

    def be_well(self) -> None:
        self._gateway.forget_answers()


_BEHAVIOURS = {
    Ending.PAID: Behaviour.APPROVE,
    Ending.DECLINED: Behaviour.NOT_ENOUGH,
    Ending.CONFIRMED_SOON: Behaviour.CONFIRM_SOON,
    Ending.NEVER_CONFIRMED: Behaviour.CONFIRM,
    Ending.ANSWER_LOST: Behaviour.ANSWER_LOST,
    Ending.REQUEST_LOST: Behaviour.REQUEST_LOST,
    Ending.LATE: Behaviour.LATE,
}


@contextmanager
def _wechat(folder: Path) -> Iterator[FarSide]:
    with WeChatGatewayEmulator(folder, slow_seconds=LATE_SECONDS) as gateway:
        yield GatewayFarSide("wechat", gateway, folder, "SUCCESS", "REFUND")


@contextmanager
def _alipay(folder: Path) -> Iterator[FarSide]:
    with AlipayGatewayEmulator(folder, slow_seconds=LATE_SECONDS) as gateway:
        yield GatewayFarSide("alipay", gateway, folder, PAID)


PROVIDERS: Mapping[str, Provider] = {
    "wechat": Provider(
        _wechat,
        lambda settings: WeChatPay(WeChatSettings.from_mapping(settings)),
        lambda ending: make_code(_BEHAVIOURS[ending]),
    ),
    "alipay": Provider(
        _alipay,
        lambda settings: Alipay(AlipaySettings.from_mapping(settings)),
        lambda ending: make_alipay_code(_BEHAVIOURS[ending]),
    ),
}
