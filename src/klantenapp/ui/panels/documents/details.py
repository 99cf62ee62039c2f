"""The whole text of a line: its name, and what stands below it on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import NoteInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.ui.panels.documents.line_rows import LineRow
    from klantenapp.ui.widgets.page import Page


class DetailsDialog(Dialog):
    """Description and second text of a line."""

    def __init__(
        self, page: Page, found: LineRow, done: Callable[[dict[str, Any]], object]
    ) -> None:
        super().__init__(page, _("Text of the line"))
        self._done = done
        computed = found.computed
        self.description = TextInput(limit=400)
        self.details = NoteInput(lines=6, limit=4000)
        form = Form(columns=1)
        form.add("description", _("Description"), self.description)
        form.add("details", _("Below it"), self.details)
        self.description.set_value(computed.description if computed else found.typed.description)
        self.details.set_value(computed.details if computed else found.typed.details)
        self.body.addWidget(form)
        self.set_act(_("Save"), self._save)
        self.start_at(self.details)

    def _save(self) -> None:
        self._done(
            {
                "description": self.description.value() or "",
                "details": self.details.value() or "",
            }
        )
        self.accept()
