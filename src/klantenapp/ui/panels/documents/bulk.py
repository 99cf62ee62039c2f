"""The bar over ticked invoices: what can be done with them, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import ZERO, total
from klantenapp.services.sales import bulk_files, documents
from klantenapp.services.store import clock
from klantenapp.ui.panels.documents.bulk_send import BulkSend
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.printing import ask_printer, paint_pdfs

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page


#: Least width for every button, at 100 %.
_ALL = 860
#: Documents that are looked at in one query.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Chosen:
    """What is ticked.

    Attributes:
        issued: how many have a PDF of their own.
    """

    ids: tuple[int, ...]
    amount: Money
    issued: int
    open: int


def read_chosen(session: Session, ids: list[int]) -> Chosen:
    """Sums over the ticked documents, however many there are."""
    amount, numbered, unsettled = ZERO, 0, 0
    for start in range(0, len(ids), _AT_ONCE):
        rows = documents.list_rows(session, ids[start : start + _AT_ONCE], clock.today())
        amount += total(row.open_amount if row.status != "draft" else row.total for row in rows)
        numbered += sum(row.number is not None and not row.is_imported for row in rows)
        unsettled += sum(bool(row.open_amount) and row.kind == "invoice" for row in rows)
    return Chosen(tuple(ids), amount, numbered, unsettled)


class BulkBar(QFrame):
    """Shown while rows are ticked; what does not fit the choice is grey with its reason.

    Args:
        chosen: ids of what is ticked, else of the current row.

    Attributes:
        paying, cleared: the user wants to mark what is ticked as paid, or to tick nothing.
    """

    paying = Signal()
    cleared = Signal()

    def __init__(self, page: Page, chosen: Callable[[], list[int]]) -> None:
        super().__init__()
        self.setProperty("role", "bulk")
        self._page, self._chosen = page, chosen
        box = row(self, 16, 8, 8, 8)
        self._count = Label("", "bodyStrong")
        self._amount = Label("", "body", "muted")
        box.addWidget(self._count)
        box.addSpacing(8)
        box.addWidget(self._amount)
        box.addStretch(1)
        self.pay = Button(_("Mark as paid"), "banknote", keys="B")
        self.pay.clicked.connect(self.paying)
        self.send = Button(_("Send"), "send", keys="S")
        self.send.clicked.connect(self.send_all)
        self.save = Button(_("Save PDFs"), "download")
        self.save.clicked.connect(self.save_all)
        self.print = Button(_("Print"), "printer")
        self.print.clicked.connect(self.print_all)
        close = IconButton("x", _("Clear selection"))
        close.clicked.connect(self.cleared)
        self.more = IconButton("ellipsis", _("More for what is selected"), framed=True)
        self.more.clicked.connect(self._offer)
        self.more.hide()
        for widget in (self.pay, self.send, self.save, self.print, self.more, close):
            box.addWidget(widget)
        self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_ALL)
        self.more.setVisible(narrow)
        for button in (self.save, self.print):
            button.setVisible(not narrow)

    def _offer(self) -> None:
        """What does not fit in the bar."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for button, run in ((self.save, self.save_all), (self.print, self.print_all)):
            act = menu.addAction(button.text())
            act.setEnabled(button.isEnabled())
            act.setToolTip(button.toolTip())
            act.triggered.connect(lambda _on=False, run=run: run())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def height_if_shown(self) -> int:
        """Height that the bar takes now."""
        parent = self.parentWidget()
        shown = parent is not None and self.isVisibleTo(parent)
        return self.sizeHint().height() if shown else 0

    def show_for(self, ids: list[int]) -> None:
        """Show what is ticked; nothing hides the bar."""
        self.setVisible(bool(ids))
        if not ids:
            return
        text = ngettext("{count} selected", "{count} selected", len(ids))
        self._count.setText(text.format(count=len(ids)))
        self._page.ops.read(
            self, lambda session: read_chosen(session, ids), self._show, key="chosen"
        )

    def _show(self, chosen: Chosen) -> None:
        self._amount.setText(i18n.money(chosen.amount.cents))
        number = len(chosen.ids)
        settled = number - chosen.open
        reason = ngettext(
            "{settled} of {number} has nothing open",
            "{settled} of {number} have nothing open",
            settled,
        ).format(settled=settled, number=number)
        self.pay.allow(reason if settled else None)
        without = number - chosen.issued
        reason = ngettext(
            "{without} of {number} has no PDF: it is a draft or was imported",
            "{without} of {number} have no PDF: they are drafts or were imported",
            without,
        ).format(without=without, number=number)
        self.save.allow(reason if without else None)
        self.print.allow(reason if without else None)

    def send_all(self) -> None:
        """Mail what is chosen; drafts become final first, which is asked."""
        ids = self._chosen()
        if not ids:
            return

        def ask(chosen: Chosen) -> None:
            number = len(chosen.ids)
            drafts = number - chosen.issued
            words = ngettext(
                "{drafts} draft gets its number and does not change after that.",
                "{drafts} drafts get their numbers and do not change after that.",
                drafts,
            ).format(drafts=drafts)
            title = ngettext("Send {count} document?", "Send {count} documents?", number)
            confirm(
                self,
                title.format(count=number),
                (words + " " if drafts else "") + _("Each goes to the customer's own contacts."),
                _("Send"),
                lambda: BulkSend(self._page, ids, self.cleared.emit),
                icon="send",
            )

        self._page.ops.read(self, lambda session: read_chosen(session, ids), ask, key="send")

    def save_all(self) -> None:
        """Write the stored PDFs into a folder; can be stopped on the way."""
        ids = self._chosen()
        folder = ids and QFileDialog.getExistingDirectory(self.window(), _("Save PDFs"))
        if not folder:
            return

        def work(session: Session, progress: Progress) -> int:
            return bulk_files.save(session, ids, Path(folder), progress)

        def done(count: int) -> None:
            text = ngettext("{count} PDF saved", "{count} PDFs saved", count)
            self._page.toast(text.format(count=count))

        self._page.ops.long_read(self, _("Save PDFs"), work, done)

    def print_all(self) -> None:
        """Print the stored PDFs as one job; painted beside the window, can be stopped."""
        ids = self._chosen()
        printer = ask_printer(self, _("Invoices")) if ids else None
        if printer is None:
            return

        def work(session: Session, progress: Progress) -> int:
            found = bulk_files.papers(session, ids, progress)
            return paint_pdfs(printer, (paper.content for paper in found))

        def done(count: int) -> None:
            text = ngettext("{count} page printed", "{count} pages printed", count)
            self._page.toast(text.format(count=count))

        self._page.ops.long_read(self, _("Print"), work, done)
