"""An issued document: read only, with its stored PDF, what settled it, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.document import Document
from klantenapp.sentences.speak import operation_label
from klantenapp.services.messages.attachments import Owner
from klantenapp.services.receivables import payments
from klantenapp.services.sales import account, documents, drafts
from klantenapp.services.store import clock, files
from klantenapp.ui.contact.attachments import AttachmentsCard
from klantenapp.ui.contact.document_contact import DocumentContact
from klantenapp.ui.contact.hold_notes import KINDS, HoldNotes, chip
from klantenapp.ui.contact.holding import ask
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.documents.credit import CreditDialog
from klantenapp.ui.panels.documents.issued_more import more_menu
from klantenapp.ui.panels.documents.payment import PaymentDialog
from klantenapp.ui.panels.documents.settled_rows import settled_columns, settled_row
from klantenapp.ui.panels.documents.settling import SettlingBar
from klantenapp.ui.qt import clear
from klantenapp.ui.tables.columns import Due
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.chips import Chip, ChipLook, StatusChip
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.figures import Figure, FigureStrip
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.preview import PdfPreview
from klantenapp.ui.widgets.printing import print_pdfs
from klantenapp.ui.widgets.splitters import Splitter

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.standing import Standing
    from klantenapp.services.sales.account import Happened, Settled
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_TABLES = ("document", "ledger_entry", "settlement", "message", "reminder_hold", "quote_decision")


@dataclass(frozen=True)
class Shown:
    """Everything on the page."""

    row: DocumentRow
    settled: list[Settled]
    happened: list[Happened]
    pdf: bytes | None
    issued_at: dt.datetime | None
    refers_to: tuple[int, str] | None
    credited: bool


def read_shown(session: Session, document_id: int) -> Shown:
    """One read for the whole page."""
    document = session.get_one(Document, document_id)
    original = None
    if document.refers_to_id is not None:
        number = session.get_one(Document, document.refers_to_id).number
        original = (document.refers_to_id, number or "")
    pdf = None
    if document.pdf_id is not None:
        pdf = files.content(session, document.pdf_id)
    found = documents.row(session, document_id, clock.today())
    return Shown(
        found,
        account.settlements(session, document_id),
        account.operations_on(session, document_id),
        pdf,
        document.issued_at,
        original,
        found.status == "credited",
    )


class IssuedPage(Page):
    """One issued invoice or credit note."""

    narrow_sidebar = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._id = 0
        self._shown: Shown | None = None
        self._print_wanted = False
        self.status = StatusChip("sent")
        self.late = Chip("", "danger", "clock-alert")
        self.header.add_chip(self.status)
        self.header.add_chip(self.late)
        self.held = Chip("", "warn")
        self.held.hide()
        self.header.add_chip(self.held)
        self.copy = self.act(_("Copy to new draft"), "", self._copy, "copy", "ghost")
        self.credit = self.act(_("Credit"), "", self._credit, "undo-2", "plain")
        self.mail = None
        if exists("email"):
            self.mail = self.act(_("Send by e-mail"), "", self._mail, "mail", "plain")
        self.pay = self.act(_("Record payment"), "B", self._pay, "banknote", "primary")
        self.more = IconButton("ellipsis", _("More for this document"))
        self.more.clicked.connect(self._offer_more)
        self.header.add_action(self.more)
        self.act(_("Print"), "Ctrl+P", self._print, "printer")
        self.act(_("Show or hide the PDF"), "F9", self._toggle_pdf, "eye")
        for kind, (words, icon) in KINDS.items():
            self.act(_(words), "", partial(self._hold, kind), icon)
        self._build()

    def _build(self) -> None:
        self.figures = [
            Figure(_("Total")),
            Figure(_("Settled")),
            Figure(_("Open")),
            Figure(_("Due on")),
        ]
        self.model = TableModel(self.ops, settled_columns(), parent=self)
        self.table = TableView(self.model, "settled", edge=10, label=_("Payments and settlements"))
        self.table.opened.connect(self._open_other)
        self.list_key("Delete", _("Unlink"), self._release, self.table)
        sheet = QWidget()
        sheet.setObjectName("page")
        box = column(sheet, 28, 18, 28, 18, gap=14)
        box.addWidget(FigureStrip(self.figures))
        self.origin = Label("", "body", "muted")
        box.addWidget(self.origin)
        self.holds = HoldNotes(self)
        self.holds.changed.connect(self._show_held)
        box.addWidget(self.holds)
        self.settling = SettlingBar(self)
        box.addWidget(self.settling)
        box.addWidget(self.table)
        self.contact = DocumentContact(self)
        box.addWidget(self.contact)
        self.files = AttachmentsCard(self)
        box.addWidget(self.files)
        box.addWidget(Label(_("History"), "heading"))
        self.history = column(gap=6)
        box.addLayout(self.history)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        self.preview = PdfPreview(_("PDF"), "lock")
        self.body.addWidget(Splitter("issued", [area, self.preview], [0, 440]), 1)
        self.areas = [self.table]

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, id: int = 0, *, print_copy: bool = False, **_arguments: Any) -> None:
        """Show a document by its id; `print_copy` asks for a printer at once."""
        self._id = id
        self._print_wanted = print_copy
        self.contact.show_document(id)
        self.files.show_owner(Owner("document", id))
        self.holds.show_invoice(id)
        self._load()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after a payment, a credit, a message."""
        self.contact.refresh(changes)
        self.files.refresh(changes)
        self.holds.refresh(changes)
        if self._id and changes.touches(*_TABLES):
            self._load()

    def _load(self) -> None:
        self.ops.read(self, partial(read_shown, document_id=self._id), self._show, key="document")
        self.settling.show_document(self._id)

    def _show(self, found: Shown) -> None:
        self._shown = found
        row_ = found.row
        titles = {"invoice": _("Invoice {number}"), "credit_note": _("Credit note {number}")}
        self.set_title(titles.get(row_.kind, _("Quote {number}")).format(number=row_.number))
        self.header.set_crumbs(
            [
                (_("Invoices"), "invoices", {}),
                (row_.customer, "customer", {"id": row_.customer_id}),
                (row_.number or "", "", {}),
            ]
        )
        self.status.set_status(row_.shown_status)
        self._show_due(row_)
        self._show_figures(row_)
        self.origin.setVisible(found.refers_to is not None)
        if found.refers_to is not None:
            self.origin.setText(_("Credits invoice {number}.").format(number=found.refers_to[1]))
        self.model.set_rows([settled_row(each, row_) for each in found.settled])
        height = self.table.horizontalHeader().sizeHint().height() + 4
        self.table.setFixedHeight(height + theme().size("row") * max(1, len(found.settled)))
        self._show_history(found.happened)
        if found.pdf is not None and found.issued_at is not None:
            moment = found.issued_at.astimezone()
            self.preview.set_title(
                _("PDF of {day}, {time}").format(
                    day=i18n.date(moment.date()), time=moment.strftime("%H:%M")
                )
            )
            self.preview.show_pdf(found.pdf)
        self.preview.setVisible(found.pdf is not None)
        self._allow(found)
        if self._print_wanted:
            self._print_wanted = False
            QTimer.singleShot(0, self, self._print)

    def _show_due(self, found: DocumentRow) -> None:
        late = found.days is not None and found.days < 0 and found.kind == "invoice"
        self.late.setVisible(late and found.status != "overdue")
        if late and found.due_date is not None:
            words = Due.of(found.due_date, clock.today()).text
            self.late.set_look(ChipLook(words, "danger", "clock-alert"))

    def _show_figures(self, found: DocumentRow) -> None:
        settled = found.total - found.open_amount
        late = found.status == "overdue"
        self.figures[0].set(i18n.money(found.total.cents))
        self.figures[1].set(i18n.money(settled.cents), "", "ok" if settled else None)
        self.figures[2].set(i18n.money(found.open_amount.cents), "", "danger" if late else None)
        self.figures[3].set(i18n.date(found.due_date) if found.due_date else "–")

    def _show_history(self, found: list[Happened]) -> None:
        clear(self.history)
        for each in found[:8]:
            moment = each.at.astimezone()
            line = row(gap=12)
            when = f"{i18n.date(moment.date())[:5]}, {moment.strftime('%H:%M')}"
            line.addWidget(Label(when, "body", "muted"))
            line.addWidget(Label(operation_label(each.operation), "body"))
            line.addStretch(1)
            holder = QWidget()
            holder.setLayout(line)
            self.history.addWidget(holder)

    def _allow(self, found: Shown) -> None:
        """Grey what cannot be done, with its reason."""
        invoice = found.row.kind == "invoice"
        is_open = bool(found.row.open_amount) and invoice
        if self.pay is not None:
            self.pay.setVisible(invoice)
            self.pay.allow(None if is_open else _("Nothing is open."))
        if self.credit is not None:
            self.credit.setVisible(invoice and not found.row.is_imported)
            reason = _("This invoice was credited in full.") if found.credited else None
            self.credit.allow(reason)
        if self.mail is not None:
            self.mail.setVisible(found.pdf is not None)

    def _show_held(self, found: Standing) -> None:
        """The hold that says most beside the title: a broken one, else the latest."""
        broken = [one for one in found.held if one.hold.broken]
        said = (broken or list(found.held))[-1:]
        self.held.setVisible(bool(said))
        for one in said:
            self.held.set_look(chip(one))

    # -- acting ----------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown | None:
        """What is on the page."""
        return self._shown

    def _offer_more(self) -> None:
        menu = more_menu(self, self.holds.standing)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _hold(self, kind: str) -> None:
        if self._shown is not None and self._shown.row.kind == "invoice":
            ask(self, self._shown.row.customer_id or 0, kind, self._id)

    def _pay(self) -> None:
        if self._shown is not None and self._shown.row.open_amount:
            PaymentDialog(self, self._id).open()

    def _credit(self) -> None:
        CreditDialog(self, self._id).open()

    def _mail(self) -> None:
        self.go("email", document=self._id)

    def _copy(self) -> None:
        self.ops.write(
            drafts.COPY,
            partial(drafts.copy, document_id=self._id),
            done=lambda new: self.go("draft", id=new),
        )

    def _release(self) -> None:
        found = self.table.current_row()
        if found is None or not found.standing:
            return
        self.ops.write(
            payments.RELEASE,
            partial(payments.release, settlement_id=found.id),
            done=lambda _none: self.toast(_("Unlinked; the amount is open again")),
        )

    def _open_other(self, _row: int) -> None:
        found = self.table.current_row()
        if found is not None and found.document_id not in {None, self._id}:
            self.go("invoice", id=found.document_id)

    def _print(self) -> None:
        if self._shown is not None and self._shown.pdf is not None:
            print_pdfs(self, [self._shown.pdf], self.title)

    def _toggle_pdf(self) -> None:
        self.preview.setVisible(not self.preview.isVisible())

    def save_pdf(self) -> None:
        """Write the stored PDF to a file of the user's choice."""
        if self._shown is None or self._shown.pdf is None:
            return
        name = f"{(self._shown.row.number or '').replace('/', '-')}.pdf"
        chosen, _filter = QFileDialog.getSaveFileName(
            self.window(), _("Save PDF"), name, "PDF (*.pdf)"
        )
        if chosen:
            content = self._shown.pdf
            self.ops.task(
                self,
                "",
                lambda _progress: Path(chosen).write_bytes(content),
                lambda _size: self.toast(_("PDF saved")),
            )
