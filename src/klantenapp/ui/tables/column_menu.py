"""Which columns a list shows: a menu at its header."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from klantenapp.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class Columned(Protocol):
    """A list whose columns can be chosen."""

    def choices(self) -> Sequence[tuple[str, str, bool]]:
        """Key and title of the columns that can be left out, and whether each is shown."""

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or leave out a column."""

    def forget_widths(self) -> None:
        """Every column with its own width again."""


def column_menu(view: Columned, parent: Any) -> QMenu:
    """One line per column that can be left out, ticked where it is shown."""
    menu = QMenu(parent)
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


def _show(view: Columned, key: str, shown: bool) -> None:  # noqa: FBT001 - Qt calls it so
    view.show_column(key, shown=shown)
