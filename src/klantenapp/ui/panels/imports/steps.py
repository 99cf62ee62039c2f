"""The steps of the wizard: numbers in a row, a check for those that are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import frame, mark, row
from klantenapp.ui.widgets.labels import Label, Tile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent


class StepStrip(QWidget):
    """Where the user is: done, here, still to come."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = list(titles)
        self._narrow, self._step = False, 0
        box = row(self, gap=10)
        self._places: list[QStackedWidget] = []
        self._numbers: list[Label] = []
        self._words: list[Label] = []
        for at, title in enumerate(titles):
            if at:
                between = frame("line")
                between.setFixedWidth(theme().px(30))
                box.addWidget(between)
            box.addWidget(self._place(at))
            label = Label(title)
            self._words.append(label)
            box.addWidget(label)
        self.set_step(0)

    def _place(self, at: int) -> QStackedWidget:
        side = theme().px(24)
        place = QStackedWidget()
        place.setFixedSize(side, side)
        number = Label(str(at + 1), "label")
        number.setProperty("role", "step")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        place.addWidget(number)
        place.addWidget(Tile("check", "ok", 24))
        self._numbers.append(number)
        self._places.append(place)
        return place

    def set_narrow(self, *, narrow: bool) -> None:
        """Name only the step that is being done where room lacks."""
        self._narrow = narrow
        self.set_step(self._step)

    def set_step(self, step: int) -> None:
        """Say which step is being done, from 0."""
        self._step = step
        for at, place in enumerate(self._places):
            place.setCurrentIndex(1 if at < step else 0)
            mark(self._numbers[at], chosen="true" if at == step else None)
            self._words[at].setFont(theme().font("bodyStrong" if at == step else "body"))
            self._words[at].setVisible(not self._narrow or at == step)
            self._words[at].set_tone(None if at == step else "muted")
        self.setAccessibleName(
            _("Step {step} of {count}: {title}").format(
                step=step + 1, count=len(self._titles), title=self._titles[step]
            )
        )


def goes_back(event: QKeyEvent) -> bool:
    """Whether a key is Alt+←, pressed or offered as a shortcut."""
    kinds = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
    alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return event.type() in kinds and alt and event.key() == Qt.Key.Key_Left
