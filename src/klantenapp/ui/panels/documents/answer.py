"""The customer's answer to a quote: the day, and what was said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.services.sales import quotes
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import NoteInput
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.ui.widgets.page import Page


class AnswerDialog(Dialog):
    """Accepted or declined; can be undone."""

    def __init__(self, page: Page, found: DocumentRow, *, accepted: bool) -> None:
        title = _("Quote {number} accepted") if accepted else _("Quote {number} declined")
        super().__init__(page, title.format(number=found.number))
        self._page, self._id, self._accepted = page, found.id, accepted
        self.say(found.customer)
        self.date = DateInput()
        self.date.set_value(clock.today())
        self.note = NoteInput(lines=3, limit=2000)
        self.form = Form(columns=1)
        self.form.add("date", _("Date"), self.date)
        self.form.add("note", _("Note"), self.note)
        self.body.addWidget(self.form)
        act = _("Accept") if accepted else _("Decline")
        self.set_act(act, self._save, "check" if accepted else "x")

    def _save(self) -> None:
        run = quotes.accept if self._accepted else quotes.decline
        work = partial(run, document_id=self._id, date=self.date.value(), note=self.note.value())
        operation = quotes.ACCEPT if self._accepted else quotes.DECLINE
        self._page.ops.write(operation, work, done=self._saved, failed=self._refused)

    def _saved(self, _none: None) -> None:
        self.accept()
        self._page.toast(_("Answer saved"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
