"""A form: inputs bound to a frozen dataclass, saved per field, with errors at the field."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from klantenapp.services.errors.base import Invalid, Refusal
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.fields import Field, OverridableField
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable


class Form(QWidget):
    """A grid of fields.

    Args:
        saved: called (field name, value) when a changed, valid value was confirmed by leaving the
            field or with Enter; None where the form is saved as a whole.
        columns: how many columns the grid has; they share the width.
        gap: between fields, at 100 %.

    Attributes:
        fields: field name -> Field.
    """

    def __init__(
        self, saved: Callable[[str, Any], object] | None = None, *, columns: int = 2, gap: int = 12
    ) -> None:
        super().__init__()
        self._saved = saved
        self._record: Any = None
        self.fields: dict[str, Field] = {}
        outer = column(self, gap=gap)
        self._note = Note("danger")
        self._note.hide()
        outer.addWidget(self._note)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(gap))
        self._grid.setVerticalSpacing(theme().px(gap + 2))
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        outer.addLayout(self._grid)

    def add(  # noqa: PLR0913 - the place in the grid is part of a field
        self,
        name: str,
        label: str,
        editor: QWidget,
        *,
        row: int = -1,
        column: int = 0,
        span: int = 1,
        help_text: str = "",
    ) -> Field:
        """Add a field.

        Args:
            name: attribute of the dataclass, and `field` of failures.
            label: what is asked.
            editor: an input.
            row: line of the grid; the next free one when -1.
            column: first column.
            span: how many columns it takes.
            help_text: quiet line below.
        """
        return self.put(name, Field(label, editor, help_text), row=row, column=column, span=span)

    def put(
        self, name: str, field: Field, *, row: int = -1, column: int = 0, span: int = 1
    ) -> Field:
        """Add a field made by the caller, such as an OverridableField."""
        self.fields[name] = field
        line = self._grid.rowCount() if row < 0 else row
        self._grid.addWidget(field, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
        field.input.left.connect(lambda: self._leave(name))
        field.input.edited.connect(lambda: field.set_error(None) if field.error else None)
        if isinstance(field, OverridableField):
            field.reverted.connect(lambda: self._leave(name))
        return field

    def add_widget(self, widget: QWidget, *, row: int = -1, column: int = 0, span: int = 1) -> None:
        """Put something else in the grid: a heading, a note."""
        self._grid.addWidget(widget, self._grid.rowCount() if row < 0 else row, column, 1, span)

    # -- values --------------------------------------------------------------------------------

    def fill(self, record: Any) -> None:
        """Show a record; fields that it does not have stay as they are, errors go."""
        self._record = record
        self.clear_errors()
        for name, field in self.fields.items():
            if hasattr(record, name):
                target = field if isinstance(field, OverridableField) else field.input
                target.set_value(getattr(record, name))

    def refill(self, record: Any) -> None:
        """Show the same record again after a change; the field that is typed in stays."""
        self._record = record
        for name, field in self.fields.items():
            if hasattr(record, name) and not field.input.hasFocus() and not field.error:
                target = field if isinstance(field, OverridableField) else field.input
                target.set_value(getattr(record, name))

    def values(self) -> dict[str, Any]:
        """Field name -> value. An overridable field is None where it follows its default."""
        return {name: self._value(name) for name in self.fields}

    def record(self, **others: Any) -> Any:
        """The record that was filled in, with the values of the form and some others.

        Raises:
            TypeError: nothing was filled in.
        """
        known = {field.name for field in fields(self._record)}
        values = {name: value for name, value in self.values().items() if name in known}
        return replace(self._record, **{**values, **others})

    def _value(self, name: str) -> Any:
        field = self.fields[name]
        return field.value() if isinstance(field, OverridableField) else field.input.value()

    def _leave(self, name: str) -> None:
        field = self.fields[name]
        field.set_error(None)
        if self._saved is not None:
            self._saved(name, self._value(name))

    # -- errors --------------------------------------------------------------------------------

    def clear_errors(self) -> None:
        """Take every error away."""
        self._note.hide()
        for field in self.fields.values():
            field.set_error(None)

    def show_failure(self, failure: Exception) -> bool:
        """Show a failure at its field or fields, what belongs to none on top.

        Returns:
            Whether every problem found a field.
        """
        from klantenapp.sentences.speak import sentence  # noqa: PLC0415 - collects every chapter

        self.clear_errors()
        problems = failure.problems if isinstance(failure, Invalid) else ((None, failure),)
        rest: list[str] = []
        first: Field | None = None
        for name, problem in problems:
            at = name or (problem.field if isinstance(problem, Refusal) else None)
            field = self.fields.get(at or "")
            if field is None:
                rest.append(sentence(problem))
                continue
            field.set_error(sentence(problem))
            first = first or field
        if rest:
            self._note.set_text("", " ".join(rest))
            self._note.show()
        if first is not None:
            first.input.setFocus(Qt.FocusReason.OtherFocusReason)
        return not rest

    def tell(self, failure: Exception) -> None:
        """Show a failure, as what `Ops.write` calls when it failed."""
        self.show_failure(failure)

    def focus_first(self) -> None:
        """Go to the first field."""
        for field in self.fields.values():
            if field.input.isEnabled():
                field.input.setFocus(Qt.FocusReason.TabFocusReason)
                return
