"""Writing a mail: who gets it, what it says, what goes along; beside it as the customer sees it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import SenderMissing
from klantenapp.services.messages import outbox
from klantenapp.services.messages.addresses import Address
from klantenapp.ui.contact import mail_out, sending
from klantenapp.ui.contact.beginning import Wanted, begin, with_files
from klantenapp.ui.contact.mail_form import MailForm
from klantenapp.ui.contact.mail_paper import MailPaper
from klantenapp.ui.contact.sending import Queued
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import IconLabel, Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.preview import PdfPreview
from klantenapp.ui.widgets.printing import print_pdfs
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.tabs import Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.attachments import NewFile
    from klantenapp.services.messages.compose import Mail
    from klantenapp.ui.contact.beginning import Begun
    from klantenapp.ui.shell import Shell

_PREVIEW_MS = 250
#: Least width for fields and preview beside each other, at 100 %.
_BOTH = 1000


class ComposerPage(Page):
    """One mail."""

    narrow_sidebar = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._begun: Begun | None = None
        self._touched = self._listening = False
        self.set_title(_("E-mail"))
        self.act(_("Cancel"), "Esc", self._leave, "", "ghost")
        self.print = self.act(_("Print"), "Ctrl+P", self._print, "printer", "plain")
        self._add_more()
        self.send = self.act(_("Send"), "Ctrl+Return", self._send, "send", "primary")
        self.act(_("Show or hide the preview"), "F9", self._toggle, "eye")
        self.form = MailForm()
        self.form.edited.connect(self._edit)
        self.form.rewritten.connect(self._rewrite)
        self.note = Note("warn", icon="cloud-off")
        self.note.hide()
        self._build()
        self._wait = timer(self, _PREVIEW_MS, self._draw)

    def _add_more(self) -> None:
        more = IconButton("ellipsis", _("More for this mail"), framed=True)
        menu = QMenu(more)
        for words, run in (
            (_("Show or hide the preview"), self._toggle),
            (_("Show blind copy"), lambda: self.form.show_bcc(shown=True)),
            (_("Open in mail program"), self._open_elsewhere),
            (_("Save as .eml"), self._save),
            (_("Keep as draft"), self._keep_and_go),
        ):
            menu.addAction(words).triggered.connect(lambda _on=False, run=run: run())
        more.setMenu(menu)
        self.header.add_action(more)

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("page")
        box = column(sheet, 28, 16, 28, 18, gap=14)
        box.addWidget(self.note)
        box.addWidget(self.form, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(sheet)
        self.desk = QFrame()
        self.desk.setProperty("role", "desk")
        side = column(self.desk)
        head = row(None, 16, 8, 12, 8, gap=8)
        head.addWidget(IconLabel("eye", "muted"))
        head.addWidget(Label(_("As the customer sees it"), "body", "muted"), 1)
        self.which = Segments([("mail", _("E-mail")), ("pdf", _("PDF"))])
        self.which.changed.connect(self._choose_view)
        head.addWidget(self.which)
        side.addLayout(head)
        self.paper = MailPaper()
        self.pdf = PdfPreview(_("PDF"), can_hide=False)
        self.views = QStackedWidget()
        self.views.addWidget(self.paper)
        self.views.addWidget(self.pdf)
        side.addWidget(self.views, 1)
        self._area, self._narrow = area, False
        self.body.addWidget(Splitter("composer", [area, self.desk], [0, 462]), 1)
        self.areas = [area, self.desk]

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, **arguments: Any) -> None:
        """Begin a mail: `document`, `customer` or `draft`, perhaps `kind`, `values`, `files`."""
        known = set(Wanted.__dataclass_fields__)
        wanted = Wanted(**{name: value for name, value in arguments.items() if name in known})
        self._begun = None
        self.form.setEnabled(False)
        self._show_connection()
        self.ops.read(self, partial(begin, wanted=wanted), self._show, key="begin")
        postman = self.shell.postman
        if postman is not None and not self._listening:
            self._listening = True
            postman.connection.connect(self._show_connection)

    def _show(self, begun: Begun) -> None:
        self._begun = begun
        self._touched = False
        self.form.setEnabled(True)
        self.form.show_begun(begun)
        self._name(begun)
        self.which.set_visible("pdf", visible=begun.pdf is not None)
        self.which.choose("mail")
        if begun.pdf is not None:
            self.pdf.show_pdf(begun.pdf)
        if self.print is not None:
            self.print.setVisible(begun.pdf is not None)
        if begun.prepared.sender is None:
            self.form.show_failure(SenderMissing())
        self._draw()
        target = self.form.text if self.form.to.value() else self.form.to
        target.setFocus()

    def _name(self, begun: Begun) -> None:
        prepared = begun.prepared
        titles = {
            "invoice": _("Send invoice {number}"),
            "credit_note": _("Send credit note {number}"),
            "quote": _("Send quote {number}"),
        }
        about = titles.get(prepared.document_kind, _("E-mail to {customer}"))
        title = about.format(number=prepared.document_number, customer=prepared.customer)
        self.set_title(title)
        crumbs: list[tuple[str, str, dict[str, Any]]]
        if prepared.document_id is None:
            who = {"id": prepared.customer_id}
            crumbs = [(_("Customers"), "customers", {}), (prepared.customer, "customer", who)]
        else:
            quote = prepared.document_kind == "quote"
            crumbs = [
                (_("Quotes") if quote else _("Invoices"), "quotes" if quote else "invoices", {}),
                (prepared.document_number, "invoice", {"id": prepared.document_id}),
            ]
        self.header.set_crumbs([*crumbs, (_("E-mail"), "", {})])

    def _show_connection(self, _online: object = None) -> None:
        postman = self.shell.postman
        offline = postman is not None and postman.is_offline
        self.note.setVisible(offline)
        if offline:
            self.note.set_text(
                _("No internet."),
                _("This message waits in the outbox and goes by itself as soon as there is."),
            )
            self.note.set_action(_("Outbox"), lambda: self.go("outbox"))
        if self.send is not None:
            self.send.setText(_("Put in outbox") if offline else _("Send"))

    def _edit(self) -> None:
        self._touched = True
        self._wait.start()

    def _draw(self) -> None:
        if self._begun is not None:
            self.paper.show_mail(self.form.mail(self._sender()))

    def _sender(self) -> Address:
        sender = self._begun.prepared.sender if self._begun else None
        return sender or Address("", "")

    def _choose_view(self, key: str) -> None:
        self.views.setCurrentWidget(self.pdf if key == "pdf" else self.paper)

    def _toggle(self) -> None:
        """The preview beside the fields; where that does not fit, instead of them."""
        shown = self.desk.isHidden()
        self.desk.setVisible(shown)
        self._area.setVisible(not (shown and self._narrow))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_BOTH)
        if narrow != self._narrow:
            self._narrow = narrow
            self._area.show()
            self.desk.setVisible(not narrow)

    # -- another template or language ------------------------------------------------------------

    def _rewrite(self, kind: str, language: str) -> None:
        begun = self._begun
        if begun is None:
            return
        wanted = replace(begun.wanted, kind=kind, language=language, draft=None)
        wanted = replace(
            wanted,
            document=begun.prepared.document_id,
            customer=begun.prepared.customer_id,
        )

        def read() -> None:
            self.ops.read(self, partial(begin, wanted=wanted), self._show_text, key="begin")

        if not self.form.is_changed:
            read()
            return
        dialog = confirm(
            self,
            _("Replace the text?"),
            _("You changed the text. The other template or language takes its place."),
            _("Replace"),
            read,
        )
        dialog.rejected.connect(self._keep_choice)

    def _keep_choice(self) -> None:
        if self._begun is not None:
            self.form.kind.set_value(self._begun.prepared.kind)
            self.form.language.set_value(self._begun.prepared.language)

    def _show_text(self, begun: Begun) -> None:
        before = self._begun
        if before is not None:
            self._begun = replace(begun, draft=before.draft, wanted=before.wanted)
            self.form.show_begun(self._begun, keep_people=True)
            self._draw()

    # -- sending ---------------------------------------------------------------------------------

    def _ready(self) -> tuple[Mail, tuple[NewFile, ...]] | None:
        """The mail, where nothing is missing; else the problems stand at their fields."""
        begun = self._begun
        if begun is None or not self.form.finish():
            return None
        problems = self.form.problems()
        if problems:
            self._refuse(Invalid(tuple(problems)))
            return None
        if begun.prepared.sender is None:
            self._refuse(SenderMissing())
            return None
        return self.form.mail(begun.prepared.sender), self.form.files.extra()

    def _refuse(self, failure: Exception) -> None:
        rest = self.form.show_failure(failure)
        if rest:
            self.shell.banners.show_banner("compose", "danger", " ".join(rest), closable=True)

    def _send(self) -> None:
        ready = self._ready()
        begun = self._begun
        if ready is None or begun is None:
            return
        mail, new = ready

        def work(session: Session) -> int:
            whole = with_files(session, mail, new)
            return outbox.queue(session, whole, replaces=begun.wanted.draft)

        self.ops.write(outbox.QUEUE, work, partial(self._queued, begun, mail), failed=self._refuse)

    def _queued(self, begun: Begun, mail: Mail, outbox_id: int) -> None:
        self.shell.banners.hide_banner("compose")
        self._begun = None
        self.back()
        prepared = begun.prepared
        what = sending.name_of(prepared.document_kind, prepared.document_number)
        names = sending.names_of(mail.to)
        sending.tell(self.shell, Queued(outbox_id, what, names, begun.delay))

    # -- other ways ------------------------------------------------------------------------------

    def _open_elsewhere(self) -> None:
        ready = self._ready()
        if ready is None:
            return
        mail, new = ready

        def show(along: list[tuple[str, bytes]]) -> None:
            if not mail_out.open_in_program(mail, along):
                self.toast(_("Add the files there yourself: a mail program takes only words"))

        query = partial(mail_out.attachments_of, mail=mail, new=new)
        self.ops.read(self, query, show)

    def _save(self) -> None:
        ready = self._ready()
        if ready is None:
            return
        mail, new = ready

        def save(content: bytes) -> None:
            path = mail_out.save_bytes(self, f"{mail.subject}.eml", content)
            if path is not None:
                self.toast(_("Saved as {name}").format(name=path.name))

        self.ops.read(self, partial(mail_out.eml_of, mail=mail, new=new), save, self._refuse)

    def _print(self) -> None:
        if self._begun is not None and self._begun.pdf is not None:
            print_pdfs(self, [self._begun.pdf], self.title)

    # -- leaving ---------------------------------------------------------------------------------

    def _leave(self) -> None:
        """Back to where the user came from; what was written is kept as a draft."""
        if self._touched and self.form.is_changed:
            self._keep_and_go()
        else:
            self._begun = None
            self.back()

    def _keep_and_go(self) -> None:
        begun = self._begun
        if begun is None:
            return
        mail, new = self.form.mail(self._sender()), self.form.files.extra()

        def work(session: Session) -> int:
            whole = with_files(session, mail, new)
            return outbox.save_draft(session, whole, replaces=begun.wanted.draft)

        def done(_message_id: int) -> None:
            self._begun = None
            self.back()
            self.toast(_("Kept as a draft with the customer"), undo=True)

        self.ops.write(outbox.DRAFT, work, done)
