"""The totals of a report, each below its own column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.insights.table import shown
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from klantenapp.services.insights.table import ReportTable
    from klantenapp.ui.tables.model import TableModel
    from klantenapp.ui.tables.view import TableView

_PAD, _EDGE = 10, 28


class TotalsRow(QFrame):
    """Painted along the columns of a table, so that it follows their widths.

    Attributes:
        opened: what the totals are the sum of is asked for.
    """

    opened = Signal()

    def __init__(self, view: TableView, model: TableModel) -> None:
        super().__init__()
        self.setProperty("role", "footer")
        self.setFixedHeight(theme().size("footer"))
        self._view, self._model = view, model
        self._texts: dict[str, str] = {}
        self._opens = False
        view.horizontalHeader().sectionResized.connect(self.update)
        view.horizontalHeader().geometriesChanged.connect(self.update)
        theme().changed.connect(self.update)

    def show_table(self, table: ReportTable) -> None:
        """Show other totals; without any the row is gone."""
        totals = table.totals or (None,) * len(table.columns)
        self._texts = {
            column.key: shown(cell)
            for column, cell in zip(table.columns, totals, strict=True)
            if cell is not None and column.kind not in {"text", "date"}
        }
        self.setVisible(bool(self._texts) and bool(table.rows))
        self._opens = table.total_link is not None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._opens else Qt.FocusPolicy.NoFocus)
        shape = Qt.CursorShape.PointingHandCursor if self._opens else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(_("Show the invoices behind it") if self._opens else "")
        spoken = [
            f"{column.title} {self._texts[column.key]}"
            for column in table.columns
            if column.key in self._texts
        ]
        self.setAccessibleName(_("Total") + ": " + ", ".join(spoken))
        self.update()

    @property
    def texts(self) -> dict[str, str]:
        """What stands below each column, by its key."""
        return dict(self._texts)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        px = theme().px
        header = self._view.horizontalHeader()
        shown_at = [
            at for at in range(len(self._model.columns)) if not self._view.isColumnHidden(at)
        ]
        bar = self._view.verticalScrollBar()
        beside = bar.width() if bar.isVisible() else 0
        box = QRect(px(_EDGE), 0, px(200), self.height())
        draw_text(painter, box, _("Total"), "text", "bodyStrong")
        for at in shown_at:
            column = self._model.columns[at]
            text = self._texts.get(column.key)
            if text is None or not column.at_right:
                continue
            right = px(_EDGE) - beside if at == shown_at[-1] else px(_PAD)
            left = header.sectionViewportPosition(at)
            cell = QRect(left, 0, header.sectionSize(at) - right, self.height())
            draw_text(painter, cell, text, "text", "bodyStrong", right=True)
