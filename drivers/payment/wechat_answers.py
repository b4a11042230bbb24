"""What WeChat Pay answers, as data: trade states and error codes, and the values they become.

Sources: pay.weixin.qq.com/docs/merchant/apis/code-payment-v3/direct/code-pay.html and .../reverse.html (codepay and
reversal), pay.weixin.qq.com/doc/v3/merchant/4013070356 (query), .../4012552567 (refund), and for which errors settle
a payment ("支付确认失败") and which leave it open ("支付结果未知") pay.weixin.qq.com/doc/v2/merchant/4011937125.
v3 spells codes with underscores where v2 did not (NOT_ENOUGH, NOTENOUGH); both are seen, so both are compared without.
Only a code known to settle a payment declines it; anything else, new codes included, is Unknown and asked again.
"""

from __future__ import annotations

from collections.abc import Mapping

from drivers.contracts.payment import Declined, DeclineReason, Pending, Reversed

CURRENCY = "CNY"

# Errors by which a payment has certainly failed. Not here, as they leave it open: SYSTEM_ERROR, BANK_ERROR,
# INVALID_REQUEST and ORDER_PAID, OUT_TRADE_NO_USED (each also says that the same order was sent before), rate limits.
PAYMENT_FAILED: Mapping[str, DeclineReason] = {
    "AUTHCODEEXPIRED": DeclineReason.CODE_EXPIRED,
    "AUTHCODEEXPIRE": DeclineReason.CODE_EXPIRED,
    "AUTHCODEERROR": DeclineReason.CODE_INVALID,
    "AUTHCODEINVALID": DeclineReason.CODE_INVALID,
    "NOTENOUGH": DeclineReason.INSUFFICIENT_FUNDS,
    "RULELIMIT": DeclineReason.LIMIT,
    "NOTSUPORTCARD": DeclineReason.NOT_SUPPORTED,  # so spelt by the provider
    "NOTSUPPORTCARD": DeclineReason.NOT_SUPPORTED,
    "ORDERCLOSED": DeclineReason.CANCELLED,
    "ORDERREVERSED": DeclineReason.CANCELLED,
    "TRADEERROR": DeclineReason.OTHER,
    "BUYERMISMATCH": DeclineReason.OTHER,
    "USERACCOUNTABNORMAL": DeclineReason.OTHER,
    "SIGNERROR": DeclineReason.MERCHANT,
    "NOAUTH": DeclineReason.MERCHANT,
    "PARAMERROR": DeclineReason.MERCHANT,
    "APPIDMCHIDNOTMATCH": DeclineReason.MERCHANT,
    "APPIDNOTEXIST": DeclineReason.MERCHANT,
    "MCHIDNOTEXIST": DeclineReason.MERCHANT,
    "MCHNOTEXISTS": DeclineReason.MERCHANT,
}

# One code stands for several mistakes; its message tells them apart ("付款码已过期", "每个二维码仅限使用一次").
CODE_MESSAGES = (
    ("过期", DeclineReason.CODE_EXPIRED),
    ("一次", DeclineReason.CODE_USED),
    ("已使用", DeclineReason.CODE_USED),
)

REFUND_FAILED: Mapping[str, DeclineReason] = {
    "NOTENOUGH": DeclineReason.MERCHANT,  # the merchant's own balance
    "INVALIDREQUEST": DeclineReason.MERCHANT,
    "USERACCOUNTABNORMAL": DeclineReason.OTHER,
    "RESOURCENOTEXISTS": DeclineReason.OTHER,
    "ORDERNOTEXIST": DeclineReason.OTHER,
    "SIGNERROR": DeclineReason.MERCHANT,
    "NOAUTH": DeclineReason.MERCHANT,
    "PARAMERROR": DeclineReason.MERCHANT,
    "MCHNOTEXISTS": DeclineReason.MERCHANT,
}

USER_PAYING = frozenset({"USERPAYING"})
ORDER_UNKNOWN = frozenset({"ORDERNOTEXIST"})
ORDER_OVER = frozenset({"ORDERNOTEXIST", "ORDERCLOSED", "ORDERREVERSED"})

# NOTPAY and ACCEPT are passed through on the way to a result. REFUND: only our own reversal refunds an order whose
# result is still asked for. SUCCESS is not here: it has conditions (see `_paid`).
TRADE_STATES: Mapping[str, Pending | Declined | Reversed] = {
    "USERPAYING": Pending(),
    "NOTPAY": Pending(),
    "ACCEPT": Pending(),
    "PAYERROR": Declined(DeclineReason.OTHER, "PAYERROR"),
    "REVOKED": Reversed(),
    "CLOSED": Reversed(),
    "REFUND": Reversed(),
}

REFUND_ACCEPTED = frozenset({"SUCCESS", "PROCESSING"})
