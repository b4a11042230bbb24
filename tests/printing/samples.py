"""A scenic area, its tickets and sales, for the sheets under test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money
from shared.domain.text import LocalText
from shared.domain.ticket import TicketPayload, short_serial
from shared.printing.refund_view import PaidBack, RefundView, TakenBack
from shared.printing.views import ClaimView, Payment, ReceiptLine, ReceiptView, Reduction, TicketView
from shared.security.keys import SigningKey
from shared.security.ticket_code import seal

CNY = Currency("CNY")
ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)
KEY = SigningKey.from_seed(bytes(range(32)))
TICKET_ID = bytes.fromhex("0190a6c27bb47c3e9d51f04a8e6b27c5")

SITE = LocalText(
    {
        "zh-Hans": "云岭山风景区",
        "zh-Hant": "雲嶺山風景區",
        "en": "Yunling Mountain",
        "ko": "윈링산 풍경구",
        "ja": "雲嶺山風景区",
        "ru": "Горный парк Юньлин",
    }
)
PRODUCT = LocalText(
    {
        "zh-Hans": "山门入园票",
        "zh-Hant": "山門入園票",
        "en": "Mountain entry",
        "ko": "산문 입장권",
        "ja": "山門入場券",
        "ru": "Входной билет в парк",
    }
)
SENIOR = LocalText(
    {"zh-Hans": "长者", "zh-Hant": "長者", "en": "Senior", "ko": "경로", "ja": "シニア", "ru": "Пожилой посетитель"}
)
EVIDENCE = LocalText(
    {
        "zh-Hans": "身份证或护照",
        "zh-Hant": "身分證或護照",
        "en": "ID card or passport",
        "ko": "신분증 또는 여권",
        "ja": "身分証明書またはパスポート",
        "ru": "удостоверение личности или паспорт",
    }
)


def ticket_code() -> str:
    """A genuine code of KEY's."""
    start = START.astimezone(UTC)
    payload = TicketPayload(
        KEY.public.key_id, LeaseUnit(b"lease-01", 7), TICKET_ID, 12, start, start, start + timedelta(hours=8)
    )
    return seal(payload, KEY)


TICKET = TicketView(
    site=SITE,
    product=PRODUCT,
    category=SENIOR,
    evidence=EVIDENCE,
    entry_from=START,
    entry_to=START + timedelta(hours=1),
    valid_until=START + timedelta(hours=8),
    price=Money(6000, CNY),
    code=ticket_code(),
    serial=short_serial(TICKET_ID.hex()),
    number=3,
    count=3,
    sale_number="K1-20261123-0042",
)
PLAIN_TICKET = replace(TICKET, evidence=None, number=1)

ADULT = LocalText({"zh-Hans": "成人", "zh-Hant": "成人", "en": "Adult", "ko": "성인", "ja": "大人", "ru": "Взрослый"})
HALF = LocalText(
    {
        "zh-Hans": "60 岁及以上半价",
        "zh-Hant": "60 歲及以上半價",
        "en": "Half price from 60 years",
        "ko": "만 60세 이상 반값",
        "ja": "60歳以上半額",
        "ru": "С 60 лет за полцены",
    }
)
RECEIPT = ReceiptView(
    site=SITE,
    sale_number=TICKET.sale_number,
    terminal="kiosk-1",
    sold_at=datetime(2026, 11, 23, 9, 12, tzinfo=ZONE),
    lines=(
        ReceiptLine(PRODUCT, ADULT, 2, Money(12000, CNY), Money(24000, CNY)),
        ReceiptLine(PRODUCT, SENIOR, 1, Money(6000, CNY), Money(6000, CNY)),
    ),
    reductions=(Reduction(HALF, Money(-6000, CNY)),),
    total=Money(30000, CNY),
    payments=(Payment("wechat", "4200002026112312345678901234", Money(30000, CNY)),),
)
CLAIM = ClaimView(
    site=SITE,
    sale_number=TICKET.sale_number,
    terminal="kiosk-1",
    issued_at=RECEIPT.sold_at,
    code="7KQ2-M9XA",
    amount=Money(30000, CNY),
    certain=True,
    owed=2,
)
REFUND = RefundView(
    site=SITE,
    sale_number=TICKET.sale_number,
    refund_number="R-7KQ2M9XA",
    terminal="kiosk-1",
    at=datetime(2026, 11, 23, 9, 40, tzinfo=ZONE),
    tickets=(
        TakenBack(PRODUCT, TICKET.serial, Money(12000, CNY), Money(1200, CNY)),
        TakenBack(PRODUCT, short_serial("00ff" * 8), Money(6000, CNY), Money(0, CNY)),
    ),
    total=Money(16800, CNY),
    parts=(PaidBack("wechat", Money(16800, CNY), "returned"),),
    credited=Money(0, CNY),
    new_sale="",
    claim="",
)
UNPAID_REFUND = replace(
    REFUND,
    parts=(PaidBack("wechat", Money(10000, CNY), "unsure"), PaidBack("cash", Money(6800, CNY), "window")),
    claim="7KQ2-M9XB",
)
