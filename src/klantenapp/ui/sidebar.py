"""The sidebar: who, search, the seven screens, settings, and where the data lives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import N_, _, ngettext
from klantenapp.ui.navigation import exists
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import column, line
from klantenapp.ui.widgets.labels import initials
from klantenapp.ui.widgets.lead_text import lay_out

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QPaintEvent

#: Sidebar entries in the order of Ctrl+1 ... Ctrl+7: (screen, words, icon).
ENTRIES = (
    ("overview", N_("Overview"), "house"),
    ("customers", N_("Customers"), "users"),
    ("invoices", N_("Invoices"), "file-text"),
    ("payments", N_("Payments"), "landmark"),
    ("reminders", N_("Reminders"), "bell-ring"),
    ("items", N_("Items and prices"), "tag"),
    ("reports", N_("Reports"), "chart-column"),
)
SETTINGS = ("settings", N_("Settings"), "settings")

#: Days without a backup after which the bottom of the sidebar turns amber.
BACKUP_DAYS = 7


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the sidebar says about the open administration.

    Attributes:
        business: name of the business; "" before the wizard.
        year: current financial year; 0 shows none.
        last_backup: moment of the last verified backup; None when there was none.
        example: the file holds example data.
        counts: screen -> waiting things.
    """

    business: str = ""
    year: int = 0
    last_backup: dt.datetime | None = None
    example: bool = False
    counts: tuple[tuple[str, int], ...] = ()


class NavButton(QAbstractButton):
    """One screen in the sidebar: icon, word and number, or only the icon."""

    def __init__(self, text: str, icon: str, keys: str = "") -> None:
        super().__init__()
        self.setText(text)
        self._icon = icon
        self._keys = keys
        self._count = 0
        self._mini = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(0)
        theme().changed.connect(self.update)

    def set_count(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        self._count = count
        name = self.text()
        if count:
            waiting = ngettext("{count} waiting", "{count} waiting", count).format(count=count)
            name = f"{name}, {waiting}"
        self.setAccessibleName(name)
        self.update()

    def set_mini(self, *, mini: bool) -> None:
        """Show only the icon, with the words as tooltip."""
        self._mini = mini
        self.setToolTip(self.text() if mini else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(40), theme().px(34))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, on = theme().px, self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("navsel" if on else "hover"))
            painter.drawRoundedRect(self.rect(), px(6), px(6))
        image = theme().pixmap(self._icon, "accentText" if on else "muted", 18)
        side = round(image.deviceIndependentSize().width())
        top = (self.height() - side) // 2
        left = (self.width() - side) // 2 if self._mini else px(8)
        painter.drawPixmap(left, top, image)
        if self._mini:
            self._paint_small_count(painter)
            return
        number = i18n.count(self._count) if self._count else ""
        right = self.rect().adjusted(0, 0, -px(8), 0)
        if number:
            draw_text(painter, right, number, "muted", "label", right=True)
        words = QRect(px(36), 0, self.width() - px(36 + 8 + (26 if number else 0)), self.height())
        font = theme().font("bodyStrong")
        if on:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme().color("text" if on else "muted"))
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_small_count(self, painter: QPainter) -> None:
        if not self._count:
            return
        font = theme().font("key")
        font.setPixelSize(theme().px(10))
        painter.setFont(font)
        painter.setPen(theme().color("muted"))
        number = i18n.count(self._count)
        # More than one digit goes to the edge, or it would stand on the icon.
        right = theme().px(4 if len(number) == 1 else 1)
        box = self.rect().adjusted(0, theme().px(1), -right, 0)
        top_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(box, top_right, number)


