"""WeChat Pay by a QR on our screen ("Native"): the payer scans it and pays on the telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Needs,
    Paid,
    PaymentAnswer,
    ReverseAnswer,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentListener, nobody
from drivers.errors import ConfigurationError
from drivers.payment.asking import description, utc_now
from drivers.payment.wechat import DESCRIPTION_CHARACTERS, WeChatPay
from drivers.payment.wechat_answers import CURRENCY
from drivers.payment.wechat_client import NATIVE
from drivers.payment.wechat_outcomes import close_answer, shown_answer
from drivers.payment.wechat_settings import WeChatSettings


class WeChatNative(WeChatPay):
    """A PaymentMethod. The same merchant, client, query and refund as by payment code; an unpaid order is closed."""

    name = "wechat-qr"
    needs = Needs.SHOWN_CODE
    earliest_reverse_seconds = 0.0

    def __init__(self, settings: WeChatSettings, now: Callable[[], datetime] = utc_now) -> None:
        """Raises ConfigurationError naming the key at fault; the provider insists on a `notify_url` here."""
        super().__init__(settings)
        if not settings.notify_url:
            raise ConfigurationError("notify_url", "is missing: a QR shown on the screen needs it")
        self._now = now

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        """Asks for a code to show: Pending with the code, or why there is none."""
        self._order(charge.order_no, charge.amount_minor)
        if charge.currency != CURRENCY:
            return Declined(DeclineReason.NOT_SUPPORTED, "currency")
        seconds = self._settings.shown_seconds
        until = self._now() + timedelta(seconds=seconds)
        return self._ask(
            "submit",
            charge.order_no,
            lambda: self._library.pay(
                description=description(charge, DESCRIPTION_CHARACTERS),
                out_trade_no=charge.order_no,
                amount={"total": charge.amount_minor, "currency": CURRENCY},
                time_expire=until.isoformat(timespec="seconds"),
                notify_url=self._settings.notify_url,
                pay_type=NATIVE,
            ),
            lambda answer: shown_answer(answer, seconds),
        )

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Closes an order that nobody has paid. One that was paid meanwhile is answered as Paid: it is refunded."""
        self._order(order_no)
        closed = self._ask("close", order_no, lambda: self._library.close(out_trade_no=order_no), close_answer)
        if isinstance(closed, Unknown):
            paid = self.query(order_no)
            return paid if isinstance(paid, Paid) else closed
        return closed
