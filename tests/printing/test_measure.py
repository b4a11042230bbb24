"""Widths are FreeType's own, at every size, without a face for each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.text import LANGUAGES
from shared.printing.measure import measure
from shared.printing.typefaces import Style, typeface

STYLES: list[Style] = ["regular", "bold", "serif"]


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(max_codepoint=0xFFFF, categories=("L", "N", "P", "Sc", "Zs")), max_size=20),
    st.sampled_from(LANGUAGES),
    st.sampled_from(STYLES),
    st.integers(8, 130),
)
def test_a_text_is_as_wide_as_it_will_be_drawn(text: str, language: str, style: Style, size: int) -> None:
    assert measure(language, style).length(text, size) == typeface(language, style, size).getlength(text)


@pytest.mark.parametrize("style", STYLES)
def test_nothing_has_no_width(style: Style) -> None:
    assert measure("en", style).length("", 40) == 0
