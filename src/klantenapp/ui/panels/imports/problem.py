"""What is in the way of an import, with the answers to it as buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.imports import (
    DatesAmbiguous,
    DecimalsAmbiguous,
    DecimalsMixed,
    SeparatorAmbiguous,
)
from klantenapp.services.imports.numerals import Decimals
from klantenapp.ui.panels.imports.words import told
from klantenapp.ui.qt import clear
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.imports.reading import Stated


class ProblemNote(QWidget):
    """A note above the columns.

    Attributes:
        answered: the user says how the file is to be read (Stated).
    """

    answered = Signal(object)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        box = column(self, 28, 12, 28, 0, gap=8)
        self.note = Note("warn")
        box.addWidget(self.note)
        self._answers = row(gap=8)
        box.addLayout(self._answers)
        self.hide()

    def show_problem(self, problem: Refusal | None, stated: Stated) -> None:
        """Show what is wrong; None hides the note."""
        clear(self._answers)
        self.setVisible(problem is not None)
        if problem is None:
            return
        parts = [each for _field, each in problem.problems] if isinstance(problem, Invalid) else []
        parts = parts or [problem]
        self.note.set_text("", " ".join(told(self._kind, each) for each in parts))
        for words, values in answers(parts[0]):
            button = Button(words, small=True)
            button.clicked.connect(
                lambda _checked=False, values=values: self.answered.emit(replace(stated, **values))
            )
            self._answers.addWidget(button)
        self._answers.addStretch(1)


def first(problem: Refusal) -> Refusal:
    """The first of several problems."""
    return problem.problems[0][1] if isinstance(problem, Invalid) else problem


def answers(problem: Refusal) -> list[tuple[str, dict[str, Any]]]:
    """What the user can say to a problem: (words, what to state)."""
    if isinstance(problem, DecimalsAmbiguous | DecimalsMixed):
        return [
            (_("Comma: 1.234,56"), {"decimals": Decimals.COMMA}),
            (_("Point: 1,234.56"), {"decimals": Decimals.POINT}),
        ]
    if isinstance(problem, DatesAmbiguous):
        return [
            (_pattern(pattern), {"date_pattern": pattern})
            for pattern in (problem.first, problem.second)
        ]
    if isinstance(problem, SeparatorAmbiguous):
        return [
            (
                _("Divided by {sign}").format(sign="Tab" if sign == "\t" else sign),
                {"separator": sign},
            )
            for sign in (problem.first, problem.second)
        ]
    return []


def _pattern(pattern: str) -> str:
    """A strptime pattern in words: "%d-%m-%Y" is day-month-year."""
    parts = {
        "%d": _("day"),
        "%m": _("month"),
        "%b": _("month"),
        "%Y": _("year"),
        "%y": _("year"),
    }
    for sign, words in parts.items():
        pattern = pattern.replace(sign, words)
    return pattern
