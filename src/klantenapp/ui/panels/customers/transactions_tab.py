"""Transactions of a customer: what was invoiced and paid, with the balance after each."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.receivables import taking_back
from klantenapp.ui.panels.customers import account_file, movements
from klantenapp.ui.panels.customers.statement import StatementDialog
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.customer_tab import CustomerTab
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import ChoiceInput
from klantenapp.ui.widgets.states import EmptyState
from klantenapp.ui.widgets.tabs import Segments

if TYPE_CHECKING:
    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.ledger.balances import Movement
    from klantenapp.services.ledger.explaining import About
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.customers.movements import MovementRow
    from klantenapp.ui.widgets.page import Page

_TABLES = ("ledger_entry", "settlement", "document", "payment", "refund_due")


def columns() -> list[Column]:
    """Columns of the account; the description goes first where room lacks."""
    return [
        Column("date", _("Date"), "date", width=118),
        Column(
            "title",
            _("Kind"),
            "icon_strong",
            width=230,
            stretch=True,
            value=lambda line: (line.icon, line.title) if line.kind else ("", line.title),
            tone=lambda line: "muted" if line.voided or not line.kind else None,
        ),
        Column("text", _("Description"), "muted", width=180, stretch=True, priority=1),
        Column("plus", _("Plus €"), "money_or_blank", width=108),
        Column("minus", _("Minus €"), "money_or_blank", width=100, tone=lambda _line: "ok"),
        Column("balance", _("Balance €"), "money", width=104),
    ]


class TransactionsTab(CustomerTab):
    """The account of a customer."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._movements: list[Movement] = []
        self._about: dict[int, About] = {}
        self._due: frozenset[int] = frozenset()
        box = column(self)
        bar = row(None, 28, 12, 28, 8, gap=8)
        self.kind = Segments(
            [("all", _("Everything")), ("invoices", _("Invoices")), ("payments", _("Payments"))]
        )
        self.kind.choose("all")
        self.kind.changed.connect(lambda _key: self._show())
        self.year = ChoiceInput([(None, _("All years"))])
        self.year.setAccessibleName(_("Year"))
        self.year.set_value(None)
        self.year.left.connect(self._show)
        bar.addWidget(self.kind)
        bar.addWidget(self.year)
        bar.addStretch(1)
        self.back = Button(_("Take back"), "rotate-ccw", "ghost", small=True, keys="Delete")
        self.back.clicked.connect(self._ask_back)
        bar.addWidget(self.back)
        self.statement = Button(_("Statement of account"), "file-text", small=True)
        self.statement.clicked.connect(self._statement)
        bar.addWidget(self.statement)
        self.export = Button(_("Export"), "download", small=True)
        self.export.clicked.connect(self._export)
        bar.addWidget(self.export)
        box.addLayout(bar)
        self.model = TableModel(page.ops, columns(), parent=self)
        self.view = TableView(self.model, "transactions", label=_("Transactions"))
        self.view.opened.connect(self._open)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        page.list_key("Delete", _("Take back"), self._ask_back, self.view)
        self.empty = EmptyState(
            "receipt",
            _("Nothing invoiced or paid yet"),
            _("Invoices, payments, credit notes and refunds come here, with the balance."),
        )
        self.empty.hide()
        box.addWidget(self.empty, 1)
        box.addWidget(self.view, 1)

    @override
    def show_customer(self, profile: Profile) -> None:
        """Read the account."""
        other = profile.own.id != self.customer_id
        super().show_customer(profile)
        if other:
            self.year.set_value(None)
        self._load()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again when something moved."""
        if changes.touches(*_TABLES) and self.profile is not None:
            self._load()

    @override
    def enter(self) -> None:
        """Go into the list."""
        self.view.setFocus()
        if self.view.current_id() is None:
            self.view.select_first()

    def _offer(self) -> None:
        """A movement that stands can be taken back; a document is credited."""
        line: MovementRow | None = self.view.current_row()
        self.back.setVisible(line is not None and line.can_be_taken_back)

    def _ask_back(self) -> None:
        line: MovementRow | None = self.view.current_row()
        if line is None or not line.can_be_taken_back:
            return
        confirm(
            self,
            _("Take back: {title}?").format(title=line.title),
            _("What it settled becomes open again. Both stay in the history with their day."),
            act=_("Take back"),
            then=lambda: self._take_back(line.id),
            danger=True,
            icon="rotate-ccw",
        )

    def _take_back(self, entry_id: int) -> None:
        self.page.ops.write(
            taking_back.TAKE_BACK,
            partial(taking_back.take_back, entry_id=entry_id),
            done=lambda _nothing: self.page.toast(_("Taken back")),
        )

    def _statement(self) -> None:
        if self.profile is not None:
            StatementDialog(self.page, self.profile).open()

    def _export(self) -> None:
        if self.profile is not None:
            account_file.export(self.page, self.profile.own, self.period())

    def period(self) -> account_file.Period:
        """Days of the year that is shown; open where all are."""
        year = self.year.value()
        return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else (None, None)

    def _load(self) -> None:
        query = partial(movements.read, customer_id=self.customer_id)
        self.page.ops.read(self, query, self._take, key="account")

    def _take(self, found: tuple[list[Movement], dict[int, About], frozenset[int]]) -> None:
        self._movements, self._about, self._due = found
        chosen = self.year.value()
        known = movements.years(self._movements)
        self.year.set_options([(None, _("All years")), *((year, str(year)) for year in known)])
        self.year.set_value(chosen if chosen in known else None)
        self._show()

    def _show(self) -> None:
        kinds = {"invoices": movements.INVOICES, "payments": movements.PAYMENTS}
        lines = movements.rows(
            self._movements, self._about, kinds.get(self.kind.key), self.year.value(), self._due
        )
        self.model.set_rows(lines)
        self.empty.setVisible(not self._movements)
        self.view.setVisible(bool(self._movements))
        self._offer()

    def _open(self, _entry: int) -> None:
        """The document behind the row."""
        line: MovementRow | None = self.view.current_row()
        if line is not None and line.document_id is not None:
            self.page.go("invoice", id=line.document_id)
