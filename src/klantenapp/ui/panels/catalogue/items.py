"""The list of items, with the fields of one beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.services.catalogue import items
from klantenapp.services.catalogue.items import Filter
from klantenapp.services.store import clock
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.catalogue import offered as offers
from klantenapp.ui.panels.catalogue.item_panel import ItemPanel
from klantenapp.ui.panels.catalogue.new_item import NewItemDialog
from klantenapp.ui.panels.catalogue.tabs import CatalogueTabs
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.file_drop import FileDrop
from klantenapp.ui.widgets.filter_button import Choosable, FilterButton
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.states import EmptyState, NoResults
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.items import ItemData, ItemRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.catalogue.offered import Offered
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.tables.columns import Sort

#: Narrower than this (px at 100 %), list and panel replace each other.
_NARROW = 900
_TABLES = ("item", "unit", "item_group", "tax_code", "tax_rate", "list_price", "business")


def list_ids(session: Session, wanted: Filter | None, sort: Sort | None) -> array[int]:
    """Ids for the table: by code where the user chose no order."""
    order = (sort.key, sort.descending) if sort else ("code", False)
    return items.list_ids(session, wanted or Filter(), order)


def list_rows(session: Session, ids: Sequence[int]) -> list[ItemRow]:
    """Rows for the table."""
    return items.list_rows(session, ids, clock.today())


def read_one(session: Session, item_id: int) -> tuple[ItemRow, ItemData] | None:
    """One item for the panel; None where it is gone."""
    rows = items.list_rows(session, [item_id], clock.today())
    return (rows[0], items.data_of(session, items.get(session, item_id))) if rows else None


def tax_words(found: ItemRow) -> str:
    """The rate; what has none is exempt."""
    return _("exempt") if found.tax_percent is None else i18n.percent(found.tax_percent.points)


def columns() -> list[Column]:
    """Columns of the list; lists, group and unit go first where room lacks."""
    return [
        Column("code", _("Code"), "muted", width=82, sort="code"),
        Column("name", _("Item"), "strong", width=200, sort="name", stretch=True),
        Column("group", _("Group"), "muted", width=100, sort="group", priority=2),
        Column("unit", _("Unit"), "muted", width=78, sort="unit", priority=1),
        Column("tax_percent", _("VAT"), "muted", width=56, right=True, value=tax_words),
        Column("price", _("Price €"), "price", width=92, sort="price", descending=True),
        Column(
            "lists",
            _("Price lists"),
            "number",
            width=82,
            priority=3,
            value=lambda found: found.lists or None,
        ),
    ]


class ItemsPage(Page):
    """Everything that is sold."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Items and prices"))
        self._filter = Filter()
        self._offered: Offered | None = None
        self._wanted: int | None = None
        self._inside = False
        if exists("import"):
            self.act(_("Import"), "", self._import, "import", "plain")
        self.act(_("New item"), "Ctrl+N", self.new, "plus", "primary")
        self.tabs = CatalogueTabs(self, "items")
        self.model = TableModel(self.ops, columns(), list_ids, list_rows, parent=self)
        self.model.filter = self._filter
        self.view = TableView(self.model, "items", label=_("Items"))
        self.view.opened.connect(self._enter)
        self.view.picked.connect(self._picked)
        self.model.loaded.connect(self._loaded)
        self.filters = QuickFilters(
            [("all", _("All")), ("service", _("Services")), ("goods", pgettext("plural", "Goods"))]
        )
        self.filters.changed.connect(lambda key: self._narrow(status=key))
        self.seek = SearchField(_("Code, name, group"), self.view, width=210)
        self.seek.sought.connect(lambda text: self._narrow(text=text))
        self.search = self.seek
        self.more = FilterButton()
        self.more.changed.connect(self._choose_more)
        self.panel = ItemPanel(self)
        self.panel.duplicated.connect(self.duplicate)
        self.panel.archived.connect(self.archive)
        self.panel.deleted.connect(self.delete)
        self.panel.left.connect(self.leave_panel)
        self._lay_out()
        self.list_key("D", _("Duplicate item"), self.duplicate, self.view)
        self.list_key("Delete", _("Archive item"), self.archive, self.view)
        self.areas = [self.filters, self.view, self.panel]
        FileDrop(self, lambda path: self.go("import", kind="items", path=path))

    def _lay_out(self) -> None:
        self.body.addWidget(self.tabs)
        self._left = QWidget()
        box = column(self._left)
        bar = row(None, 28, 12, 28, 10)
        bar.addWidget(self.seek)
        bar.addWidget(self.filters)
        bar.addStretch(1)
        bar.addWidget(self.more)
        box.addLayout(bar)
        self.nothing = NoResults("", self.clear_filters)
        self.nothing.hide()
        box.addWidget(self.nothing, 1)
        box.addWidget(self.view, 1)
        self.split = Splitter("items", [self._left, self.panel], [0, 392])
        self.body.addWidget(self.split, 1)
        self.empty = self._empty()
        self.body.addWidget(self.empty, 1)
        self.footer = ListFooter(
            [("Return", _("edit")), ("D", _("duplicate")), ("/", _("search")), ("?", _("all keys"))]
        )
        self.body.addWidget(self.footer)

    def _empty(self) -> EmptyState:
        buttons = []
        if exists("import"):
            taken = Button(_("Take over from a file"), "import")
            taken.clicked.connect(self._import)
            buttons.append(taken)
        first = Button(_("Add your first item"), "plus", "primary")
        first.clicked.connect(self.new)
        made = EmptyState(
            "tag",
            _("No items yet"),
            _("Put what you sell often in a list; a line on an invoice then fills itself in."),
            [*buttons, first],
            _("You can also drop a file here.") if buttons else "",
        )
        made.hide()
        return made

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, id: int | None = None, **_arguments: Any) -> None:
        """Show the list; `id` chooses an item."""
        self._wanted = id
        if id is not None:
            self.seek.clear()
            self.more.clear()
            self.filters.choose("all")
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after anything that shows here."""
        if changes.touches(*_TABLES):
            self._load()
            self._read_one()
        self.panel.refresh(changes)

    def _load(self) -> None:
        self.model.set_filter(self._filter)
        self.ops.read(self, self._read_around, self._show_around, key="around")

    def _read_around(self, session: Session) -> tuple[dict[str, int], Offered]:
        return items.counts(session, self._filter), offers.read(session)

    def _show_around(self, found: tuple[dict[str, int], Offered]) -> None:
        counts, self._offered = found
        self.filters.set_counts(counts)
        narrowed = replace(self._filter, status="all") != Filter()
        nothing = not narrowed and not counts["all"] and not counts["archived"]
        self.stand_empty(self.empty, [self.split, self.footer], on=nothing)
        found_none = not nothing and not counts[self._filter.status]
        self.nothing.setVisible(found_none)
        self.view.setVisible(not found_none)
        self.tabs.set_counts({"items": counts["all"]})
        self.panel.offer(self._offered)
        self.more.offer(self._choosable(self._offered))
        shown = self._filter.status if self._filter.status == "archived" else "all"
        number = ngettext("{count} item", "{count} items", counts[shown])
        words = number.format(count=i18n.count(counts[shown]))
        if shown == "all" and counts["archived"]:
            words += ", " + _("{count} archived").format(count=i18n.count(counts["archived"]))
        self.footer.set_totals([(words, "", None), (_("Prices without VAT"), "", None)])

    def _choosable(self, offered: Offered) -> list[Choosable]:
        return [
            Choosable("group_id", _("Group"), offered.group_ids),
            Choosable("tax", _("VAT"), offered.taxes),
            Choosable("priced", _("Prices"), [(True, _("On a price list or contract"))]),
            Choosable("without_english", _("Name"), [(True, _("Without an English name"))]),
            Choosable("archived", _("Archived"), [(True, _("Archived"))]),
        ]

    def _loaded(self, _count: int) -> None:
        if self._wanted is not None and self.view.select_id(self._wanted):
            self._wanted = None
        elif self.view.current_id() is None:
            self.view.select_first()

    def _enter(self, _item_id: int) -> None:
        self._inside = True
        self._make_room()
        self.panel.enter()

    def leave_panel(self) -> None:
        """Go back from the fields to the list."""
        self._inside = False
        self._make_room()
        self.view.setFocus()

    def _make_room(self) -> None:
        """List and fields stand beside each other; where room lacks they take turns."""
        narrow = self.width() * 100 // theme().percent < _NARROW
        self.panel.setVisible(not narrow or self._inside)
        self._left.setVisible(not narrow or not self._inside)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _picked(self, item_id: int) -> None:
        self.panel.setEnabled(item_id >= 0)
        self._read_one()

    def _read_one(self) -> None:
        item_id = self.view.current_id()
        if item_id is not None:
            self.ops.read(self, partial(read_one, item_id=item_id), self._show_one, key="one")

    def _show_one(self, found: tuple[ItemRow, ItemData] | None) -> None:
        if found is not None and found[0].id == self.view.current_id():
            self.panel.show_item(*found)

    # -- choosing --------------------------------------------------------------------------------

    def _narrow(self, **values: Any) -> None:
        if self._filter.status == "archived":
            values.pop("status", None)
        self._filter = replace(self._filter, **values)
        self._load()

    def _choose_more(self, chosen: dict[str, Any]) -> None:
        status = "archived" if chosen.get("archived") else self.filters.key
        self._filter = Filter(
            status=status,
            text=self._filter.text,
            group_id=chosen.get("group_id"),
            tax=chosen.get("tax"),
            priced=bool(chosen.get("priced")),
            without_english=bool(chosen.get("without_english")),
        )
        self._load()

    def clear_filters(self) -> None:
        """Show everything again."""
        self.seek.clear()
        self.more.clear()
        self.filters.choose("all")
        self._filter = Filter()
        self._load()

    # -- acting ----------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a new item."""
        if self._offered is not None:
            NewItemDialog(self, self._offered, self._made).open()

    def _made(self, item_id: int) -> None:
        self._wanted = item_id
        self.toast(_("Item added"), undo=True)
        self._load()

    def duplicate(self) -> None:
        """Make an item that is the same, and go into it."""
        found = self.view.current_row()
        if found is None:
            return
        name = _("{name} (copy)").format(name=found.name)
        work = partial(items.duplicate, item_id=found.id, name=name)
        self.ops.write(items.DUPLICATE, work, done=self._duplicated)

    def _duplicated(self, item_id: int) -> None:
        self._made(item_id)
        self._enter(item_id)

    def archive(self) -> None:
        """Archive the item, or bring it back."""
        found = self.view.current_row()
        if found is None:
            return
        if found.archived:
            work, name = items.restore, items.RESTORE
            said = _("{name} is back").format(name=found.name)
        else:
            work, name = items.archive, items.ARCHIVE
            said = _("{name} archived").format(name=found.name)
        self.ops.write(
            name, partial(work, item_id=found.id), done=lambda _none: self.toast(said, undo=True)
        )

    def delete(self) -> None:
        """Delete an item that nothing uses; taken back from the toast."""
        found = self.view.current_row()
        if found is None:
            return
        said = _("{name} deleted").format(name=found.name)
        self.ops.write(
            items.DELETE,
            partial(items.delete, item_id=found.id),
            done=lambda _none: self.toast(said, undo=True),
        )

    def _import(self) -> None:
        self.go("import", kind="items")
