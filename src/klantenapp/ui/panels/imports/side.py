"""Step 2, at the right: the first lines as they will come in, and what is wrong with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.sentences.speak import sentence
from klantenapp.ui.panels.imports.words import field_title, picked, words
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    from klantenapp.services.imports.result import RefusedLine
    from klantenapp.services.imports.trial import Asked, Outcome, Trial

#: Messages shown one by one; how many more there are is said.
_MOST = 60


class Side(QFrame):
    """First lines, messages per line, and what becomes of them.

    Attributes:
        change_asked: the user wants to change the value of a refused cell (RefusedLine).
    """

    change_asked = Signal(object)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._trial: Trial | None = None
        self.setProperty("role", "side")
        outer = column(self)
        sheet = QWidget()
        box = column(sheet, 24, 16, 24, 16, gap=8)
        box.addWidget(Label(_("This is how it comes in"), "heading"))
        self._first = QGridLayout()
        self._first.setContentsMargins(0, 0, 0, 0)
        self._first.setHorizontalSpacing(theme().px(12))
        self._first.setVerticalSpacing(0)
        self._first.setColumnStretch(1, 3)
        self._first.setColumnStretch(2, 2)
        box.addLayout(self._first)
        box.addSpacing(theme().px(10))
        head = row(gap=8)
        head.addWidget(ElidedLabel(_("Lines with a message"), "heading"), 1)
        self.which = QuickFilters([("all", _("All")), ("wrong", _("Errors"))])
        self.which.changed.connect(lambda _key: self._list())
        head.addWidget(self.which)
        box.addLayout(head)
        self._messages = column()
        box.addLayout(self._messages)
        box.addStretch(1)
        area = QScrollArea()
        area.setProperty("role", "clear")
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        outer.addWidget(area, 1)
        self._note = Note(
            "info",
            "",
            _("Lines with an error stay out. You can save them as a file and bring them in later."),
        )
        box.addWidget(self._note)

    def show_trial(self, _asked: Asked, trial: Trial) -> None:
        """Show the outcome of the last choice."""
        self._trial = trial
        self._show_first(trial)
        outcome = trial.outcome
        wrong = len(outcome.refused) if outcome else 0
        warned = len(outcome.warnings) if outcome else 0
        self.which.set_counts({"all": wrong + warned, "wrong": wrong})
        self._note.setVisible(bool(wrong))
        self._list()

    def _show_first(self, trial: Trial) -> None:
        clear(self._first)
        groups = words(self._kind).shown
        linked = _linked(trial) or {key for record in trial.first for key in record.values}
        named = [next((key for key in group if key in linked), group[0]) for group in groups]
        titles = [_("Line"), *(field_title(self._kind, key) for key in named)]
        for at, title in enumerate(titles):
            label = ElidedLabel(title, "label", "muted")
            label.setFixedHeight(theme().px(26))
            label.setAlignment(_side(at))
            self._first.addWidget(label, 0, at)
        self._first.addWidget(line(), 1, 0, 1, 4)
        for number, record in enumerate(trial.first):
            cells = [str(record.line), *picked(record, groups)]
            at = 2 + 2 * number
            for place, text in enumerate(cells):
                strong = place == 1
                label = ElidedLabel(text, "bodyStrong" if strong else "body")
                if not strong:
                    label.set_tone("muted")
                label.setFixedHeight(theme().px(34))
                label.setAlignment(_side(place))
                self._first.addWidget(label, at, place)
            self._first.addWidget(line(), at + 1, 0, 1, 4)

    def _list(self) -> None:
        clear(self._messages)
        outcome = self._trial.outcome if self._trial else None
        if outcome is None:
            return
        told = _told(outcome, errors_only=self.which.key == "wrong")
        for each, tone in told[:_MOST]:
            self._messages.addWidget(self._message(each, tone))
        if len(told) > _MOST:
            rest = len(told) - _MOST
            text = ngettext("and {count} more", "and {count} more", rest)
            self._messages.addWidget(Label(text.format(count=i18n.count(rest)), "body", "muted"))
        if not told:
            self._messages.addWidget(Label(_("Every line is right."), "body", "muted"))

    def _message(self, each: RefusedLine, tone: str) -> QWidget:
        holder = QWidget()
        box = column(holder, 0, 8, 0, 0, gap=8)
        inside = row(gap=10)
        icon = IconLabel("circle-alert" if tone == "danger" else "triangle-alert", tone, 16)
        inside.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        number = Label(_("Line {line}").format(line=each.line), "bodyStrong")
        number.setMinimumWidth(theme().px(62))
        inside.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        told = column(gap=1)
        if each.field is not None:
            told.addWidget(Label(field_title(self._kind, each.field)))
        told.addWidget(Label(sentence(each.failure), "caption", "muted", wrap=True))
        inside.addLayout(told, 1)
        if each.field in _linked(self._trial):
            change = Button(_("Change"), kind="link", small=True)
            change.setAccessibleName(
                _("Change {field} of line {line}").format(
                    field=field_title(self._kind, each.field), line=each.line
                )
            )
            change.clicked.connect(lambda: self.change_asked.emit(each))
            inside.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(inside)
        box.addWidget(line())
        return holder


def _linked(trial: Trial | None) -> set[str | None]:
    """Fields that a column goes to."""
    links = trial.mapping.links if trial and trial.mapping else ()
    return {link.field for link in links}


def _told(outcome: Outcome, *, errors_only: bool) -> list[tuple[RefusedLine, str]]:
    """What is wrong, then what is only warned of; each in the order of the file."""
    found = [(each, "danger") for each in outcome.refused]
    if not errors_only:
        found += [(each, "warn") for each in outcome.warnings]
    return sorted(found, key=lambda pair: (pair[1] != "danger", pair[0].line))


def _side(place: int) -> Qt.AlignmentFlag:
    last = place == len(("line", "first", "second", "third")) - 1
    right = Qt.AlignmentFlag.AlignRight if last else Qt.AlignmentFlag.AlignLeft
    return right | Qt.AlignmentFlag.AlignVCenter
