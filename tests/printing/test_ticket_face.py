"""A ticket says everything it must, inside the paper, and its code is read by a camera."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
import zxingcpp

from drivers.contracts.printer import Cut, Raster
from shared.domain.text import LANGUAGES, LocalText
from shared.printing.paper import Box
from shared.printing.ticket_face import TicketFace, draw_face
from shared.printing.ticket_face.layout import EDGE
from shared.printing.ticket_sheet import ticket_sheet
from shared.printing.views import TicketView
from shared.printing.wording import Bilingual
from tests.printing.dots import ink_share, picture
from tests.printing.samples import PLAIN_TICKET, TICKET
from tests.printing.words import CHINESE, Words

WIDTHS = (576, 384)
LONG = replace(
    TICKET,
    site=LocalText(
        {"ru": "Государственный природный парк «Горы Юньлинцзюйшань»", "zh-Hans": "云岭巨山国家级风景名胜区"}
    ),
    product=LocalText({"ru": "Комбинированный входной билет с экскурсией", "zh-Hans": "山门入园联票（含导览）"}),
    category=LocalText({"ru": "Студент-очник высшего учебного заведения", "zh-Hans": "全日制大学生"}),
    evidence=LocalText({"ru": "Действующий студенческий билет и удостоверение личности", "zh-Hans": "有效学生证"}),
)


def face(language: str, width: int, view: TicketView = TICKET) -> TicketFace:
    return draw_face(view, Bilingual(Words(language), CHINESE), width)


def overlap(first: Box, second: Box) -> bool:
    across = first.left < second.right and second.left < first.right
    return across and first.top < second.bottom and second.top < first.bottom


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawn_code_is_read_back(language: str, width: int) -> None:
    found = zxingcpp.read_barcodes(picture(face(language, width).raster).convert("L"))
    assert [code.text for code in found] == [TICKET.code]


def test_a_module_is_four_dots_and_the_quiet_zone_four_modules() -> None:
    drawn = picture(face("zh-Hans", 384).raster)
    (code,) = zxingcpp.read_barcodes(drawn.convert("L"))
    left, top = code.position.top_left.x, code.position.top_left.y
    assert abs(code.position.bottom_right.x - left - 45 * 4) <= 4
    quiet = (left - 15, top - 15, left - 1, top + 45 * 4)
    assert ink_share(drawn, quiet) == 0


@pytest.mark.parametrize("view", [TICKET, PLAIN_TICKET, LONG], ids=["evidence", "plain", "long"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_leaves_the_frame_or_touches_another(language: str, width: int, view: TicketView) -> None:
    drawn = face(language, width, view)
    for text, box in drawn.texts:
        assert box.left >= EDGE, text
        assert box.right <= width - EDGE, text
        assert box.bottom <= drawn.raster.height - EDGE, text
    for (one, first), (other, second) in combinations(drawn.texts, 2):
        assert not overlap(first, second), (one, other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_said_in_the_visitors_language_and_in_chinese(language: str) -> None:
    said = "".join("".join(text.split()) for text, _ in face(language, 576).texts)
    for name in (TICKET.site, TICKET.product, TICKET.category, TICKET.evidence):
        assert name is not None
        assert "".join(name.in_language(language).split()) in said
        assert language.startswith("zh") or name.in_language("zh-Hans") in said
    for figure in ("09:30–10:30", "3/3", TICKET.serial, TICKET.sale_number, "60"):
        assert figure in said


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_chinese_reader_is_told_once(language: str) -> None:
    lines = [text for text, _ in face(language, 576).texts]
    assert len(lines) == len(set(lines))


def test_the_time_of_entry_is_larger_than_any_other_line_but_the_name() -> None:
    heights = {text: box.bottom - box.top for text, box in face("en", 576).texts}
    time = heights.pop("09:30 – 10:30")
    heights.pop("云岭山风景区")
    assert time > 1.5 * max(heights.values())


def test_a_category_without_evidence_has_no_line_for_it() -> None:
    said = "".join(text for text, _ in face("en", 576, PLAIN_TICKET).texts)
    assert "bring" not in said


def test_a_ticket_valid_to_another_day_says_which() -> None:
    later = replace(TICKET, valid_until=TICKET.valid_until.replace(day=25))
    said = " ".join(text for text, _ in face("en", 576, later).texts)
    assert "25 November 2026 17:30" in said


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sheet_is_one_picture_as_wide_as_the_paper_and_a_cut(width: int) -> None:
    blocks = ticket_sheet(TICKET, Words("en"), CHINESE, width)
    assert isinstance(blocks[0], Raster)
    assert blocks[0].width == width
    assert blocks[-1] == Cut()
