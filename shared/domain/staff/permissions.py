"""Three levels of people, and one table that says who may do what: alone, with an approval at the spot, or never."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Role(Enum):
    """A person's level; each may do what the one before may."""

    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Permission(Enum):
    """What there is to be allowed. The value is what the journal and the audit log say."""

    SELL = "sell"
    COLLECT = "collect"
    LOOK_UP = "look_up"
    TRAIN = "train"
    TAKE_OVER = "take_over"  # a kiosk's basket
    REISSUE = "reissue"
    REFUND = "refund"  # within the product's rules
    REFUND_BEYOND_RULES = "refund_beyond_rules"
    EXCHANGE = "exchange"
    VOID = "void"
    PRICE_BY_HAND = "price_by_hand"
    HONOUR_CLAIM = "honour_claim"
    ISSUE_PASS = "issue_pass"  # noqa: S105 - an annual pass, no password
    BLOCK_PASS = "block_pass"  # noqa: S105
    OPEN_DRAWER = "open_drawer"  # without a sale
    OPEN_SHIFT = "open_shift"
    CLOSE_SHIFT = "close_shift"
    X_REPORT = "x_report"
    PAID_IN_OUT = "paid_in_out"
    SAFE_DROP = "safe_drop"
    CORRECT_SHIFT = "correct_shift"
    CLOSE_DAY = "close_day"
    RECONCILE = "reconcile"
    SETTLE_EXCEPTION = "settle_exception"
    FLEET = "fleet"
    COMMAND = "command"  # a kiosk or window from afar
    REPORTS = "reports"
    AUDIT_LOG = "audit_log"
    PUBLISH = "publish"  # a catalogue or price list
    PEOPLE = "people"
    SETTINGS = "settings"


class Standing(Enum):
    """How a role stands to a permission."""

    ALONE = "alone"
    APPROVED = "approved"  # with the approval of another person who may do it alone
    NEVER = "never"


_ALONE, _APPROVED, _NEVER = Standing.ALONE, Standing.APPROVED, Standing.NEVER

# By role: cashier, supervisor, administrator.
_EVERYBODY = (_ALONE, _ALONE, _ALONE)
_AT_THE_SPOT = (_APPROVED, _ALONE, _ALONE)
_SUPERVISORS = (_NEVER, _ALONE, _ALONE)
_ADMINISTRATORS = (_NEVER, _NEVER, _ALONE)

TABLE: Mapping[Permission, tuple[Standing, Standing, Standing]] = {
    Permission.SELL: _EVERYBODY,
    Permission.COLLECT: _EVERYBODY,
    Permission.LOOK_UP: _EVERYBODY,
    Permission.TRAIN: _EVERYBODY,
    Permission.TAKE_OVER: _EVERYBODY,
    Permission.REISSUE: _AT_THE_SPOT,
    Permission.REFUND: _EVERYBODY,
    Permission.REFUND_BEYOND_RULES: _AT_THE_SPOT,
    Permission.EXCHANGE: _EVERYBODY,
    Permission.VOID: _AT_THE_SPOT,
    Permission.PRICE_BY_HAND: _AT_THE_SPOT,
    Permission.HONOUR_CLAIM: _EVERYBODY,
    Permission.ISSUE_PASS: _EVERYBODY,
    Permission.BLOCK_PASS: _AT_THE_SPOT,
    Permission.OPEN_DRAWER: _AT_THE_SPOT,
    Permission.OPEN_SHIFT: _EVERYBODY,
    Permission.CLOSE_SHIFT: _EVERYBODY,
    Permission.X_REPORT: _EVERYBODY,
    Permission.PAID_IN_OUT: _AT_THE_SPOT,
    Permission.SAFE_DROP: _EVERYBODY,
    Permission.CORRECT_SHIFT: _SUPERVISORS,
    Permission.CLOSE_DAY: _SUPERVISORS,
    Permission.RECONCILE: _SUPERVISORS,
    Permission.SETTLE_EXCEPTION: _SUPERVISORS,
    Permission.FLEET: _SUPERVISORS,
    Permission.COMMAND: _SUPERVISORS,
    Permission.REPORTS: _SUPERVISORS,
    Permission.AUDIT_LOG: _SUPERVISORS,
    Permission.PUBLISH: _ADMINISTRATORS,
    Permission.PEOPLE: _ADMINISTRATORS,
    Permission.SETTINGS: _ADMINISTRATORS,
}

_ORDER = tuple(Role)


def standing(role: Role, permission: Permission) -> Standing:
    """What the table says."""
    return TABLE[permission][_ORDER.index(role)]
