"""What an item costs on each price list; a price opens that list at this item."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMenu
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.catalogue import item_prices, price_list_view
from klantenapp.services.store import clock
from klantenapp.ui.agreements.words import change_tone, change_words, period_words, quantity_words
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.catalogue.sections import Section
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from klantenapp.services.catalogue.item_prices import AgreedPrice, ItemPrices, ListedPrice
    from klantenapp.services.catalogue.items import ItemRow
    from klantenapp.services.catalogue.price_list_view import PriceListRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_TABLES = ("list_price", "price_list", "contract", "contract_price", "tax_rate")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_COLUMNS = 4
#: Room for the name of a list or contract.
_NAME = 140


class ItemPricesSection(Section):
    """Prices per list, then prices in contracts."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._item: ItemRow | None = None
        box = column(self, 0, 6, 0, 0, gap=4)
        head = row(gap=8)
        head.addWidget(Label(_("Price per list"), "heading"))
        head.addStretch(1)
        self.new = Button(_("Price"), "plus", "link", small=True)
        self.new.clicked.connect(self._offer_lists)
        head.addWidget(self.new)
        box.addLayout(head)
        self.lists = _grid()
        box.addLayout(self.lists)
        box.addSpacing(theme().px(12))
        self._agreed_title = Label(_("In contracts"), "heading")
        box.addWidget(self._agreed_title)
        self.contracts = _grid()
        box.addLayout(self.contracts)

    @override
    def show_item(self, item: ItemRow) -> None:
        """Read the prices of an item."""
        self._item = item
        self._read()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        if changes.touches(*_TABLES):
            self._read()

    def _read(self) -> None:
        if self._item is not None:
            query = partial(item_prices.prices, item_id=self._item.id, today=clock.today())
            self.page.ops.read(self, query, self._show, key="prices")

    def _show(self, found: ItemPrices) -> None:
        clear(self.lists)
        self.new.setVisible(exists("price_lists"))
        if found.lists:
            _titles(self.lists, _("Price list"))
            for each in found.lists:
                self._add_listed(each)
        else:
            self.lists.addWidget(Label(_("On no list yet."), "body", "muted"), 0, 0)
        clear(self.contracts)
        self._agreed_title.setVisible(bool(found.contracts))
        for agreed in found.contracts:
            self._add_agreed(agreed)

    def _add_listed(self, each: ListedPrice) -> None:
        name = each.list_name if each.first else ""
        if each.first and each.includes_tax:
            name = _("{list} incl. VAT").format(list=each.list_name)
        go = partial(self.page.go, "price_lists", id=each.list_id, item=self._item_id)
        _add_line(self.lists, _link(name, go), each)

    def _add_agreed(self, each: AgreedPrice) -> None:
        go = partial(self.page.go, "contract", id=each.contract_id)
        name = each.contract if each.first else ""
        _add_line(self.contracts, _link(name, go), each)
        if not each.first:
            return
        who = ", ".join(part for part in (each.customer, period_words(None, each.ends)) if part)
        note = ElidedLabel(who, "caption", "muted")
        self.contracts.addWidget(note, self.contracts.rowCount(), 0, 1, _COLUMNS)

    @property
    def _item_id(self) -> int:
        return self._item.id if self._item else 0

    def _offer_lists(self) -> None:
        self.page.ops.read(
            self,
            lambda session: price_list_view.lists(session, clock.today()),
            self._popup,
            key="lists",
        )

    def _popup(self, found: list[PriceListRow]) -> None:
        """Which list the item gets a price on; the list opens at this item."""
        menu = QMenu(self)
        for each in found:
            if each.group != price_list_view.PAST:
                go = partial(self.page.go, "price_lists", id=each.id, item=self._item_id)
                menu.addAction(each.name.replace("&", "&&"), go)
        if menu.isEmpty():
            menu.addAction(_("Make a price list first"), partial(self.page.go, "price_lists"))
        menu.popup(self.new.mapToGlobal(self.new.rect().bottomLeft()))


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(theme().px(10))
    made.setVerticalSpacing(0)
    made.setColumnStretch(0, 1)
    return made


def _titles(grid: QGridLayout, first: str) -> None:
    titles = (first, _("Quantity"), _("Price €"), _("Difference"))
    for at, title in enumerate(titles):
        label = Label(title, "label", "muted")
        label.setFixedHeight(theme().px(26))
        label.setAlignment(_RIGHT if at > 1 else _LEFT)
        grid.addWidget(label, 0, at)
    grid.addWidget(line(), 1, 0, 1, _COLUMNS)


def _link(text: str, go: partial[None]) -> Label | Button:
    if not text:
        return Label("")
    button = Button(text, kind="link", small=True)
    shown = button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, theme().px(_NAME))
    button.setText(shown)
    button.setToolTip(text if shown != text else "")
    button.clicked.connect(lambda: go())
    return button


def _add_line(grid: QGridLayout, first: Label | Button, each: ListedPrice | AgreedPrice) -> None:
    at = grid.rowCount()
    grid.addWidget(first, at, 0, _LEFT)
    cells = (
        Label(quantity_words(each.min_quantity), "body", "muted"),
        Label(i18n.price(each.price.units), "bodyStrong"),
        Label(change_words(each.difference), "body", change_tone(each.difference)),
    )
    for place, label in enumerate(cells, start=1):
        label.setFixedHeight(theme().px(30))
        grid.addWidget(label, at, place, _RIGHT if place > 1 else _LEFT)
    grid.addWidget(line(), at + 1, 0, 1, _COLUMNS)
