"""The languages: their CLDR locale, their own names, and the two made-up ones that find mistakes."""

from __future__ import annotations

from babel import Locale

# Regional settings: the script is the language's, the region decides form of dates and amounts.
_LOCALES = {
    "zh-Hans": "zh_Hans_CN",
    "zh-Hant": "zh_Hant_TW",
    "en": "en_GB",
    "ko": "ko_KR",
    "ja": "ja_JP",
    "ru": "ru_RU",
    "en_XA": "en_GB",
    "ar_XB": "ar",
}

COMPLETE = ("zh-Hans", "zh-Hant", "en", "ko", "ja", "ru")
PSEUDO = ("en_XA", "ar_XB")

# Each language in its own words and script: this is what its reader looks for.
NAMES = {
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "en": "English",
    "ko": "한국어",
    "ja": "日本語",
    "ru": "Русский",
    "en_XA": "[Éñĝļîšĥ]",
    "ar_XB": "[العربية]",
}


def locale_of(language: str) -> Locale:
    """The CLDR locale. Raises KeyError for a language that is not ours."""
    return Locale.parse(_LOCALES[language])


def right_to_left(language: str) -> bool:
    """Whether the language is read from right to left."""
    return locale_of(language).text_direction == "rtl"
