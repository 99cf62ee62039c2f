"""A field that searches while typing: for customers, items, contacts.

The list below it has rows of two parts and a footer with keys; it is our own, not QCompleter's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.qt import timer
from klantenapp.ui.tables.model import NOWHERE
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import chip_size, paint_chip
from klantenapp.ui.widgets.dressing import column, frame, line, row
from klantenapp.ui.widgets.inputs import TextInput
from klantenapp.ui.widgets.labels import Keys, Label
from klantenapp.ui.widgets.matching import bold_spans, draw_matched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import (
        QObject,
    )
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from klantenapp.ui.widgets.chips import ChipLook

Index = QModelIndex | QPersistentModelIndex
OptionRole = Qt.ItemDataRole.UserRole + 1
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the list.

    Attributes:
        value: what is chosen with it.
        text: first part, in which what was typed stands out.
        note: second part, quieter, right after it.
        right: at the right ("€ 22,50").
        chip: before `right`, or None.
    """

    value: Any
    text: str
    note: str = ""
    right: str = ""
    chip: ChipLook | None = None


class _Options(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.options: Sequence[Option] = ()

    def show(self, options: Sequence[Option]) -> None:
        self.beginResetModel()
        self.options = options
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.options)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        option = self.options[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return option.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (option.text, option.note, option.right) if part)
        return option if role == OptionRole else None


class _OptionDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sought = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(34))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Option = index.data(OptionRole)
        px = theme().px
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("selected"))
            painter.drawRoundedRect(box, px(5), px(5))
        inner = box.adjusted(px(10), 0, -px(10), 0)
        if shown.right:
            width = painter.fontMetrics().horizontalAdvance(shown.right) + px(6)
            draw_text(painter, inner, shown.right, "text", "bodyStrong", right=True)
            inner = inner.adjusted(0, 0, -width - px(10), 0)
        if shown.chip:
            size = chip_size(shown.chip)
            at = QPoint(
                inner.right() - size.width(), box.top() + (box.height() - size.height()) // 2
            )
            paint_chip(painter, at.toPointF(), shown.chip)
            inner = inner.adjusted(0, 0, -size.width() - px(10), 0)
        used = draw_matched(painter, inner, shown.text, bold_spans(shown.text, self.sought))
        if shown.note and used + px(8) < inner.width():
            rest = QRect(
                inner.left() + used + px(6),
                inner.top(),
                inner.width() - used - px(6),
                inner.height(),
            )
            draw_text(painter, rest, shown.note, "subtle", "body")
        painter.restore()


