"""Tabs, quick filters and segments: one choice out of a few, arrow keys inside the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dressing import row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

#: Room between two quick filters, at 100 %.
_FILTER_GAP = 6


class _Choice(QAbstractButton):
    """A word with a number, painted: one tab or one quick filter."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        self.key = key
        self.count: int | None = None
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def set_count(self, count: int | None) -> None:
        """Show a number after the word."""
        self.count = count
        number = "" if count is None else f" {i18n.count(count)}"
        self.setAccessibleName(self.text() + number)
        self.updateGeometry()
        self.update()

    def _words_width(self, pad: int) -> int:
        # The width of the bold word always: nothing moves when another one is chosen.
        width = QFontMetrics(self._bold()).horizontalAdvance(self.text()) + 2 * pad
        if self.count is not None:
            label = QFontMetrics(theme().font("label"))
            width += theme().px(7) + label.horizontalAdvance(i18n.count(self.count))
        return width

    def _bold(self) -> QFont:
        font = theme().font("bodyStrong")
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _paint_words(self, painter: QPainter, pad: int, on: str, off: str, number: str) -> None:
        font = self._bold() if self.isChecked() else theme().font("bodyStrong")
        painter.setFont(font)
        painter.setPen(theme().color(on if self.isChecked() else off))
        box = self.rect().adjusted(pad, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, flags, self.text())
        if self.count is None:
            return
        used = QFontMetrics(self._bold()).horizontalAdvance(self.text()) + theme().px(7)
        label = theme().font("label")
        if self.isChecked() and number == on:
            label.setWeight(QFont.Weight.DemiBold)
        painter.setFont(label)
        painter.setPen(theme().color(number if self.isChecked() else "subtle"))
        painter.drawText(box.adjusted(used, 0, 0, 0), flags, i18n.count(self.count))


class _Filter(_Choice):
    @override
    def sizeHint(self) -> QSize:
        return QSize(self._words_width(theme().px(10)), theme().px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("selected" if self.isChecked() else "hover"))
            painter.drawRoundedRect(self.rect(), theme().px(6), theme().px(6))
        self._paint_words(painter, theme().px(10), "accentText", "muted", "accentText")


class _Tab(_Choice):
    @override
    def sizeHint(self) -> QSize:
        return QSize(self._words_width(0), theme().px(38))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_words(painter, 0, "text", "text" if self.underMouse() else "muted", "subtle")
        if self.isChecked():
            line = QRect(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, theme().color("accentText"))


