"""The words of the sheets in six languages, kept apart from the catalogues so that the pictures change only with us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_time
from babel.numbers import format_currency

from shared.domain.money import Money

_LOCALES = {
    "zh-Hans": "zh_Hans_CN",
    "zh-Hant": "zh_Hant_TW",
    "en": "en_GB",
    "ko": "ko_KR",
    "ja": "ja_JP",
    "ru": "ru_RU",
}
_ORDER = ("zh-Hans", "zh-Hant", "ko", "ja", "ru")
_TABLE = {
    "Date and time of entry": ("入园日期与时间", "入園日期與時間", "입장 일시", "ご入場日時", "Дата и время входа"),
    "Price": ("票价", "票價", "요금", "料金", "Цена"),
    "Ticket": ("门票", "門票", "입장권", "チケット", "Билет"),
    "Please bring": ("请携带", "請攜帶", "지참하실 것", "ご持参いただくもの", "Возьмите с собой"),
    "Show this code at the gate": (
        "入园时请出示此码",
        "入園時請出示此碼",
        "입구에서 이 코드를 보여 주세요",
        "入口でこのコードをご提示ください",
        "Покажите этот код на входе",
    ),
    "Valid until {moment}": (
        "有效期至 {moment}",
        "有效期至 {moment}",
        "{moment}까지 유효",
        "{moment}まで有効",
        "Действителен до {moment}",
    ),
}


@dataclass(frozen=True)
class Words:
    """A translator into one of the six languages; a message without a translation stands in English."""

    language: str

    def gettext(self, message: str, /) -> str:
        if self.language == "en" or message not in _TABLE:
            return message
        return _TABLE[message][_ORDER.index(self.language)]

    def ngettext(self, singular: str, plural: str, count: int, /) -> str:
        return self.gettext(singular if count == 1 else plural)

    def pgettext(self, context: str, message: str, /) -> str:
        return self.gettext(message)

    def money(self, money: Money, /) -> str:
        amount = money.minor / 10**money.currency.exponent
        return str(format_currency(amount, money.currency.code, locale=_LOCALES[self.language]))

    def date(self, day: date, /) -> str:
        return format_date(day, "full", locale=_LOCALES[self.language])

    def time(self, at: datetime, /) -> str:
        return format_time(at, "HH:mm", locale=_LOCALES[self.language])


CHINESE = Words("zh-Hans")
