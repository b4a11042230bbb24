"""The head of the ticket: the scene, and the scenic area's name in a dark band."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.text import LocalText
from shared.printing.landscape import draw_scene
from shared.printing.paper import Box
from shared.printing.sketch import BLACK, WHITE
from shared.printing.ticket_face.layout import Layout
from shared.printing.typesetting import Setting, set_text

_INSET = 22  # from the frame's inside to the band's text


def draw_head(layout: Layout, site: LocalText, top: int) -> int:
    """Draws scene and band from `top`; returns the height at which they end."""
    left, right = layout.inside
    scene = draw_scene(right - left)
    layout.paper.picture(scene, left, top)
    return _draw_band(layout, site, Box(left, top + scene.height, right, 0))


def _draw_band(layout: Layout, site: LocalText, place: Box) -> int:
    """The name in Chinese, large, and in the visitor's language beneath; white on black."""
    words = layout.words
    chinese_language = words.visitor.language if words.once else words.staff.language
    width = place.width - 2 * _INSET
    name = set_text(site.in_language(chinese_language), chinese_language, Setting("serif", 66, 40, lines=1), width)
    beneath = () if words.once else (site.in_language(words.visitor.language),)
    other = [set_text(text, words.visitor.language, Setting("bold", 30, 21, lines=2), width) for text in beneath]
    height = name.height + sum(paragraph.height for paragraph in other) + (30 if other else 24)
    layout.paper.block(replace(place, bottom=place.top + height), BLACK)
    text = Box(place.left + _INSET, place.top + 10, place.right - _INSET, 0)
    bottom = layout.paper.text(name, text, "centre", WHITE)
    for paragraph in other:
        layout.paper.text(paragraph, replace(text, top=bottom + 2), "centre", WHITE)
    return place.top + height
