"""A calendar below a date field."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame

from klantenapp import i18n
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def open_calendar(field: QWidget, day: dt.date, chosen: Callable[[dt.date], None]) -> QFrame:
    """Open a calendar below a field; Enter or a click chooses, Esc closes."""
    popup = QFrame(field, Qt.WindowType.Popup)
    popup.setProperty("role", "popup")
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box = column(popup, 6)
    calendar = QCalendarWidget()
    calendar.setLocale(QLocale(i18n.language()))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
    calendar.setGridVisible(False)
    quiet = QTextCharFormat()
    quiet.setForeground(theme().color("muted"))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekday, quiet)
    calendar.setHeaderTextFormat(quiet)
    calendar.setSelectedDate(QDate(day.year, day.month, day.day))

    def take(date: QDate) -> None:
        popup.close()
        chosen(dt.date(date.year(), date.month(), date.day()))

    calendar.clicked.connect(take)
    calendar.activated.connect(take)
    box.addWidget(calendar)
    popup.adjustSize()
    popup.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
    popup.show()
    calendar.setFocus()
    return popup
