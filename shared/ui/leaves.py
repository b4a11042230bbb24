"""Parts below one another that always fit: what has no room stands on a further leaf, turned by two buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shared.ui.button import KioskButton
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type


class Holder(QWidget):
    """One part's place. The leaf shows and hides the place; whoever made the part shows and hides the part."""

    def __init__(self, parent: QWidget, part: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)

    def needed(self, width: int) -> int:
        """The height it takes at a width, in pixels."""
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        return max(height, self.minimumSizeHint().height())


class Pager(QWidget):
    """Turns the leaves: one further, one back. Each button keeps its place."""

    def __init__(self, theme: Theme, back: str, further: str) -> None:
        super().__init__()
        self._gap = theme.space(Space.SMALL)
        self.back = KioskButton(theme, "leaf-back", icon_name="earlier", style=Type.BODY)
        self.further = KioskButton(theme, "leaf-further", icon_name="later", style=Type.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._gap)
        for button, words in ((self.back, back), (self.further, further)):
            button.label(words)
            button.setProperty("navigation", True)
            button.keep_place()
            row.addWidget(button, 1)

    def needed(self, width: int) -> int:
        """The height it takes at a width, in pixels."""
        return max(button.heightForWidth((width - self._gap) // 2) for button in (self.back, self.further))

    def fit(self, width: int) -> None:
        """Arrows alone where the words would take two lines in a row of that many pixels."""
        for button in (self.back, self.further):
            button.bare(False)
            button.bare(2 * button.sizeHint().width() + self._gap > width)


class Leaves(QWidget):
    """Holds parts in reading order. `most` limits how many stand on one leaf (0: as many as fit)."""

    def __init__(self, theme: Theme, back: str, further: str, *, most: int = 0) -> None:
        super().__init__()
        self._most = most
        self._gap = theme.space(Space.SMALL)
        self._holders: list[Holder] = []
        self._leaves: list[list[Holder]] = []
        self._at = 0
        self._pager = Pager(theme, back, further)
        self._pager.back.clicked.connect(lambda: self.turn_to(self._at - 1))
        self._pager.further.clicked.connect(lambda: self.turn_to(self._at + 1))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def hold(self, *parts: QWidget) -> None:
        """Takes further parts in; a part that its maker hides takes no room."""
        shown = self.isVisible()
        for part in parts:
            holder = Holder(self, part)
            self._holders.append(holder)
            if shown:
                holder.show()
        self._pager.setParent(None)
        self._pager.setParent(self)  # the last child: Tab comes to it after the parts
        self._pager.hide()
        self.updateGeometry()

    @property
    def count(self) -> int:
        """How many leaves there are now."""
        return max(1, len(self._leaves))

    @property
    def at(self) -> int:
        """Which leaf is seen, from 0."""
        return self._at

    def turn_to(self, leaf: int) -> None:
        """Shows a leaf; the nearest when there is none of that number."""
        self._at = min(max(leaf, 0), self.count - 1)
        self._arrange()

    def refresh(self) -> None:
        """Places the parts anew: one on a leaf that is not seen has no way of telling that it changed."""
        self.updateGeometry()
        self._arrange()

    def natural_height(self, width: int) -> int:
        """What all parts take on one leaf of that width, in pixels."""
        heights = [holder.needed(width) for holder in self._offered()]
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802
        height = self.natural_height(self.width())
        return QSize(self._least_width(), max(height, self.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        heights = [holder.needed(self.width()) for holder in self._offered()]
        tallest = max(heights, default=0)
        if len(heights) > 1:
            tallest = min(self.natural_height(self.width()), tallest + self._gap + self._pager.needed(self.width()))
        return QSize(self._least_width(), tallest)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.refresh()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        if event.size().width() != event.oldSize().width():
            self._pager.fit(event.size().width())
            self.updateGeometry()
        self._arrange()

    def _offered(self) -> list[Holder]:
        return [holder for holder in self._holders if not holder.part.isHidden()]

    def _least_width(self) -> int:
        return max((holder.minimumSizeHint().width() for holder in self._offered()), default=0)

    def _arrange(self) -> None:
        self._leaves = self._divided()
        self._at = min(self._at, self.count - 1)
        seen = self._leaves[self._at] if self._leaves else []
        for holder in self._holders:
            holder.setVisible(holder in seen)
        top = 0
        for holder in seen:
            height = holder.needed(self.width())
            holder.setGeometry(0, top, self.width(), height)
            top += height + self._gap
        self._place_pager()

    def _divided(self) -> list[list[Holder]]:
        """The parts by leaf: all on one where they fit, else as many on each as leave room for the pager."""
        offered = self._offered()
        fits = self.natural_height(self.width()) <= self.height()
        if fits and not 0 < self._most < len(offered):
            return [offered] if offered else []
        room = self.height() - self._gap - self._pager.needed(self.width())
        leaves: list[list[Holder]] = []
        left = -1
        for holder in offered:
            height = holder.needed(self.width())
            full = bool(leaves) and 0 < self._most <= len(leaves[-1])
            if height + self._gap > left or full:
                leaves.append([])
                left = room + self._gap
            leaves[-1].append(holder)
            left -= height + self._gap
        return leaves

    def _place_pager(self) -> None:
        self._pager.setVisible(self.count > 1)
        height = self._pager.needed(self.width())
        self._pager.setGeometry(0, self.height() - height, self.width(), height)
        self._pager.back.setVisible(self._at > 0)
        self._pager.further.setVisible(self._at < self.count - 1)
