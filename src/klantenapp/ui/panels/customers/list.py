"""The list of customers: found while typing, filtered, and acted upon with one key."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import total
from klantenapp.services.customers import customers, listing
from klantenapp.services.store import clock
from klantenapp.ui.forms.new_customer import NewCustomerDialog
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.customers.columns import TABLES, columns, list_ids, list_rows
from klantenapp.ui.panels.customers.narrowing import Narrowing, read_options
from klantenapp.ui.panels.customers.note import NoteDialog
from klantenapp.ui.panels.customers.payment import CustomerPaymentDialog
from klantenapp.ui.panels.customers.shown import shown
from klantenapp.ui.panels.customers.statements import StatementsDialog
from klantenapp.ui.tables.columns import Sort
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.file_drop import FileDrop
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.states import EmptyState, NoResults
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.customers.listing import CustomerRow, Filter, Totals
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell


class CustomersPage(Page):
    """Every customer."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Customers"))
        self._shown = shown(shell)
        if exists("import"):
            self.act(
                _("Import"), "", lambda: self.go("import", kind="customers"), "import", "plain"
            )
        self.act(_("New customer"), "Ctrl+N", lambda: self.new(), "plus", "primary")
        self.model = TableModel(self.ops, columns(), list_ids, list_rows, parent=self)
        self.model.filter = self._shown.filter
        self.view = TableView(self.model, "customers", label=_("Customers"))
        if self.model.order is None:
            self.model.order = Sort("overdue", descending=True)
        self.view.opened.connect(lambda customer: self.go("customer", id=customer))
        self.filters = QuickFilters(
            [
                ("all", _("All")),
                ("open", _("Balance open")),
                ("overdue", _("Overdue")),
                ("contract", _("With contract")),
                ("quiet", _("Long no contact")),
                ("archived", _("Archived")),
            ]
        )
        self.filters.choose(self._shown.filter.status)
        self.filters.changed.connect(lambda key: self._filter(status=key))
        self.narrowing = Narrowing()
        self.narrowing.changed.connect(self._take)
        self.seek = SearchField(_("Name, place, phone, invoice no."), self.view, width=270)
        self.seek.setMinimumWidth(theme().px(130))
        self.seek.setMaximumWidth(theme().px(270))
        self.search = self.seek
        self.seek.setText(self._shown.filter.text)
        self.seek.sought.connect(lambda text: self._filter(text=text))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._foot())
        self._totals: Totals | None = None
        self._lay_out()
        self._bind_keys()
        self.areas = [self.filters, self.view]
        FileDrop(self, lambda path: self.go("import", kind="customers", path=path))

    def _lay_out(self) -> None:
        self.bar = QWidget()
        bar = row(self.bar, 28, 0, 28, 12)
        bar.addWidget(self.filters)
        bar.addWidget(self.narrowing)
        bar.addStretch(1)
        bar.addWidget(self.seek, 1000)  # as wide as it may be, before anything is left over
        self.body.addWidget(self.bar)
        self.empty = EmptyState(
            "users",
            _("No customers yet"),
            _(
                "Add your first customer, or take your customers over from an Excel or CSV file."
                " Columns are recognised by themselves."
            ),
            self._first_steps(),
            _("You can also drop a file here.") if exists("import") else "",
        )
        self.nothing = NoResults("", self.clear_filters)
        for state in (self.empty, self.nothing):
            state.hide()
            self.body.addWidget(state, 1)
        self.body.addWidget(self.view, 1)
        hints = [
            ("Up Down", _("browse")),
            ("Return", _("open")),
            ("F", _("new invoice")),
            ("B", _("payment")),
        ]
        self.footer = ListFooter(hints)
        self.body.addWidget(self.footer)

    def _first_steps(self) -> list[Button]:
        buttons = []
        if exists("import"):
            bring = Button(_("Take over from a file"), "import")
            bring.clicked.connect(lambda: self.go("import", kind="customers"))
            buttons.append(bring)
        new = Button(_("Add your first customer"), "plus", "primary")
        new.clicked.connect(lambda: self.new())
        return [*buttons, new]

    def _statements(self) -> None:
        """Of the chosen customers; of everybody with a balance where one or none is chosen."""
        chosen = self.view.selected_ids()
        StatementsDialog(self, chosen if len(chosen) > 1 else []).open()

    def _bind_keys(self) -> None:
        self.list_key("F", _("New invoice"), self._with_current(self._invoice), self.view)
        self.list_key("B", _("Record payment"), self._with_current(self._payment), self.view)
        if exists("email"):
            self.list_key("E", _("Write an e-mail"), self._with_current(self._email), self.view)
        self.list_key("N", _("Write down"), self._with_current(self._note), self.view)
        self.list_key("S", _("Statements of account"), self._statements, self.view)
        self.act(_("Statements of account"), "", self._statements, "file-text")
        self.list_key("Delete", _("Archive customer"), self.archive, self.view)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(
        self,
        status: str | None = None,
        text: str | None = None,
        new: str | None = None,
        price_list_id: int | None = None,
        **_rest: Any,
    ) -> None:
        """Show the list.

        Args:
            status: chooses a quick filter.
            text: is searched for.
            new: asks for a new customer of that name.
            price_list_id: narrows the list to who has it.
        """
        if text is not None:
            self.seek.setText(text)
        wanted = self._shown.filter
        if status is not None:
            wanted = replace(wanted, status=status)
            self.filters.choose(status)
        if price_list_id is not None:
            wanted = replace(wanted, price_list_id=price_list_id)
        self._shown.filter = replace(wanted, text=self.seek.text().strip())
        self._load()
        self.view.setFocus()
        if new is not None:
            self.shell.navigation.replace()
            self.new(new)

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after anything that shows here."""
        if changes.touches(*TABLES):
            self._load()

    def _load(self) -> None:
        self.model.set_filter(self._shown.filter)
        self._shown.order = self.model.order
        self.narrowing.show_filter(self._shown.filter)
        self.ops.read(self, self._read_around, self._show_around, key="around")
        self.ops.read(self, read_options, self._offer, key="options")

    def _offer(self, options: Any) -> None:
        self.narrowing.offer(options)
        self.narrowing.show_filter(self._shown.filter)

    def _read_around(self, session: Session) -> tuple[dict[str, int], Totals, dict[str, int]]:
        today = clock.today()
        wanted = self._shown.filter
        counts = listing.counts(session, wanted, today)
        everything = replace(wanted, status="all") == listing.Filter()
        return (
            counts,
            listing.totals(session, wanted, today),
            counts if everything else listing.counts(session, listing.Filter(), today),
        )

    def _show_around(self, found: tuple[dict[str, int], Totals, dict[str, int]]) -> None:
        counts, self._totals, whole = found
        self.filters.set_counts(counts)
        self.filters.set_visible("archived", visible=bool(whole["archived"]))
        number = ngettext("{count} customer", "{count} customers", whole["all"])
        owing = _("{customers}, {count} with an open balance")
        self.header.set_subtitle(
            owing.format(
                customers=number.format(count=i18n.count(whole["all"])),
                count=i18n.count(whole["open"]),
            )
        )
        none = not whole["all"] and not whole["archived"]
        if none:
            self.header.set_subtitle("")
        self.stand_empty(self.empty, [self.bar, self.footer], on=none)
        self.nothing.setVisible(not none and not self._totals.count)
        self.view.setVisible(bool(self._totals.count))
        self._foot()

    def _foot(self) -> None:
        """Totals of the filter, or of what is selected."""
        chosen: list[CustomerRow] = [
            self.model.row_at(line)
            for line in sorted({index.row() for index in self.view.selectedIndexes()})
        ]
        if len(chosen) > 1 and all(chosen):
            text = ngettext("{count} selected", "{count} selected", len(chosen))
            self._say_totals(
                text.format(count=i18n.count(len(chosen))),
                total(each.open_amount for each in chosen),
                total(each.overdue for each in chosen),
            )
        elif self._totals is not None:
            self._say_totals("", self._totals.open_amount, self._totals.overdue)

    def _say_totals(self, lead: str, owed: Any, late: Any) -> None:
        first = [(lead, "", None)] if lead else []
        tone = "danger" if late else None
        self.footer.set_totals([*first, (_("Open"), owed, None), (_("Overdue"), late, tone)])

    # -- choosing --------------------------------------------------------------------------------

    def _filter(self, **values: Any) -> None:
        self._take(replace(self._shown.filter, **values))

    def _take(self, wanted: Filter) -> None:
        if wanted != self._shown.filter:
            self._shown.filter = wanted
            self._load()

    def clear_filters(self) -> None:
        """Show every customer again."""
        self.seek.clear()
        self.filters.choose("all")
        self._take(listing.Filter())

    # -- acting ----------------------------------------------------------------------------------

    def new(self, name: str = "") -> None:
        """Ask for a new customer."""
        NewCustomerDialog(self, name).open()

    def _with_current(self, act: Callable[[CustomerRow], object]) -> Callable[[], None]:
        def run() -> None:
            found = self.view.current_row()
            if found is not None:
                act(found)

        return run

    def _invoice(self, found: CustomerRow) -> None:
        self.go("draft", customer=found.id)

    def _payment(self, found: CustomerRow) -> None:
        CustomerPaymentDialog(self, found.id, found.name).open()

    def _email(self, found: CustomerRow) -> None:
        self.go("email", customer=found.id)

    def _note(self, found: CustomerRow) -> None:
        NoteDialog(self, found.id, found.name).open()

    def archive(self) -> None:
        """Put the selected customers out of sight, or bring archived ones back."""
        ids = self.view.selected_ids()
        if not ids:
            return
        back = self._shown.filter.status == "archived"
        act = customers.restore if back else customers.archive

        def work(session: Session) -> int:
            for customer_id in ids:
                act(session, customer_id)
            return len(ids)

        done = partial(self._archived, back=back)
        self.ops.write(customers.RESTORE if back else customers.ARCHIVE, work, done=done)

    def _archived(self, count: int, *, back: bool) -> None:
        text = (
            ngettext("Customer brought back", "{count} customers brought back", count)
            if back
            else ngettext("Customer archived", "{count} customers archived", count)
        )
        self.toast(text.format(count=count), undo=True)
