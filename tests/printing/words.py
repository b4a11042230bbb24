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
    "Receipt": ("收据", "收據", "영수증", "領収書", "Чек"),
    "Please keep this receipt": (
        "请妥善保管此收据",
        "請妥善保管此收據",
        "영수증을 보관해 주세요",
        "この領収書は大切に保管してください",
        "Сохраните этот чек",
    ),
    "Sale": ("销售单号", "銷售單號", "판매 번호", "販売番号", "Номер продажи"),
    "Ticket machine": ("售票机", "售票機", "발권기", "券売機", "Автомат"),
    "Total": ("合计", "合計", "합계", "合計", "Итого"),
    "Paid with {method}": (
        "支付方式：{method}",
        "付款方式：{method}",
        "결제: {method}",
        "お支払い：{method}",
        "Оплата: {method}",
    ),
    "Payment number": ("支付单号", "付款單號", "결제 번호", "決済番号", "Номер платежа"),
    "WeChat Pay": ("微信支付", "微信支付", "위챗페이", "WeChat Pay", "WeChat Pay"),
    "Already included above": (
        "以上金额已含优惠",
        "以上金額已含優惠",
        "위 금액에 포함된 할인",
        "上記の金額に含まれる割引",
        "Уже учтено выше",
    ),
    "Claim slip": ("取票凭证", "取票憑證", "교환증", "引換証", "Талон"),
    "Please take this slip to any ticket window.": (
        "请持此凭证到任一售票窗口。",
        "請持此憑證至任一售票窗口。",
        "이 교환증을 가까운 매표소 창구로 가져가 주세요.",
        "この引換証をいずれかの窓口にお持ちください。",
        "Пожалуйста, подойдите с этим талоном в любую кассу.",
    ),
    "You will receive your tickets there, or your money back.": (
        "窗口将为您出票或退款。",
        "窗口將為您出票或退款。",
        "창구에서 입장권을 받거나 환불받으실 수 있습니다.",
        "窓口でチケットの受け取り、または返金ができます。",
        "Там вам выдадут билеты или вернут деньги.",
    ),
    "Paid": ("已支付", "已付款", "결제 완료", "お支払い済み", "Оплачено"),
    "Perhaps paid": ("支付待核实", "付款待核實", "결제 확인 중", "お支払い確認中", "Оплата проверяется"),
    "{count} ticket not printed": (
        "未出票 {count} 张",
        "未出票 {count} 張",
        "미발권 {count}장",
        "未発券 {count}枚",
        "Не напечатан {count} билет",
    ),
    "{count} tickets not printed": (
        "未出票 {count} 张",
        "未出票 {count} 張",
        "미발권 {count}장",
        "未発券 {count}枚",
        "Не напечатано билетов: {count}",
    ),
    "Refund receipt": ("退款凭证", "退款憑證", "환불 영수증", "返金レシート", "Чек возврата"),
    "Original sale": ("原销售单号", "原銷售單號", "원 판매 번호", "元の販売番号", "Номер исходной продажи"),
    "Refund": ("退款单号", "退款單號", "환불 번호", "返金番号", "Номер возврата"),
    "Fee kept": ("扣除手续费", "扣除手續費", "수수료", "手数料", "Удержанный сбор"),
    "Given back": ("退款合计", "退款合計", "환불 합계", "返金合計", "К возврату"),
    "Paid for sale {number}": (
        "转付销售单 {number}",
        "轉付銷售單 {number}",
        "판매 {number} 결제에 사용",
        "販売 {number} のお支払いに充当",
        "Зачтено в продажу {number}",
    ),
    "Back to {method}": (
        "退回{method}",
        "退回{method}",
        "{method}(으)로 환불",
        "{method}へ返金",
        "Возвращено: {method}",
    ),
    "To {method}, not yet confirmed": (
        "退回{method}，待确认",
        "退回{method}，待確認",
        "{method} 환불 확인 중",
        "{method}へ返金、確認中",
        "Возврат: {method}, проверяется",
    ),
    "To be paid at a ticket window": (
        "请到售票窗口领取",
        "請至售票窗口領取",
        "매표소 창구에서 지급",
        "窓口でお支払い",
        "Выплатят в кассе",
    ),
    "These tickets no longer open the gate.": (
        "以上门票已作废，不能再入园。",
        "以上門票已作廢，不能再入園。",
        "위 입장권은 더 이상 사용할 수 없습니다.",
        "上記のチケットは無効になりました。",
        "Эти билеты больше не действуют.",
    ),
    "What has not come back to you is paid out there.": (
        "未退回的款项将由窗口支付。",
        "未退回的款項將由窗口支付。",
        "아직 환불되지 않은 금액은 창구에서 지급해 드립니다.",
        "まだ戻っていない金額は窓口でお支払いします。",
        "Там вам выплатят то, что ещё не вернулось.",
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
