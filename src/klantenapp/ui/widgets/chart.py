"""A chart: bars or points with tooltips, keys, a table that says the same, and files of it.

The library is loaded when the page of the first chart has been painted; until then its place is
empty. Every chart says itself in one sentence to a screen reader.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent

    from klantenapp.ui.widgets.chart_data import ChartData
    from klantenapp.ui.widgets.chart_plot import Plot

_NEAR_DOT = 0.4
#: Time for the page to be painted before the library is loaded.
_AFTER_PAINT_MS = 60


class _Library(QObject):
    """Loads the library once, when the page has been painted, and tells those who wait.

    It loads on the main thread: pyqtgraph changes Qt's classes while it is imported, and what is
    collected meanwhile on another thread takes widgets apart where Qt does not allow it. Both
    ended in a crash at start.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ready = False
        self._waiting: list[Callable[[], object]] = []

    def when_ready(self, run: Callable[[], object]) -> None:
        """Run on the main thread as soon as the library is there."""
        if self.ready:
            run()
            return
        self._waiting.append(run)
        if len(self._waiting) == 1:
            QTimer.singleShot(_AFTER_PAINT_MS, self, self._load)

    def _load(self) -> None:
        import pyqtgraph  # noqa: F401, PLC0415 - a third of a second, so after the first paint

        self.ready = True
        waiting, self._waiting = self._waiting, []
        for run in waiting:
            run()


_library: list[_Library] = []


def library() -> _Library:
    """The one loader of the program."""
    if not _library:
        _library.append(_Library())
    return _library[0]


