"""What only an import of old invoices asks: how credit notes are known, and who has no name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.services.imports.invoices import Choices
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import TextInput


class HistoryOptions(QWidget):
    """Two fields above the columns.

    Attributes:
        changed: the user says something else (Choices).
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.prefix = TextInput(_("For instance C"), limit=20)
        self.unknown = TextInput(_("For instance Cash sales"), limit=200)
        box = row(self, 28, 12, 28, 0, gap=12)
        box.addWidget(
            Field(
                _("Numbers of credit notes begin with"),
                self.prefix,
                _("Empty: a negative amount is a credit note."),
            ),
            1,
        )
        box.addWidget(
            Field(
                _("Customer for lines without one"),
                self.unknown,
                _("Empty: such lines are left aside."),
            ),
            1,
        )
        for editor in (self.prefix, self.unknown):
            editor.left.connect(self._say)

    def _say(self) -> None:
        self.changed.emit(Choices(self.prefix.value(), self.unknown.value()))
