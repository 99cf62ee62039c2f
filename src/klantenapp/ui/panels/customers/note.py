"""Writing something down about a customer: a note, a call, a meeting, with a day to come back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.services.messages import notes
from klantenapp.services.messages.notes import NewEntry
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, NoteInput, SegmentInput, TextInput
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from klantenapp.services.messages.notes import Kind
    from klantenapp.ui.widgets.page import Page


class NoteDialog(Dialog):
    """Kind, text, person and follow-up of one entry."""

    def __init__(self, page: Page, customer_id: int, name: str) -> None:
        super().__init__(page, _("Write down"))
        self._page = page
        self._id = customer_id
        self.say(name, None)
        self.kind = SegmentInput(
            [("note", _("Note")), ("call", _("Phone call")), ("meeting", _("Meeting"))]
        )
        self.text = NoteInput(lines=5)
        self.person = TextInput()
        self.direction = ChoiceInput([("out", _("I called")), ("in", _("They called"))])
        self.form = Form(columns=2)
        self.form.add("kind", _("Kind"), self.kind, row=0, span=2)
        self.form.add("text", _("What was said, or is to be remembered"), self.text, row=1, span=2)
        self.form.add("person", _("With whom"), self.person, row=2)
        self.form.add("direction", _("Who called"), self.direction, row=2, column=1)
        self.form.add("follow_up_on", _("Come back to it on"), DateInput(), row=3)
        self.body.addWidget(self.form)
        self.kind.set_value("note")
        self.direction.set_value("out")
        self.kind.edited.connect(self._fit)
        self.set_act(_("Save"), self._save, "check")
        self.start_at(self.text)
        self._fit()

    def _fit(self) -> None:
        """A note has no person and no caller."""
        kind = self.kind.value()
        self.form.fields["person"].setVisible(kind != "note")
        self.form.fields["direction"].setVisible(kind == "call")
        self.adjustSize()

    def _save(self) -> None:
        values: dict[str, Any] = self.form.values()
        kind: Kind = values["kind"] or "note"
        entry = NewEntry(
            kind,
            values["text"] or "",
            values["direction"] if kind == "call" else "none",
            values["person"] if kind != "note" else None,
            follow_up_on=values["follow_up_on"],
        )
        self._page.ops.write(
            notes.ADD[kind],
            partial(notes.add, customer_id=self._id, entry=entry),
            done=self._saved,
            failed=self._refused,
        )

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _saved(self, _message: int) -> None:
        self.accept()
        self._page.toast(_("Written down"), undo=True)
