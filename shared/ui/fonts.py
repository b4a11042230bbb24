"""Typefaces by language. Debian's fonts-noto-cjk has every one; the Han forms follow the language."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontMetricsF

from shared.ui.tokens import Tokens, Type

# The regional faces of one family: the same code point is drawn differently in each.
_REGION = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}

_SERIF = (Type.TITLE, Type.DISPLAY, Type.NUMERAL)
_BOLD = (Type.HEADING, Type.TITLE, Type.DISPLAY, Type.NUMERAL)
_PROBE = 1000


def set_language(language: str) -> None:
    """Makes Qt draw the Han forms of a language: it takes them from the default locale, not from the family."""
    QLocale.setDefault(QLocale(language))


def family(language: str, *, serif: bool = False) -> str:
    """The family's name as fontconfig knows it."""
    return f"Noto {'Serif' if serif else 'Sans'} CJK {_REGION.get(language, 'SC')}"


def font(tokens: Tokens, style: Type, language: str, *, bold: bool | None = None) -> QFont:
    """The font whose capitals have the style's height on this screen."""
    result = QFont([family(language, serif=style in _SERIF), "Noto Sans", "Noto Sans Arabic"])
    result.setBold(style in _BOLD if bold is None else bold)
    result.setPixelSize(_PROBE)
    cap = QFontMetricsF(result).capHeight() or _PROBE * 0.7
    result.setPixelSize(int(tokens.cap(style) * _PROBE / cap) + 1)
    return result
