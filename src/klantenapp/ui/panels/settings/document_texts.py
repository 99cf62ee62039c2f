"""The user's own text above and below the lines, per kind of document and language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.services.sales import standard_texts
from klantenapp.services.sales.standard_texts import Texts
from klantenapp.services.store import settings
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import NoteInput, SegmentInput

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from klantenapp.ui.shell import Shell

_LIMIT = 2000


class DocumentTextsDialog(Dialog):
    """Edits the texts of every kind and language; saved together, can be undone."""

    def __init__(self, parent: QWidget, shell: Shell) -> None:
        super().__init__(parent, _("Texts on documents"), 620)
        self._shell = shell
        self._texts: dict[tuple[str, str], Texts] = {}
        self._at = ("invoice", "nl")
        self.say(_("They stand on every document that says nothing else at that place."))
        self.kind = SegmentInput(
            [
                ("invoice", _("Invoice")),
                ("credit_note", _("Credit note")),
                ("quote", _("Quote")),
            ]
        )
        self.language = SegmentInput([("nl", "Nederlands"), ("en", "English")])
        choice = row(gap=12)
        choice.addWidget(self.kind)
        choice.addStretch(1)
        choice.addWidget(self.language)
        self.body.addLayout(choice)
        self.intro = NoteInput(lines=4, limit=_LIMIT)
        self.closing = NoteInput(lines=4, limit=_LIMIT)
        self.body.addWidget(Field(_("Text above the lines"), self.intro))
        self.body.addWidget(Field(_("Text below the lines"), self.closing))
        self.kind.set_value("invoice")
        self.language.set_value("nl")
        for input_ in (self.kind, self.language):
            input_.edited.connect(self._turn)
        self.set_act(_("Save"), self._save)
        self.start_at(self.intro)
        shell.ops.read(self, standard_texts.read_all, self._show)

    def _show(self, found: dict[tuple[str, str], Texts]) -> None:
        self._texts = found
        self._fill()

    def _fill(self) -> None:
        texts = self._texts.get(self._at, Texts())
        self.intro.set_value(texts.intro)
        self.closing.set_value(texts.closing)

    def _keep(self) -> None:
        """Remember what stands in the fields."""
        self._texts[self._at] = Texts(self.intro.value() or "", self.closing.value() or "")

    def _turn(self) -> None:
        self._keep()
        self._at = (self.kind.value() or "invoice", self.language.value() or "nl")
        self._fill()

    def _save(self) -> None:
        self._keep()
        work = partial(standard_texts.write, texts=self._texts)
        self._shell.ops.write(settings.CHANGE, work, done=self._saved)

    def _saved(self, _none: None) -> None:
        self.accept()
        self._shell.toasts.show(_("Texts saved"), undo=True)
