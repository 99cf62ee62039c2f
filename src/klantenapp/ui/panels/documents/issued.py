"""An issued document: read only, with its stored PDF, what settled it, and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.messages.attachments import Owner
from klantenapp.services.receivables import payments
from klantenapp.services.sales import drafts
from klantenapp.services.store import clock
from klantenapp.ui.contact.attachments import AttachmentsCard
from klantenapp.ui.contact.document_contact import DocumentContact
from klantenapp.ui.contact.hold_notes import KINDS, HoldNotes, chip
from klantenapp.ui.contact.holding import ask
from klantenapp.ui.contact.mail_out import save_bytes
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.documents.credit import CreditDialog
from klantenapp.ui.panels.documents.issued_more import more_menu
from klantenapp.ui.panels.documents.issued_shown import read_shown
from klantenapp.ui.panels.documents.payment import PaymentDialog
from klantenapp.ui.panels.documents.quote_acts import QuoteActs
from klantenapp.ui.panels.documents.refund import RefundDialog
from klantenapp.ui.panels.documents.related import RelatedStrip
from klantenapp.ui.panels.documents.settled_rows import (
    happened_line,
    settled_columns,
    settled_row,
    show_figures,
)
from klantenapp.ui.panels.documents.settling import SettlingBar
from klantenapp.ui.qt import clear
from klantenapp.ui.tables.columns import Due
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.chips import Chip, ChipLook, StatusChip
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.figures import Figure, FigureStrip
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.preview import PdfPreview
from klantenapp.ui.widgets.printing import print_pdfs
from klantenapp.ui.widgets.splitters import Splitter

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QMenu

    from klantenapp.services.reminders.standing import Standing
    from klantenapp.services.sales.account import Happened
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.documents.issued_shown import Shown
    from klantenapp.ui.shell import Shell

#: From this width on (at 100 % text) the title has room for another chip.
_ROOMY = 1000
_TABLES = ("document", "ledger_entry", "settlement", "message", "reminder_hold", "quote_decision")

#: Least width for the document and its PDF beside each other, at 100 %.
_BOTH = 1000


class IssuedPage(Page):
    """One issued invoice or credit note."""

    narrow_sidebar = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._id = 0
        self._shown: Shown | None = None
        self._print_wanted = self._narrow = False
        self.status = StatusChip("sent")
        self.late = Chip("", "danger", "clock-alert")
        self.header.add_chip(self.status)
        self.header.add_chip(self.late)
        self.held = Chip("", "warn")
        self.held.hide()
        self.header.add_chip(self.held)
        self.copy = self.act(_("Copy to new draft"), "", self.copy_document, "copy", "ghost")
        self.credit = self.act(_("Credit"), "", self._credit, "undo-2", "plain")
        self.mail = None
        if exists("email"):
            self.mail = self.act(_("Send by e-mail"), "", self._mail, "mail", "plain")
        self.quote = QuoteActs(self, self._quote, primary=True)
        self.refund = self.act(_("Record refund"), "", self._refund, "hand-coins", "plain")
        self.pay = self.act(_("Record payment"), "B", self._pay, "banknote", "primary")
        self.eye = IconButton("eye", _("Show or hide the PDF"))
        self.eye.clicked.connect(self._toggle_pdf)
        self.header.add_action(self.eye)
        self.more = IconButton("ellipsis", _("More for this document"))
        self.more.clicked.connect(self._offer_more)
        self.header.add_action(self.more)
        self.act(_("Print"), "Ctrl+P", self._print, "printer")
        self.act(_("Save PDF"), "Ctrl+S", self.save_pdf, "download")
        self.act(_("Show or hide the PDF"), "F9", self._toggle_pdf, "eye")
        for kind, (words, icon) in KINDS.items():
            self.act(_(words), "", partial(self._hold, kind), icon)
        self._build()

    def _build_table(self) -> None:
        self.figures = [Figure("") for _place in range(4)]
        self.model = TableModel(self.ops, settled_columns(), parent=self)
        self.table = TableView(self.model, "settled", edge=10, label=_("Payments and settlements"))
        self.table.opened.connect(self._open_other)
        self.table.picked.connect(lambda _id: self._offer_unlink())
        self.list_key("Delete", _("Unlink"), self._release, self.table)
        self.unlink = Button(_("Unlink"), "unlink", "ghost", small=True, keys="Delete")
        self.unlink.clicked.connect(self._release)
        self.unlink.hide()

    def _build(self) -> None:
        self._build_table()
        sheet = QWidget()
        sheet.setObjectName("page")
        box = column(sheet, 28, 18, 28, 18, gap=14)
        box.addWidget(FigureStrip(self.figures))
        self.related = RelatedStrip(self)
        box.addWidget(self.related)
        self.answer = Note("info", "", "")
        self.answer.hide()
        box.addWidget(self.answer)
        self.holds = HoldNotes(self)
        self.holds.changed.connect(self._show_held)
        box.addWidget(self.holds)
        self.settling = SettlingBar(self)
        box.addWidget(self.settling)
        box.addWidget(self.table)
        box.addWidget(self.unlink, 0, Qt.AlignmentFlag.AlignRight)
        self.contact = DocumentContact(self)
        box.addWidget(self.contact)
        self.files = AttachmentsCard(self)
        box.addWidget(self.files)
        box.addWidget(Label(_("History"), "heading"))
        self.history = column(gap=6)
        box.addLayout(self.history)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(sheet)
        self.preview = PdfPreview(_("PDF"), "lock")
        self.preview.hidden_by_user.connect(self._toggle_pdf)
        self.preview.add_act("download", _("Save PDF"), self.save_pdf)
        self.preview.add_act("printer", _("Print"), self._print)
        self.body.addWidget(Splitter("issued", [self.area, self.preview], [0, 440]), 1)
        self.areas = [self.table]

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, id: int = 0, *, print_copy: bool = False, **_arguments: Any) -> None:
        """Show a document by its id; `print_copy` asks for a printer at once."""
        if id != self._id:
            self._offer_nothing()
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
        quote = row_.kind == "quote"
        self.header.set_crumbs(
            [
                (_("Quotes") if quote else _("Invoices"), "quotes" if quote else "invoices", {}),
                (row_.customer, "customer", {"id": row_.customer_id}),
                (row_.number or "", "", {}),
            ]
        )
        self.status.set_status(row_.shown_status)
        self._show_due(row_)
        show_figures(self.figures, found)
        self.related.show_links(found.related)
        self._show_answer(found)
        is_quote = row_.kind == "quote"
        self.settling.setVisible(not is_quote)
        self.table.setVisible(not is_quote)
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
        self.preview.setVisible(self._has_pdf and not self._narrow)
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

    def _show_answer(self, found: Shown) -> None:
        """What the customer said to a quote."""
        self.answer.setVisible(found.answer is not None)
        if found.answer is not None:
            day, note = found.answer
            yes = found.row.status == "accepted"
            words = _("Accepted on {day}.") if yes else _("Declined on {day}.")
            self.answer.set_text(words.format(day=i18n.date(day)), note)

    def _show_history(self, found: list[Happened]) -> None:
        clear(self.history)
        for each in found[:8]:
            self.history.addWidget(happened_line(each))

    def _offer_nothing(self) -> None:
        """What can be done with a document is only known when it is read."""
        self._shown = None
        self.quote.set_visible(None)
        for button in (self.copy, self.credit, self.mail, self.refund, self.pay):
            if button is not None:
                button.hide()

    def _allow(self, found: Shown) -> None:
        """Show what can be done with this document; grey, with its reason, what cannot be now."""
        kind = found.row.kind
        is_open = bool(found.row.open_amount)
        self.quote.set_visible(found.row)
        self.quote.show_for(found.row)
        if self.pay is not None:
            self.pay.setVisible(kind == "invoice" and is_open)
        if self.refund is not None:
            self.refund.setVisible(kind == "credit_note" and is_open)
        if self.credit is not None:
            credits_it = kind == "invoice" and not found.row.is_imported
            self.credit.setVisible(credits_it and not self._narrow)
            reason = _("This invoice was credited in full.") if found.credited else None
            self.credit.allow(reason)
        if self.mail is not None:
            self.mail.setVisible(found.pdf is not None)
        if self.copy is not None:
            settled = kind == "invoice" and not is_open
            self.copy.set_kind("primary" if settled else "ghost")
            self.copy.setVisible(kind != "quote" and (settled or not self._narrow))
        self._offer_unlink()

    def _offer_unlink(self) -> None:
        found = self.table.current_row()
        self.unlink.setVisible(found is not None and found.standing)

    def _show_held(self, found: Standing) -> None:
        """The hold that says most beside the title: a broken one, else the latest."""
        broken = [one for one in found.held if one.hold.broken]
        said = (broken or list(found.held))[-1:]
        # Where there is little room, the line below says it.
        self.held.setVisible(bool(said) and self.width() >= theme().px(_ROOMY))
        for one in said:
            self.held.set_look(chip(one))

    # -- acting ----------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown | None:
        """What is on the page."""
        return self._shown

    def more_menu(self) -> QMenu:
        """What else can be done with the document."""
        return more_menu(
            self,
            self._shown,
            self.holds.standing,
            save_pdf=self.save_pdf,
            copy=self.copy_document,
            credit=self._credit if self._narrow and not self._shown_credited else None,
        )

    def _offer_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _hold(self, kind: str) -> None:
        if self._shown is not None and self._shown.row.kind == "invoice":
            ask(self, self._shown.row.customer_id or 0, kind, self._id)

    def _pay(self) -> None:
        if self._shown is not None and self._shown.row.open_amount:
            PaymentDialog(self, self._id).open()

    def _quote(self) -> DocumentRow | None:
        return self._shown.row if self._shown is not None else None

    def _refund(self) -> None:
        if self._shown is not None and self._shown.row.open_amount:
            RefundDialog(self, self._id, self._shown.row.open_amount).open()

    def _credit(self) -> None:
        CreditDialog(self, self._id).open()

    def _mail(self) -> None:
        self.go("email", document=self._id)

    def copy_document(self) -> None:
        """A new draft of today with the same content."""
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
        """The PDF beside the rest; where both do not fit, in its place."""
        shown = self.preview.isHidden()
        self.preview.setVisible(shown)
        self.area.setVisible(not (shown and self._narrow))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_BOTH)
        if narrow != self._narrow:
            self._narrow = narrow
            self.area.show()
            self.preview.setVisible(not narrow and self._has_pdf)
            if self._shown is not None:
                self._allow(self._shown)

    @property
    def _shown_credited(self) -> bool:
        """Whether there is nothing to credit here."""
        found = self._shown
        return found is None or found.credited or found.row.kind != "invoice"

    @property
    def _has_pdf(self) -> bool:
        return self._shown is not None and self._shown.pdf is not None

    def save_pdf(self) -> None:
        """Write the stored PDF to a file of the user's choice."""
        if self._shown is None or self._shown.pdf is None:
            return
        name = f"{(self._shown.row.number or '').replace('/', '-')}.pdf"
        if save_bytes(self, name, self._shown.pdf) is not None:
            self.toast(_("PDF saved"))
