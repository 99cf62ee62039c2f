"""The list of invoices: filtered, searched, ticked, and acted upon in bulk."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.services.receivables import payments
from klantenapp.services.sales import documents, drafts
from klantenapp.services.sales.documents import Filter
from klantenapp.services.store import clock
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.documents import list_file
from klantenapp.ui.panels.documents.bulk import BulkBar
from klantenapp.ui.panels.documents.payment import PaymentDialog
from klantenapp.ui.panels.documents.sections import DocumentTabs
from klantenapp.ui.tables.columns import Column, Due
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import ChoiceInput
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.states import EmptyState
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell
    from klantenapp.ui.tables.columns import Sort

NEWEST = ("date", True)
_TABLES = ("document", "ledger_entry", "settlement", "customer", "reminder_hold")


def list_ids(session: Session, wanted: Filter | None, sort: Sort | None) -> array[int]:
    """Ids for the table: newest first where the user chose no order."""
    order = (sort.key, sort.descending) if sort else NEWEST
    return documents.list_ids(session, wanted or Filter(), order, clock.today())


def list_rows(session: Session, ids: Sequence[int]) -> list[DocumentRow]:
    """Rows for the table."""
    return documents.list_rows(session, ids, clock.today())


def due_words(found: DocumentRow) -> Due | None:
    """When it has to be paid, or what became of it: "12 days overdue", "paid 19-11"."""
    if found.settled_on is not None:
        day = i18n.date(found.settled_on)[:5]
        words = {
            "paid": _("paid {day}"),
            "credited": _("credited {day}"),
            "written_off": _("written off {day}"),
        }
        text = words.get(found.status)
        return Due(text.format(day=day), None, found.settled_on) if text else None
    if found.due_date is None or found.days is None:
        return None
    return Due.of(found.due_date, clock.today())


def _marked(found: DocumentRow) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The number, with a hand where the customer disputes it."""
    return found.number or _("Draft"), (("hand", "warn"),) if found.is_disputed else ()


def _spoken(found: DocumentRow) -> str:
    number = found.number or _("Draft")
    return ", ".join((number, _("Disputed"))) if found.is_disputed else number


def columns() -> list[Column]:
    """Columns of the list; date, total and due go first where room lacks."""
    return [
        Column("id", "", "check"),
        Column(
            "number",
            _("Number"),
            "marked",
            width=130,
            sort="number",
            descending=True,
            value=_marked,
            tone=lambda found: None if found.number else "muted",
            tip=lambda found: _("Disputed") if found.is_disputed else "",
            speak=_spoken,
        ),
        Column("customer", _("Customer"), "strong", width=240, sort="customer", stretch=True),
        Column("date", _("Date"), "date", sort="date", descending=True, priority=3),
        Column("status", _("Status"), "status", value=lambda found: found.shown_status),
        Column("due", _("Due"), "due", sort="due", priority=1, value=due_words),
        Column("total", _("Total €"), "money_muted", sort="total", descending=True, priority=2),
        Column("open_amount", _("Open €"), "money", sort="open", descending=True),
    ]


def statuses() -> dict[str, str]:
    """The quick filters, in order: code -> word."""
    return {
        "all": _("All"),
        "draft": _("Draft"),
        "sent": pgettext("status", "Sent"),
        "overdue": _("Overdue"),
        "part_paid": _("Part paid"),
        "paid": _("Paid"),
        "other": _("Other"),
    }