class Chart(QWidget):
    """A chart.

    Attributes:
        opened: a bar or point was chosen with Enter or a double click (its index).
    """

    opened = Signal(int)

    def __init__(self, name: str, height: int = 220) -> None:
        super().__init__()
        self.name = name
        self.data: ChartData | None = None
        self.plot: Plot | None = None
        self.current: int | None = None
        self._height = height
        self._stack = QStackedLayout(self)
        self._empty = QWidget()
        self._stack.addWidget(self._empty)
        self.table = _table()
        self._stack.addWidget(self.table)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme().px(height) * 2 // 3)
        self.setAccessibleName(name)
        theme().changed.connect(self._dress)
        library().when_ready(self._build)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(self._height))

    def _build(self) -> None:
        from klantenapp.ui.qt import alive  # noqa: PLC0415 - beside the import below

        if not alive(self):
            return
        from klantenapp.ui.widgets.chart_plot import (  # noqa: PLC0415 - with the library
            Plot,
        )

        self.plot = Plot()
        self.plot.viewport().installEventFilter(self)
        self.plot.viewport().setMouseTracking(True)
        self._stack.addWidget(self.plot)
        if self.data is not None:
            self.show_data(self.data)

    def _dress(self) -> None:
        if self.plot is not None:
            self.plot.dress()

    # -- data ----------------------------------------------------------------------------------

    def show_data(self, data: ChartData) -> None:
        """Show other data."""
        self.data = data
        self.current = None
        self.setAccessibleDescription(data.summary)
        _fill(self.table, data)
        if self.plot is not None:
            self.plot.drawn.current = None
            self.plot.show_data(data)
            if self._stack.currentWidget() is self._empty:
                self._stack.setCurrentWidget(self.plot)

    @property
    def as_table(self) -> bool:
        """Whether the table stands in place of the drawing."""
        return self._stack.currentWidget() is self.table

    def show_as_table(self, *, on: bool) -> None:
        """Show the figures as a table, or as a drawing again."""
        shown = self.table if on else (self.plot or self._empty)
        self._stack.setCurrentWidget(shown)

    # -- mouse and keys ------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            self._hover(event)
        elif kind == QEvent.Type.Leave:
            self._set_current(None, tip=False)
        elif kind == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif kind == QEvent.Type.MouseButtonDblClick and self.current is not None:
            self.opened.emit(self.current)
        elif kind == QEvent.Type.ContextMenu:
            self.contextMenuEvent(_menu_event(event))
            return True
        return False

    def _hover(self, event: Any) -> None:
        if self.plot is None or self.data is None:
            return
        value = self.plot.value_at(QPointF(event.position()))
        near = self._nearest(value)
        if near != self.current:
            self._set_current(near, tip=near is not None)

    def _nearest(self, value: QPointF) -> int | None:
        """The bar below the mouse, or the point near it."""
        assert self.data is not None and self.plot is not None  # noqa: PT018, S101 - see the caller
        if self.data.bars:
            at = round(value.x())
            return at if 0 <= at < len(self.data.bars) else None
        low, high = self.data.extremes
        best, least = None, _NEAR_DOT
        for at, (x, y, _tip) in enumerate(self.data.places):
            away = abs(x - value.x()) + abs(y - value.y()) / max(high - low, 1) * 4
            if away < least:
                best, least = at, away
        return best

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self.data.places) if self.data is not None else 0
        now = self.current
        to = {
            Qt.Key.Key_Right: 0 if now is None else now + 1,
            Qt.Key.Key_Left: count - 1 if now is None else now - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }.get(Qt.Key(event.key()))
        if to is not None and count and not self.as_table:
            self._set_current(max(0, min(count - 1, to)), tip=True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and now is not None:
            self.opened.emit(now)
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._set_current(None, tip=False)
        super().focusOutEvent(event)

    def _set_current(self, at: int | None, *, tip: bool) -> None:
        self.current = at
        if self.plot is None or self.data is None:
            return
        self.plot.drawn.current = at
        self.plot.drawn.update()
        if at is None:
            QToolTip.hideText()
            return
        x, y, words = self.data.places[at]
        self.setAccessibleDescription(words)
        if tip:
            place = self.plot.place_of(x, y).toPoint()
            area = QRect(place.x() - 400, 0, 800, self.plot.height())
            QToolTip.showText(self.plot.mapToGlobal(place), words, self.plot, area)

    # -- menu ----------------------------------------------------------------------------------

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the chart."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        table = QAction(_("As chart") if self.as_table else _("As table"), menu)
        table.triggered.connect(lambda: self.show_as_table(on=not self.as_table))
        menu.addAction(table)
        for title, ending in ((_("Save as SVG"), "svg"), (_("Save as PNG"), "png")):
            action = QAction(title, menu)
            action.triggered.connect(lambda *_args, ending=ending: self._ask_file(ending))
            menu.addAction(action)
        return menu

    def _ask_file(self, ending: str) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save chart"), f"{self.name}.{ending}", f"*.{ending}"
        )
        if path:
            self.save(Path(path).with_suffix(f".{ending}"))

    def save(self, path: Path) -> None:
        """Write the drawing as SVG or PNG, by the ending of the name; PNG at twice the size."""
        if self.plot is None:
            return
        if path.suffix == ".svg":
            from PySide6.QtSvg import QSvgGenerator  # noqa: PLC0415 - for this alone

            made = QSvgGenerator()
            made.setFileName(str(path))
            made.setSize(self.plot.size())
            made.setViewBox(self.plot.rect())
            made.setTitle(self.name)
            self._paint_on(made)
            return
        picture = QPixmap(self.plot.size() * 2)
        picture.setDevicePixelRatio(2)
        picture.fill(theme().color("surface"))
        self._paint_on(picture)
        picture.save(str(path))

    def _paint_on(self, device: Any) -> None:
        assert self.plot is not None  # noqa: S101 - see the caller
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.plot.render(painter)
        painter.end()


def _menu_event(event: Any) -> QContextMenuEvent:
    """The event as what its type says that it is."""
    found: QContextMenuEvent = event
    return found


def _table() -> QTableView:
    """A plain table for the same figures."""
    view = QTableView()
    view.setModel(QStandardItemModel(view))
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    return view


def _fill(view: QTableView, data: ChartData) -> None:
    model = view.model()
    if not isinstance(model, QStandardItemModel):
        return
    model.clear()
    model.setHorizontalHeaderLabels(list(data.headers))
    for row in data.rows:
        items = [QStandardItem(text) for text in row]
        for item in items[1:]:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        model.appendRow(items)
