"""Statements of account of many customers at once: which, over what, as a file or by mail."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.exports import report_file, statement_mail, statement_pdf, statement_table
from klantenapp.services.receivables import statements
from klantenapp.services.receivables.statements import Wanted
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import SegmentInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.exports.statement_mail import Queued
    from klantenapp.services.insights.table import ReportTable
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page


class StatementsDialog(Dialog):
    """One statement per customer."""

    def __init__(self, page: Page, customer_ids: Sequence[int]) -> None:
        super().__init__(page, _("Statements of account"), 560)
        self._page, self._chosen = page, list(customer_ids)
        self._who = self.say("")
        self.kind = SegmentInput(
            [("open_items", _("What is open")), ("movements", _("Every movement"))]
        )
        self.kind.set_value("open_items")
        self.kind.edited.connect(self._fit)
        self.body.addWidget(self.kind)
        self.form = Form(columns=2)
        self.form.add("start", _("From"), DateInput(), row=0, column=0)
        self.form.add("end", _("Through"), DateInput(), row=0, column=1)
        self.form.fields["end"].input.set_value(clock.today())
        self.body.addWidget(self.form)
        self.note = Note("warn", "", "")
        self.note.hide()
        self.body.addWidget(self.note)
        self.save = Button(_("Save"), "download")
        self.save.clicked.connect(self._save)
        self.add_left(self.save)
        self.set_act(_("Put mails in the outbox"), self._mail, "mail")
        self._fit()
        if self._chosen:
            self._tell(self._chosen)
        else:
            query = partial(statements.with_balance, as_of=clock.today())
            page.ops.read(self, query, self._tell)

    def _tell(self, found: list[int]) -> None:
        """Say of how many; nobody chosen is everybody with a balance."""
        everybody = not self._chosen
        self._chosen = found
        text = (
            ngettext(
                "{count} customer with a balance", "{count} customers with a balance", len(found)
            )
            if everybody
            else ngettext("{count} chosen customer", "{count} chosen customers", len(found))
        )
        self._who.setText(text.format(count=i18n.count(len(found))))

    def _fit(self) -> None:
        """A period belongs to movements alone."""
        self.form.setVisible(self.kind.value() == "movements")
        self.adjustSize()

    def wanted(self) -> Wanted:
        """What is chosen."""
        if self.kind.value() == "open_items":
            return Wanted("open_items", clock.today())
        values = self.form.values()
        return Wanted("movements", clock.today(), values["start"], values["end"])

    def _mail(self) -> None:
        work = partial(statement_mail.queue, customer_ids=self._chosen, wanted=self.wanted())
        self._page.ops.write(statement_mail.MAIL, work, done=self._mailed)

    def _mailed(self, done: Queued) -> None:
        text = ngettext("{count} mail in the outbox", "{count} mails in the outbox", done.mails)
        if done.mails:
            self._page.toast(text.format(count=i18n.count(done.mails)), undo=True)
        if not done.without:
            self.accept()
            return
        self.note.set_text(_("Without an e-mail address:"), ", ".join(done.without))
        self.note.show()
        self.adjustSize()

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Save as"),
            _("Statements of account") + ".pdf",
            "PDF (*.pdf);;Excel (*.xlsx);;OpenDocument (*.ods);;CSV (*.csv)",
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write every statement to one file, of the kind that its name says."""
        ids, wanted = self._chosen, self.wanted()
        is_table = path.suffix.lower() in {".xlsx", ".ods", ".csv"}
        path = path if is_table or path.suffix.lower() == ".pdf" else Path(f"{path}.pdf")

        def query(session: Session) -> ReportTable | bytes:
            if is_table:
                return statement_table.table(session, ids, wanted)
            return statement_pdf.pdf(session, ids, wanted)

        def write(found: ReportTable | bytes) -> None:
            self._page.ops.task(self, _("Writing…"), partial(work, found), done)

        def work(found: ReportTable | bytes, _progress: Progress) -> None:
            if isinstance(found, bytes):
                report_file.write_bytes(found, path)
            else:
                report_file.write(found, path, "")

        def done(_nothing: None) -> None:
            self.accept()
            self._page.toast(_("{name} written").format(name=path.name))

        self._page.ops.read(self, query, write)
