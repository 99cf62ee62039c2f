"""The list of quotes: their answers, and the invoices made of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.services.sales import documents, drafts
from klantenapp.services.sales.documents import Filter
from klantenapp.services.store import clock
from klantenapp.ui.panels.documents.quote_acts import QuoteActs
from klantenapp.ui.panels.documents.sections import DocumentTabs
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
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

_ALL = Filter(kinds=("quote",))


def list_ids(session: Session, wanted: Filter | None, sort: Sort | None) -> array[int]:
    """Ids for the table: newest first where the user chose no order."""
    order = (sort.key, sort.descending) if sort else ("date", True)
    return documents.list_ids(session, wanted or _ALL, order, clock.today())


def list_rows(session: Session, ids: Sequence[int]) -> list[DocumentRow]:
    """Rows for the table."""
    return documents.list_rows(session, ids, clock.today())


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column(
            "number",
            _("Number"),
            "strong",
            width=130,
            sort="number",
            descending=True,
            value=lambda found: found.number or _("Draft"),
            tone=lambda found: None if found.number else "muted",
        ),
        Column("customer", _("Customer"), "strong", width=240, sort="customer", stretch=True),
        Column("date", _("Date"), "date", sort="date", descending=True, priority=2),
        Column("valid_until", _("Valid until"), "date", sort="valid_until", priority=1),
        Column("status", _("Status"), "status"),
        Column("total", _("Total €"), "money", sort="total", descending=True),
    ]


class QuotesPage(Page):
    """Every quote."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Quotes"))
        self.header.set_title(_("Invoices"))
        self._filter = _ALL
        self.quote = QuoteActs(self, self._current, primary=False)
        self.act(_("New quote"), "Ctrl+N", self._new, "plus", "primary")
        self.model = TableModel(self.ops, columns(), list_ids, list_rows, parent=self)
        self.model.filter = self._filter
        self.view = TableView(self.model, "quotes", label=_("Quotes"))
        self.view.opened.connect(self._open)
        self.view.picked.connect(lambda _id: self.quote.show_for(self._current()))
        self.filters = QuickFilters(
            [
                ("all", _("All")),
                ("draft", _("Draft")),
                ("waiting", pgettext("status", "Sent")),
                ("accepted", pgettext("status", "Accepted")),
                ("declined", pgettext("status", "Declined")),
                ("expired", pgettext("status", "Expired")),
            ]
        )
        self.filters.changed.connect(self._choose)
        self.seek = SearchField(_("Number, customer, amount"), self.view)
        self.search = self.seek
        self.seek.sought.connect(self._sought)
        self._lay_out()
        self.list_key("A", _("Accept"), self.quote.accept, self.view)
        self.list_key("F", _("Make invoice"), self.quote.invoice, self.view)
        self.list_key("C", _("Copy to new draft"), self._copy, self.view)
        self.list_key("Delete", _("Delete draft"), self._delete, self.view)
        self.areas = [self.filters, self.view]

    def _lay_out(self) -> None:
        self.tabs = DocumentTabs(self, "quotes")
        self.body.addWidget(self.tabs)
        bar = row(None, 28, 12, 28, 12)
        bar.addWidget(self.filters)
        bar.addStretch(1)
        bar.addWidget(self.seek)
        self.body.addLayout(bar)
        new = Button(_("New quote"), "plus", "primary")
        new.clicked.connect(self._new)
        self.empty = EmptyState(
            "file-text",
            _("No quotes yet"),
            _("A quote becomes an invoice with one click when your customer says yes."),
            [new],
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.view, 1)
        self.footer = ListFooter(
            [("Return", _("open")), ("A", _("accept")), ("F", _("invoice")), ("/", _("search"))]
        )
        self.body.addWidget(self.footer)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Show the list."""
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after an answer or an edit."""
        if changes.touches("document", "quote_decision", "customer"):
            self._load()

    def _load(self) -> None:
        self.tabs.load()
        self.model.set_filter(self._filter)
        self.ops.read(self, self._read_around, self._show_around, key="around")

    def _read_around(self, session: Session) -> tuple[dict[str, int], documents.Totals]:
        today = clock.today()
        without_status = replace(self._filter, status=None)
        return (
            documents.quote_counts(session, without_status, today),
            documents.list_totals(session, self._filter, today),
        )

    def _show_around(self, found: tuple[dict[str, int], documents.Totals]) -> None:
        counts, totals = found
        self.filters.set_counts(counts)
        nothing = not counts["all"] and not self._filter.text
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
        self.quote.show_for(self._current())
        words = ngettext("{count} quote", "{count} quotes", totals.count)
        self.footer.set_totals(
            [
                (words.format(count=i18n.count(totals.count)), "", None),
                (_("Total"), totals.total, None),
            ]
        )

    def _choose(self, key: str) -> None:
        self._filter = replace(self._filter, status=None if key == "all" else key)
        self._load()

    def _sought(self, text: str) -> None:
        self._filter = replace(self._filter, text=text)
        self._load()

    # -- acting ----------------------------------------------------------------------------------

    def _new(self) -> None:
        self.go("draft", kind="quote")

    def _open(self, document_id: int) -> None:
        found = self.view.current_row()
        is_draft = found is not None and found.status == "draft"
        self.go("draft" if is_draft else "invoice", id=document_id)

    def _current(self) -> DocumentRow | None:
        found: DocumentRow | None = self.view.current_row()
        return found

    def _copy(self) -> None:
        document_id = self.view.current_id()
        if document_id is not None:
            self.ops.write(
                drafts.COPY,
                partial(drafts.copy, document_id=document_id),
                done=lambda new: self.go("draft", id=new),
            )

    def _delete(self) -> None:
        found = self.view.current_row()
        if found is not None and found.status == "draft":
            self.ops.write(
                drafts.DELETE,
                partial(drafts.delete, document_id=found.id),
                done=lambda _none: self.toast(_("Draft deleted"), undo=True),
            )
