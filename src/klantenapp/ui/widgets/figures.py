"""Figures: a strip of amounts, the age bar, meters. A few rectangles; no chart library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.models.values import Money
from klantenapp.ui.tables.columns import CONFIDENCE
from klantenapp.ui.tables.delegates import paint_meter
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, frame, row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent

#: Age groups of receivables, in order, with their colours.
AGES = (
    ("age0", N_("Not due yet")),
    ("age1", N_("1–30 days overdue")),
    ("age2", N_("31–60 days")),
    ("age3", N_("61–90 days")),
    ("age4", N_("More than 90 days")),
)


_NEAR, _FULL = 80, 100  # percent of a credit limit


class Figure(QWidget):
    """A label with an amount or words below it, large.

    Args:
        label: what it is.
        text: the figure.
        note: small words after it.
        tone: colour of the figure.
    """

    def __init__(self, label: str, text: str = "", note: str = "", tone: str | None = None) -> None:
        super().__init__()
        box = column(self, 14, 9, 14, 10)
        self._label = Label(label, "label", "muted")
        box.addWidget(self._label)
        line = row(gap=4)
        self._value = Label(text, "numberSmall", tone)
        self._note = Label(note, "body", "muted")
        line.addWidget(self._value)
        line.addWidget(self._note, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        box.addLayout(line)

    def set_label(self, label: str) -> None:
        """Say what it is; `set` follows."""
        self._label.setText(label)

    def set(self, text: str, note: str = "", tone: str | None = None) -> None:
        """Show another figure."""
        self._value.setText(text)
        self._note.setText(note)
        self._value.set_tone(tone)
        self.setAccessibleName(f"{self._label.text()} {text} {note}".strip())


class LimitFigure(QWidget):
    """How much of a credit limit is used: blue below 80 %, amber to 100 %, red above."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, 14, 9, 14, 10)
        top = row()
        self._label = Label("", "label", "muted")
        self._percent = Label("", "label", "muted")
        top.addWidget(self._label)
        top.addStretch(1)
        top.addWidget(self._percent)
        box.addLayout(top)
        box.addSpacing(theme().px(4))
        self._bar = Bar()
        box.addWidget(self._bar)
        box.addSpacing(theme().px(4))
        self._free = Label("", "caption", "muted")
        box.addWidget(self._free)

    def set(self, used: Money, limit: Money) -> None:
        """Show another balance and limit."""
        share = used.cents * 100 // limit.cents if limit.cents else 0
        self._label.setText(_("Credit limit {amount}").format(amount=i18n.euros(limit.cents)))
        self._percent.setText(i18n.percent(share * 100))
        tone = "chartMain" if share < _NEAR else "age2" if share <= _FULL else "danger"
        self._bar.set([(tone, max(0, min(100, share))), ("neutralTint", max(0, 100 - share))])
        free = limit - used
        text = _("{amount} left") if free.cents >= 0 else _("{amount} over the limit")
        self._free.setText(text.format(amount=i18n.money(abs(free).cents)))
        self.setAccessibleName(f"{self._label.text()}, {self._percent.text()}, {self._free.text()}")


class FigureStrip(QFrame):
    """Figures beside each other in one frame."""

    def __init__(self, figures: Sequence[QWidget], stretches: Sequence[int] = ()) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        box = row(self, gap=0)
        for at, figure in enumerate(figures):
            if at:
                box.addWidget(frame("vline"))
            box.addWidget(figure, stretches[at] if stretches else 1)


