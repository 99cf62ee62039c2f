"""Direct debit: what can be collected, and the files that went to the bank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import total
from klantenapp.services.exports import report_file
from klantenapp.services.receivables import announcing, collections, direct_debit
from klantenapp.services.store import clock, settings
from klantenapp.ui.forms.form import Form
from klantenapp.ui.forms.mandate import MandateDialog
from klantenapp.ui.tables.columns import Column, Due
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import CheckInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.states import EmptyState
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.receivables.announcing import Announced
    from klantenapp.services.receivables.collections import BatchRow
    from klantenapp.services.receivables.direct_debit import Collectable
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_TABLES = ("ledger_entry", "settlement", "mandate", "collection_batch", "collection_item")


def _state(found: BatchRow) -> str:
    words = {
        "made": _("To hand in"),
        "sent": _("At the bank"),
        "booked": _("Received"),
        "cancelled": _("Cancelled"),
    }[found.state]
    if not found.returned:
        return words
    returned = ngettext("{count} returned", "{count} returned", found.returned)
    return f"{words}, {returned.format(count=i18n.count(found.returned))}"


class CollectionDialog(Dialog):
    """On which day, for how much, and whether customers are told by mail."""

    def __init__(self, page: CollectionsPage, chosen: list[Collectable], days: Days) -> None:
        super().__init__(page, _("Make collection file"))
        self._page, self._ids = page, [each.document_id for each in chosen]
        self._days = days
        count = ngettext("{count} invoice", "{count} invoices", len(chosen))
        amount = total(each.open_amount for each in chosen)
        told = count.format(count=i18n.count(len(chosen)))
        self.say(f"{told}, {i18n.money(amount.cents)}")
        self.form = Form(columns=2)
        self.day = DateInput()
        self.form.add("collection_date", _("Collect on"), self.day, row=0, column=0)
        self.day.set_value(days.announced)
        self.day.edited.connect(self._follow)
        self.day.left.connect(self._follow)
        self.body.addWidget(self.form)
        self.announce = CheckInput(_("Mail customers what is collected, and when"))
        self.announce.set_value(True)
        self.body.addWidget(self.announce)
        self.note = Note("warn", "", "")
        self.body.addWidget(self.note)
        self.set_act(_("Make file"), self._make, "file-down")
        self._follow()

    def _follow(self) -> None:
        """Say so where customers are told later than was agreed."""
        day = self.day.value()
        self.note.setVisible(day is not None and day < self._days.announced)
        self.note.set_text(
            _("Customers are told late."),
            ngettext(
                "The rule is {count} day ahead, unless you agreed on less.",
                "The rule is {count} days ahead, unless you agreed on less.",
                self._days.notice,
            ).format(count=self._days.notice),
        )

    def _make(self) -> None:
        day = self.day.value() or clock.today()
        work = partial(direct_debit.make, document_ids=self._ids, collection_date=day)

        def failed(failure: Exception) -> None:
            self.form.show_failure(failure)

        self._page.ops.write(direct_debit.MAKE, work, done=self._made, failed=failed)

    def _made(self, batches: list[int]) -> None:
        self.accept()
        self._page.made(batches, announce=bool(self.announce.value()))


class CollectionsPage(Page):
    """Two lists: what can be collected, and what was."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Direct debit"))
        self.header.set_crumbs([(_("Payments"), "payments", {}), (_("Direct debit"), "", {})])
        self.collect = self.act(_("Collect"), "Ctrl+Return", self._collect, "hand-coins", "primary")
        self.invoices = TableModel(self.ops, _invoice_columns(), parent=self)
        self.batches = TableModel(self.ops, _batch_columns(), parent=self)
        self.view = TableView(self.invoices, "collectable", label=_("To collect"))
        self.made_view = TableView(self.batches, "collections", label=_("Collections"))
        self.view.opened.connect(lambda document_id: self.go("invoice", id=document_id))
        self.list_key("M", _("Add mandate"), self._mandate, self.view)
        self.made_view.opened.connect(lambda _id: self._save())
        self.list_key("S", _("Save file"), self._save, self.made_view)
        self.list_key("A", _("Announce by mail"), self._announce, self.made_view)
        self.list_key("B", _("Handed to the bank"), self._sent, self.made_view)
        self.list_key("Delete", _("Cancel collection"), self._cancel, self.made_view)
        self.note = Note("warn", "", "")
        self.note.hide()
        told = row(None, 28, 8, 28, 0)
        told.addWidget(self.note)
        self.body.addLayout(told)
        self._lay_out()
        self.areas = [self.view, self.made_view]
        self._found: list[Collectable] = []

    def _lay_out(self) -> None:
        self.lists = QWidget()
        lists = column(self.lists)
        for title, view, stretch in (
            (_("To collect"), self.view, 3),
            (_("Collections"), self.made_view, 2),
        ):
            head = row(None, 28, 10, 28, 6)
            head.addWidget(Label(title, "heading"))
            lists.addLayout(head)
            lists.addWidget(view, stretch)
        self.footer = ListFooter(
            [
                ("Space", _("select")),
                ("M", _("add mandate")),
                ("S", _("save file")),
                ("A", _("announce")),
                ("B", _("handed to the bank")),
                ("Delete", _("cancel")),
            ]
        )
        lists.addWidget(self.footer)
        self.body.addWidget(self.lists, 1)
        own = Button(_("Fill in creditor ID"), "sliders-horizontal", "plain")
        own.clicked.connect(lambda: self.go("settings", section="bank"))
        whose = Button(_("Choose a customer"), "users", "primary")
        whose.clicked.connect(lambda: self.go("customers"))
        self.empty = EmptyState(
            "hand-coins",
            _("Nothing to collect"),
            _(
                "Give a customer direct debit as its payment method and a signed mandate;"
                " its open invoices then stand here."
            ),
            [own, whose],
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Read both lists."""
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after anything that shows here."""
        if changes.touches(*_TABLES):
            self._load()

    def _load(self) -> None:
        self.ops.read(self, _read, self._show, key="lists")

    def _show(self, found: tuple[list[Collectable], list[BatchRow]]) -> None:
        self._found, batches = found
        self.invoices.set_rows([_Row(each) for each in self._found])
        self.batches.set_rows(batches)
        nothing = not self._found and not batches
        if self.collect is not None:
            self.collect.allow(None if self._found else _("Nothing to collect"))
        self.lists.setVisible(not nothing)
        self.empty.setVisible(nothing)
        amount = total(each.open_amount for each in self._found)
        count = ngettext("{count} invoice", "{count} invoices", len(self._found))
        told = count.format(count=i18n.count(len(self._found)))
        self.footer.set_totals([(told, "", None), (_("Open"), amount, None)])

    def _collect(self) -> None:
        ticked = self.invoices.checked
        able = [each for each in self._found if each.standing == "holds"]
        chosen = [each for each in able if each.document_id in ticked] or able
        if chosen:
            self.ops.read(self, _days, lambda days: CollectionDialog(self, chosen, days).open())

    def _mandate(self) -> None:
        current = self.view.current_id()
        found = next((each for each in self._found if each.document_id == current), None)
        if found is not None:
            MandateDialog(self, found.customer_id, found.customer).open()

    def made(self, batches: list[int], *, announce: bool) -> None:
        """Files were made: say so, tell the customers, and offer the first to save."""
        self.invoices.set_checked([])
        text = ngettext("Collection file made", "{count} collection files made", len(batches))
        self.toast(text.format(count=i18n.count(len(batches))), undo=True)
        if announce:
            self._announce(batches)
        self._save_batch(batches[0])

    def _announce(self, batches: list[int] | None = None) -> None:
        """Mail who was not told yet what is collected."""
        current = self.made_view.current_id()
        chosen = batches or ([current] if current is not None else [])
        if chosen:
            work = partial(announcing.announce, batch_ids=chosen)
            self.ops.write(announcing.ANNOUNCE, work, done=self._announced)

    def _announced(self, done: Announced) -> None:
        if done.mails:
            text = ngettext(
                "{count} announcement in the outbox",
                "{count} announcements in the outbox",
                done.mails,
            )
            self.toast(text.format(count=i18n.count(done.mails)), undo=True)
        self.note.setVisible(bool(done.without))
        self.note.set_text(
            _("Without an e-mail address:"),
            _("tell {names} in another way.").format(names=", ".join(done.without)),
        )

    def _save(self) -> None:
        batch_id = self.made_view.current_id()
        if batch_id is not None:
            self._save_batch(batch_id)

    def _save_batch(self, batch_id: int) -> None:
        self.ops.read(self, partial(collections.file_of, batch_id=batch_id), self._save_as)

    def _save_as(self, found: tuple[str, bytes]) -> None:
        name, content = found
        path, _kind = QFileDialog.getSaveFileName(self.window(), _("Save file"), name)
        if path:
            target = Path(path)
            self.ops.task(
                self,
                "",
                lambda _progress: report_file.write_bytes(content, target),
                lambda _nothing: self.toast(_("Wrote {file}.").format(file=target.name)),
            )

    def _sent(self) -> None:
        self._move(direct_debit.SEND, direct_debit.send, _("Handed to the bank"))

    def _cancel(self) -> None:
        self._move(direct_debit.CANCEL, direct_debit.cancel, _("Collection cancelled"))

    def _move(self, name: str, function: Any, told: str) -> None:
        batch_id = self.made_view.current_id()
        if batch_id is not None:
            self.ops.write(
                name,
                partial(function, batch_id=batch_id),
                done=lambda _nothing: self.toast(told, undo=True),
            )


class _Row:
    """An invoice under the id that the table wants."""

    def __init__(self, found: Collectable) -> None:
        self.id = found.document_id
        self.found = found


@dataclass(frozen=True)
class Days:
    """When can be collected.

    Attributes:
        announced: the first day that leaves the days of notice.
        notice: days of notice.
    """

    announced: dt.date
    notice: int


def _days(session: Session) -> Days:
    first = announcing.first_day(session, clock.today())
    return Days(first, settings.read(session, announcing.NOTICE_DAYS))


def _read(session: Session) -> tuple[list[Collectable], list[BatchRow]]:
    return direct_debit.collectable(session), collections.batches(session)


def _mandate(made: _Row) -> str:
    found = made.found
    texts = {
        "": _("No mandate"),
        "unsigned": _("{reference}, not signed"),
        "expired": _("{reference}, lapsed"),
        "holds": "{reference}",
    }
    return texts[found.standing].format(reference=found.mandate)


def _due(made: _Row) -> Due | None:
    day = made.found.due_date
    return Due.of(day, clock.today()) if day else None


def _invoice_columns() -> list[Column]:
    return [
        Column("id", "", "check"),
        Column("number", _("Number"), "strong", width=130, value=lambda made: made.found.number),
        Column(
            "customer",
            _("Customer"),
            "strong",
            stretch=True,
            value=lambda made: made.found.customer,
        ),
        Column(
            "mandate",
            _("Mandate"),
            "text",
            width=190,
            value=_mandate,
            tone=lambda made: None if made.found.standing == "holds" else "danger",
        ),
        Column("due", _("Due"), "due", value=_due),
        Column("open", _("Open €"), "money", value=lambda made: made.found.open_amount),
    ]


def _told(found: BatchRow) -> str:
    if found.announced == found.invoices:
        return _("All of them")
    return _("{count} of {whole}").format(count=found.announced, whole=found.invoices)


def _batch_columns() -> list[Column]:
    return [
        Column("reference", _("Reference"), "strong", width=190, stretch=True),
        Column("collection_date", _("Collect on"), "date"),
        Column("state", _("State"), "text", width=200, value=_state),
        Column("told", _("Announced"), "text", width=120, priority=1, value=_told),
        Column("invoices", _("Invoices"), "number"),
        Column("amount", _("Amount €"), "money"),
    ]