class InvoicesPage(Page):
    """Every invoice and credit note."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Invoices"))
        self._filter = Filter()
        if exists("import"):
            bring = partial(self.go, "import", kind="invoices")
            self.act(_("Import invoices of before"), "", bring, "import")
        self.act(_("Export"), "", self.export, "download", "plain")
        self.act(_("New invoice"), "Ctrl+N", self._new, "plus", "primary")
        self.model = TableModel(self.ops, columns(), list_ids, list_rows, parent=self)
        self.model.filter = self._filter
        self.view = TableView(self.model, "invoices", label=_("Invoices"))
        self.view.opened.connect(self._open)
        self.filters = QuickFilters(list(statuses().items()))
        self.filters.changed.connect(self._choose_status)
        self.period = ChoiceInput([])
        self.period.left.connect(self._choose_period)
        self.seek = SearchField(_("Number, customer, amount"), self.view)
        self.search = self.seek
        self.seek.sought.connect(self._seek)
        self.bulk = BulkBar(self, self.chosen_ids)
        self.bulk.paying.connect(self.mark_paid)
        self.bulk.cleared.connect(lambda: self.model.set_checked([]))
        self.model.checks_changed.connect(self._ticked)
        self._lay_out()
        self._bind_keys()
        self.areas = [self.filters, self.view]

    def _lay_out(self) -> None:
        self.tabs = DocumentTabs(self, "invoices")
        self.body.addWidget(self.tabs)
        self.bar = QWidget()
        bar = row(self.bar, 28, 12, 28, 12)
        bar.addWidget(self.filters)
        bar.addWidget(self.period)
        bar.addStretch(1)
        bar.addWidget(self.seek)
        self.body.addWidget(self.bar)
        holder = row(None, 28, 0, 28, 0)
        holder.addWidget(self.bulk)
        self.body.addLayout(holder)
        new = Button(_("New invoice"), "plus", "primary")
        new.clicked.connect(self._new)
        self.empty = EmptyState(
            "file-text",
            _("No invoices yet"),
            _("Make your first invoice: choose a customer, and the rest fills in."),
            [new],
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.view, 1)
        self.footer = ListFooter(
            [
                ("Space", _("select")),
                ("Return", _("open")),
                ("/", _("search")),
                ("?", _("all keys")),
            ]
        )
        self.body.addWidget(self.footer)

    def _bind_keys(self) -> None:
        self.list_key("B", _("Mark as paid"), self.mark_paid, self.view)
        self.list_key("Delete", _("Delete draft"), self.delete_drafts, self.view)
        self.list_key("S", _("Send"), self.bulk.send_all, self.view)
        self.list_key("P", _("Print"), self.bulk.print_all, self.view)
        if exists("reminders"):
            self.list_key("R", _("Remind"), self._remind, self.view)
        self.list_key("C", _("Copy to new draft"), self._copy, self.view)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, status: str | None = None, **_arguments: Any) -> None:
        """Show the list; `status` chooses a quick filter."""
        if status is not None:
            self.filters.choose(status)
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after anything that shows here."""
        if changes.touches(*_TABLES):
            self._load()

    def _load(self) -> None:
        self.tabs.load()
        self.model.set_filter(self._filter)
        self.ops.read(self, self._read_around, self._show_around, key="around")

    def _read_around(self, session: Session) -> tuple[dict[str, int], documents.Totals, list[int]]:
        today = clock.today()
        without_status = replace(self._filter, status=None)
        return (
            documents.counts(session, without_status, today),
            documents.list_totals(session, self._filter, today),
            documents.years(session),
        )

    def _show_around(self, found: tuple[dict[str, int], documents.Totals, list[int]]) -> None:
        counts, totals, years = found
        self.filters.set_counts(counts)
        nothing_at_all = not years and not counts["all"]
        self.stand_empty(self.empty, [self.bar, self.view, self.footer], on=nothing_at_all)
        self._offer_years(years)
        number = ngettext("{count} invoice", "{count} invoices", totals.count)
        self.footer.set_totals(
            [
                (number.format(count=i18n.count(totals.count)), "", None),
                (_("Total"), totals.total, None),
                (_("Open"), totals.open_amount, None),
            ]
        )

    def _offer_years(self, years: list[int]) -> None:
        chosen = self.period.value()
        self.period.set_options([(None, _("All years")), *((year, str(year)) for year in years)])
        self.period.set_value(chosen)

    # -- choosing --------------------------------------------------------------------------------

    def _choose_status(self, key: str) -> None:
        self._filter = replace(self._filter, status=None if key == "all" else key)
        self._load()

    def _choose_period(self) -> None:
        year = self.period.value()
        start = dt.date(year, 1, 1) if year else None
        end = dt.date(year, 12, 31) if year else None
        self._filter = replace(self._filter, start=start, end=end)
        self._load()

    def _seek(self, text: str) -> None:
        self._filter = replace(self._filter, text=text)
        self._load()

    def chosen_ids(self) -> list[int]:
        """The ticked rows, else those selected."""
        return sorted(self.model.checked) or self.view.selected_ids()

    def _ticked(self) -> None:
        before = self.bulk.height_if_shown()
        self.bulk.show_for(sorted(self.model.checked))
        self.view.shift_by(self.bulk.height_if_shown() - before)

    def export(self) -> None:
        """Ask where, and write what the filter shows there, in the order of the list."""
        list_file.export(self, self._asked())

    def _asked(self) -> list_file.Asked:
        order = self.model.order
        status = self._filter.status
        return list_file.Asked(
            self._filter,
            (order.key, order.descending) if order else NEWEST,
            statuses()[status] if status else "",
        )

    # -- acting ----------------------------------------------------------------------------------

    def _new(self) -> None:
        self.go("draft")

    def _open(self, document_id: int) -> None:
        found = self.view.current_row()
        is_draft = found is not None and found.status == "draft"
        self.go("draft" if is_draft else "invoice", id=document_id)

    def _remind(self) -> None:
        """Go to the letter of the current invoice."""
        document_id = self.view.current_id()
        if document_id is not None:
            self.go("reminders", invoice=document_id)

    def _copy(self) -> None:
        document_id = self.view.current_id()
        if document_id is not None:
            self.ops.write(
                drafts.COPY,
                partial(drafts.copy, document_id=document_id),
                done=lambda new: self.go("draft", id=new),
            )

    def mark_paid(self) -> None:
        """One invoice asks amount and date; several are paid in full today."""
        ids = self.chosen_ids()
        if len(ids) == 1:
            PaymentDialog(self, ids[0]).open()
            return
        if not ids:
            return

        def work(session: Session) -> int:
            return len([payments.pay(session, each) for each in ids])

        self.ops.write(payments.MARK_PAID, work, done=self._marked)

    def _marked(self, count: int) -> None:
        self.model.set_checked([])
        text = ngettext("{count} invoice paid", "{count} invoices paid", count)
        self.toast(text.format(count=count), undo=True)

    def delete_drafts(self) -> None:
        """Delete the chosen drafts; taken back from the toast."""
        ids = self.chosen_ids()
        if not ids:
            return

        def work(session: Session) -> int:
            for document_id in ids:
                drafts.delete(session, document_id)
            return len(ids)

        def done(count: int) -> None:
            self.model.set_checked([])
            text = ngettext("Draft deleted", "{count} drafts deleted", count)
            self.toast(text.format(count=count), undo=True)

        self.ops.write(drafts.DELETE, work, done=done)