class Bar(QWidget):
    """Parts of a whole beside each other: (colour token, size)."""

    def __init__(self, height: int = 6, gap: int = 0) -> None:
        super().__init__()
        self._parts: list[tuple[str, int]] = []
        self._height, self._gap = height, gap
        self.setFixedHeight(theme().px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def set(self, parts: Sequence[tuple[str, int]]) -> None:
        """Show other parts; sizes are any non-negative numbers."""
        self._parts = [(token, size) for token, size in parts if size > 0]
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(self._height))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        radius = theme().px(min(4, self._height // 2))
        clip.addRoundedRect(self.rect(), radius, radius)
        painter.setClipPath(clip)
        whole = sum(size for _token, size in self._parts)
        if not whole:
            painter.fillRect(self.rect(), theme().color("neutralTint"))
            return
        gap = theme().px(self._gap)
        room = self.width() - gap * (len(self._parts) - 1)
        left, used = 0.0, 0
        for at, (token, size) in enumerate(self._parts):
            used += size
            end = room * used / whole + gap * at
            painter.fillRect(
                QRect(round(left), 0, max(1, round(end) - round(left)), self.height()),
                theme().color(token),
            )
            left = end + gap


@dataclass(frozen=True, slots=True)
class Age:
    """One age group: how many documents and how much is open."""

    count: int
    amount: Money


class AgeBar(QWidget):
    """Receivables by age: a bar, and a row per group with label, number and amount.

    Attributes:
        chosen: a row was clicked (0 not due ... 4 more than 90 days).
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        box = column(self, gap=8)
        self._bar = Bar(12, 2)
        box.addWidget(self._bar)
        self._rows = [_AgeRow(at, token, _(title)) for at, (token, title) in enumerate(AGES)]
        for one in self._rows:
            one.clicked.connect(self.chosen)
            box.addWidget(one)

    def set(self, ages: Sequence[Age]) -> None:
        """Show five groups, from not due to over 90 days."""
        parts = [(AGES[at][0], max(0, age.amount.cents)) for at, age in enumerate(ages)]
        self._bar.set(parts)
        for one, age in zip(self._rows, ages, strict=True):
            one.set(age)


class _AgeRow(QWidget):
    """One line of the age bar's legend; clickable, and reachable with Tab."""

    clicked = Signal(int)

    def __init__(self, at: int, token: str, title: str) -> None:
        super().__init__()
        self._at, self._token, self._title = at, token, title
        self._age = Age(0, Money(0))
        self._over = False
        self.setFixedHeight(theme().px(24))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set(self, age: Age) -> None:
        """Show another number and amount."""
        self._age = age
        self.setAccessibleName(f"{self._title}: {age.count}, {i18n.money(age.amount.cents)}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme().px
        if self._over or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(self.rect().adjusted(-4, 0, 4, 0), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(self._token))
        painter.drawRoundedRect(QRect(0, (self.height() - px(9)) // 2, px(9), px(9)), px(3), px(3))
        amount = QRect(self.width() - px(86), 0, px(86), self.height())
        count = QRect(self.width() - px(124), 0, px(38), self.height())
        label = QRect(px(18), 0, self.width() - px(134), self.height())
        draw_text(painter, label, self._title, "text", "body")
        draw_text(painter, count, i18n.count(self._age.count), "muted", "body", right=True)
        draw_text(
            painter, amount, i18n.amount(self._age.amount.cents), "text", "bodyStrong", right=True
        )

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self._at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit(self._at)


class Meter(QWidget):
    """How certain a proposal is: three steps and a word."""

    def __init__(self, certainty: str = "none") -> None:
        super().__init__()
        self.setFixedHeight(theme().px(20))
        self.set(certainty)

    def set(self, certainty: str) -> None:
        """Show certain, likely, unsure or none."""
        self._certainty = certainty
        self.setAccessibleName(_(CONFIDENCE[certainty][1]))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(150), theme().px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        level, word, token = CONFIDENCE[self._certainty]
        painter = QPainter(self)
        used = paint_meter(painter, self.rect(), level, token)
        rest = self.rect().adjusted(used + theme().px(8), 0, 0, 0)
        draw_text(painter, rest, _(word), token, "bodyStrong")


def grid(*stretches: int, gap: int = 12) -> QGridLayout:
    """A grid whose columns share the room in these proportions."""
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme().px(gap))
    for at, stretch in enumerate(stretches):
        made.setColumnStretch(at, stretch)
    return made
