"""The labels of a customer: words with a cross, and a field to choose or make another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from klantenapp.i18n import _, ngettext
from klantenapp.services.customers import labels
from klantenapp.services.store import search
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.picker import Option, SearchPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from klantenapp.services.customers.labels import LabelRow
    from klantenapp.services.customers.profile import Profile
    from klantenapp.ui.widgets.page import Page


class _Label(QFrame):
    """One label with a cross."""

    def __init__(self, name: str, take: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "label")
        box = row(self, 7, 1, 2, 1, gap=1)
        box.addWidget(Label(name, "label", "muted"))
        cross = IconButton("x", _("Remove label {name}").format(name=name), px=11)
        side = theme().px(19)
        cross.setFixedSize(side, side)
        cross.clicked.connect(lambda: take())
        box.addWidget(cross)


class LabelBar(QWidget):
    """Labels at the right of a heading."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._customer_id = 0
        self._worn: tuple[str, ...] = ()
        box = row(self, gap=8)
        box.addWidget(Label(_("Labels"), "label", "muted"))
        self._chips = row(gap=6)
        box.addLayout(self._chips)
        self.picker = SearchPicker(self._find, _("Choose or make a label"), free=True, width=230)
        self.picker.setMaxLength(labels.LIMIT)
        self.picker.setFixedWidth(theme().px(190))
        self.picker.setAccessibleName(_("Label"))
        self.picker.picked.connect(lambda option: self._put(option.text))
        self.picker.freed.connect(self._put)
        self.picker.hide()
        box.addWidget(self.picker)
        self.add = Button(_("Label"), "plus", "link")
        self.add.clicked.connect(self._begin)
        box.addWidget(self.add)

    def show_customer(self, profile: Profile) -> None:
        """Show the labels that a customer wears."""
        self._customer_id, self._worn = profile.own.id, profile.labels
        clear(self._chips)
        for name in profile.labels:
            self._chips.addWidget(_Label(name, partial(self._take, name)))

    def _begin(self) -> None:
        self.add.hide()
        self.picker.show()
        self.picker.set_value(None)
        self.picker.setFocus()
        self.picker.search()

    def _find(self, text: str, show: Callable[[Sequence[Option]], None]) -> None:
        def offer(rows: list[LabelRow]) -> None:
            fitting = [
                each
                for each in rows
                if each.name not in self._worn and search.fold(text) in search.fold(each.name)
            ]
            show([Option(each.id, each.name, _carried(each.customers)) for each in fitting])

        self._page.ops.read(self, labels.labels, offer, key="labels")

    def _put(self, name: str) -> None:
        self.picker.close_list()
        self.picker.hide()
        self.add.show()
        self.add.setFocus()
        if not name.strip():
            return
        work = partial(labels.put, customer_ids=[self._customer_id], name=name)
        self._page.ops.write(labels.PUT, work, done=self._said)

    def _take(self, name: str) -> None:
        work = partial(labels.take, customer_ids=[self._customer_id], name=name)
        self._page.ops.write(labels.PUT, work, done=self._said)

    def _said(self, _nothing: object) -> None:
        self._page.toast(_("Saved"), undo=True)


def _carried(count: int) -> str:
    return ngettext("{count} customer", "{count} customers", count).format(count=count)
