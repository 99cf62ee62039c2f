"""Which columns a list shows: a menu at its header."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from klantenapp.i18n import _

if TYPE_CHECKING:
    from klantenapp.ui.tables.view import TableView


def column_menu(view: TableView) -> QMenu:
    """One line per column that can be left out, ticked where it is shown."""
    menu = QMenu(view)
    menu.setAccessibleName(_("Columns"))
    for key, title, shown in view.choices():
        action = QAction(title.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(shown)
        action.toggled.connect(partial(_show, view, key))
        menu.addAction(action)
    menu.addSeparator()
    again = QAction(_("All columns, own widths"), menu)
    again.triggered.connect(view.forget_widths)
    menu.addAction(again)
    return menu


def _show(view: TableView, key: str, shown: bool) -> None:  # noqa: FBT001 - Qt calls it so
    view.show_column(key, shown=shown)
