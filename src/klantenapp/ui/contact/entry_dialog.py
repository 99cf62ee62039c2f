"""Recording a call or a meeting, and changing what was written down."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.messages import notes, timeline
from klantenapp.services.messages.notes import Edit, NewEntry
from klantenapp.services.store import clock
from klantenapp.ui.contact.file_choices import FileChoices
from klantenapp.ui.forms.form import Form
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, NoteInput, SegmentInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from klantenapp.services.messages.notes import Direction
    from klantenapp.services.messages.timeline import Entry
    from klantenapp.ui.widgets.page import Page


class EntryDialog(Dialog):
    """A call, a meeting or a note.

    Args:
        page: the page around it.
        title: what it is.
        invoices: that it can be about: (id, number).
        act: verb on the button.
    """

    def __init__(
        self, page: Page, title: str, invoices: Sequence[tuple[int, str]], act: str
    ) -> None:
        super().__init__(page, title, 560)
        self.form = Form(columns=2)
        self.kind = SegmentInput(
            [
                ("call", _("Phone call")),
                ("meeting", _("Meeting")),
                ("letter", _("Letter")),
                ("note", _("Note")),
            ]
        )
        self.way = ChoiceInput([("out", _("Sent")), ("in", _("Received")), ("none", "–")])
        self.direction = ChoiceInput(
            [("out", _("I called")), ("in", _("The customer called")), ("none", "–")]
        )
        self.person = TextInput(_("Who did you speak to?"), limit=notes.PERSON_LIMIT)
        self.day = DateInput()
        self.time = TextInput("14:20", limit=5)
        self.text = NoteInput(_("What was said or agreed?"), lines=5, limit=notes.LIMIT)
        self.follow_up = DateInput()
        self.invoice = ChoiceInput([(None, _("No invoice")), *invoices])
        self.invoice.set_value(None)
        self.form.add("kind", _("Kind"), self.kind, row=0, span=2)
        self.form.add("direction", _("Direction"), self.direction, row=1)
        self.form.add("way", _("Direction"), self.way, row=1)
        self.form.add("person", _("Person"), self.person, row=1, column=1)
        self.form.add("at", _("Date"), self.day, row=2)
        self.form.add("time", _("Time"), self.time, row=2, column=1)
        self.form.add("text", _("Summary"), self.text, row=3, span=2)
        self.form.add("follow_up_on", _("Come back to it on"), self.follow_up, row=4)
        self.form.add("document", _("About invoice"), self.invoice, row=4, column=1)
        self.body.addWidget(self.form)
        self.kind.edited.connect(self._fit)
        self.set_act(act, self._run)
        self.start_at(self.person)

    def _fit(self) -> None:
        """Only calls and letters have a direction; a note has nobody."""
        kind = self.kind.value()
        self.form.fields["direction"].setVisible(kind == "call")
        self.form.fields["way"].setVisible(kind == "letter")
        self.form.fields["person"].setVisible(kind != "note")
        self.adjustSize()

    def chosen_direction(self) -> Direction:
        """Which way it went."""
        editors = {"call": self.direction, "letter": self.way}
        editor = editors.get(self.kind.value() or "")
        return (editor.value() or "none") if editor is not None else "none"

    def moment(self) -> dt.datetime | None:
        """Day and time; None where the time cannot be read."""
        day = self.day.value() or clock.today()
        try:
            time = dt.time.fromisoformat((self.time.value() or "12:00").replace(".", ":").zfill(5))
        except ValueError:
            self.form.fields["time"].set_error(_("Write the time like 14:20."))
            return None
        return dt.datetime.combine(day, time).astimezone()

    def show_moment(self, at: dt.datetime) -> None:
        """Show day and time."""
        local = at.astimezone()
        self.day.set_value(local.date())
        self.time.set_value(f"{local:%H:%M}")

    def _run(self) -> None:
        raise NotImplementedError

    def refuse(self, failure: Exception) -> None:
        """Show what is wrong at its field."""
        self.form.show_failure(failure)


class RecordDialog(EntryDialog):
    """A new call or meeting with a customer."""

    def __init__(
        self,
        page: Page,
        customer_id: int,
        invoices: Sequence[tuple[int, str]],
        done: Callable[[], object],
    ) -> None:
        super().__init__(page, _("Record a conversation"), invoices, _("Record"))
        self._page, self._customer_id, self._done = page, customer_id, done
        self.kind.set_value("call")
        self.direction.set_value("out")
        self.way.set_value("out")
        self.files = FileChoices()
        self.files.refused.connect(lambda words: self.form.fields["text"].set_error(words))
        self.body.addWidget(self.files)
        self.show_moment(clock.now())
        self._fit()

    @override
    def _run(self) -> None:
        at = self.moment()
        if at is None:
            return
        kind = self.kind.value() or "call"
        entry = NewEntry(
            kind,  # type: ignore[arg-type] # one of the segments
            self.text.value() or "",
            direction=self.chosen_direction(),
            person=self.person.value() if kind != "note" else None,
            at=at,
            follow_up_on=self.follow_up.value(),
            document_id=self.invoice.value(),
            files=self.files.extra(),
        )

        def kept(_message_id: int) -> None:
            self.accept()
            self._done()

        work = partial(notes.add, customer_id=self._customer_id, entry=entry)
        self._page.ops.write(notes.ADD[kind], work, kept, self.refuse)


class ChangeDialog(EntryDialog):
    """A call, meeting or note that is there, with its earlier texts."""

    def __init__(
        self,
        page: Page,
        entry: Entry,
        invoices: Sequence[tuple[int, str]],
        earlier: Sequence[tuple[dt.datetime, str]],
    ) -> None:
        super().__init__(page, _("Change"), invoices, _("Keep changes"))
        self._page, self._entry = page, entry
        self.kind.set_value(entry.kind)
        self.direction.set_value(entry.direction)
        self.way.set_value(entry.direction)
        self.person.set_value(entry.person)
        self.show_moment(entry.key.at)
        self.text.set_value(entry.text)
        self.follow_up.set_value(entry.follow_up_on)
        self.invoice.set_value(entry.document_id)
        for at, text in earlier[:3]:
            day = i18n.date(at.astimezone().date())
            words = _("Until {day}: {text}").format(day=day, text=text.replace("\n", " ")[:160])
            label = Label(words, "caption", "subtle", wrap=True)
            label.setMaximumHeight(theme().px(34))
            self.body.addWidget(label)
        self._fit()
        self.start_at(self.text)

    @override
    def _run(self) -> None:
        at = self.moment()
        if at is None:
            return
        kind = self.kind.value() or self._entry.kind
        values = {
            "kind": kind,
            "text": self.text.value() or "",
            "direction": self.chosen_direction(),
            "person": self.person.value() if kind != "note" else None,
            "at": at,
            "document_id": self.invoice.value(),
        }
        if self.follow_up.value() != self._entry.follow_up_on:
            values["follow_up_on"] = self.follow_up.value()

        def kept(_none: object) -> None:
            self.accept()
            self._page.toast(_("Changed"), undo=True)

        work = partial(notes.change, message_id=self._entry.id, edit=Edit(values))
        self._page.ops.write(notes.CHANGE, work, kept, self.refuse)


def offer_change(page: Page, entry: Entry, invoices: Sequence[tuple[int, str]]) -> None:
    """Read the whole text and open the dialog."""

    def show(found: tuple[Entry, list[tuple[dt.datetime, str]]]) -> None:
        ChangeDialog(page, found[0], invoices, found[1]).open()

    page.ops.read(
        page,
        lambda session: (
            timeline.entry(session, entry.id),
            timeline.revisions(session, entry.id),
        ),
        show,
    )


def record_about(page: Page, customer_id: int, document_id: int) -> None:
    """Record a conversation about an invoice."""

    def show(invoices: list[tuple[int, str]]) -> None:
        said = partial(page.toast, _("Conversation recorded"), undo=True)
        dialog = RecordDialog(page, customer_id, invoices, said)
        dialog.invoice.set_value(document_id)
        dialog.open()

    page.ops.read(page, partial(timeline.documents, customer_id=customer_id), show, key="about")
