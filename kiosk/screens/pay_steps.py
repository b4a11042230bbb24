"""What a card terminal or the cash unit asks of the payer, in plain words: what to do, and where."""

from __future__ import annotations

from typing import Literal, assert_never

from drivers.contracts.payment_steps import CashStep, TerminalStep
from i18n.loader import Translator

Words = tuple[str, str]


def terminal_words(say: Translator, step: TerminalStep) -> Words:
    """The step's title and lead."""
    match step:
        case TerminalStep.CARD_NOT_READ:
            return say.gettext("The card could not be read"), say.gettext("Please try it once more.")
        case TerminalStep.ENTER_PIN:
            return say.gettext("Please enter your PIN"), say.gettext("At the card terminal, where nobody can see it.")
        case TerminalStep.PIN_WRONG:
            return say.gettext("The PIN was not right"), say.gettext("Please try it once more.")
        case TerminalStep.WAIT:
            return say.gettext("Your payment is being made"), say.gettext("One moment, please.")
        case TerminalStep.CANCELLING:
            return say.gettext("One moment, please."), say.gettext("The payment is being stopped.")
        case _:
            return _at_the_terminal(say, step), say.gettext("The card terminal is beside the screen.")


_Asked = Literal[
    TerminalStep.PRESENT_CARD,
    TerminalStep.INSERT_CARD,
    TerminalStep.CHOOSE,
    TerminalStep.CONFIRM_AMOUNT,
    TerminalStep.SIGN,
    TerminalStep.USE_TELEPHONE,
    TerminalStep.REMOVE_CARD,
]


def _at_the_terminal(say: Translator, step: _Asked) -> str:
    match step:
        case TerminalStep.PRESENT_CARD:
            return say.gettext("Please hold or insert your card")
        case TerminalStep.INSERT_CARD:
            return say.gettext("Please insert your card")
        case TerminalStep.CHOOSE:
            return say.gettext("Please choose at the card terminal")
        case TerminalStep.CONFIRM_AMOUNT:
            return say.gettext("Please confirm the amount at the card terminal")
        case TerminalStep.SIGN:
            return say.gettext("Please sign at the card terminal")
        case TerminalStep.USE_TELEPHONE:
            return say.gettext("Please confirm on your phone")
        case TerminalStep.REMOVE_CARD:
            return say.gettext("Please take your card")
        case _:
            assert_never(step)


def cash_words(say: Translator, step: CashStep) -> Words:
    """The step's title and lead."""
    match step:
        case CashStep.INSERT:
            lead = say.gettext("One after another. What you insert is counted here.")
            return say.gettext("Please insert notes and coins"), lead
        case CashStep.NOT_ACCEPTED:
            lead = say.gettext("Please take it back and try another one.")
            return say.gettext("This note or coin is not accepted now"), lead
        case CashStep.TAKE_BACK:
            return say.gettext("Please take your money back"), say.gettext("Everything you inserted comes out below.")
        case CashStep.TAKE_CHANGE:
            return say.gettext("Please take your change"), say.gettext("It comes out below.")
        case _:
            assert_never(step)
