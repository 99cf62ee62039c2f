"""The list of a timeline: keys, clicks on files, and reading what comes into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView
from typing_extensions import override

from klantenapp.ui.contact.timeline_delegate import TimelineDelegate
from klantenapp.ui.contact.timeline_model import Item
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

    from klantenapp.services.messages.events import Key
    from klantenapp.services.messages.timeline import Entry
    from klantenapp.ui.contact.timeline_model import TimelineModel

_SOON_MS = 20


class TimelineList(QListView):
    """Entries below each other.

    Attributes:
        opened: Enter or a double click on an entry.
        file_clicked: a file of an entry (FileRow).
        menu_asked: the context menu of an entry, at a place on the screen.
    """

    opened = Signal(object)
    file_clicked = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, model: TimelineModel, label: str) -> None:
        super().__init__()
        self._model = model
        self._delegate = TimelineDelegate(self)
        self._keep: Key | None = None
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName(label)
        self._look = timer(self, _SOON_MS, self._want)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look.start())
        self.customContextMenuRequested.connect(self._menu)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._show_again)
        model.loaded.connect(self._measure)
        theme().changed.connect(self._measure)

    def current_entry(self) -> Entry | None:
        """The entry that is current."""
        index = self.currentIndex()
        return self._model.entry(index.row()) if index.isValid() else None

    def select_first(self) -> None:
        """Make the first entry current."""
        line = next(
            (at for at in range(self._model.rowCount()) if isinstance(self._model.item(at), Item)),
            None,
        )
        if line is not None:
            self._make_current(line)

    def go_to(self, key: Key) -> None:
        """Make an entry current and bring it into sight, in its place rather than among pins."""
        line = self._model.last_line_of(key)
        if line is not None:
            self._make_current(line)
            self.scrollTo(self._model.index(line), QListView.ScrollHint.PositionAtCenter)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_current(self, line: int) -> None:
        self.selectionModel().setCurrentIndex(
            self._model.index(line), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _remember(self) -> None:
        item = self._model.item(self.currentIndex().row())
        if isinstance(item, Item):
            self._keep = item.key

    def _show_again(self) -> None:
        self._delegate.forget()
        line = self._model.line_of(self._keep) if self._keep is not None else None
        if line is not None:
            self._make_current(line)
        self._look.start()

    def _measure(self) -> None:
        self._delegate.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        self._look.start()

    def _want(self) -> None:
        first = self.indexAt(QPoint(theme().px(60), 2)).row()
        last = self.indexAt(QPoint(theme().px(60), self.viewport().height() - 2)).row()
        first = max(first, 0)
        self._model.want(first, last if last >= 0 else first + 30)

    def _menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        entry = self._model.entry(index.row()) if index.isValid() else None
        if entry is not None:
            self._make_current(index.row())
            self.menu_asked.emit(entry, self.viewport().mapToGlobal(at))

    def _file_at(self, at: QPoint) -> Any:
        index = self.indexAt(at)
        entry = self._model.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        inside = at - self.visualRect(index).topLeft()
        boxes = self._delegate.files(entry)
        return next((one.file for one in boxes if one.box.contains(inside)), None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._delegate.width = self.viewport().width()
        self._delegate.forget()
        super().resizeEvent(event)
        self._look.start()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._file_at(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        file = self._file_at(event.position().toPoint())
        if file is not None and event.button() == Qt.MouseButton.LeftButton:
            self.file_clicked.emit(file)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        entry = self.current_entry()
        if entry is not None and self._file_at(event.position().toPoint()) is None:
            self.opened.emit(entry)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            entry = self.current_entry()
            if entry is not None:
                self.opened.emit(entry)
            return
        if event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)
