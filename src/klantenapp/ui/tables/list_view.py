"""The master list: two lines per row, beside the page that it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate
from typing_extensions import override

from klantenapp.ui.qt import timer
from klantenapp.ui.tables.model import GroupRole, RowRole
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from klantenapp.ui.tables.model import TableModel

Index = QModelIndex | QPersistentModelIndex

#: A row in four parts: (first line, at its right, second line, at its right, tone of the last).
Parts = tuple[str, str, str, str, str | None]
_AFTER_MS = 120


class _TwoLines(QStyledItemDelegate):
    def __init__(self, parent: MasterList, parts: Callable[[Any], Parts]) -> None:
        super().__init__(parent)
        self._parts = parts

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = "tableHeader" if index.data(GroupRole) is not None else "rowTwoLine"
        return QSize(theme().px(120), theme().size(height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, color, px = option.rect, theme().color, theme().px
        painter.save()
        group = index.data(GroupRole)
        if group is not None:
            draw_text(painter, box.adjusted(px(14), 0, -px(14), 0), group.title, "muted", "label")
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, color("selected"))
            painter.fillRect(box.left(), box.top(), 3, box.height() - 1, color("accentText"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, color("hover"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("grid"))
        row = index.data(RowRole)
        if row is not None:
            self._paint_row(painter, box.adjusted(px(14), 0, -px(14), -1), self._parts(row))
        painter.restore()

    def _paint_row(self, painter: QPainter, inner: QRect, parts: Parts) -> None:
        first, first_right, second, second_right, tone = parts
        px = theme().px
        upper = QRect(inner.left(), inner.center().y() - px(18), inner.width(), px(18))
        lower = QRect(inner.left(), inner.center().y() + px(1), inner.width(), px(18))
        self._pair(painter, upper, (first, "text", "bodyStrong"), (first_right, "muted", "caption"))
        self._pair(
            painter, lower, (second, "subtle", "caption"), (second_right, tone or "subtle", "label")
        )

    def _pair(
        self, painter: QPainter, box: QRect, left: tuple[str, str, str], right: tuple[str, str, str]
    ) -> None:
        text, token, role = right
        if text:
            draw_text(painter, box, text, token, role, right=True)
            box = box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(text) - 8, 0)
        draw_text(painter, box, *left)


class MasterList(QListView):
    """A list of a TableModel's rows in two lines each.

    Args:
        model: shared with the full list, so that filter and sort are the same.
        parts: row -> what is written.
        label: what the list is, for screen readers.

    Attributes:
        picked: another row is current (id), 120 ms after the last arrow key.
        opened: Enter or a double click (id).
    """

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, model: TableModel, parts: Callable[[Any], Parts], label: str = "") -> None:
        super().__init__()
        self._table = model
        self._keep: int | None = None
        self._quiet = False
        self.setProperty("kind", "sunken")
        self.setModel(model)
        self.setItemDelegate(_TwoLines(self, parts))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(label)
        self._timer = timer(self, _AFTER_MS, self._tell)
        self.clicked.connect(lambda _index: self._tell())
        self.doubleClicked.connect(lambda _: self._open())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        # The list of ids has one size of row: asking each of a million would take seconds.
        self.setUniformItemSizes(not model.groups)
        theme().changed.connect(self.viewport().update)

    def current_id(self) -> int | None:
        """Id of the current row."""
        index = self.currentIndex()
        return self._table.id_at(index.row()) if index.isValid() else None

    def select_id(self, row_id: int) -> bool:
        """Make a row current without telling; False where it is not (yet) in the list."""
        self._keep = row_id
        line = self._table.line_of(row_id)
        if line is None:
            return False
        self._quiet = True
        index = self._table.index(line, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)
        self._quiet = False
        return True

    def _remember(self) -> None:
        self._keep = self.current_id() or self._keep

    def _restore(self) -> None:
        self.setUniformItemSizes(not self._table.groups)
        if self._keep is not None:
            self.select_id(self._keep)

    def _tell(self) -> None:
        self._timer.stop()
        row_id = self.current_id()
        if row_id is not None:
            self.picked.emit(row_id)

    def _open(self) -> None:
        row_id = self.current_id()
        if row_id is not None:
            self.opened.emit(row_id)

    @override
    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid() and self.hasFocus():
            self._timer.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
            return
        if event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)
