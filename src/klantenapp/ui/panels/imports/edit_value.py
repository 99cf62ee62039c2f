"""Changing one value of a line here; the file stays as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.imports import trial as trials
from klantenapp.ui.panels.imports.words import field_title
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import TextInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.imports.result import RefusedLine
    from klantenapp.services.imports.trial import Asked, Trial
    from klantenapp.ui.widgets.page import Page


class EditValueDialog(Dialog):
    """Asks for another value.

    Args:
        page: gives reads.
        asked, trial: the file as it is.
        refused: which line and field.
        done: called with line, field and what was typed.
    """

    def __init__(
        self,
        page: Page,
        asked: Asked,
        trial: Trial,
        refused: RefusedLine,
        done: Callable[[int, str, str], object],
    ) -> None:
        title = _("Line {line}").format(line=refused.line)
        super().__init__(page, title, 460)
        self._refused, self._done = refused, done
        self.say(sentence(refused.failure))
        self.value = TextInput(limit=1000)
        self.body.addWidget(Field(field_title(asked.kind, refused.field), self.value))
        self.say(_("This changes only what comes in; the file stays as it is."))
        self.set_act(_("Change"), self._change)
        self.start_at(self.value)
        read = partial(
            trials.cell_text, asked=asked, trial=trial, line=refused.line, field=refused.field or ""
        )
        page.ops.read(self, lambda _session: read(), self._show)

    def _show(self, text: str) -> None:
        if self.value.value() is None:
            self.value.set_value(text)
            self.value.selectAll()

    def _change(self) -> None:
        self.accept()
        self._done(self._refused.line, self._refused.field or "", self.value.text().strip())
