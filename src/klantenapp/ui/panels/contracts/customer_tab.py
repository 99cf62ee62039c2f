"""Contracts of a customer: the list, how the terms follow each other, and one contract beside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from klantenapp.i18n import _, ngettext
from klantenapp.services.catalogue import contract_prices, contract_view
from klantenapp.services.store import clock
from klantenapp.ui.agreements.words import period_words
from klantenapp.ui.panels.contracts.contract_side import ContractSide
from klantenapp.ui.panels.contracts.detail import read_one
from klantenapp.ui.panels.contracts.dialogs import DuplicateDialog
from klantenapp.ui.panels.contracts.terms_chart import TermsChart
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.customer_tab import CustomerTab
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.states import EmptyState
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.catalogue.contract_view import (
        ContractRow,
    )
    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.contracts.detail import Detail
    from klantenapp.ui.widgets.page import Page

_TABLES = ("contract", "contract_price", "contract_group_discount", "attachment", "item")
#: Days before an end from which the tab speaks of it.
_NEAR = 60
#: Rows of the list at once.
_MOST = 8


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("name", _("Name"), "strong", width=118, stretch=True),
        Column("period", _("Period"), "text", width=208, value=_period),
        Column("state", _("Status"), "status", width=108),
        Column("prices", _("Prices"), "number", width=62, priority=1),
        Column("discount", _("Discount"), "percent", width=72, priority=2),
    ]


def _period(found: ContractRow) -> str:
    last = found.ended_on if found.ended_on is not None else found.valid_to
    return period_words(found.valid_from, last)


class ContractsTab(CustomerTab):
    """The agreements with a customer."""

    large_mark = True

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._rows: list[ContractRow] = []
        self._follow: int | None = None
        self.filters = QuickFilters([("all", _("All")), ("running", _("Running"))])
        self.filters.changed.connect(lambda _key: self._fill())
        self.add = Button(_("Contract"), "plus")
        self.add.clicked.connect(self.new)
        self.model = TableModel(page.ops, columns(), parent=self)
        self.view = TableView(self.model, "customer_contracts", edge=10, label=_("Contracts"))
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._picked)
        self.chart = TermsChart()
        self.ending = Note("warn", icon="calendar-clock")
        self.ending.hide()
        self.side = ContractSide(page, self._open, self._duplicate)
        first = Button(_("Contract"), "plus", "primary")
        first.clicked.connect(self.new)
        self.empty = EmptyState(
            "file-check",
            _("No agreements yet"),
            _("A contract keeps prices, discounts and VAT together for a period."),
            [first],
        )
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        box = column(inside, 18, 14, 18, 20, gap=12)
        bar = row(None, 10, 0, 10, 0)
        bar.addWidget(self.filters)
        bar.addStretch(1)
        bar.addWidget(self.add)
        box.addLayout(bar)
        box.addWidget(self.view)
        below = column(None, 10, 8, 10, 0, gap=18)
        below.addWidget(self.chart)
        below.addWidget(self.ending)
        box.addLayout(below)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.split = Splitter("customer_contracts", [area, self.side], [0, 306])
        outer = column(self)
        outer.addWidget(self.split, 1)
        outer.addWidget(self.empty, 1)
        self.empty.hide()

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_customer(self, profile: Profile) -> None:
        super().show_customer(profile)
        self._load()

    @override
    def refresh(self, changes: Changes) -> None:
        if changes.touches(*_TABLES) and self.profile is not None:
            self._load()

    @override
    def enter(self) -> None:
        self.view.setFocus()

    def _load(self) -> None:
        query = partial(contract_view.rows, today=clock.today(), customer_id=self.customer_id)
        self.page.ops.read(self, query, self._show, key="contracts")

    def _show(self, found: list[ContractRow]) -> None:
        if any(each.customer_id != self.customer_id for each in found):
            return
        self._rows = found
        running = [each for each in found if each.state == contract_view.ACTIVE]
        self.filters.set_counts({"all": len(found), "running": len(running)})
        self.split.setVisible(bool(found))
        self.empty.setVisible(not found)
        if not found:
            return
        today = clock.today()
        self.chart.show_rows(found, today)
        self._tell_ending(running, today)
        self._fill()

    def _fill(self) -> None:
        running = self.filters.key == "running"
        shown = [each for each in self._rows if not running or each.state == contract_view.ACTIVE]
        self.model.set_rows(shown)
        lines = min(max(len(shown), 1), _MOST)
        self.view.setFixedHeight(theme().size("tableHeader") + lines * theme().px(36) + 2)
        if self.view.current_id() is None and shown:
            best = next((each for each in shown if each.state == contract_view.ACTIVE), shown[0])
            self.view.select_id(best.id)

    def _tell_ending(self, running: list[ContractRow], today: dt.date) -> None:
        """Say that the running contract ends soon, and what follows it."""
        ends = next((each for each in running if _ends_soon(each, today)), None)
        last = ends.in_force.end if ends is not None else None
        later = [each for each in self._rows if last is not None and each.valid_from > last]
        confirmed = [each for each in later if each.state != contract_view.DRAFT]
        self.ending.setVisible(ends is not None and not confirmed)
        if ends is None or last is None or confirmed:
            return
        days = (last - today).days
        strong = ngettext("Ends in {days} day.", "Ends in {days} days.", days).format(days=days)
        if later:
            self._follow = later[-1].id
            words = _("{name} is ready as a draft; confirm it before it begins.")
            self.ending.set_text(strong, words.format(name=later[-1].name))
            self.ending.set_action(_("View"), lambda: self._open(self._follow or 0))
        else:
            self.ending.set_text(strong, _("Make a contract that follows, or let it end."))
            self.ending.set_action(_("Duplicate"), lambda: self._duplicate(ends.id))

    def _picked(self, contract_id: int) -> None:
        row_ = next((each for each in self._rows if each.id == contract_id), None)
        if row_ is not None:
            self.page.ops.read(self, partial(read_one, row=row_), self._show_one, key="one")

    def _show_one(self, found: Detail) -> None:
        if found.row.id == self.view.current_id():
            self.side.show_contract(found)

    # -- acting ----------------------------------------------------------------------------------

    def new(self) -> None:
        """Start a contract for this customer."""
        self.page.go("contract", customer=self.customer_id)

    def _open(self, contract_id: int) -> None:
        self.page.go("contract", id=contract_id)

    def _duplicate(self, contract_id: int) -> None:
        found = next((each for each in self._rows if each.id == contract_id), None)
        if found is not None:
            period = contract_prices.next_period(found.valid_from, found.valid_to)
            DuplicateDialog(self.page, contract_id, period, self._open).open()


def _ends_soon(found: ContractRow, today: dt.date) -> bool:
    last = found.in_force.end
    return last is not None and (last - today).days <= max(_NEAR, found.remind_days)