class _Brand(QAbstractButton):
    """The business: initials, name and year; opens the menu of administrations."""

    def __init__(self) -> None:
        super().__init__()
        self._around = Surroundings()
        self._mini = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(_("Administration"))
        theme().changed.connect(self.update)

    def show_around(self, around: Surroundings, *, mini: bool) -> None:
        """Show another business."""
        self._around, self._mini = around, mini
        self.setAccessibleName(_("Administration {name}").format(name=around.business).strip())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(40), theme().px(40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme().px
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(self.rect(), px(6), px(6))
        side = px(30)
        left = (self.width() - side) // 2 if self._mini else px(6)
        tile = QRect(left, (self.height() - side) // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("text"))
        painter.drawRoundedRect(tile, px(7), px(7))
        font = theme().font("heading")
        font.setPixelSize(px(15))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(theme().color("surface"))
        name = self._around.business or "Klantenapp"
        painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, initials(name)[:1])
        if self._mini:
            return
        words = QRect(tile.right() + px(10), 0, self.width() - tile.right() - px(14), self.height())
        upper = words.adjusted(0, px(3), 0, -words.height() // 2)
        lower = words.adjusted(0, words.height() // 2, 0, -px(3))
        font = theme().font("bodyStrong")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme().color("text"))
        short = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, short)
        if self._around.year:
            year = _("Financial year {year}").format(year=self._around.year)
            draw_text(painter, lower, year, "subtle", "caption")


class _Location(QAbstractButton):
    """Where the data is and when it was last backed up; amber after a week."""

    def __init__(self) -> None:
        super().__init__()
        self._around = Surroundings()
        self._now: dt.datetime | None = None
        self._mini = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def show_around(self, around: Surroundings, now: dt.datetime | None, *, mini: bool) -> None:
        """Show another moment."""
        self._around, self._now, self._mini = around, now, mini
        stored = _("Stored on this computer")
        words = f"{stored}. {self.backup_words()}"
        self.setAccessibleName(words)
        self.setToolTip(words if mini else "")
        self.updateGeometry()
        self.update()

    @property
    def late(self) -> bool:
        """Whether a backup is overdue."""
        last, now = self._around.last_backup, self._now
        return last is not None and now is not None and (now - last).days >= BACKUP_DAYS

    def backup_words(self) -> str:
        """When the last backup was made."""
        last, now = self._around.last_backup, self._now
        if last is None or now is None:
            return _("No backup yet") if self._around.business else ""
        minutes = max(0, int((now - last).total_seconds() // 60))
        if minutes < 60:  # noqa: PLR2004 - minutes of an hour
            words = ngettext("{count} minute ago", "{count} minutes ago", minutes)
            return _("Backup {when}").format(when=words.format(count=minutes))
        hours = minutes // 60
        if hours < 24:  # noqa: PLR2004 - hours of a day
            words = ngettext("{count} hour ago", "{count} hours ago", hours)
            return _("Backup {when}").format(when=words.format(count=hours))
        days = hours // 24
        words = ngettext("{count} day ago", "{count} days ago", days)
        return _("Backup {when}").format(when=words.format(count=days))

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(40), theme().px(34 if self._mini else 62))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = theme().px
        tone = "warn" if self.late else "muted"
        image = theme().pixmap("hard-drive", tone, 16)
        side = round(image.deviceIndependentSize().width())
        if self._mini:
            free = (self.width() - side) // 2
            painter.drawPixmap(free, (self.height() - side) // 2, image)
            return
        painter.drawPixmap(px(8), px(10), image)
        width = self.width() - px(34) - px(4)
        where = lay_out(_("Stored on this computer"), (), "caption", width)
        painter.setPen(theme().color(tone if self.late else "muted"))
        where.draw(painter, QPointF(px(34), px(8)))
        top = px(8) + where.lineCount() * theme().line("caption")
        box = QRect(px(34), top, width, px(16))
        draw_text(painter, box, self.backup_words(), tone if self.late else "subtle", "caption")


class Sidebar(QFrame):
    """The sidebar.

    Attributes:
        went: a screen was chosen (name).
        searched: the search button was clicked.
        menu_asked: the business was clicked.
        backup_asked: the bottom was clicked.
    """

    went = Signal(str)
    searched = Signal()
    menu_asked = Signal()
    backup_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Screens"))
        self._around = Surroundings()
        self._now: dt.datetime | None = None
        self._mini = False
        self._box = box = column(self, 10, 12, 10, 10)
        self.brand = _Brand()
        self.brand.clicked.connect(self.menu_asked)
        box.addWidget(self.brand)
        box.addSpacing(theme().px(8))
        self._search = Button(_("Search"), "search", "search", keys="Ctrl+K")
        self._search.clicked.connect(self.searched)
        self._search_small = IconButton("search", _("Search"), framed=True)
        self._search_small.setFixedWidth(theme().px(40))
        self._search_small.clicked.connect(self.searched)
        box.addWidget(self._search)
        box.addWidget(self._search_small)
        box.addSpacing(theme().px(12))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, NavButton] = {}
        for name, words, icon in ENTRIES:
            box.addWidget(self._entry(name, _(words), icon))
            box.addSpacing(1)
        box.addStretch(1)
        box.addWidget(self._entry(SETTINGS[0], _(SETTINGS[1]), SETTINGS[2]))
        box.addSpacing(theme().px(8))
        box.addWidget(line())
        self.location = _Location()
        self.location.clicked.connect(self.backup_asked)
        box.addWidget(self.location)
        self._follow()

    def _entry(self, name: str, text: str, icon: str) -> NavButton:
        button = NavButton(text, icon)
        button.clicked.connect(lambda: self.went.emit(name))
        button.setVisible(exists(name))
        self._group.addButton(button)
        self.buttons[name] = button
        return button

    def show_around(self, around: Surroundings, now: dt.datetime | None) -> None:
        """Show what holds for the open administration."""
        self._around, self._now = around, now
        for name, count in around.counts:
            self.set_count(name, count)
        self._follow()

    def set_count(self, name: str, count: int) -> None:
        """Show how many things wait at a screen."""
        if name in self.buttons:
            self.buttons[name].set_count(count)

    def set_current(self, name: str) -> None:
        """Mark the screen in front; "" marks none."""
        self._group.setExclusive(False)
        for key, button in self.buttons.items():
            button.setChecked(key == name)
        self._group.setExclusive(True)

    def set_mini(self, *, mini: bool) -> None:
        """Show only icons, or icons with words."""
        if mini != self._mini:
            self._mini = mini
            self._follow()

    def _follow(self) -> None:
        mini = self._mini
        self.setFixedWidth(theme().size("sidebarMini" if mini else "sidebar"))
        side = theme().px(8 if mini else 10)
        self._box.setContentsMargins(side, theme().px(12), side, theme().px(10))
        self._search.setVisible(not mini)
        self._search_small.setVisible(mini)
        for button in self.buttons.values():
            button.set_mini(mini=mini)
        self.brand.show_around(self._around, mini=mini)
        self.location.show_around(self._around, self._now, mini=mini)
