"""Step 2, at the left: each column with its first value, and the field that it goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.services.errors.imports import ColumnMappedTwice, FieldMappedTwice, HeaderTwice
from klantenapp.ui.panels.imports.words import field_title
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from klantenapp.services.imports.mapping import ColumnMapping
    from klantenapp.services.imports.table import Column
    from klantenapp.services.imports.trial import Asked, Trial

_SKIP = ""
#: Room before the titles, by column of the grid.
_INDENT = {0: 28, 2: 10, 4: 0, 5: 14}
_TWICE = (ColumnMappedTwice, FieldMappedTwice, HeaderTwice)


class FieldChoice(ChoiceInput):
    """The field of one column; arrows go to the column above and below, Delete skips it.

    Attributes:
        stepped: 1 for the next column, -1 for the one before.
    """

    stepped = Signal(int)

    def __init__(self, kind: str, keys: list[str]) -> None:
        super().__init__(
            [(_SKIP, _("Do not import")), *((key, field_title(kind, key)) for key in keys)]
        )
        self.setPlaceholderText(_("Choose, or skip"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers()
        if plain and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        if plain and event.key() == Qt.Key.Key_Delete:
            self.set_value(_SKIP)
            self.left.emit()
            return
        super().keyPressEvent(event)


class ColumnsStep(QWidget):
    """All columns of the file.

    Attributes:
        chosen: the user gave a column a field, or "" (column, key).
        headed: the first line holds the names, or not (bool).
    """

    chosen = Signal(int, str)
    headed = Signal(bool)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._columns: tuple[Column, ...] = ()
        self._narrow = False
        self._shown: tuple[Asked, Trial] | None = None
        self.choices: list[FieldChoice] = []
        self._states: list[tuple[IconLabel, Label]] = []
        box = column(self)
        head = row(None, 28, 12, 28, 4)
        head.addWidget(Label(_("Which column is which field?"), "heading"))
        head.addStretch(1)
        self.header = CheckInput(_("First line holds the column names"))
        self.header.left.connect(lambda: self.headed.emit(self.header.value()))
        head.addWidget(self.header)
        box.addLayout(head)
        self._sheet = QWidget()
        self._grid = QGridLayout(self._sheet)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(2, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._sheet)
        self._area = area
        box.addWidget(area, 1)

    def show_trial(self, asked: Asked, trial: Trial) -> None:
        """Show columns and links."""
        self._shown = (asked, trial)
        table, links = trial.table, trial.mapping
        if table is None or links is None:
            return
        self.header.set_value(table.has_header)
        if table.columns != self._columns:
            self._columns = table.columns
            self._build(asked)
        for each, choice, state in zip(self._columns, self.choices, self._states, strict=True):
            _show_link(each.index, asked, links, choice, state)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave examples and words of the state away where room lacks."""
        if narrow != self._narrow:
            self._narrow = narrow
            if self._shown is not None:
                self._columns = ()
                self.show_trial(*self._shown)

    def _build(self, asked: Asked) -> None:
        clear(self._grid)
        self.choices, self._states = [], []
        px = theme().px
        second = self._columns and self.header.value()
        titles = [
            (0, _("Column in the file")),
            (2, "" if self._narrow else _("Example, line {line}").format(line=2 if second else 1)),
            (4, _("Field in Klantenapp")),
            (5, "" if self._narrow else _("Link")),
        ]
        for at, title in titles:
            label = Label(title, "label", "muted")
            label.setContentsMargins(px(_INDENT[at]), 0, px(10), 0)
            label.setFixedHeight(theme().size("tableHeader"))
            self._grid.addWidget(label, 0, at, 1, 2 if at in {0, 2} else 1)
        self._grid.addWidget(line(), 1, 0, 1, 6)
        keys = [field.key for field in asked.fields]
        for number, each in enumerate(self._columns):
            self._add_row(2 + 2 * number, each, keys)
        self._grid.setRowStretch(2 + 2 * len(self._columns), 1)

    def _add_row(self, at: int, each: Column, keys: list[str]) -> None:
        px = theme().px
        letter = Label(each.letter, "body", "muted")
        letter.setContentsMargins(px(28), 0, px(10), 0)
        name = ElidedLabel(each.header, "bodyStrong")
        name.setFixedWidth(px(118 if self._narrow else 140))
        example = ElidedLabel(each.example, "body", "muted")
        example.setContentsMargins(px(10), 0, px(10), 0)
        choice = FieldChoice(self._kind, keys)
        choice.setFixedWidth(px(208))
        choice.setAccessibleName(_("Field of column {name}").format(name=each.label))
        choice.left.connect(lambda: self.chosen.emit(each.index, choice.value() or ""))
        choice.stepped.connect(lambda by: self._step(choice, by))
        icon, words = IconLabel("check", "ok", 15), Label("", "body", "ok")
        state = QWidget()
        state.setFixedWidth(px(46 if self._narrow else 150))
        inside = row(state, 14, 0, 10, 0, gap=6)
        inside.addWidget(icon)
        inside.addWidget(words, 1)
        self._grid.setRowMinimumHeight(at, px(39))
        arrow = IconLabel("arrow-right", "muted", 15)
        arrow.setContentsMargins(0, 0, px(10), 0)
        for place, widget in enumerate((letter, name, example, arrow, choice, state)):
            self._grid.addWidget(widget, at, place, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(line(), at + 1, 0, 1, 6)
        self.choices.append(choice)
        self._states.append((icon, words))
        example.setVisible(not self._narrow)
        words.setVisible(not self._narrow)

    def _step(self, choice: FieldChoice, by: int) -> None:
        at = self.choices.index(choice) + by
        if 0 <= at < len(self.choices):
            self.choices[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self.choices[at])

    def focus_first(self) -> None:
        """Go to the first column without a field, else to the first."""
        open_ones = [choice for choice in self.choices if choice.value() is None]
        for choice in [*open_ones, *self.choices][:1]:
            choice.setFocus(Qt.FocusReason.TabFocusReason)


def _show_link(
    index: int,
    asked: Asked,
    links: ColumnMapping,
    choice: FieldChoice,
    state: tuple[IconLabel, Label],
) -> None:
    """What one column goes to, and why."""
    link = next((each for each in links.links if each.column == index), None)
    skipped = index in asked.chosen and not asked.chosen[index]
    value: Any = link.field if link else (_SKIP if skipped else None)
    if choice.value() != value:
        choice.set_value(value)
    twice = {
        name for name, failure in links.problems if isinstance(failure, _TWICE) and name is not None
    }
    icon, tone, words = "triangle-alert", "warn", _("Choose a field")
    if link and link.field in twice:
        icon, tone, words = "circle-alert", "danger", _("Chosen twice")
    elif link:
        icon, tone = "check", "ok"
        words = _("Chosen") if link.by == "user" else _("Recognised")
    elif skipped:
        icon, tone, words = "minus", "muted", _("Skipped")
    choice.set_error(words if tone == "danger" else None)
    state[0].set_icon(icon, tone)
    state[0].setToolTip(words)
    state[1].setText(words)
    state[1].set_tone(tone)
