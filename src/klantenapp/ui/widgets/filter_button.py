"""The button Filter of a list: what can be narrowed down in a menu, what is in chips beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from klantenapp.i18n import _
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Choosable:
    """One thing that a list can be narrowed down by.

    Attributes:
        key: field of the list's filter.
        title: what it is ("Group").
        options: (value, words); with one option it is on or off.
    """

    key: str
    title: str
    options: Sequence[tuple[Any, str]]

    @property
    def is_flag(self) -> bool:
        """On or off, without a choice."""
        return len(self.options) == 1 and self.options[0][0] is True


class FilterButton(QWidget):
    """A button with a menu, and a chip with a cross for each filter that is active.

    Attributes:
        changed: other filters were chosen (dict: key -> value; what is not chosen is absent).
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._offered: Sequence[Choosable] = ()
        self.chosen: dict[str, Any] = {}
        box = row(self, gap=8)
        self.button = Button(_("Filter"), "list-filter")
        self.button.clicked.connect(self._open)
        box.addWidget(self.button)
        self._chips = row(gap=6)
        box.addLayout(self._chips)

    def offer(self, offered: Sequence[Choosable]) -> None:
        """Offer these; what is chosen and no longer offered stays until it is taken away."""
        self._offered = [each for each in offered if each.options]
        self._show_chips()

    def set_chosen(self, chosen: Mapping[str, Any]) -> None:
        """Show other filters as active; nothing is emitted."""
        self.chosen = {key: value for key, value in chosen.items() if value not in {None, False}}
        self._show_chips()

    def clear(self) -> None:
        """Take every filter away."""
        if self.chosen:
            self.chosen = {}
            self._told()

    def menu(self) -> QMenu:
        """The menu as it is now."""
        menu = QMenu(self)
        for each in self._offered:
            if each.is_flag:
                self._add(menu, each, *each.options[0])
                continue
            part = menu.addMenu(each.title.replace("&", "&&"))
            for value, words in each.options:
                self._add(part, each, value, words)
        menu.addSeparator()
        none = QAction(theme().icon("x", "muted"), _("Clear filters"), menu)
        none.setEnabled(bool(self.chosen))
        none.triggered.connect(self.clear)
        menu.addAction(none)
        return menu

    def _add(self, menu: QMenu, choosable: Choosable, value: Any, words: str) -> None:
        on = self.chosen.get(choosable.key) == value
        action = QAction(words.replace("&", "&&"), menu)
        if on:
            action.setIcon(theme().icon("check", "accentText"))
        action.triggered.connect(lambda: self._choose(choosable.key, None if on else value))
        menu.addAction(action)

    def _open(self) -> None:
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _choose(self, key: str, value: Any) -> None:
        if value is None:
            self.chosen.pop(key, None)
        else:
            self.chosen[key] = value
        self._told()

    def _told(self) -> None:
        self._show_chips()
        self.changed.emit(dict(self.chosen))

    def _show_chips(self) -> None:
        clear(self._chips)
        for each in self._offered:
            if each.key in self.chosen:
                self._chips.addWidget(self._chip(each))

    def _chip(self, choosable: Choosable) -> Button:
        value = self.chosen[choosable.key]
        words = next((text for known, text in choosable.options if known == value), str(value))
        chip = Button(words, "x", small=True)
        chip.clicked.connect(lambda: self._choose(choosable.key, None))
        chip.setAccessibleName(_("Remove filter {words}").format(words=words))
        chip.setToolTip(choosable.title)
        return chip
