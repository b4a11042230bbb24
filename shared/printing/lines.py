"""Lines of text in both languages, for the sheets that are set in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drivers.contracts.printer import Block, Columns, TextLine
from shared.printing.typesetting import with_known_spaces
from shared.printing.wording import Bilingual, Phrase


def heading(words: Bilingual, phrase: Phrase, size: int = 1) -> Iterator[TextLine]:
    """A centred line in the visitor's language, `size` times the normal type, the Chinese beneath in normal type."""
    yield TextLine(phrase.text, "centre", size, bold=True, language=phrase.language)
    if phrase.chinese:
        yield TextLine(phrase.chinese, "centre", bold=True, language=words.staff.language)


def sentence(words: Bilingual, phrase: Phrase, *, bold: bool = False) -> Iterator[TextLine]:
    """A text from the left margin on, the Chinese beneath."""
    yield TextLine(phrase.text, bold=bold, language=phrase.language)
    if phrase.chinese:
        yield TextLine(phrase.chinese, bold=bold, language=words.staff.language)


def printable(block: Block) -> Block:
    """The block without letters that no typeface has."""
    match block:
        case TextLine():
            return replace(block, text=with_known_spaces(block.text))
        case Columns():
            return replace(block, left=with_known_spaces(block.left), right=with_known_spaces(block.right))
        case _:
            return block
