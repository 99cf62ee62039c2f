"""Step 4: what came in, and what stayed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.ui.panels.imports.words import words
from klantenapp.ui.qt import clear
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from klantenapp.services.imports.result import ImportResult


class DoneStep(QWidget):
    """Counts, and the lines that stayed out as a file.

    Attributes:
        finished: the user goes to the list.
        save_asked: the user wants the refused lines.
    """

    finished = Signal()
    save_asked = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._box = column(self)

    def show_result(self, result: ImportResult) -> None:
        """Show what was done."""
        clear(self._box)
        own = words(self._kind)
        lines = len({each.line for each in result.refused})
        counted = [
            (_("{count} new"), result.created),
            (_("{count} updated"), result.updated),
            (_("{count} unchanged"), result.skipped),
        ]
        parts = [text.format(count=i18n.count(count)) for text, count in counted if count]
        if lines:
            parts.append(
                ngettext("{count} line stayed out", "{count} lines stayed out", lines).format(
                    count=i18n.count(lines)
                )
            )
        buttons = []
        if lines:
            save = Button(_("Save errors"), "download")
            save.clicked.connect(self.save_asked)
            buttons.append(save)
        go = Button(_("To {list}").format(list=own.list_title.lower()), "arrow-right", "primary")
        go.clicked.connect(self.finished)
        buttons.append(go)
        self._box.addWidget(
            EmptyState(
                "check",
                own.done(result.created + result.updated),
                ", ".join(parts) + ".",
                buttons,
                _("Ctrl+Z takes the whole import back in one step."),
                "ok",
            )
        )
        go.setFocus()
