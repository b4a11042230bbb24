"""One question to a payment gateway: an answer that cannot be had or believed is Unknown, and every one is logged."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import structlog

from drivers.contracts.payment import Charge, Unknown
from drivers.payment.https_exchange import LineError

A = TypeVar("A")
log = structlog.get_logger()

_ORDER_NO = re.compile(r"[0-9A-Za-z_*-]{6,32}", re.ASCII)
_REFUND_NO = re.compile(r"[0-9A-Za-z_|*@-]{1,64}", re.ASCII)


def asked(method: str, operation: str, order_no: str, call: Callable[[], A]) -> A | Unknown:
    """What `call` answers; Unknown when it raises LineError."""
    outcome: A | Unknown
    try:
        outcome = call()
    except LineError as error:
        outcome = Unknown(str(error))
    log.info("payment answer", method=method, operation=operation, order_no=order_no, outcome=repr(outcome))
    return outcome


def check_order(order_no: str, total_minor: int | None = None) -> None:
    """Raises ValueError for what is not of the providers' form: our own mistake."""
    if not _ORDER_NO.fullmatch(order_no) or (total_minor is not None and total_minor <= 0):
        raise ValueError("not an order number of 6 to 32 characters, or not a positive amount")


def check_refund(refund_no: str, amount_minor: int, total_minor: int) -> None:
    """Raises ValueError for what is not of the providers' form, or more than the order."""
    if not _REFUND_NO.fullmatch(refund_no) or not 0 < amount_minor <= total_minor:
        raise ValueError("not a refund number, or not an amount within the order's")


def description(charge: Charge, characters: int) -> str:
    """What gateways take: so many characters of up to 3 UTF-8 bytes each; the order number if none is left."""
    kept = "".join(c for c in charge.description if c.isprintable() and ord(c) < 0x10000)
    return kept[:characters].strip() or charge.order_no


def utc_now() -> datetime:
    """The machine's clock, for what gateways want dated: they take one that is off by some minutes."""
    return datetime.now(UTC)
