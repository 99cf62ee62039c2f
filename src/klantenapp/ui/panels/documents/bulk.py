"""The bar over ticked invoices: what can be done with them, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import total
from klantenapp.services.sales import documents, issuing
from klantenapp.services.store import clock, files
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.printing import print_pdfs

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.ui.widgets.page import Page


@dataclass(frozen=True)
class Chosen:
    """What is ticked."""

    ids: tuple[int, ...]
    amount: Money
    issued: int
    open: int


def read_chosen(session: Session, ids: list[int]) -> Chosen:
    """Sums over the ticked documents."""
    rows = documents.list_rows(session, ids, clock.today())
    return Chosen(
        tuple(ids),
        total(row.open_amount if row.status != "draft" else row.total for row in rows),
        sum(row.number is not None for row in rows),
        sum(bool(row.open_amount) and row.kind == "invoice" for row in rows),
    )


def read_pdfs(session: Session, ids: list[int]) -> list[tuple[str, bytes]]:
    """Number and stored PDF of each document."""
    return [
        (
            documents.row(session, document_id, clock.today()).number or "",
            files.content(session, issuing.pdf_of(session, document_id)),
        )
        for document_id in ids
    ]


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
        self.save = Button(_("Save PDFs"), "download")
        self.save.clicked.connect(self.save_all)
        self.print = Button(_("Print"), "printer")
        self.print.clicked.connect(self.print_all)
        close = IconButton("x", _("Clear selection"))
        close.clicked.connect(self.cleared)
        for widget in (self.pay, self.save, self.print, close):
            box.addWidget(widget)
        self.hide()

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
        drafts = number - chosen.issued
        reason = ngettext(
            "{drafts} of {number} is still a draft",
            "{drafts} of {number} are still drafts",
            drafts,
        ).format(drafts=drafts, number=number)
        self.save.allow(reason if drafts else None)
        self.print.allow(reason if drafts else None)

    def save_all(self) -> None:
        """Write the stored PDFs into a folder."""
        self._with_pdfs(self._save)

    def print_all(self) -> None:
        """Print the stored PDFs as one job."""
        self._with_pdfs(self._print)

    def _with_pdfs(self, done: Callable[[list[tuple[str, bytes]]], Any]) -> None:
        ids = self._chosen()
        if ids:
            self._page.ops.read(self, lambda session: read_pdfs(session, ids), done)

    def _save(self, found: list[tuple[str, bytes]]) -> None:
        folder = QFileDialog.getExistingDirectory(self.window(), _("Save PDFs"))
        if not folder:
            return

        def work(progress: Callable[[int, int], None]) -> int:
            for place, (number, content) in enumerate(found):
                progress(place, len(found))
                (Path(folder) / f"{number.replace('/', '-')}.pdf").write_bytes(content)
            return len(found)

        def done(count: int) -> None:
            text = ngettext("{count} PDF saved", "{count} PDFs saved", count)
            self._page.toast(text.format(count=count))

        self._page.ops.task(self, _("Save PDFs"), work, done)

    def _print(self, found: list[tuple[str, bytes]]) -> None:
        print_pdfs(self, [content for _number, content in found], _("Invoices"))
