"""A customer's statement of account: what is open or every movement, seen, saved and printed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.exports import report_file, statement_pdf, statement_table
from klantenapp.services.messages import attachments
from klantenapp.services.messages.attachments import NewFile
from klantenapp.services.messages.compose import Attached
from klantenapp.services.receivables.statements import Wanted
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.navigation import exists
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import SegmentInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.preview import PdfPreview
from klantenapp.ui.widgets.printing import print_pdfs
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.insights.table import ReportTable
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page

_UNFIT = '<>:"/\\|?*'


class StatementDialog(Dialog):
    """Which statement, with the page itself beside the choice."""

    def __init__(self, page: Page, found: Profile) -> None:
        super().__init__(page, _("Statement of account"), 900)
        self._page, self._own, self._found = page, found.own, found
        self._content = b""
        self.kind = SegmentInput(
            [("open_items", _("What is open")), ("movements", _("Every movement"))]
        )
        self.kind.set_value("open_items")
        self.kind.edited.connect(self._fit)
        self.form = Form(lambda *_changed: self._draw(), columns=1)
        self.form.add("kind", _("Show"), self.kind)
        self.form.add("start", _("From"), DateInput())
        self.form.add("end", _("Through"), DateInput())
        self.form.fields["end"].input.set_value(clock.today())
        left = column(gap=12)
        left.addWidget(Label(self._own.name, "bodyStrong", wrap=True))
        left.addWidget(self.form)
        self.print = Button(_("Print"), "printer")
        self.print.clicked.connect(self._print)
        left.addWidget(self.print)
        if exists("email"):
            self.mail = Button(_("E-mail"), "mail")
            self.mail.clicked.connect(self._mail)
            left.addWidget(self.mail)
        left.addStretch(1)
        self.preview = PdfPreview(_("Statement of account"), can_hide=False)
        self.preview.setFixedHeight(theme().px(470))
        both = row(gap=20)
        both.addLayout(left)
        both.addWidget(self.preview, 1)
        self.body.addLayout(both)
        self.act = self.set_act(_("Save"), self._save, "download")
        self._fit()

    def _fit(self) -> None:
        """A period belongs to movements alone."""
        moves = self.kind.value() == "movements"
        for name in ("start", "end"):
            self.form.fields[name].setVisible(moves)
        self._draw()

    def wanted(self) -> Wanted:
        """What is chosen."""
        values = self.form.values()
        if values["kind"] == "open_items":
            return Wanted("open_items", clock.today())
        return Wanted("movements", clock.today(), values["start"], values["end"])

    def _draw(self) -> None:
        query = partial(statement_pdf.pdf, customer_ids=[self._own.id], wanted=self.wanted())
        self._page.ops.read(self, query, self._show, failed=self._refused, key="statement")

    def _show(self, content: bytes) -> None:
        self._content = content
        self.preview.show_pdf(content)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _print(self) -> None:
        if self._content:
            print_pdfs(self, [self._content], _("Statement of account"))

    def _mail(self) -> None:
        """Keep the statement with the customer, and write the mail that carries it."""
        if not self._content:
            return
        new = NewFile(self._file_name(), self._content)
        customer_id = self._own.id
        overdue, owed = self._found.overdue.cents, self._found.open_amount.cents
        speaks = i18n.translator(self._found.terms.language.value)
        values = {"balance": speaks.money(owed), "overdue": speaks.money(overdue)}

        def keep(session: Session) -> Attached:
            owner = attachments.Owner("customer", customer_id)
            kept = attachments.add(session, owner, [new])[0]
            row = next(each for each in attachments.rows(session, owner) if each.id == kept)
            return Attached(row.file_id, row.name, row.media_type)

        def write(kept: Attached) -> None:
            self.accept()
            self._page.go(
                "email", customer=customer_id, kind="statement", values=values, files=(kept,)
            )

        self._page.ops.write(attachments.ADD, keep, done=write, failed=self._refused)

    def _file_name(self) -> str:
        name = "".join(" " if letter in _UNFIT else letter for letter in self._own.name)
        return _("Statement of account {name}").format(name=name) + ".pdf"

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as"), self._file_name(), "PDF (*.pdf);;Excel (*.xlsx)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the statement that is shown to a file: as PDF, or as the rows of a spreadsheet."""
        if path.suffix.lower() in {".xlsx", ".ods", ".csv"}:
            query = partial(
                statement_table.table, customer_ids=[self._own.id], wanted=self.wanted()
            )
            self._page.ops.read(self, query, partial(self._save_table, path))
            return
        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        self._write(path, partial(report_file.write_bytes, self._content, path))

    def _save_table(self, path: Path, table: ReportTable) -> None:
        self._write(path, partial(report_file.write, table, path, ""))

    def _write(self, path: Path, write: Callable[[], object]) -> None:
        def done(_nothing: None) -> None:
            self.accept()
            self._page.toast(_("{name} written").format(name=path.name))

        def work(_progress: Progress) -> None:
            write()

        self._page.ops.task(self, _("Writing…"), work, done, failed=self._refused)
