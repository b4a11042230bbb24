"""Text keeps within its width in every script, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.text import LANGUAGES
from shared.printing.typesetting import Setting, set_text

SETTING = Setting("bold", 40, 20, lines=2)
letters = st.sampled_from("山门入园票、。ゲートのгорныйпарк mountain 산문 ")


@settings(max_examples=60, deadline=None)
@given(st.text(letters, min_size=1, max_size=60), st.sampled_from(LANGUAGES), st.integers(60, 500))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, language: str, width: int) -> None:
    paragraph = set_text(text, language, SETTING, width)
    assert "".join("".join(paragraph.lines).split()) == "".join(text.split())
    assert paragraph.width <= width
    assert SETTING.smallest <= paragraph.size <= SETTING.largest


def test_a_short_text_is_as_large_as_wanted() -> None:
    assert set_text("山门", "zh-Hans", SETTING, 400).size == 40


def test_a_longer_text_shrinks_before_it_wraps() -> None:
    paragraph = set_text("Mountain entry", "en", SETTING, 260)
    assert len(paragraph.lines) == 1
    assert paragraph.size < 40


def test_lines_are_even() -> None:
    assert set_text("Входной билет в парк", "ru", SETTING, 330).lines == ("Входной", "билет в парк")


def test_a_word_wider_than_the_line_is_cut() -> None:
    paragraph = set_text("Достопримечательность", "ru", Setting("bold", 30, 30), 120)
    assert len(paragraph.lines) > 1
    assert paragraph.width <= 120


@pytest.mark.parametrize("width", range(40, 400, 10))
def test_no_line_begins_with_a_closing_mark(width: int) -> None:
    paragraph = set_text("请持此凭证，到任一售票窗口。谢谢！", "zh-Hans", Setting("regular", 20, 20, lines=9), width)
    assert not any(line[0] in "，。！" for line in paragraph.lines)


def test_a_date_keeps_its_year_together() -> None:
    paragraph = set_text("23 ноября 2026\u202fг.", "ru", Setting("bold", 30, 30, lines=2), 200)
    assert paragraph.lines[-1] == "2026\u00a0г."


def test_a_word_in_katakana_is_not_divided() -> None:
    paragraph = set_text("雲海ロープウェイ（往復）", "ja", Setting("bold", 36, 30, lines=2), 240)
    assert any("ロープウェイ" in line for line in paragraph.lines)
    assert not any(line.endswith("（") for line in paragraph.lines)
