"""Names that exist in several languages, with an order of fall-back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# The languages of the first tier, in the order in which a visitor is offered them.
LANGUAGES = ("zh-Hans", "zh-Hant", "en", "ko", "ja", "ru")

# Where a text is missing, the nearest readable language is tried first.
_FALLBACK = {"zh-Hans": ("zh-Hant", "en"), "zh-Hant": ("zh-Hans", "en")}


@dataclass(frozen=True)
class LocalText:
    """A text by language tag (BCP 47, as in LANGUAGES); at least one language is present."""

    by_language: Mapping[str, str] = field(hash=False)

    def __post_init__(self) -> None:
        if not self.by_language:
            raise ValueError("a text needs at least one language")

    def in_language(self, language: str) -> str:
        """The text in `language`, else in its nearest fall-back, else English, Chinese, or whatever there is."""
        for candidate in (language, *_FALLBACK.get(language, ()), "en", "zh-Hans"):
            if candidate in self.by_language:
                return self.by_language[candidate]
        return next(iter(self.by_language.values()))
