"""A file that is dropped on a screen."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from klantenapp.ui.widgets.file_drop import FileDrop


def drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def test_one_file_is_taken_and_a_folder_or_several_are_not(qtbot, tmp_path):
    widget = QWidget()
    qtbot.addWidget(widget)
    taken = []
    FileDrop(widget, taken.append)
    file = tmp_path / "klanten.csv"
    file.write_text("naam\nJan\n", encoding="utf-8")
    other = tmp_path / "b.csv"
    other.write_text("x", encoding="utf-8")
    drop(widget, tmp_path)
    drop(widget, file, other)
    assert taken == []
    drop(widget, file)
    assert taken == [file]
