"""Other words for one letter; the next one has the usual text again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.messages import templates, values
from klantenapp.services.messages.templates import Text
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import NoteInput, TextInput
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.worklist import Row
    from klantenapp.ui.widgets.page import Page


def read_text(session: Session, found: Row) -> Text:
    """The usual text of its policy in the customer's language."""
    kind = templates.of_policy(found.step.kind, found.policy_id)
    return templates.read(session, kind, values.language_of(session, found.debtor.id))


class TextDialog(Dialog):
    """Subject and text of one letter, with their placeholders."""

    def __init__(
        self,
        page: Page,
        found: Row,
        text: Text | None,
        keep: Callable[[Text | None], object],
    ) -> None:
        super().__init__(page, _("Text of this letter"), 680)
        self._kind = found.step.kind
        self._keep = keep
        self.say(_("Words between braces are filled in. Other letters keep their text."))
        self.subject = TextInput(limit=templates.SUBJECT_LIMIT)
        self.text = NoteInput(lines=16, limit=templates.BODY_LIMIT)
        self.body.addWidget(self.subject)
        self.body.addWidget(self.text)
        self.note = Note("danger", "", "")
        self.note.hide()
        self.body.addWidget(self.note)
        back = Button(_("Usual text"), "rotate-ccw", "ghost")
        back.clicked.connect(self._usual)
        self.add_left(back)
        self.set_act(_("Use this text"), self._use, "check")
        if text is not None:
            self._fill(text)
        else:
            query = partial(read_text, found=found)
            page.ops.read(self, query, self._fill)
        self.open()

    def _fill(self, text: Text) -> None:
        self.subject.set_value(text.subject)
        self.text.set_value(text.body)

    def _usual(self) -> None:
        self._keep(None)
        self.accept()

    def _use(self) -> None:
        text = Text(self.subject.value() or "", self.text.value() or "")
        wrong = [problem for _field, problem in templates.problems(self._kind, text)]
        if wrong:
            self.note.set_text(sentence(wrong[0]))
            self.note.show()
            return
        self._keep(text)
        self.accept()
