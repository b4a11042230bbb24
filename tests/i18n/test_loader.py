"""Words, amounts, days and times as each language says them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from i18n.languages import COMPLETE, NAMES
from i18n.loader import load
from i18n.pseudo import accented
from shared.domain.money import Currency, Money
from shared.domain.text import LANGUAGES, LocalText

DAY = date(2026, 11, 23)


def test_every_language_of_the_domain_is_complete_here() -> None:
    assert set(COMPLETE) == set(LANGUAGES)
    assert set(COMPLETE) <= set(NAMES)


@pytest.mark.parametrize(
    ("language", "amount"),
    [
        ("zh-Hans", "¥60.00"),
        ("zh-Hant", "CN¥60.00"),
        ("en", "CN¥60.00"),
        ("ko", "CN¥60.00"),
        ("ja", "元60.00"),
        ("ru", "60,00\xa0CN¥"),
    ],
)
def test_sixty_yuan(language: str, amount: str) -> None:
    assert load(language).money(Money(6000, Currency("CNY"))) == amount


def test_a_currency_without_minor_units_has_no_decimals() -> None:
    assert load("en").money(Money(1500, Currency("KRW"))) == "₩1,500"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 место"), (3, "3 места"), (5, "5 мест"), (21, "21 место"), (112, "112 мест")]
)
def test_russian_counts_in_its_own_way(count: int, said: str) -> None:
    assert load("ru").ngettext("{count} place left", "{count} places left", count).format(count=count) == said


@pytest.mark.parametrize(
    ("language", "day", "full"),
    [
        ("en", "23 November", "23 November 2026"),
        ("zh-Hans", "11月23日", "2026年11月23日"),
        ("ko", "11월 23일", "2026년 11월 23일"),
        ("ru", "23 ноября", "23 ноября 2026\u202fг."),
    ],
)
def test_days(language: str, day: str, full: str) -> None:
    said = load(language)
    assert (said.day(DAY), said.date(DAY)) == (day, full)


def test_the_time_is_on_24_hours_everywhere() -> None:
    at = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
    assert {load(language).time(at) for language in COMPLETE} == {"15:05"}


def test_a_text_that_no_language_has_is_said_in_english() -> None:
    assert load("ja").gettext("No such text") == "No such text"
    assert load("ja").ngettext("{count} cloud", "{count} clouds", 2) == "{count} clouds"
    assert load("ja").pgettext("sky", "Cloud") == "Cloud"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        load("tlh")


def test_pseudo_translations_keep_their_fields() -> None:
    assert accented("Pay {amount} now").startswith("[Þåý {amount} ñöŵ")
    said = load("en_XA")
    assert said.local(LocalText({"en": "Adult"})).startswith("[")
    assert len(said.gettext("Choose a time")) >= 1.4 * len("Choose a time")


def test_amounts_stand_apart_in_right_to_left_words() -> None:
    said = load("ar_XB")
    assert said.right_to_left
    assert said.money(Money(6000, Currency("CNY"))).startswith("\u2068")
