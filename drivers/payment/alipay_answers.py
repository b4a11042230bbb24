"""What Alipay answers, as data: codes of the gateway and of trades, and the values they become.

Sources: opendocs.alipay.com/open/02ekfp (alipay.trade.pay), .../02ekfj (query), .../02ekfi (cancel), .../02ekfk
(refund), .../02ekfg (precreate), and the public codes of opendocs.alipay.com/common/02km9f.
Only a code known to settle a payment declines it; anything else, new codes included, is Unknown and asked again.
"""

from __future__ import annotations

from collections.abc import Mapping

from drivers.contracts.payment import DeclineReason

CURRENCY = "CNY"

SUCCESS = "10000"
USER_PAYING = "10003"
BUSINESS_FAILED = "40004"  # the `sub_code` says why
# Refused by the gateway before any trade: token, missing or wrong parameters, no permission.
NOT_TAKEN_UP = frozenset({"20001", "40001", "40002", "40006"})

# Sub-codes by which a payment has certainly failed. Not here, as they leave it open: SYSTEM_ERROR,
# TRADE_HAS_SUCCESS and CONTEXT_INCONSISTENT (the same order was sent before).
PAYMENT_FAILED: Mapping[str, DeclineReason] = {
    "ACQ.PAYMENT_AUTH_CODE_INVALID": DeclineReason.CODE_INVALID,
    "ACQ.BUYER_BALANCE_NOT_ENOUGH": DeclineReason.INSUFFICIENT_FUNDS,
    "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH": DeclineReason.INSUFFICIENT_FUNDS,
    "ACQ.TOTAL_FEE_EXCEED": DeclineReason.LIMIT,
    "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": DeclineReason.LIMIT,
    "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR": DeclineReason.LIMIT,
    "ACQ.BEYOND_PAY_RESTRICTION": DeclineReason.LIMIT,
    "ACQ.BEYOND_PER_RECEIPT_RESTRICTION": DeclineReason.LIMIT,
    "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR": DeclineReason.LIMIT,
    "ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT": DeclineReason.LIMIT,
    "ACQ.ERROR_BALANCE_PAYMENT_DISABLE": DeclineReason.NOT_SUPPORTED,
    "ACQ.MOBILE_PAYMENT_SWITCH_OFF": DeclineReason.NOT_SUPPORTED,
    "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE": DeclineReason.NOT_SUPPORTED,
    "ACQ.TRADE_HAS_CLOSE": DeclineReason.CANCELLED,
    "ACQ.BUYER_SELLER_EQUAL": DeclineReason.OTHER,
    "ACQ.TRADE_BUYER_NOT_MATCH": DeclineReason.OTHER,
    "ACQ.BUYER_ENABLE_STATUS_FORBID": DeclineReason.OTHER,
    "ACQ.PULL_MOBILE_CASHIER_FAIL": DeclineReason.OTHER,
    "ACQ.PAYMENT_FAIL": DeclineReason.OTHER,
    "ACQ.PAYMENT_REQUEST_HAS_RISK": DeclineReason.OTHER,
    "ACQ.INVALID_PARAMETER": DeclineReason.MERCHANT,
    "ACQ.ACCESS_FORBIDDEN": DeclineReason.MERCHANT,
    "ACQ.EXIST_FORBIDDEN_WORD": DeclineReason.MERCHANT,
    "ACQ.PARTNER_ERROR": DeclineReason.MERCHANT,
    "ACQ.SELLER_BEEN_BLOCKED": DeclineReason.MERCHANT,
}

REFUND_FAILED: Mapping[str, DeclineReason] = {
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": DeclineReason.MERCHANT,
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL": DeclineReason.MERCHANT,
    "ACQ.REASON_TRADE_REFUND_FEE_ERR": DeclineReason.MERCHANT,
    "ACQ.DISCORDANT_REPEAT_REQUEST": DeclineReason.MERCHANT,
    "ACQ.INVALID_PARAMETER": DeclineReason.MERCHANT,
    "ACQ.TRADE_NOT_EXIST": DeclineReason.OTHER,
    "ACQ.TRADE_HAS_FINISHED": DeclineReason.OTHER,
    "ACQ.TRADE_STATUS_ERROR": DeclineReason.OTHER,
    "ACQ.TRADE_NOT_ALLOW_REFUND": DeclineReason.OTHER,
}

TRADE_UNKNOWN = "ACQ.TRADE_NOT_EXIST"
PAID_STATES = frozenset({"TRADE_SUCCESS", "TRADE_FINISHED"})
WAITING_STATE = "WAIT_BUYER_PAY"
CLOSED_STATE = "TRADE_CLOSED"  # never paid, or given back whole: only our own reversal does that to an open order
