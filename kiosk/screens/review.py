"""What it costs and why, with `change` beside what was chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from i18n.loader import Translator
from kiosk.journeys.events import PartyChangeWanted, PayWanted, SlotChangeWanted
from kiosk.journeys.states import House, Review, State
from kiosk.screens.page import Page
from kiosk.screens.price import Line, PriceLines
from kiosk.screens.times import day_name, time_range, visitors
from shared.domain.pricing import Quote
from shared.ui.button import KioskButton
from shared.ui.panel import Panel
from shared.ui.pictures import Picture
from shared.ui.text import Text
from shared.ui.theme import Theme
from shared.ui.tokens import Space, Type
from shared.ui.touchable import Kind

PICTURE_MM = 88.0


class Card(Panel):
    """Parts below one another, with thin lines between them and perhaps a picture above."""

    def __init__(self, theme: Theme, picture: Picture | None, *parts: QLayout) -> None:
        super().__init__(theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if picture is not None:
            whole.addWidget(picture)
        inside = QVBoxLayout()
        edge = theme.space(Space.MEDIUM)
        inside.setContentsMargins(edge, edge, edge, edge)
        inside.setSpacing(theme.space(Space.SMALL))
        for index, part in enumerate(parts):
            if index:
                inside.addWidget(Line(theme))
            inside.addLayout(part)
        whole.addLayout(inside)


class ReviewScreen(Page):
    """The visit on one card; the price line by line, the reasons below, the sum large."""

    one_column_when_tight = True

    def __init__(self, theme: Theme, say: Translator, house: House) -> None:
        super().__init__(theme, say, house)
        self._product, self._who = Text(theme, Type.LEAD, "soft"), Text(theme, Type.LEAD, "soft")
        self._day, self._time = Text(theme, Type.LEAD, bold=True), Text(theme, Type.NUMERAL)
        self._lines, self._reasons = PriceLines(theme, say), PriceLines(theme, say)
        self._total = Text(theme, Type.TITLE, "accent")
        self._total.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        if self.large:
            self.body.hold(*(Card(theme, None, part) for part in self._parts()))
        else:
            self._add_whole(house.product.picture)
        self._pay = KioskButton(theme, "pay", Kind.PRIMARY, icon_name="forward", icon_last=True, height_mm=30.0)
        self._pay.clicked.connect(lambda: self.happened.emit(PayWanted()))
        self.foot.addWidget(self._pay)

    def show_state(self, state: State) -> None:
        if not isinstance(state.at, Review) or state.visit.slot is None:
            return
        say, house, quote = self.say, state.house, state.at.quote
        self.head(3, say.gettext("Your visit and its price"), "")
        self._product.setText(say.local(house.product.name))
        self._day.setText(f"{day_name(say, state.visit.day, house.today)} · {say.day(state.visit.day)}")
        self._time.setText(time_range(say, house.catalog, state.visit.slot))
        self._who.setText(visitors(say, state.visit.visitors))
        self._lines.show_lines(house.catalog, quote)
        self._reasons.show_reasons(quote)
        self._show_total(quote)

    def _show_total(self, quote: Quote | None) -> None:
        """Without a quote there is nothing to pay yet."""
        self._pay.setEnabled(quote is not None)
        if quote is None:
            self._total.setText(self.say.gettext("One moment, please."))
            self._pay.label(self.say.pgettext("button", "Pay"))
            return
        amount = self.say.money(quote.total)
        self._total.setText(amount)
        self._pay.label(self.say.gettext("Pay {amount}").format(amount=amount))

    def _add_whole(self, picture_name: str) -> None:
        """Everything on one card below the product's picture; on a wide screen the picture stands beside."""
        picture = Picture(picture_name, cover=0.3, radius=self.theme.tokens.radius())
        picture.setFixedHeight(self.theme.px(PICTURE_MM))
        if self.landscape:
            self.aside(picture)
        self.body.hold(Card(self.theme, None if self.landscape else picture, *self._parts()))

    def _parts(self) -> tuple[QLayout, ...]:
        return (self._visit(), self._visitors(), self._why(), self._sum())

    def _visit(self) -> QVBoxLayout:
        change = self._change("change-time", self.say.gettext("Change the time"))
        change.clicked.connect(lambda: self.happened.emit(SlotChangeWanted()))
        if self.tight:  # the product is known, and there is no height for it
            return self._part(self._time, change, self._day)
        return self._part(self._product, change, self._time, self._day)

    def _visitors(self) -> QVBoxLayout:
        change = self._change("change-visitors", self.say.gettext("Change the visitors"))
        change.clicked.connect(lambda: self.happened.emit(PartyChangeWanted()))
        return self._part(self._who, change, self._lines)

    def _why(self) -> QVBoxLayout:
        title = Text(self.theme, Type.BODY, bold=True)
        title.setText(self.say.gettext("Why this price"))
        column = QVBoxLayout()
        column.setSpacing(self.theme.space(Space.HAIR))
        column.addWidget(title)
        column.addWidget(self._reasons)
        return column

    def _sum(self) -> QHBoxLayout:
        label = Text(self.theme, Type.HEADING)
        label.setText(self.say.gettext("Total"))
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._total, 1)
        return row

    def _change(self, name: str, words: str) -> KioskButton:
        button = KioskButton(self.theme, name, style=Type.BODY, height_mm=20.0)
        button.label(self.say.pgettext("button beside what was chosen", "Change"))
        button.setAccessibleName(words)
        return button

    def _part(self, title: Text, change: KioskButton, *rest: QWidget) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(change)
        column = QVBoxLayout()
        column.setSpacing(self.theme.space(Space.HAIR))
        column.addLayout(head)
        for widget in rest:
            column.addWidget(widget)
        return column
