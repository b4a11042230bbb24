"""What every widget is built with: sizes, colours, language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QFont

from shared.ui import fonts
from shared.ui.palette import NORMAL, Palette
from shared.ui.tokens import Space, Tokens, Type


@dataclass(frozen=True)
class Theme:
    """Passed to every widget; a widget asks it and keeps no size or colour of its own."""

    tokens: Tokens
    palette: Palette = NORMAL
    language: str = "en"

    def font(self, style: Type, *, bold: bool | None = None) -> QFont:
        return fonts.font(self.tokens, style, self.language, bold=bold)

    def colour(self, name: str) -> QColor:
        """A palette colour by its name. Raises AttributeError when there is none."""
        return QColor(getattr(self.palette, name))

    def px(self, millimetres: float) -> int:
        return self.tokens.px(millimetres)

    def space(self, space: Space) -> int:
        return self.tokens.space(space)

    def in_language(self, language: str) -> Theme:
        return replace(self, language=language)
