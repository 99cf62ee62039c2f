"""The agreed prices of a contract: a grid, a search that adds an item, and what can be done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ONE, Quantity, UnitPrice
from klantenapp.services.catalogue import contract_view, items
from klantenapp.services.catalogue.contract_data import AgreedPrice
from klantenapp.services.store import clock
from klantenapp.ui.panels.contracts import price_rows
from klantenapp.ui.panels.contracts.dialogs import FillDialog
from klantenapp.ui.tables.grid import Grid, GridModel
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.picker import Option, SearchPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.contract_view import ItemWords
    from klantenapp.ui.panels.contracts.price_rows import PriceRow
    from klantenapp.ui.panels.contracts.state import ContractState
    from klantenapp.ui.widgets.page import Page

#: Rows shown at once; a longer contract scrolls inside its grid.
_MOST = 12
_OFFERED = 8
#: A tier that is added begins so many later than the one before.
_STEP = Quantity(10 * ONE.units)


def find_items(session: Session, text: str) -> list[Option]:
    """The first items that match, each with its own price."""
    ids = items.list_ids(session, items.Filter(text=text), ("name", False))[:_OFFERED]
    found = {each.id: each for each in items.list_rows(session, ids, clock.today())}
    return [
        Option(item_id, found[item_id].name, found[item_id].code, _amount(found[item_id].price))
        for item_id in ids
    ]


def _amount(price: UnitPrice | None) -> str:
    return i18n.price(price.units) if price is not None else "–"


class Prices(QWidget):
    """The section of agreed prices."""

    def __init__(self, page: Page, state: ContractState) -> None:
        super().__init__()
        self._page, self._state = page, state
        self._wanted: tuple[int, str] | None = None
        self.rows = GridModel(page.ops, price_rows.columns(), price_rows.editors(), self)
        self.grid = Grid(self.rows, "price", "contract_prices", edge=8, label=_("Agreed prices"))
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.grid.typed.connect(self._typed)
        self.grid.picked.connect(self._picked)
        box = column(self, gap=8)
        box.addLayout(self._head())
        box.addWidget(self.grid)
        self.nothing = Label(
            _("No prices agreed yet. Add an item, or only agree on discounts below."),
            "body",
            "muted",
            wrap=True,
        )
        box.addWidget(self.nothing)
        self.picker = SearchPicker(self._find, _("Item to add: code or name"), width=470)
        self.picker.setAccessibleName(_("Item to add"))
        self.picker.picked.connect(self._chosen)
        self.picker.hide()
        box.addWidget(self.picker)
        self.error = Label("", "caption", "danger", wrap=True)
        self.error.hide()
        box.addWidget(self.error)

    def _head(self) -> Any:
        head = row(gap=8)
        head.addWidget(Label(_("Agreed prices"), "heading"))
        head.addStretch(1)
        self.fill = Button(_("All with %"), "percent", small=True)
        self.fill.clicked.connect(lambda: FillDialog(self._page, self._state).open())
        head.addWidget(self.fill)
        self.add = Button(_("Add item"), "plus", small=True)
        self.add.clicked.connect(self.ask_item)
        head.addWidget(self.add)
        return head

    # -- showing ---------------------------------------------------------------------------------

    def show_prices(self) -> None:
        """Show what is filled in."""
        data, around = self._state.data, self._state.around
        if data is None or around is None:
            return
        found = price_rows.rows(data, around.items)
        self.rows.update_rows(found)
        self.grid.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.fill.setEnabled(bool(found))
        head = theme().size("tableHeader")
        self.grid.setFixedHeight(head + min(len(found), _MOST) * theme().px(36) + 2)
        if self._wanted is not None:
            place, key = self._wanted
            self._wanted = None
            self.grid.edit_cell(place, key)

    def tell(self, text: str) -> None:
        """Show what is wrong with the prices; "" is nothing."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _picked(self, place: int) -> None:
        found = self.rows.row_at(place) if place >= 0 else None
        self._state.look_at(found.item_id if found is not None else None)

    # -- adding ----------------------------------------------------------------------------------

    def ask_item(self) -> None:
        """Ask for an item."""
        self.picker.set_value(None)
        self.picker.show()
        self.picker.setFocus()
        self.picker.search()

    def _find(self, text: str, show: Callable[[Sequence[Option]], None]) -> None:
        self._page.ops.read(self, partial(find_items, text=text), show, key="items")

    def _chosen(self, option: Option) -> None:
        item_id = int(option.value)
        self.picker.hide()

        def query(session: Session) -> ItemWords:
            return contract_view.item_words(session, [item_id])[item_id]

        self._page.ops.read(self, query, self._add)

    def _add(self, item: ItemWords) -> None:
        data = self._state.data
        if data is None:
            return
        self._state.know(item)
        taken = [each.min_quantity.units for each in data.prices if each.item_id == item.id]
        price = AgreedPrice(
            item_id=item.id,
            price=item.price or UnitPrice(0),
            min_quantity=Quantity(max(taken) + _STEP.units if taken else 0),
        )
        self._insert(price)

    def add_tier(self) -> None:
        """Add a price of the current item from a higher quantity."""
        data, found = self._state.data, self.grid.current_row()
        if data is None or found is None:
            return
        same = [each for each in data.prices if each.item_id == found.item_id]
        highest = max(same, key=lambda each: each.min_quantity)
        quantity = Quantity(highest.min_quantity.units + _STEP.units)
        self._insert(replace(highest, min_quantity=quantity), "min_quantity")

    def _insert(self, price: AgreedPrice, key: str = "price") -> None:
        """Put a price after the others of its item, and go to it."""
        data = self._state.data
        if data is None:
            return
        made = list(data.prices)
        places = [at for at, each in enumerate(made) if each.item_id == price.item_id]
        place = places[-1] + 1 if places else len(made)
        made.insert(place, price)
        self._wanted = (place, key)
        self._state.change(prices=tuple(made))

    def remove(self) -> None:
        """Take the current price out of the contract."""
        data, found = self._state.data, self.grid.current_row()
        if data is not None and found is not None:
            rest = [each for at, each in enumerate(data.prices) if at != found.id]
            self._state.change(prices=tuple(rest))

    # -- typing ----------------------------------------------------------------------------------

    def _typed(self, place: int, key: str, value: Any) -> None:
        data = self._state.data
        if data is None or place >= len(data.prices):
            return
        made = list(data.prices)
        if key == "price" and value is None:
            return
        values: dict[str, Any] = {key: value if value is not None else Quantity(0)}
        made[place] = replace(made[place], **values)
        self._state.change(prices=tuple(made))

    def current(self) -> PriceRow | None:
        """The row that has the focus."""
        found: PriceRow | None = self.grid.current_row()
        return found

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.picker.isVisible():
            self.picker.hide()
            self.grid.setFocus()
            return
        super().keyPressEvent(event)
