"""How the emulated payer and gateway behave, told by the payment code itself: it works across processes."""

from __future__ import annotations

import secrets
from enum import Enum

# A real code begins with 10 to 15 (WeChat Pay, 18 digits) or 25 to 30 (Alipay, 16 to 24); these six digits mark one of
# ours, the next two say how to behave.
_MARK = "137777"
_ALIPAY_MARK = "287777"


class Behaviour(Enum):
    """What becomes of a payment. The value is the two digits in a code made for it."""

    APPROVE = "00"
    NOT_ENOUGH = "01"
    EXPIRED = "02"
    INVALID = "03"
    USED = "04"
    LIMIT = "05"
    CONFIRM = "10"  # the payer must confirm: paid after `confirm(order)`
    CONFIRM_SOON = "11"  # the payer confirms by himself: paid at the second query
    CANCEL_SOON = "12"  # the payer cancels: PAYERROR at the second query
    ANSWER_LOST = "20"  # paid, and the line drops before the answer
    REQUEST_LOST = "21"  # the line drops before anything is done
    SLOW = "22"  # paid at once, answered late
    SYSTEM_ERROR = "23"  # a system error, nothing paid
    SYSTEM_ERROR_PAID = "24"  # a system error, and yet paid
    LATE = "25"  # under way for a while, then paid and answered
    BAD_SIGNATURE = "30"  # paid, the answer signed over other bytes
    NO_SIGNATURE = "31"  # paid, the answer not signed
    OTHER_KEY = "32"  # paid, the answer names another key
    OTHER_AMOUNT = "33"  # paid, the answer tells another amount than was asked
    OTHER_ORDER = "34"  # paid, the answer is about another order


def make_code(behaviour: Behaviour = Behaviour.APPROVE) -> str:
    """A fresh code of WeChat Pay, as from a payer's telephone."""
    return f"{_MARK}{behaviour.value}{secrets.randbelow(10**10):010d}"


def make_alipay_code(behaviour: Behaviour = Behaviour.APPROVE) -> str:
    """A fresh code of Alipay, as from a payer's telephone."""
    return f"{_ALIPAY_MARK}{behaviour.value}{secrets.randbelow(10**10):010d}"


def behaviour_of(code: str) -> Behaviour:
    """The behaviour a code was made for; any other code is approved."""
    if code.startswith((_MARK, _ALIPAY_MARK)):
        for behaviour in Behaviour:
            if code[len(_MARK) :].startswith(behaviour.value):
                return behaviour
    return Behaviour.APPROVE
