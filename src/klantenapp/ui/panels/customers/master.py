"""The list beside a customer's page: the same customers in the same order as the full list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu

from klantenapp.i18n import _
from klantenapp.ui.panels.customers.columns import columns, list_ids, list_rows, two_lines
from klantenapp.ui.panels.customers.shown import shown
from klantenapp.ui.tables.columns import Sort
from klantenapp.ui.tables.list_view import MasterList
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from klantenapp.ui.widgets.page import Page


def orders() -> list[tuple[Sort, str]]:
    """Orders that the list offers."""
    return [
        (Sort("overdue", descending=True), _("Most overdue first")),
        (Sort("open", descending=True), _("Most outstanding first")),
        (Sort("name"), _("By name")),
        (Sort("city"), _("By place")),
        (Sort("last", descending=True), _("Last contact first")),
    ]


class CustomerMaster(QFrame):
    """Title with order and New, search, and the customers in two lines each."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("role", "master")
        self._shown = shown(page.shell)
        self.model = TableModel(page.ops, columns(), list_ids, list_rows, parent=self)
        self.model.filter = self._shown.filter
        self.model.order = self._shown.order
        self.view = MasterList(self.model, two_lines, _("Customers"))
        box = column(self)
        head = row(None, 14, 16, 10, 10, gap=2)
        head.addWidget(Label(_("Customers"), "heading"), 1)
        self.order = IconButton("arrow-down-wide-narrow", _("Order of the list"))
        self.order.clicked.connect(self._offer_orders)
        self.add = IconButton("plus", _("New customer"))
        head.addWidget(self.order)
        head.addWidget(self.add)
        box.addLayout(head)
        self.seek = SearchField(_("Search"), self.view, width=222)
        self.seek.setText(self._shown.filter.text)
        self.seek.sought.connect(self._seek)
        holder = row(None, 13, 0, 13, 10)
        holder.addWidget(self.seek)
        box.addLayout(holder)
        box.addWidget(self.view, 1)
        self.setMinimumWidth(theme().px(200))

    def load(self) -> None:
        """Read the list again, with the filter and order of the full one."""
        self.model.order = self._shown.order
        if self.seek.text().strip() != self._shown.filter.text:
            self.seek.setText(self._shown.filter.text)
        self.model.set_filter(self._shown.filter)

    def _seek(self, text: str) -> None:
        if text != self._shown.filter.text:
            self._shown.filter = replace(self._shown.filter, text=text)
            self.model.set_filter(self._shown.filter)

    def _offer_orders(self) -> None:
        menu = QMenu(self)
        now = self._shown.order or orders()[0][0]
        for order, text in orders():
            action = QAction(text, menu)
            if order == now:
                action.setIcon(theme().icon("check", "accentText"))
            action.triggered.connect(lambda _=False, order=order: self._sort(order))
            menu.addAction(action)
        menu.popup(self.order.mapToGlobal(self.order.rect().bottomLeft()))

    def _sort(self, order: Sort) -> None:
        self._shown.order = order
        self.model.set_sort(order)
