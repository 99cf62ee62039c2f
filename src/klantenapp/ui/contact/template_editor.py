"""Editing the texts of mails and letters, with a preview of real values beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Invalid, Refusal
from klantenapp.services.messages import accounts, examples, templates
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Mail
from klantenapp.services.messages.template_texts import KIND_NAMES, KINDS, NAMES, PLACEHOLDERS
from klantenapp.services.messages.templates import Text
from klantenapp.ui.contact.mail_paper import MailPaper
from klantenapp.ui.qt import timer
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column, frame, row
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import ChoiceInput, NoteInput, SegmentInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.values import Values
    from klantenapp.ui.shell import Shell

_PREVIEW_MS = 250
_WIDTH, _HEIGHT = 1000, 600
#: Part of the width, in percent, that the preview takes.
_PAPER = 44
#: Room that the window shows around the dialog, at 100 %.
_AROUND = 32
#: Qt's own largest size.
_UNBOUND = 16_777_215


@dataclass(frozen=True)
class Shown:
    """A text with values to show it with, and in whose name."""

    text: Text
    values: Values
    sender: Address


def read(session: Session, kind: str, language: str) -> Shown:
    """What the editor shows of one kind and language."""
    account = accounts.read(session)
    return Shown(
        templates.read(session, kind, language),
        examples.example(session, kind, language),
        Address(account.name, account.address),
    )


class TemplatesDialog(Dialog):
    """One text at a time; each is kept by leaving it for another, or with the button.

    Args:
        kind: shown first; that of one policy of reminding is offered besides the others.
        policy: its name.
    """

    def __init__(self, shell: Shell, kind: str = KINDS[0], policy: str = "") -> None:
        super().__init__(shell.window, _("Texts of mails and letters"), _WIDTH)
        self._shell = shell
        self._shown: Shown | None = None
        self._place = (kind, "nl")
        options = [(each, _(KIND_NAMES[each])) for each in KINDS]
        if kind not in KINDS:
            name = _(KIND_NAMES[templates.base(kind)])
            options.insert(0, (kind, f"{name} ({policy})" if policy else name))
        self.kind = ChoiceInput(options)
        self.kind.set_value(kind)
        self.language = SegmentInput([("nl", "Nederlands"), ("en", "English")])
        self.language.set_value("nl")
        self.subject = TextInput(limit=templates.SUBJECT_LIMIT)
        self.text = NoteInput(lines=17, limit=templates.BODY_LIMIT)
        self.subject_field = Field(_("Subject"), self.subject)
        self.text_field = Field(_("Text"), self.text)
        self.paper = MailPaper()
        self._lay_out(shell)
        self._wait = timer(self, _PREVIEW_MS, self._draw)
        for editor in (self.subject, self.text):
            editor.edited.connect(self._wait.start)
        self.kind.left.connect(self._choose)
        self.language.left.connect(self._choose)
        self.set_act(_("Keep text"), self._keep)
        self.cancel.setText(_("Close"))
        self._load()

    def _lay_out(self, shell: Shell) -> None:
        both = row(gap=20)
        left = column(gap=12)
        bar = row(gap=10)
        bar.addWidget(self.kind, 1)
        bar.addWidget(self.language)
        left.addLayout(bar)
        left.addWidget(self.subject_field)
        # Takes all the height that there is, instead of the lines of a field in a form.
        self.text.setMaximumHeight(_UNBOUND)
        self.text_field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        left.addWidget(self.text_field, 1)
        below = row(gap=8)
        self.insert = Button(_("Insert field"), kind="link", small=True)
        self.insert.clicked.connect(self._offer_fields)
        self.reset = Button(_("Back to the standard text"), kind="link", small=True)
        self.reset.clicked.connect(self._reset)
        below.addWidget(self.insert)
        below.addStretch(1)
        below.addWidget(self.reset)
        left.addLayout(below)
        holder = QWidget()
        holder.setLayout(left)
        both.addWidget(holder, 1)
        desk = frame("desk")
        room = shell.window.size() - QSize(theme().px(_AROUND), theme().px(_AROUND))
        width = min(theme().px(_WIDTH), room.width())
        self.setFixedWidth(width)
        self.setMinimumHeight(min(theme().px(_HEIGHT), room.height()))
        desk.setFixedWidth(width * _PAPER // 100)
        column(desk, 0, 16, 0, 0).addWidget(self.paper)
        both.addWidget(desk)
        self.body.addLayout(both)

    # -- showing ---------------------------------------------------------------------------------

    def _load(self) -> None:
        kind, language = self._place
        query = partial(read, kind=kind, language=language)
        self._shell.ops.read(self, query, self._show, key="template")

    def _show(self, found: Shown) -> None:
        self._shown = found
        self.subject.set_value(found.text.subject)
        self.text.set_value(found.text.body)
        self._draw()

    def typed(self) -> Text:
        """The text as it stands."""
        return Text(self.subject.text().strip(), self.text.toPlainText().strip())

    def _draw(self) -> None:
        """The text with values; what is wrong with it stands at its field."""
        shown = self._shown
        if shown is None:
            return
        for field in (self.subject_field, self.text_field):
            field.set_error(None)
        problems = tuple(templates.problems(self._place[0], self.typed()))
        if problems:
            self._tell(Invalid(problems))
            return
        values = {name: value or f"{{{name}}}" for name, value in shown.values.items()}
        filled = templates.fill(self.typed(), values)
        mail = Mail(
            sender=shown.sender,
            to=(Address(shown.values.get("contact") or "", ""),),
            subject=filled.subject,
            body=filled.body,
            payment=shown.values.get("payment") or "",
        )
        self.paper.show_mail(mail)

    def _tell(self, failure: Exception) -> None:
        problems = failure.problems if isinstance(failure, Invalid) else ((None, failure),)
        fields = {"subject": self.subject_field, "body": self.text_field}
        for name, problem in problems:
            at = name or (problem.field if isinstance(problem, Refusal) else None) or "body"
            fields.get(at, self.text_field).set_error(sentence(problem))

    # -- acting ----------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Another text; the one before is kept when it can be."""
        place = (self.kind.value() or KINDS[0], self.language.value() or "nl")

        def go(_none: None) -> None:
            self._place = place
            self._load()

        self._write(go, self._stay)

    def _stay(self, failure: Exception) -> None:
        self.kind.set_value(self._place[0])
        self.language.set_value(self._place[1])
        self._tell(failure)

    def _keep(self) -> None:
        def kept(_none: None) -> None:
            self._shell.toasts.show(_("Text kept"), undo=True)
            self._load()

        self._write(kept, self._tell)

    def _write(self, done: Callable[[None], None], failed: Callable[[Exception], None]) -> None:
        shown = self._shown
        if shown is None or self.typed() == shown.text:
            done(None)
            return
        kind, language = self._place
        work = partial(templates.write, kind=kind, language=language, text=self.typed())
        self._shell.ops.write(templates.CHANGE, work, done, failed)

    def _reset(self) -> None:
        text = templates.default(*self._place)
        self.subject.set_value(text.subject)
        self.text.set_value(text.body)
        self._draw()

    def _offer_fields(self) -> None:
        menu = QMenu(self)
        for name in PLACEHOLDERS[templates.base(self._place[0])]:
            act = menu.addAction(f"{_(NAMES[name])}  {{{name}}}")
            act.triggered.connect(partial(self._insert, name))
        menu.popup(self.insert.mapToGlobal(self.insert.rect().bottomLeft()))

    def _insert(self, name: str) -> None:
        self.text.insertPlainText(f"{{{name}}}")
        self.text.setFocus()
