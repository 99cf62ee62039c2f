"""Mail of which no customer was recognised: read, put with a customer, or removed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.customers import listing
from klantenapp.services.messages import notes, timeline, unassigned
from klantenapp.services.store import clock
from klantenapp.ui.contact.mail_viewer import MailDialog
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.picker import Option, SearchPicker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.timeline import Entry
    from klantenapp.ui.widgets.page import Page

_SHOWN = 8


def customers(session: Session, text: str) -> list[Option]:
    """The first customers that match, as they are offered."""
    today = clock.today()
    ids = listing.list_ids(session, listing.Filter(text=text), ("name", False), today)[:_SHOWN]
    rows = {row.id: row for row in listing.list_rows(session, ids, today)}
    found = [rows[customer_id] for customer_id in ids]
    return [Option(row.id, row.name, row.city or row.number) for row in found]


def _day(entry: Entry) -> str:
    return i18n.date(entry.key.at.astimezone().date())


class UnassignedDialog(Dialog):
    """The list, and whose the current mail is."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Mail without a customer"), 760)
        self._page = page
        self.say(_("Nobody was recognised in these mails. Choose the customer of each."))
        columns = [
            Column("person", _("Sender or recipient"), "strong", width=220, stretch=True),
            Column("subject", _("Subject"), "text", width=280, stretch=True),
            Column("at", _("Date"), "muted", width=110, value=_day),
        ]
        self.model = TableModel(page.ops, columns, parent=self)
        self.view = TableView(self.model, edge=10, label=_("Mail without a customer"))
        self.view.setMinimumHeight(theme().px(250))
        self.view.opened.connect(self._read)
        self.view.picked.connect(lambda _id: self._offer())
        self.body.addWidget(self.view)
        self.picker = SearchPicker(self._find, _("Search by name, place, number or e-mail"))
        self.picker.picked.connect(lambda _option: self._offer())
        self.field = Field(_("Customer"), self.picker)
        self.body.addWidget(self.field)
        self.cancel.setText(_("Close"))
        self.act = self.set_act(_("Put with customer"), self._assign, "user-check")
        self.read = Button(_("Read"), "mail", "ghost")
        self.read.clicked.connect(lambda: self._read(self.view.current_id()))
        self.remove = Button(_("Remove"), "trash-2", "ghost")
        self.remove.clicked.connect(self._remove)
        self.add_left(self.remove)
        self.add_left(self.read)
        self.start_at(self.picker)
        self._load()

    def _find(self, text: str, show: Callable[[Sequence[Option]], None]) -> None:
        self._page.ops.read(self, partial(customers, text=text), show, key="find")

    def _load(self) -> None:
        self._page.ops.read(self, unassigned.rows, self._show, key="mails")

    def _show(self, entries: list[Entry]) -> None:
        if not entries:
            self.accept()
            return
        line = max(0, self.view.currentIndex().row())
        self.model.set_rows(entries)
        self.view.select_id(entries[min(line, len(entries) - 1)].id)
        self._offer()

    def _offer(self) -> None:
        chosen = self.view.current_id() is not None and self.picker.value() is not None
        self.act.allow(None if chosen else _("Choose a customer first."))

    # -- acting ----------------------------------------------------------------------------------

    def _read(self, message_id: int | None) -> None:
        def show(entry: Entry) -> None:
            MailDialog(self._page, entry).open()

        if message_id is not None:
            query = partial(timeline.entry, message_id=message_id)
            self._page.ops.read(self, query, show, key="entry")

    def _assign(self) -> None:
        """Put the current mail there; the choice stays for the next one."""
        message_id, customer_id = self.view.current_id(), self.picker.value()
        if message_id is None or customer_id is None:
            return

        def done(_none: None) -> None:
            words = _("Mail put with {name}").format(name=self.picker.text())
            self._page.toast(words, undo=True)
            self._load()

        work = partial(notes.assign, message_id=message_id, customer_id=customer_id)
        self._page.ops.write(notes.ASSIGN, work, done)

    def _remove(self) -> None:
        message_id = self.view.current_id()
        if message_id is None:
            return

        def done(_none: None) -> None:
            self._page.toast(_("Mail removed"), undo=True)
            self._load()

        self._page.ops.write(notes.REMOVE, partial(notes.remove, message_id=message_id), done)
