"""The fields of a mail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Invalid, Refusal
from klantenapp.services.errors.messages import PlaceholderEmpty, PlaceholderUnknown
from klantenapp.services.messages import templates
from klantenapp.services.messages.compose import Mail
from klantenapp.services.messages.template_texts import KIND_NAMES, NAMES, PLACEHOLDERS
from klantenapp.services.messages.templates import Piece
from klantenapp.ui.contact.body_editor import BodyEditor
from klantenapp.ui.contact.file_choices import FileChoices
from klantenapp.ui.contact.recipients import RecipientInput
from klantenapp.ui.contact.sizes import size_words
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.chips import Chip
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.flow import Flow
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from klantenapp.services.messages.addresses import Address
    from klantenapp.services.messages.drafting import Candidate
    from klantenapp.ui.contact.beginning import Begun

#: Kind of document -> templates that make sense for it.
_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "invoice": ("invoice", "invoice_again"),
    "credit_note": ("credit_note",),
    "quote": ("quote",),
    "": ("free",),
}


def receives_words(receives: str) -> str:
    """What a contact gets, beside the name."""
    return {
        "invoices": _("invoices"),
        "reminders": _("reminders"),
        "quotes": _("quotes"),
        "all": _("everything"),
    }.get(receives, "")


class MailForm(QWidget):
    """Receivers, template, subject, text, files.

    Attributes:
        edited: something changed.
        rewritten: another template or language is asked for (kind, language).
    """

    edited = Signal()
    rewritten = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._begun: Begun | None = None
        self._fresh: tuple[str, str] = ("", "")
        self._ticks: list[tuple[CheckInput, Candidate]] = []
        self.to = RecipientInput(_("To"), _("Choose a contact or type an address"))
        self.people = Flow(14, 4)
        self.cc = RecipientInput(_("Copy to"), _("Choose a contact or type an address"))
        self.bcc = RecipientInput(_("Blind copy"), _("Nobody else sees this address"))
        self.kind = ChoiceInput()
        self.language = SegmentInput([("nl", "Nederlands"), ("en", "English")])
        self.subject = TextInput(limit=templates.SUBJECT_LIMIT)
        self.text = BodyEditor(_("Message"))
        self.text.setMinimumHeight(theme().px(200))
        self.files = FileChoices()
        self.sum = Label("", "label", "subtle", wrap=True)
        self.insert = Button(_("Insert field"), kind="link", small=True)
        self.errors: dict[str, Label] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(6))
        grid.setColumnMinimumWidth(0, theme().px(80))
        grid.setColumnStretch(1, 1)
        choice = QWidget()
        bar = row(choice, gap=12)
        bar.addWidget(self.kind, 1)
        bar.addWidget(Label(_("Language"), "label", "muted"))
        bar.addWidget(self.language)
        below = QWidget()
        line = row(below)
        self.caption = Label(_("Tinted words are filled in by themselves"), "label", "subtle")
        line.addWidget(self.caption, 1)
        line.addWidget(self.insert)
        self._line(grid, _("To"), self.to, "to", self.people)
        self._line(grid, _("Copy to"), self.cc, "cc")
        self.bcc_label = self._line(grid, _("Blind copy"), self.bcc, "bcc")
        self._line(grid, _("Template"), choice, "kind")
        self._line(grid, _("Subject"), self.subject, "subject")
        self._line(grid, _("Message"), self.text, "body", below)
        self._line(grid, _("Files"), self.files, "files", self.sum)
        self.show_bcc(shown=False)

    def _line(
        self,
        grid: QGridLayout,
        words: str,
        editor: QWidget,
        name: str,
        below: QWidget | None = None,
    ) -> Label:
        label = Label(words, "label", "muted")
        label.setBuddy(editor)
        label.setMinimumHeight(theme().px(32))
        at = grid.rowCount()
        grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        box = column(holder, gap=5)
        box.addWidget(editor)
        error = Label("", "label", "danger", wrap=True)
        error.hide()
        box.addWidget(error)
        if below is not None:
            box.addWidget(below)
        self.errors[name] = error
        grid.addWidget(holder, at, 1)
        grid.setRowStretch(at, 1 if name == "body" else 0)
        return label

    def _connect(self) -> None:
        for editor in (self.to, self.cc, self.bcc, self.subject, self.text, self.files):
            editor.edited.connect(self._change)
        self.to.edited.connect(self._tick)
        for name, field in (("to", self.to), ("cc", self.cc), ("bcc", self.bcc)):
            field.refused.connect(partial(self._show_error, name))
        self.files.refused.connect(partial(self._show_error, "files"))
        self.kind.left.connect(self._rewrite)
        self.language.left.connect(self._rewrite)
        self.insert.clicked.connect(self._offer_fields)

    # -- content ---------------------------------------------------------------------------------

    def show_begun(self, begun: Begun, *, keep_people: bool = False) -> None:
        """Show what to start with; `keep_people` leaves receivers and files as they are."""
        self._begun = begun
        prepared, draft = begun.prepared, begun.draft
        kinds = dict.fromkeys((*_KINDS[prepared.document_kind], prepared.kind))
        self.kind.set_options([(kind, _(KIND_NAMES[kind])) for kind in kinds])
        self.kind.set_value(prepared.kind)
        self.language.set_value(prepared.language)
        self.caption.setText(
            _("Tinted words come from the document")
            if prepared.document_kind
            else _("Tinted words are filled in by themselves")
        )
        if not keep_people:
            self._show_people(begun)
            self.files.show_files(prepared.files)
        self.clear_errors()
        if draft is not None and not keep_people:
            self.subject.set_value(draft.subject)
            self.text.set_value(draft.body)
        else:
            self._fill(begun)
        self._fresh = (self.subject.text(), self.text.value())
        self._say_sum()

    def _show_people(self, begun: Begun) -> None:
        prepared, draft = begun.prepared, begun.draft
        known = [one.address for one in prepared.candidates]
        chosen = [one.address for one in prepared.candidates if one.chosen]
        self.to.set_value(draft.to if draft else chosen)
        self.cc.set_value(draft.cc if draft else ())
        self.bcc.set_value(draft.bcc if draft else ())
        self.show_bcc(shown=bool(draft and draft.bcc))
        for field in (self.to, self.cc, self.bcc):
            field.offer(known)
        self.people.clear()
        self._ticks = []
        for one in prepared.candidates[:4]:
            tick = CheckInput(one.address.shown)
            tick.clicked.connect(partial(self._choose, tick, one.address))
            self.people.add(self._person(tick, one))
            self._ticks.append((tick, one))
        self.people.setVisible(bool(self._ticks))
        self._tick()

    def _person(self, tick: CheckInput, one: Candidate) -> QWidget:
        """A tick with what this contact gets, kept together."""
        holder = QWidget()
        box = row(holder, gap=8)
        box.addWidget(tick)
        words = one.role or receives_words(one.receives)
        if words:
            box.addWidget(Chip(words))
        return holder

    def _fill(self, begun: Begun) -> None:
        """The template with its values; what is not known stays in braces, in red below."""
        prepared = begun.prepared
        values = dict(prepared.values)
        for name in templates.missing(prepared.template, values):
            values[name] = f"{{{name}}}"
        try:
            subject = templates.pieces(prepared.template.subject, values)
            body = templates.pieces(prepared.template.body, values)
        except PlaceholderUnknown as failure:
            subject, body = (Piece(prepared.template.subject),), (Piece(prepared.template.body),)
            self._show_error("body", sentence(failure))
        self.subject.set_value("".join(piece.text for piece in subject))
        self.text.show_pieces(body)

    def mail(self, sender: Address) -> Mail:
        """The mail as it stands, without the files from the disk."""
        begun = self._begun
        if begun is None:
            raise LookupError
        body = self.text.value()
        payment = begun.prepared.values.get("payment") or ""
        draft = begun.draft
        return Mail(
            sender=sender,
            to=self.to.value(),
            cc=self.cc.value(),
            bcc=self.bcc.value(),
            subject=self.subject.text().strip(),
            body=body,
            payment=payment if payment and payment in body else "",
            files=self.files.chosen(),
            in_reply_to=draft.in_reply_to if draft else None,
            customer_id=begun.prepared.customer_id,
            document_id=begun.prepared.document_id,
            kind=draft.kind if draft else "email",
        )

    @property
    def is_changed(self) -> bool:
        """Whether subject or text are other than they were shown."""
        return self._fresh != (self.subject.text(), self.text.value())

    def finish(self) -> bool:
        """Take what is still being typed as address; False where it is none."""
        return all(field.finish() for field in (self.to, self.cc, self.bcc))

    def show_bcc(self, *, shown: bool) -> None:
        """Show or hide the blind copy."""
        holder = self.bcc.parentWidget()
        if holder is not None:
            holder.setVisible(shown)
        self.bcc_label.setVisible(shown)

    # -- problems --------------------------------------------------------------------------------

    def problems(self) -> list[tuple[str, Refusal]]:
        """Fields of the template that are still in braces."""
        begun = self._begun
        if begun is None:
            return []
        missing = templates.missing(templates.Text(self.subject.text(), self.text.value()), {})
        known = PLACEHOLDERS[begun.prepared.kind]
        return [("body", PlaceholderEmpty(name)) for name in missing if name in known]

    def show_failure(self, failure: Exception) -> list[str]:
        """Show each problem at its field; returns the sentences of those that have none."""
        self.clear_errors()
        found = failure.problems if isinstance(failure, Invalid) else ((None, failure),)
        rest = []
        for name, problem in found:
            at = name or (problem.field if isinstance(problem, Refusal) else None)
            if at in self.errors:
                self._show_error(at, sentence(problem))
            else:
                rest.append(sentence(problem))
        return rest

    def clear_errors(self) -> None:
        """Take every error away."""
        for name in self.errors:
            self._show_error(name, "")

    def _show_error(self, name: str, text: str) -> None:
        label = self.errors[name]
        label.setText(text)
        label.setVisible(bool(text))
        editors: dict[str, Any] = {
            "to": self.to,
            "cc": self.cc,
            "bcc": self.bcc,
            "subject": self.subject,
        }
        editors["body"] = self.text
        if name in editors:
            editors[name].set_error(text or None)

    # -- inside ----------------------------------------------------------------------------------

    def _change(self) -> None:
        self._say_sum()
        self.edited.emit()

    def _say_sum(self) -> None:
        begun = self._begun
        if begun is None:
            return
        size = size_words(self.files.total())
        words = (
            _("Together {size}. After sending you can stop it for {seconds} seconds.")
            if begun.delay
            else _("Together {size}.")
        )
        together = words.format(size=size, seconds=begun.delay)
        kept = _("The message is kept with the customer.")
        self.sum.setText(f"{together} {kept}")

    def _choose(self, tick: CheckInput, address: Address) -> None:
        if tick.value():
            self.to.add(address)
        else:
            self.to.take(address)

    def _tick(self) -> None:
        there = {one.email.lower() for one in self.to.value()}
        for tick, one in self._ticks:
            tick.set_value(one.address.email.lower() in there)

    def _rewrite(self) -> None:
        self.rewritten.emit(self.kind.value() or "", self.language.value() or "nl")

    def _offer_fields(self) -> None:
        begun = self._begun
        if begun is None:
            return
        menu = QMenu(self)
        for name in PLACEHOLDERS[begun.prepared.kind]:
            value = begun.prepared.values.get(name)
            if value:
                shown = value.split("\n", 1)[0]
                act = menu.addAction(f"{_(NAMES[name])}: {shown}")
                act.triggered.connect(partial(self.text.insert_field, name, value))
        menu.popup(self.insert.mapToGlobal(self.insert.rect().bottomLeft()))
