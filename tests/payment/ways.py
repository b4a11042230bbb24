"""Every electronic way to pay with somebody who pays by it, over its emulator: what the shared suite runs on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from drivers.contracts.payment import Charge, PaymentMethod, Pending, QueryAnswer
from drivers.emulators.alipay_gateway import AlipayGatewayEmulator
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator
from drivers.emulators.zvt_terminal import CardBehaviour, ZvtTerminalEmulator

AMOUNT = 18000


class Way(ABC):
    """A method and its payer."""

    method: PaymentMethod

    def __init__(self) -> None:
        self._orders = 0

    def charge(self, currency: str = "CNY") -> Charge:
        """The next order, of 180.00."""
        self._orders += 1
        return Charge(f"order-{self._orders:06}", AMOUNT, currency, "成人票 x2", self._code())

    def _code(self) -> str:
        return ""

    @property
    @abstractmethod
    def taken_minor(self) -> int:
        """What the provider holds for us."""

    @abstractmethod
    def pay(self, charge: Charge) -> QueryAnswer:
        """Submits, and the payer does what is needed. The answer when all is done."""

    @abstractmethod
    def refuse(self, charge: Charge) -> QueryAnswer:
        """Submits, and the payer's money does not move; what the method knows in the end."""

    @abstractmethod
    def lose_answer(self) -> None:
        """The next request is carried out and its answer lost."""


class CodeWay(Way):
    """By the payer's code."""

    def __init__(
        self,
        method: PaymentMethod,
        gateway: WeChatGatewayEmulator | AlipayGatewayEmulator,
        make: Callable[[Behaviour], str],
    ) -> None:
        super().__init__()
        self.method, self._gateway, self._make = method, gateway, make

    def _code(self) -> str:
        return self._make(Behaviour.APPROVE)

    @property
    def taken_minor(self) -> int:
        return self._gateway.taken_minor

    def pay(self, charge: Charge) -> QueryAnswer:
        return self.method.submit(charge)

    def refuse(self, charge: Charge) -> QueryAnswer:
        self._gateway.expect(charge.code, Behaviour.NOT_ENOUGH)
        return self.method.submit(charge)

    def lose_answer(self) -> None:
        self._gateway.lose_next_answer()


class ShownWay(Way):
    """By a code on our screen."""

    def __init__(self, method: PaymentMethod, gateway: WeChatGatewayEmulator | AlipayGatewayEmulator) -> None:
        super().__init__()
        self.method, self._gateway = method, gateway

    @property
    def taken_minor(self) -> int:
        return self._gateway.taken_minor

    def pay(self, charge: Charge) -> QueryAnswer:
        answer = self.method.submit(charge)
        if isinstance(answer, Pending) and answer.show is not None:
            assert self._gateway.scan(answer.show.text)
        elif not isinstance(answer, Pending):
            return answer
        return self.method.query(charge.order_no)

    def refuse(self, charge: Charge) -> QueryAnswer:
        self.method.submit(charge)
        return self.method.reverse(charge.order_no)

    def lose_answer(self) -> None:
        self._gateway.lose_next_answer()


class CardWay(Way):
    """By a card at the terminal."""

    def __init__(self, method: PaymentMethod, terminal: ZvtTerminalEmulator) -> None:
        super().__init__()
        self.method, self._terminal = method, terminal

    @property
    def taken_minor(self) -> int:
        return self._terminal.taken_minor

    def pay(self, charge: Charge) -> QueryAnswer:
        return self.method.submit(charge)

    def refuse(self, charge: Charge) -> QueryAnswer:
        self._terminal.expect(CardBehaviour.DECLINED)
        return self.method.submit(charge)

    def lose_answer(self) -> None:
        self._terminal.lose_next_answer()
