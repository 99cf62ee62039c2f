"""Step 3: what is new, what changes, what stays out; changes are chosen line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.ui.panels.imports.words import field_title
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from klantenapp.services.imports.result import RefusedLine
    from klantenapp.services.imports.trial import Coming, Outcome
    from klantenapp.ui.ops import Ops


@dataclass(frozen=True)
class Row:
    """One line of a table: of the file, and what is shown of it."""

    id: int
    line: int
    name: str
    note: str = ""
    field: str = ""
    old: str = ""
    new: str = ""


class CheckStep(QWidget):
    """New, changed, the same, and left out.

    Attributes:
        chosen: other changes were chosen.
    """

    chosen = Signal()

    def __init__(self, ops: Ops, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._lines: dict[int, int] = {}
        self._ticked: set[int] = set()
        box = column(self)
        bar = row(None, 28, 12, 28, 8)
        self.which = QuickFilters(
            [
                ("new", _("New")),
                ("changed", _("Changed")),
                ("same", _("Unchanged")),
                ("out", _("Stay out")),
                ("warned", _("Warnings")),
            ]
        )
        self.which.changed.connect(self._show)
        bar.addWidget(self.which)
        bar.addStretch(1)
        self.hint = Label("", "body", "muted")
        bar.addWidget(self.hint)
        box.addLayout(bar)
        self.models = {
            "new": TableModel(ops, self._names(), parent=self),
            "changed": TableModel(ops, self._changes(), parent=self),
            "same": TableModel(ops, self._names(), parent=self),
            "out": TableModel(ops, self._reasons(), parent=self),
            "warned": TableModel(ops, self._reasons(), parent=self),
        }
        self.pages = QStackedWidget()
        self._keys = list(self.models)
        label = _("Lines of the file")
        self._views = [TableView(model, "", label=label) for model in self.models.values()]
        for view in self._views:
            self.pages.addWidget(view)
        self.models["changed"].checks_changed.connect(self._tick_lines)
        box.addWidget(self.pages, 1)

    def _names(self) -> list[Column]:
        return [
            Column("line", _("Line"), "number", width=70),
            Column("name", _("Name"), "strong", width=300, stretch=True),
            Column("note", "", "muted", width=260),
        ]

    def _changes(self) -> list[Column]:
        return [
            Column("id", "", "check"),
            Column("line", _("Line"), "number", width=70),
            Column("name", _("Name"), "strong", width=220, stretch=True),
            Column("field", _("Field"), "muted", width=150),
            Column("old", _("Now"), "muted", width=200),
            Column("new", _("Becomes"), "strong", width=200),
        ]

    def _reasons(self) -> list[Column]:
        return [
            Column("line", _("Line"), "number", width=70),
            Column("field", _("Field"), "strong", width=170),
            Column("note", _("Reason"), "muted", width=400, stretch=True),
        ]

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what would happen; every change is ticked."""
        same = [each for each in outcome.coming if not each.is_new and not each.changes]
        rows = {
            "new": [_named(at, each) for at, each in enumerate(outcome.coming) if each.is_new],
            "changed": self._changed_rows(outcome),
            "same": [_named(at, each) for at, each in enumerate(same)],
            "out": self._reason_rows(outcome.refused),
            "warned": self._reason_rows(outcome.warnings),
        }
        for key, found in rows.items():
            self.models[key].set_rows(found)
        self._lines = {each.id: each.line for each in rows["changed"]}
        self._ticked = set(self._lines)
        self.models["changed"].set_checked(self._ticked)
        counts = {key: len(found) for key, found in rows.items()}
        counts["changed"] = outcome.changed
        counts["out"] = outcome.wrong_lines
        self.which.set_counts(counts)
        for key in self._keys:
            self.which.set_visible(key, visible=bool(counts[key]) or key == "new")
        self.which.choose(next((key for key in self._keys if counts[key]), "new"))
        self._show(self.which.key)

    @property
    def left(self) -> frozenset[int]:
        """Lines that are to stay as they are."""
        ticked = {self._lines[row_id] for row_id in self._ticked}
        return frozenset(set(self._lines.values()) - ticked)

    def focus_table(self) -> None:
        """Go to the table that is shown."""
        self._views[self.pages.currentIndex()].setFocus()

    def _show(self, key: str) -> None:
        self.pages.setCurrentIndex(self._keys.index(key))
        hints = {
            "changed": _("Ticked lines are updated, the others stay as they are."),
            "out": _("These lines stay out. You can save them afterwards."),
            "same": _("These are there already, with the same values."),
        }
        self.hint.setText(hints.get(key, ""))

    def _tick_lines(self) -> None:
        """All changes of one line are done together."""
        now = self.models["changed"].checked
        flipped = {self._lines[row_id] for row_id in now ^ self._ticked if row_id in self._lines}
        if not flipped:
            return
        on = {self._lines[row_id] for row_id in now - self._ticked if row_id in self._lines}
        kept = {row_id for row_id in self._ticked if self._lines[row_id] not in flipped}
        added = {row_id for row_id, line in self._lines.items() if line in on}
        self._ticked = kept | added
        self.models["changed"].set_checked(self._ticked)
        self.chosen.emit()

    def _changed_rows(self, outcome: Outcome) -> list[Row]:
        found: list[Row] = []
        for each in outcome.coming:
            if each.is_new:
                continue
            for change in each.changes:
                title = field_title(self._kind, change.field)
                old = change.old or "–"
                found.append(Row(len(found), each.line, each.name, "", title, old, change.new))
        return found

    def _reason_rows(self, lines: Iterable[RefusedLine]) -> list[Row]:
        return [
            Row(
                at,
                each.line,
                "",
                sentence(each.failure),
                field_title(self._kind, each.field),
            )
            for at, each in enumerate(lines)
        ]


def _named(at: int, each: Coming) -> Row:
    return Row(at, each.line, each.name, each.note)
