"""The tickets as they are meant to look, per language."""

from __future__ import annotations

import pytest
from PIL import ImageOps

from shared.domain.text import LANGUAGES
from shared.printing.landscape import draw_scene
from shared.printing.ticket_face import draw_face
from shared.printing.wording import Bilingual
from tests.printing import golden_pictures
from tests.printing.dots import picture
from tests.printing.golden_pictures import assert_golden
from tests.printing.samples import TICKET
from tests.printing.words import CHINESE, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_on_wide_paper(language: str) -> None:
    face = draw_face(TICKET, Bilingual(Words(language), CHINESE), 576)
    assert_golden(picture(face.raster), f"ticket-{language}-576")


@pytest.mark.parametrize("language", ["zh-Hans", "ru"])
def test_a_ticket_on_narrow_paper(language: str) -> None:
    face = draw_face(TICKET, Bilingual(Words(language), CHINESE), 384)
    assert_golden(picture(face.raster), f"ticket-{language}-384")


def test_a_changed_dot_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPDATE_GOLDEN", raising=False)
    drawn = picture(draw_face(TICKET, Bilingual(Words("en"), CHINESE), 576).raster)
    drawn.putpixel((300, 300), 0 if drawn.getpixel((300, 300)) else 255)
    with pytest.raises(AssertionError, match="has changed"):
        assert_golden(drawn, "ticket-en-576")


def test_with_other_typefaces_the_layout_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPDATE_GOLDEN", raising=False)
    monkeypatch.setattr(golden_pictures, "_stamp", lambda: "another")
    drawn = picture(draw_face(TICKET, Bilingual(Words("en"), CHINESE), 576).raster)
    drawn.putpixel((300, 300), 0 if drawn.getpixel((300, 300)) else 255)
    assert_golden(drawn, "ticket-en-576")
    with pytest.raises(AssertionError):
        assert_golden(ImageOps.flip(drawn.convert("L")).convert("1"), "ticket-en-576")


def test_the_scene_is_line_art() -> None:
    greys = draw_scene(544).histogram()
    assert sum(greys) == greys[0] + greys[255]
