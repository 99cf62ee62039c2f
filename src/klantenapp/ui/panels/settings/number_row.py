"""How the documents of one kind are numbered: the pattern, and where it began."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.sales import numbering
from klantenapp.services.store import clock
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import TextInput
from klantenapp.ui.widgets.value_inputs import IntInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.ui.shell import Shell
    from klantenapp.ui.widgets.labels import Label


@dataclass(frozen=True)
class Numbered:
    """How a kind is numbered now.

    Attributes:
        upcoming: the next number.
        first: the number it begins with; None once one was given out.
    """

    pattern: str
    upcoming: str
    first: int | None


def read_numbered(session: Session, kind: str) -> Numbered:
    """How a kind is numbered now."""
    today = clock.today()
    return Numbered(
        numbering.series_of(session, kind).pattern,
        numbering.preview(session, kind, today),
        numbering.first_of(session, kind, today),
    )


class NumberRow(QWidget):
    """The pattern, with what it gives while it is typed, and the first number until one is used.

    Attributes:
        saved: something was changed.
        meaning: the label that says the next number.
    """

    saved = Signal()

    def __init__(self, shell: Shell, kind: str) -> None:
        super().__init__()
        self._shell, self._kind = shell, kind
        self._shown: Numbered | None = None
        self.meaning: Label | None = None
        box = row(self, gap=8)
        self.first = IntInput(suffix=_("first"))
        self.first.setFixedWidth(theme().px(110))
        self.first.setAccessibleName(_("First number"))
        self.first.setToolTip(_("The number that the first one gets; until one is given out."))
        self.first.left.connect(self._save_first)
        box.addWidget(self.first)
        self.pattern = TextInput(limit=40)
        self.pattern.setFixedWidth(theme().px(190))
        self.pattern.setAccessibleName(_("Pattern"))
        self.pattern.edited.connect(self._preview)
        self.pattern.left.connect(self._save_pattern)
        box.addWidget(self.pattern)

    def show_numbered(self, found: Numbered, *, shared: bool = False) -> None:
        """Show how the kind is numbered; a shared series is changed at the invoices."""
        self._shown = found
        self.pattern.set_value(found.pattern)
        self.pattern.set_error(None)
        self.pattern.setEnabled(not shared)
        self.first.setVisible(found.first is not None and not shared)
        self.first.set_value(found.first)
        self._say(_("The next number is {number}. Numbers run on without gaps."), found.upcoming)

    def _say(self, words: str, number: str, tone: str = "muted") -> None:
        if self.meaning is not None:
            self.meaning.setText(words.format(number=number))
            self.meaning.set_tone(tone)

    def _preview(self) -> None:
        """Say what the next number would be with what is typed."""
        pattern = self.pattern.text().strip()
        query = partial(
            numbering.preview, kind=self._kind, date=clock.today(), pattern=pattern or None
        )

        def show(number: str) -> None:
            self.pattern.set_error(None)
            self._say(_("The next number would be {number}."), number)

        self._shell.ops.read(self, query, show, self._refuse, key="preview")

    def _refuse(self, failure: Exception) -> None:
        self.pattern.set_error(sentence(failure))
        if self.meaning is not None:
            self.meaning.setText(sentence(failure))
            self.meaning.set_tone("danger")

    def _save_pattern(self) -> None:
        pattern = self.pattern.value() or ""
        if self._shown is None or pattern == self._shown.pattern:
            return
        work = partial(
            numbering.change_pattern, kind=self._kind, pattern=pattern, today=clock.today()
        )
        self._shell.ops.write(numbering.CHANGE_PATTERN, work, self._saved, self._refuse)

    def _save_first(self) -> None:
        first = self.first.value()
        if first is None or self._shown is None or first == self._shown.first:
            return
        work = partial(numbering.set_first, kind=self._kind, first=first, today=clock.today())
        self._shell.ops.write(numbering.SET_FIRST, work, self._saved, self._refuse)

    def _saved(self, _number: str) -> None:
        self.saved.emit()
