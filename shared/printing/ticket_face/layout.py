"""The measures of a ticket's face, in dots at 203 dpi (8 to the millimetre), and the pen that sets phrases by them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shared.printing.paper import Align, Box, Paper
from shared.printing.sketch import BLACK
from shared.printing.typesetting import Setting, set_text
from shared.printing.wording import Bilingual, Phrase

EDGE = 18  # from the paper's edge to the inside of the frame
MARGIN = 40  # from the paper's edge to text
NOTCH = 17  # radius of the notches between body and stub
NARROW_BELOW = 480  # on a narrower paper things stand below, not beside one another

LABEL = Setting("regular", 21, 17, lines=2)
CHINESE_RATIO = 0.64  # the Chinese beside another language, against that language's largest size
_CHINESE_SMALLEST = 19


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things go on one width of paper."""

    paper: Paper
    words: Bilingual

    @property
    def narrow(self) -> bool:
        return self.paper.width < NARROW_BELOW

    @property
    def inside(self) -> tuple[int, int]:
        """Left and right of the area within the frame."""
        return EDGE, self.paper.width - EDGE

    def column(self, top: int, left: int = 0, right: int = 0) -> Box:
        """The text area from `top` downwards, its sides moved inwards by `left` and `right`."""
        margin = MARGIN - 10 if self.narrow else MARGIN
        return Box(margin + left, top, self.paper.width - margin - right, top)

    def phrase(self, phrase: Phrase, setting: Setting, box: Box, align: Align = "left", ink: int = BLACK) -> int:
        """Sets a phrase, its Chinese smaller beneath; returns the height at which it ends."""
        paragraph = set_text(phrase.text, phrase.language, setting, box.width)
        bottom = self.paper.text(paragraph, box, align, ink)
        if not phrase.chinese:
            return bottom
        largest = max(_CHINESE_SMALLEST, round(setting.largest * CHINESE_RATIO))
        beneath = Setting("regular", largest, min(_CHINESE_SMALLEST, largest), lines=2)
        chinese = set_text(phrase.chinese, self.words.staff.language, beneath, box.width)
        return self.paper.text(chinese, replace(box, top=bottom), align, ink)

    def label(self, phrase: Phrase, box: Box, align: Align = "left") -> int:
        """A small heading; its Chinese stands beside it where there is room, else beneath."""
        main = set_text(phrase.text, phrase.language, LABEL, box.width)
        if not phrase.chinese:
            return self.paper.text(main, box, align)
        beside = set_text(phrase.chinese, self.words.staff.language, LABEL, box.width)
        together = main.width + LABEL.largest // 2 + beside.width
        if together > box.width:
            return self.paper.text(beside, replace(box, top=self.paper.text(main, box, align)), align)
        left = box.left if align == "left" else box.right - together
        self.paper.text(main, replace(box, left=left))
        return self.paper.text(beside, replace(box, left=left + together - beside.width))
