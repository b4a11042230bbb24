"""The visitor's language: texts from gettext catalogues read at run time, and money, dates and times by CLDR."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from i18n.languages import PSEUDO, locale_of, right_to_left
from i18n.pseudo import accented

DOMAIN = "shanmen"
SOURCE_LANGUAGE = "en"


class CurrencyLike(Protocol):
    """A currency that knows its ISO 4217 code and the decimals of its minor unit."""

    @property
    def code(self) -> str: ...

    @property
    def exponent(self) -> int: ...


class MoneyLike(Protocol):
    """An amount in integer minor units."""

    @property
    def minor(self) -> int: ...

    @property
    def currency(self) -> CurrencyLike: ...


class LocalTextLike(Protocol):
    """A name that is data and has its own languages."""

    def in_language(self, language: str) -> str: ...


class Translator:
    """Everything that is said in one language. A missing text is said in English, never as nothing."""

    def __init__(self, language: str, catalog: Catalog) -> None:
        self.language = language
        self.right_to_left = right_to_left(language)
        self._locale: Locale = locale_of(language)
        self._catalog = catalog
        self._dress: Callable[[str], str] = accented if language in PSEUDO else str

    def gettext(self, message: str) -> str:
        return self._dress(self._one(message, None) or message)

    def pgettext(self, context: str, message: str) -> str:
        return self._dress(self._one(message, context) or message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The form for `count`, in which `{count}` may still stand."""
        found = self._catalog.get(singular)
        forms: object = found.string if found is not None and not found.fuzzy else None
        if isinstance(forms, tuple | list) and all(forms):
            return self._dress(str(forms[self._form(count)]))
        return self._dress(singular if count == 1 else plural)

    def local(self, text: LocalTextLike) -> str:
        """A name from the catalogue of products."""
        return self._dress(text.in_language(self.language))

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self._locale)

    def money(self, amount: MoneyLike) -> str:
        """One fixed form of an amount: `¥60.00` (zh-Hans), `元60.00` (ja), `CN¥60.00` (en), `60,00 CN¥` (ru)."""
        value = Decimal(amount.minor).scaleb(-amount.currency.exponent)
        return self.isolated(format_currency(value, amount.currency.code, locale=self._locale))

    def day(self, day: dt.date) -> str:
        """Month and day, such as `23 November`."""
        return format_date(day, _MONTH_AND_DAY.get(self._locale.language, "d MMMM"), locale=self._locale)

    def date(self, day: dt.date) -> str:
        """Day, month and year, such as `23 November 2026`."""
        return format_date(day, "long", locale=self._locale)

    def weekday(self, day: dt.date) -> str:
        """The weekday's name, as it stands by itself."""
        return format_date(day, "cccc", locale=self._locale)

    def time(self, at: dt.datetime) -> str:
        """`09:00`: the hour and minute of `at` as it stands, on 24 hours in every language, as on the paper."""
        return self.isolated(at.strftime("%H:%M"))

    def isolated(self, text: str) -> str:
        """Text that keeps its own direction (an amount, a code) within right-to-left words."""
        return f"\u2068{text}\u2069" if self.right_to_left else text

    def _one(self, message: str, context: str | None) -> str:
        found = self._catalog.get(message, context)
        if found is None or found.fuzzy:
            return ""
        return found.string if isinstance(found.string, str) else ""

    def _form(self, count: int) -> int:
        rule = locale_of(_words_of(self.language)).plural_form
        return sorted(rule.tags | {"other"}, key=_PLURAL_ORDER.index).index(rule(count))


_PLURAL_ORDER = ("zero", "one", "two", "few", "many", "other")

_MONTH_AND_DAY = {"zh": "M月d日", "ja": "M月d日", "ko": "M월 d일"}


def load(language: str) -> Translator:
    """The translator of a language (`zh-Hans`, ... or a pseudo locale). Raises KeyError for an unknown language."""
    return Translator(language, read_catalog(_words_of(language)))


def _words_of(language: str) -> str:
    """The language whose catalogue is read: a pseudo locale dresses up the source."""
    return SOURCE_LANGUAGE if language in PSEUDO else language


def read_catalog(language: str) -> Catalog:
    """The parsed catalogue. Raises KeyError for an unknown language."""
    locale = str(locale_of(language))
    with catalog_file(language).open("rb") as file:
        return read_po(file, locale=locale, domain=DOMAIN, abort_invalid=True)


def catalog_file(language: str) -> Traversable:
    """Where the language's catalogue lies."""
    return files("i18n").joinpath("catalogues", language, "LC_MESSAGES", f"{DOMAIN}.po")
