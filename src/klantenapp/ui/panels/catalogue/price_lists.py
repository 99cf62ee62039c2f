"""Price lists: the lists at the left, every price of one at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.services.catalogue import items, price_list_view
from klantenapp.services.store import clock
from klantenapp.ui.agreements.words import period_words
from klantenapp.ui.panels.catalogue.price_list_dialogs import NewListDialog
from klantenapp.ui.panels.catalogue.price_list_pane import PriceListPane
from klantenapp.ui.panels.catalogue.tabs import CatalogueTabs
from klantenapp.ui.tables.columns import Column, Group
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.list_view import MasterList
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, frame, row
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.price_list_view import PriceListPage, PriceListRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_TABLES = ("price_list", "list_price", "item", "unit", "customer", "tax_rate", "document")


class PriceListsPage(Page):
    """Every price list, and the prices on it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Items and prices"))
        self._lists: list[PriceListRow] = []
        self._with_past = False
        self._wanted: tuple[int | None, int | None] = (None, None)
        self.pane = PriceListPane(self)
        self.pane.sought.connect(self.load_list)
        self.pane.made.connect(self.made)
        self.search = self.pane.search
        self.header.add_action(self.pane.search)
        self.act(_("New price list"), "Ctrl+N", self.new, "plus", "primary")
        self.tabs = CatalogueTabs(self, "price_lists")
        self.body.addWidget(self.tabs)
        self.model = TableModel(self.ops, [Column("name", _("Name"))], parent=self)
        self.lists = MasterList(self.model, _parts, _("Price lists"))
        self.lists.picked.connect(self._picked)
        self.past = Button("", kind="link", small=True)
        self.past.clicked.connect(self._toggle_past)
        self._lay_out()
        self.list_key("Insert", _("Add a tier below the row"), self.pane.add_tier, self.pane.grid)
        self.list_key("Delete", _("Return price to its base"), self.pane.drop, self.pane.grid)
        self.areas = [self.lists, self.pane.form, self.pane.grid]

    def _lay_out(self) -> None:
        left = frame("master")
        box = column(left)
        box.addWidget(self.lists, 1)
        line = row(None, 14, 6, 14, 10)
        line.addWidget(self.past)
        line.addStretch(1)
        box.addLayout(line)
        self.split = Splitter("price_lists", [left, self.pane], [268, 0])
        self.body.addWidget(self.split, 1)
        first = Button(_("Make your first price list"), "plus", "primary")
        first.clicked.connect(self.new)
        self.empty = EmptyState(
            "tags",
            _("No price lists yet"),
            _("A price list gives a group of customers its own prices, for a period if you like."),
            [first],
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.footer = ListFooter(
            [
                ("/", _("search")),
                ("F2", _("edit")),
                ("Insert", _("add tier")),
                ("Delete", _("back to base")),
            ]
        )
        self.body.addWidget(self.footer)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, id: int | None = None, item: int | None = None, **_others: Any) -> None:
        """Show the lists; `id` chooses one, `item` a row on it."""
        self._wanted = (id, item)
        if item is not None:
            self.pane.search.clear()
        self._load()
        self.lists.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after anything that shows here."""
        if changes.touches(*_TABLES):
            self._load()

    def _load(self) -> None:
        def query(session: Session) -> tuple[list[PriceListRow], int]:
            number = items.counts(session, items.Filter())["all"]
            return price_list_view.lists(session, clock.today()), number

        self.ops.read(self, query, self._show_lists, key="lists")

    def _show_lists(self, found: tuple[list[PriceListRow], int]) -> None:
        self._lists, number = found
        self.tabs.set_counts({"items": number, "price_lists": len(self._lists)})
        self.split.setVisible(bool(self._lists))
        self.empty.setVisible(not self._lists)
        wanted, _item = self._wanted
        chosen = wanted if wanted is not None else self.lists.current_id()
        by_id = {each.id: each for each in self._lists}
        if chosen in by_id and by_id[chosen].group == price_list_view.PAST:
            self._with_past = True
        self._fill()
        if chosen not in self.model.ids:
            chosen = self.model.ids[0] if self.model.ids else None
        if chosen is not None:
            self.lists.select_id(chosen)
        self.load_list()

    def _fill(self) -> None:
        past = [each for each in self._lists if each.group == price_list_view.PAST]
        rest = [each for each in self._lists if each.group != price_list_view.PAST]
        shown = rest + past if self._with_past or not rest else rest
        titles = {
            price_list_view.VALID: _("Valid"),
            price_list_view.LATER: pgettext("price list", "Later"),
            price_list_view.PAST: _("Past"),
        }
        groups = []
        for at, each in enumerate(shown):
            if at == 0 or shown[at - 1].group != each.group:
                groups.append(Group(at, titles[each.group]))
        self.model.set_rows(shown, groups)
        self.past.setVisible(bool(past) and bool(rest))
        words = ngettext("Show {count} old list", "Show {count} old lists", len(past))
        hide = _("Hide old lists")
        self.past.setText(hide if self._with_past else words.format(count=i18n.count(len(past))))

    def _toggle_past(self) -> None:
        self._with_past = not self._with_past
        self._fill()
        if self.lists.current_id() is None and self.model.ids:
            self._picked(self.model.ids[0])

    def _picked(self, list_id: int) -> None:
        self._wanted = (None, None)
        self.lists.select_id(list_id)
        self.load_list()

    def load_list(self) -> None:
        """Read the chosen list."""
        list_id = self.lists.current_id()
        if list_id is None:
            return
        text = self.pane.search.text().strip()
        query = partial(price_list_view.page, list_id=list_id, day=clock.today(), text=text)
        self.ops.read(self, query, self._show_list, key="list")

    def _show_list(self, found: PriceListPage) -> None:
        if found.id != self.lists.current_id():
            return
        row = next(each for each in self._lists if each.id == found.id)
        others = [each for each in self._lists if not each.archived]
        _list, item = self._wanted
        self._wanted = (None, None)
        self.pane.show_list(found, row.group, others)
        if item is not None:
            self.pane.show_item(item)
        counted = ngettext("{count} item", "{count} items", found.items)
        own = ngettext("{count} with its own price", "{count} with their own price", found.own)
        words = [
            counted.format(count=i18n.count(found.items)),
            own.format(count=i18n.count(found.own)),
        ]
        self.footer.set_totals([(", ".join(words), "", None)])

    # -- acting ----------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask for a new list."""
        NewListDialog(self, self._lists, self.made).open()

    def made(self, list_id: int) -> None:
        """Show a list that was just made."""
        self._wanted = (list_id, None)
        self._load()


def _parts(found: PriceListRow) -> tuple[str, str, str, str, str | None]:
    """A list in two lines."""
    later = found.group == price_list_view.LATER and found.valid_from is not None
    words = period_words(found.valid_from, None) if later else period_words(None, found.valid_to)
    if found.includes_tax:
        words = _("{period}, incl. VAT").format(period=words)
    if found.archived:
        return found.name, "", words, _("Archived"), None
    if found.is_draft:
        return found.name, "", words, _("Draft"), None
    used = ngettext("{count} customer", "{count} customers", found.customers)
    return found.name, "", words, used.format(count=i18n.count(found.customers)), None