class _Group(QWidget):
    """Buttons of which one is chosen; arrows go from one to the next.

    Attributes:
        changed: another one was chosen (its key), by the user or by `choose`.
    """

    changed = Signal(str)

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._box = row(self, gap=gap)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonToggled.connect(self._toggled)
        self._buttons: dict[str, QAbstractButton] = {}

    def _add(self, key: str, button: QAbstractButton) -> None:
        self._buttons[key] = button
        self._group.addButton(button)
        self._box.addWidget(button)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def key(self) -> str:
        """Key of the chosen one, or ""."""
        checked = self._group.checkedButton()
        return next((key for key, one in self._buttons.items() if one is checked), "")

    def choose(self, key: str) -> None:
        """Choose one by its key; unknown keys are ignored."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def step(self, by: int) -> None:
        """Choose the next (1) or the one before (-1), going round."""
        keys = [key for key in self._stops() if self._buttons[key].isEnabled()]
        if keys:
            at = keys.index(self.key) if self.key in keys else 0
            target = keys[(at + by) % len(keys)]
            self.choose(target)
            if self.isAncestorOf(self.focusWidget() or self):
                self._buttons[target].setFocus()

    def _stops(self) -> list[str]:
        """Where the arrow keys go."""
        return [key for key, one in self._buttons.items() if one.isVisible()]

    def set_visible(self, key: str, *, visible: bool) -> None:
        """Show or hide one."""
        self._buttons[key].setVisible(visible)

    def _toggled(self, button: QAbstractButton, on: bool) -> None:  # noqa: FBT001 - a slot of Qt
        if on:
            self.changed.emit(next(key for key, one in self._buttons.items() if one is button))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
            return
        super().keyPressEvent(event)


class QuickFilters(_Group):
    """Filters with counts, above a list; those that do not fit are in a menu behind them.

    Args:
        filters: (key, word); the first is chosen.
    """

    def __init__(self, filters: Sequence[tuple[str, str]]) -> None:
        super().__init__(_FILTER_GAP)
        self._left_out: set[str] = set()
        for key, text in filters:
            self._add(key, _Filter(key, text))
        self.more = IconButton("ellipsis", _("More filters"))
        self.more.clicked.connect(self._offer)
        self.more.hide()
        self._box.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.choose(filters[0][0])
        self.changed.connect(lambda _key: self._fit())

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show how many each filter has."""
        for key, count in counts.items():
            button = self._buttons.get(key)
            if isinstance(button, _Choice):
                button.set_count(count)
        self.updateGeometry()
        self._fit()

    @override
    def set_visible(self, key: str, *, visible: bool) -> None:
        (self._left_out.discard if visible else self._left_out.add)(key)
        self.updateGeometry()
        self._fit()

    @property
    def _wanted(self) -> list[str]:
        return [key for key in self._buttons if key not in self._left_out]

    @override
    def _stops(self) -> list[str]:
        return self._wanted

    def _width(self, keys: Sequence[str]) -> int:
        gap = theme().px(_FILTER_GAP)
        return sum(self._buttons[key].sizeHint().width() + gap for key in keys)

    def _fit(self) -> None:
        """Show the filters for which there is room, the chosen one among them."""
        keys, room = self._wanted, self.width()
        shown = list(keys)
        if self._width(keys) - theme().px(_FILTER_GAP) > room:
            room -= self.more.sizeHint().width()
            while len(shown) > 1 and self._width(shown) > room:
                spare = [key for key in shown if key != self.key]
                shown.remove(spare[-1])
        for key, button in self._buttons.items():
            button.setVisible(key in shown)
        self.more.setVisible(len(shown) < len(keys))

    def _offer(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The filters that do not fit."""
        menu = QMenu(self)
        for key in self._wanted:
            button = self._buttons[key]
            if button.isHidden():
                act = menu.addAction(button.accessibleName() or button.text())
                act.triggered.connect(lambda _on=False, key=key: self.choose(key))
        return menu

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width(self._wanted), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._width(self._wanted[:1]) + self.more.sizeHint().width()
        return QSize(least, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Tabs(_Group):
    """Tabs over a line; Ctrl+PageUp and Ctrl+PageDown are bound by the page.

    Args:
        tabs: (key, word); the first is chosen.
        edge: room at the left, 28 on a page.
    """

    def __init__(self, tabs: Sequence[tuple[str, str]], edge: int = 28) -> None:
        super().__init__(22)
        self._box.setContentsMargins(theme().px(edge), 0, theme().px(edge), 0)
        for key, text in tabs:
            self._add(key, _Tab(key, text))
        self._box.addStretch(1)
        self.setFixedHeight(theme().px(38) + 1)
        self.choose(tabs[0][0])

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show numbers after the words."""
        for key, count in counts.items():
            button = self._buttons.get(key)
            if isinstance(button, _Choice):
                button.set_count(count)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color("border"))


class Segments(_Group):
    """A choice of a few words in one frame: Automatic, Light, Dark."""

    def __init__(self, segments: Sequence[tuple[str, str]]) -> None:
        super().__init__(0)
        last = len(segments) - 1
        for at, (key, text) in enumerate(segments):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setFont(theme().font("bodyStrong"))
            button.setProperty("kind", "segment")
            place = (
                "only" if not last else "first" if not at else "last" if at == last else "middle"
            )
            button.setProperty("place", place)
            self._add(key, button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
