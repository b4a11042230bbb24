"""The commands that we send, byte by byte (PA00P015 chapter 2)."""

from __future__ import annotations

from drivers.payment.zvt import apdu
from drivers.payment.zvt import fields as bmp
from drivers.payment.zvt.apdu import Apdu
from drivers.payment.zvt.fields import packed
from drivers.payment.zvt.settings import CURRENCIES, ZvtSettings


def registration(settings: ZvtSettings) -> Apdu:
    """2.1: who prints, who begins payments, in which currency."""
    data = _password(settings) + bytes((settings.profile.registration,)) + _currency(settings)
    return Apdu(apdu.REGISTRATION, data)


def authorisation(settings: ZvtSettings, amount_minor: int) -> Apdu:
    """2.2. Raises ValueError for an amount of more than 12 digits."""
    return Apdu(apdu.AUTHORISATION, _amount(amount_minor) + bytes((bmp.CURRENCY,)) + _currency(settings))


def reversal(settings: ZvtSettings, receipt_no: str) -> Apdu:
    """2.9: the whole of one transaction, found by its receipt number."""
    return Apdu(apdu.REVERSAL, _password(settings) + bytes((bmp.RECEIPT_NO,)) + bytes.fromhex(receipt_no))


def refund(settings: ZvtSettings, amount_minor: int) -> Apdu:
    """2.14: any amount, to the card that is presented."""
    data = _password(settings) + _amount(amount_minor) + bytes((bmp.CURRENCY,)) + _currency(settings)
    return Apdu(apdu.REFUND, data)


def repeat_receipt(settings: ZvtSettings) -> Apdu:
    """The last transaction once more, with its status."""
    return Apdu(apdu.REPEAT_RECEIPT, _password(settings))


def end_of_day(settings: ZvtSettings) -> Apdu:
    """2.15: hands the turnover to the bank."""
    return Apdu(apdu.END_OF_DAY, _password(settings))


def diagnosis() -> Apdu:
    """2.16: the terminal calls its host."""
    return Apdu(apdu.DIAGNOSIS)


def status_enquiry(settings: ZvtSettings) -> Apdu:
    """Whether the terminal is ready, and what hinders it."""
    return Apdu(apdu.STATUS_ENQUIRY, _password(settings))


def _password(settings: ZvtSettings) -> bytes:
    return bytes.fromhex(settings.password)


def _currency(settings: ZvtSettings) -> bytes:
    return packed(CURRENCIES[settings.currency], 2)


def _amount(minor: int) -> bytes:
    return bytes((bmp.AMOUNT,)) + packed(minor, 6)
