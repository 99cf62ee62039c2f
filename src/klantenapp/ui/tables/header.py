"""The header of a list: words in place of the cells below them, an arrow where it sorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from klantenapp.ui.tables.delegates import paint_box
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QMouseEvent, QPainter

    from klantenapp.ui.tables.delegates import CellDelegate
    from klantenapp.ui.tables.model import TableModel


class Header(QHeaderView):
    """Header over a TableModel; painted in line with its delegate.

    Attributes:
        check_clicked: the box in the header was clicked.
    """

    check_clicked = Signal()

    def __init__(self, model: TableModel, delegate: CellDelegate) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._table = model
        self._delegate = delegate
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme().px(28))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def use(self, delegate: CellDelegate) -> None:
        """Stand in line with the cells of another delegate."""
        self._delegate = delegate

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().size("tableHeader"))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        color = theme().color
        painter.save()
        painter.fillRect(rect, color("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border"))
        column = self._table.columns[logicalIndex]
        inner = self._delegate.inner(rect, logicalIndex)
        if column.kind == "check":
            paint_box(painter, inner, self._check_state())
            painter.restore()
            return
        order = self._table.order
        sorted_here = order is not None and bool(column.sort) and order.key == column.sort
        arrow_room = theme().px(18) if sorted_here else 0
        words = inner
        if sorted_here:
            name = "arrow-down" if order and order.descending else "arrow-up"
            image = theme().pixmap(name, "text", 13)
            top = inner.center().y() - theme().px(6)
            if column.at_right:
                painter.drawPixmap(inner.right() - theme().px(12), top, image)
            else:
                width = QFontMetrics(theme().font("label")).horizontalAdvance(column.title)
                left = min(inner.left() + width + theme().px(5), inner.right() - theme().px(12))
                painter.drawPixmap(left, top, image)
            words = inner.adjusted(0, 0, -arrow_room, 0)
        font = theme().font("label")
        painter.setFont(font)
        painter.setPen(color("text" if sorted_here else "muted"))
        side = Qt.AlignmentFlag.AlignRight if column.at_right else Qt.AlignmentFlag.AlignLeft
        fitting = QFontMetrics(font).elidedText(
            column.title, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, fitting)
        painter.restore()

    def _check_state(self) -> Qt.CheckState:
        if not self._table.checked:
            return Qt.CheckState.Unchecked
        whole = self._table.all_checked
        return Qt.CheckState.Checked if whole else Qt.CheckState.PartiallyChecked

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        if section >= 0 and self._table.columns[section].kind == "check":
            self.check_clicked.emit()
            return
        super().mouseReleaseEvent(event)
