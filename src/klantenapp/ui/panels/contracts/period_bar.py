"""How far a contract is: a bar from its first day to its last, with today on it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class PeriodLine(QWidget):
    """Part of a stretch of days, filled, with a mark at today.

    Args:
        height: of the bar, at 100 %.
    """

    def __init__(self, height: int = 8) -> None:
        super().__init__()
        self._height = height
        self._whole: tuple[dt.date, dt.date] | None = None
        self._part: tuple[dt.date, dt.date] | None = None
        self._today: dt.date | None = None
        self._token = "chartMain"
        self.setFixedHeight(theme().px(height + 10))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def set(
        self,
        whole: tuple[dt.date, dt.date],
        part: tuple[dt.date, dt.date],
        today: dt.date | None,
        token: str = "chartMain",
    ) -> None:
        """Show another stretch.

        Args:
            whole: first and last day of the bar.
            part: first and last day that are filled.
            today: where the mark stands; None is none.
            token: colour of the filled part.
        """
        self._whole, self._part, self._today, self._token = whole, part, today, token
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(self._height + 10))

    def _x(self, day: dt.date) -> float:
        """Where a day begins on the bar."""
        if self._whole is None:
            return 0.0
        start, end = self._whole
        days = max(1, (end - start).days + 1)
        return self.width() * min(1.0, max(0.0, (day - start).days / days))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        px, color = theme().px, theme().color
        top, height = (self.height() - px(self._height)) / 2, px(self._height)
        radius = min(px(4), height / 2)
        painter.setBrush(color("neutralTint"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), radius, radius)
        if self._part is not None and self._whole is not None:
            left = self._x(self._part[0])
            right = self._x(self._part[1] + dt.timedelta(days=1))
            painter.setBrush(color(self._token))
            painter.drawRoundedRect(
                QRectF(left, top, max(right - left, 2.0), height), radius, radius
            )
        if self._today is not None and self._whole is not None:
            start, end = self._whole
            if start <= self._today <= end:
                painter.setBrush(color("warn"))
                painter.drawRect(QRectF(self._x(self._today) - 1, 0, px(2), self.height()))


class PeriodBar(QWidget):
    """The bar of one contract, with its days below it."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, gap=2)
        self._line = PeriodLine()
        box.addWidget(self._line)
        words = row(gap=6)
        self._start = Label("", "caption", "muted")
        # Elided: many days ago in words may not push the panel wider than its place.
        self.left = ElidedLabel("", "caption", "warn")
        self._end = Label("", "caption", "muted")
        words.addWidget(self._start)
        words.addStretch(1)
        words.addWidget(self.left)
        words.addStretch(1)
        words.addWidget(self._end)
        box.addLayout(words)

    def set(self, start: dt.date, end: dt.date | None, today: dt.date) -> None:
        """Show a period; without an end it goes on beside the bar."""
        last = end if end is not None else max(today, start) + dt.timedelta(days=365)
        last = max(last, start)
        passed = min(max(today, start), last)
        self._line.set((start, last), (start, passed), today)
        self._start.setText(i18n.date(start))
        self._end.setText(i18n.date(end) if end is not None else _("no end"))
        words, tone = days_left(start, end, today)
        self.left.setText(words)
        self.left.set_tone(tone)
        self._line.setAccessibleName(f"{i18n.date(start)} – {self._end.text()}, {words}")


def days_left(start: dt.date, end: dt.date | None, today: dt.date) -> tuple[str, str]:
    """How long a period has to go, in words, and their tone."""
    if today < start:
        days = (start - today).days
        begins = ngettext("begins in {days} day", "begins in {days} days", days)
        return begins.format(days=days), "muted"
    if end is None or end < start:
        return "", "muted"
    days = (end - today).days
    if days < 0:
        past = ngettext("ended {days} day ago", "ended {days} days ago", -days)
        return past.format(days=-days), "muted"
    words = ngettext("{days} day to go", "{days} days to go", days).format(days=days)
    return words, "warn" if days <= _NEAR else "muted"


#: Days before an end from which it stands out.
_NEAR = 60
