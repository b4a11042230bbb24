"""What happened to a payment and what to do now, in plain words. Nothing here blames the visitor."""

from __future__ import annotations

from typing import assert_never

from drivers.contracts.payment import DeclineReason
from i18n.loader import Translator
from kiosk.journeys.pay_states import PayNotice, Undone
from shared.domain.payment_code import OtherCode

Words = tuple[str, str]


def pay_notice(say: Translator, notice: PayNotice) -> Words:
    """What happened, and what to do."""
    match notice:
        case DeclineReason():
            return _declined(say, notice)
        case OtherCode():
            return _not_a_code(say, notice)
        case Undone.REVERSED:
            return (
                say.gettext("The payment did not go through. No money was taken."),
                say.gettext("Please show a new payment code, or pay at the ticket window."),
            )
        case _:
            assert_never(notice)


def _declined(say: Translator, reason: DeclineReason) -> Words:
    again = say.gettext("Please show a new payment code.")
    otherwise = say.gettext("Please pay in another way, or at the ticket window.")
    match reason:
        case DeclineReason.CODE_EXPIRED | DeclineReason.CODE_USED:
            return say.gettext("This payment code is no longer valid. No money was taken."), again
        case DeclineReason.CODE_INVALID:
            return say.gettext("Your wallet does not know this code. No money was taken."), again
        case DeclineReason.INSUFFICIENT_FUNDS:
            return say.gettext("Your wallet says that there is not enough money in it."), otherwise
        case DeclineReason.LIMIT:
            return say.gettext("Your wallet's limit has been reached. No money was taken."), otherwise
        case DeclineReason.CANCELLED:
            return say.gettext("The payment was cancelled. No money was taken."), again
        case DeclineReason.NOT_SUPPORTED:
            return say.gettext("This way of paying is not accepted here. No money was taken."), otherwise
        case DeclineReason.MERCHANT:
            return say.gettext("This machine cannot take the payment now. No money was taken."), otherwise
        case DeclineReason.OTHER:
            return say.gettext("Your wallet refused the payment. No money was taken."), otherwise
        case _:
            assert_never(reason)


def _not_a_code(say: Translator, kind: OtherCode) -> Words:
    slowly = say.gettext("Please hold the phone still, about a hand's width above the reader.")
    wallet = say.gettext("Please open the page for paying in your wallet and show the code there.")
    match kind:
        case OtherCode.EMPTY | OtherCode.GARBLED | OtherCode.INCOMPLETE:
            return say.gettext("The code could not be read."), slowly
        case OtherCode.LINK:
            return say.gettext("This code is for paying somebody else."), wallet
        case OtherCode.TICKET:
            return say.gettext("This is the code of a ticket."), wallet
        case OtherCode.NUMBER | OtherCode.TEXT:
            return say.gettext("This is not a payment code."), wallet
        case _:
            assert_never(kind)
