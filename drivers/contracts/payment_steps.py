"""What a device tells while the payer acts at it: enough for a screen to say what to do now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class TerminalStep(Enum):
    """A card terminal asks the payer for something, or is busy."""

    PRESENT_CARD = "present_card"  # insert, swipe or hold the card
    INSERT_CARD = "insert_card"  # contactless is not possible: the chip is asked for
    CARD_NOT_READ = "card_not_read"  # once more
    CHOOSE = "choose"  # an application or an account, at the terminal
    CONFIRM_AMOUNT = "confirm_amount"
    ENTER_PIN = "enter_pin"
    PIN_WRONG = "pin_wrong"
    SIGN = "sign"
    USE_TELEPHONE = "use_telephone"  # confirm on the telephone held to the terminal
    WAIT = "wait"  # the bank is asked
    REMOVE_CARD = "remove_card"
    CANCELLING = "cancelling"


class CashStep(Enum):
    """A cash unit asks the payer for something, or is busy."""

    INSERT = "insert"
    NOT_ACCEPTED = "not_accepted"  # the note or coin came back
    TAKE_BACK = "take_back"  # money is being given back after a cancel
    TAKE_CHANGE = "take_change"


@dataclass(frozen=True, slots=True)
class CashInserted:
    """How much of the charge is in so far, in minor units of its currency, and what may be put in next.

    `accepted`: the notes and coins that are taken now, none whose change could not be given.
    """

    inserted_minor: int
    rest_minor: int = 0
    change_minor: int = 0
    accepted: tuple[int, ...] = ()


PaymentStep = TerminalStep | CashStep | CashInserted
PaymentListener = Callable[[PaymentStep], None]


def nobody(step: PaymentStep) -> None:
    """A listener for nobody."""