class _Popup(QFrame):
    """The list below the field; keeps the focus in the field."""

    chosen = Signal(object)

    def __init__(self, footer: Sequence[tuple[str, str]]) -> None:
        super().__init__(None, Qt.WindowType.ToolTip)
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        box = column(self, 4)
        self.model = _Options(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.delegate = _OptionDelegate(self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.clicked.connect(lambda index: self.chosen.emit(index.data(OptionRole)))
        self.view.entered.connect(self.view.setCurrentIndex)
        box.addWidget(self.view)
        self.footer = frame("clear")
        foot = row(self.footer, 8, 6, 8, 4, gap=16)
        self._hints: list[Label] = []
        for at, (keys, text) in enumerate(footer):
            if at:
                foot.addStretch(1)
            hint = row(gap=4)
            hint.addWidget(Keys(keys))
            label = Label(text, "caption", "muted")
            self._hints.append(label)
            hint.addWidget(label)
            foot.addLayout(hint)
        if not footer:
            self.footer.hide()
        else:
            box.addWidget(line())
        box.addWidget(self.footer)

    def set_hint(self, at: int, text: str) -> None:
        """Change the words of one footer hint."""
        self._hints[at].setText(text)

    def show_below(self, field: QFrame | TextInput, width: int) -> None:
        """Stand below a field, as wide as it or wider."""
        rows = min(_SHOWN, max(1, self.model.rowCount()))
        self.view.setFixedHeight(rows * theme().px(34) + 2)
        self.setFixedWidth(max(field.width(), theme().px(width)))
        self.adjustSize()
        self.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
        self.show()


class SearchPicker(TextInput):
    """A field that searches and chooses.

    Args:
        find: called (text, show) while typing; calls `show(options)` when it has them, at once or
            later: `lambda text, show: ops.read(self, query(text), show, key="picker")`.
        hint: shown while empty.
        create: called (text) on Shift+Enter to make a new one; None offers none.
        create_hint: footer words for it, with {text}: _("new item “{text}”").
        free: keep free text on Enter or Tab; otherwise leaving restores the choice.
        width: least width of the list, at 100 %.

    Attributes:
        picked: an Option was chosen.
        freed: free text was confirmed (str).
    """

    picked = Signal(object)
    freed = Signal(str)

    def __init__(
        self,
        find: Callable[[str, Callable[[Sequence[Option]], None]], object],
        hint: str = "",
        *,
        create: Callable[[str], object] | None = None,
        create_hint: str = "",
        free: bool = False,
        width: int = 420,
    ) -> None:
        super().__init__(hint)
        self._find, self._create, self._free, self._width = find, create, free, width
        self._create_hint = create_hint
        self._option: Option | None = None
        self._popup: _Popup | None = None
        self._timer = timer(self, theme().motion("searchDebounceMs"), self.search)
        self.textEdited.connect(lambda _text: self._timer.start())
        self.destroyed.connect(self._drop)

    @override
    def value(self) -> Any:
        """Value of the chosen option, or None."""
        option = getattr(self, "_option", None)
        return option.value if option else None

    @override
    def set_value(self, value: Any) -> None:
        """Show an Option as chosen, or None."""
        self._option = value if isinstance(value, Option) else None
        self.setText(self._option.text if self._option else "")
        self._before = self.value()

    def search(self) -> None:
        """Search for what is typed, and open the list."""
        self._find(self.text().strip(), self._show)

    @property
    def popup(self) -> _Popup:
        """The list."""
        if self._popup is None:
            footer = [("Return", _("choose"))]
            if self._create is not None:
                footer.append(("Shift+Return", ""))
            self._popup = _Popup(footer)
            self._popup.chosen.connect(self._choose)
        return self._popup

    @property
    def is_open(self) -> bool:
        """Whether the list is open."""
        return self._popup is not None and self._popup.isVisible()

    def _show(self, options: Sequence[Option]) -> None:
        if not self.hasFocus():
            return
        popup, text = self.popup, self.text().strip()
        popup.delegate.sought = text
        popup.model.show(options)
        if self._create is not None:
            popup.set_hint(1, self._create_hint.format(text=text))
        if not options and self._create is None:
            popup.hide()
            return
        if options:
            popup.view.setCurrentIndex(popup.model.index(0))
        popup.show_below(self, self._width)

    def _choose(self, option: Option | None) -> None:
        if option is None:
            return
        self.close_list()
        self._option = option
        self.setText(option.text)
        self._before = option.value
        self.picked.emit(option)
        self.left.emit()

    def close_list(self) -> None:
        """Close the list."""
        self._timer.stop()
        if self._popup is not None:
            self._popup.hide()

    def _drop(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
            self._popup = None

    @override
    def _finish(self) -> None:
        """Leaving without a choice: keep free text, or put the choice back."""
        if self.is_open or not self.isModified():
            return
        self.setModified(False)
        text = self.text().strip()
        if self._free:
            self._option = None
            self.freed.emit(text)
        elif not text and self._option is not None:
            self._option = None
            self._before = None
            self.left.emit()
        else:
            self.setText(self._option.text if self._option else "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if modifiers & Qt.KeyboardModifier.ShiftModifier and self._create is not None:
                self.close_list()
                self._create(self.text().strip())
                return
            if self.is_open:
                self._choose(self.popup.view.currentIndex().data(OptionRole))
                return
        opens = key == Qt.Key.Key_F4 or (
            key == Qt.Key.Key_Down and modifiers & Qt.KeyboardModifier.AltModifier
        )
        if opens or (key == Qt.Key.Key_Down and not self.is_open):
            self.search()
            return
        if self.is_open and self._list_key(key):
            return
        super().keyPressEvent(event)

    def _list_key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 6,
            Qt.Key.Key_PageUp: -6,
        }
        if key in steps:
            popup = self.popup
            last = popup.model.rowCount() - 1
            to = max(0, min(last, popup.view.currentIndex().row() + steps[Qt.Key(key)]))
            popup.view.setCurrentIndex(popup.model.index(to))
            return True
        if key == Qt.Key.Key_Tab:
            self._choose(self.popup.view.currentIndex().data(OptionRole))
        return False

    @override
    def event(self, event: QEvent) -> bool:
        # Esc closes the list, not the dialog around it.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.is_open
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_list()
        super().focusOutEvent(event)
