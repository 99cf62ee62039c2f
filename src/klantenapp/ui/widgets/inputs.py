"""Inputs: one per kind of value, all alike to the form that binds them.

Each has `value()` (None while it is empty or wrong), `set_value()`, the signals `edited` (while
typing) and `left` (a changed, valid value was confirmed by leaving the field or with Enter), and
`set_error()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QStyledItemDelegate
from typing_extensions import override

from klantenapp.i18n import NotADate, NotANumber, _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.announce import announce
from klantenapp.ui.widgets.dressing import mark
from klantenapp.ui.widgets.tabs import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget


def show_error(widget: QWidget, text: str | None) -> None:
    """Mark a field as wrong (or right again) and tell it to a screen reader."""
    mark(widget, state="error" if text else None)
    widget.setAccessibleDescription(text or "")
    widget.setToolTip(text or "")
    if text:
        announce(widget, text, at_once=True)


class TextInput(QLineEdit):
    """One line of text. Surrounding spaces are not part of its value.

    Args:
        hint: shown while it is empty.
        limit: most characters.
        suffix: fixed words at the right ("days").

    Attributes:
        edited: the value changes.
        left: the field was left, or Enter pressed, with another valid value than before.
        problem: what is typed cannot be read (sentence), "" when it can again.
    """

    edited = Signal()
    left = Signal()
    problem = Signal(str)

    def __init__(self, hint: str = "", *, limit: int = 200, suffix: str = "") -> None:
        super().__init__()
        self.setFont(theme().font("body"))
        self.setPlaceholderText(hint)
        self.setMaxLength(limit)
        self._before: Any = self.value()
        self._leading = ""
        self._trailing = ("", "")
        self.textEdited.connect(lambda _text: self.edited.emit())
        self.editingFinished.connect(self._finish)
        self._suffix = suffix
        self._make_room()

    def value(self) -> Any:
        """The text, or None when it is empty."""
        return self.text().strip() or None

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is emitted."""
        self.setText(self._write(value))
        self.setCursorPosition(0)
        self._before = self.value()

    def set_error(self, text: str | None) -> None:
        """Show that the value is wrong; None that it is right."""
        show_error(self, text)
        self.set_mark("circle-alert" if text else "", "danger", text or "")

    def set_mark(self, icon: str, tone: str = "ok", tip: str = "") -> None:
        """Show an icon at the right of the field: a check mark, a warning."""
        self._trailing = (icon, tone)
        if tip or not icon:
            self.setToolTip(tip)
        self._make_room()
        self.update()

    def set_leading(self, icon: str) -> None:
        """Show an icon at the left of the field."""
        self._leading = icon
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        """Keep the text clear of icons and suffix."""
        px = theme().px
        right = self.fontMetrics().horizontalAdvance(self._suffix) + px(6) if self._suffix else 0
        right += px(22) if self._trailing[0] else 0
        self.setTextMargins(px(22) if self._leading else 0, 0, right, 0)

    def _write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def _read(self) -> Any:
        """Value of the text; raises ValueError where it cannot be read."""
        return self.value()

    def _finish(self) -> None:
        try:
            value = self._read()
        except ValueError as failure:
            self.problem.emit(unreadable(failure))
            return
        self.problem.emit("")
        if value != self._before:
            self._before = value
            self.left.emit()

    @override
    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        icon, tone = self._trailing
        if not (self._suffix or self._leading or icon):
            return
        painter = QPainter(self)
        px = theme().px
        top = (self.height() - px(16)) // 2
        if self._leading:
            painter.drawPixmap(px(10), top, theme().pixmap(self._leading, "muted"))
        right = self.rect().adjusted(0, 0, -px(10), 0)
        if icon:
            painter.drawPixmap(right.right() - px(16), top, theme().pixmap(icon, tone))
            right = right.adjusted(0, 0, -px(22), 0)
        if self._suffix:
            painter.setFont(self.font())
            painter.setPen(theme().color("subtle"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(right, flags, self._suffix)


def unreadable(failure: ValueError) -> str:
    """Sentence about text that is no number or date."""
    if isinstance(failure, NotANumber | NotADate):
        from klantenapp.sentences.speak import sentence  # noqa: PLC0415 - collects every chapter

        return sentence(failure)
    return _("This value cannot be read.")


class NoteInput(QPlainTextEdit):
    """Several lines of text; Tab leaves it, Ctrl+Enter confirms."""

    edited = Signal()
    left = Signal()

    def __init__(self, hint: str = "", *, lines: int = 3, limit: int = 20_000) -> None:
        super().__init__()
        self.setFont(theme().font("body"))
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._limit = limit
        self._before = self.value()
        self.setFixedHeight(theme().px(18 * lines + 16))
        self.textChanged.connect(self.edited)

    def value(self) -> str | None:
        """The text, or None when it is empty."""
        return self.toPlainText().strip()[: self._limit] or None

    def set_value(self, value: str | None) -> None:
        """Show a value; nothing is emitted."""
        blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's argument
        self.setPlainText(value or "")
        self.blockSignals(blocked)
        self._before = self.value()

    def set_error(self, text: str | None) -> None:
        """Show that the value is wrong; None that it is right."""
        show_error(self, text)

    def _finish(self) -> None:
        if self.value() != self._before:
            self._before = self.value()
            self.left.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._finish()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self._finish()
        super().keyPressEvent(event)


class ChoiceInput(QComboBox):
    """One of a few: options are (value, words). The wheel scrolls the page, not the choice."""

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self.setFont(theme().font("body"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The delegate that a combo box has of itself knows nothing of the style sheet.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._values: list[Any] = []
        self.set_options(options)
        self.activated.connect(self._chosen)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer others; the choice stays where it is still offered."""
        before = self.value()
        self.clear()
        self._values = [value for value, _words in options]
        self.addItems([words for _value, words in options])
        self.set_value(before)

    def options(self) -> list[tuple[Any, str]]:
        """What is offered: (value, words)."""
        return [(value, self.itemText(at)) for at, value in enumerate(self._values)]

    def value(self) -> Any:
        """Value of the choice, or None."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Show a choice; nothing is emitted. A value that is not offered shows none."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def set_error(self, text: str | None) -> None:
        """Show that the value is wrong; None that it is right."""
        show_error(self, text)

    def _chosen(self) -> None:
        self.edited.emit()
        self.left.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self.showPopup()
            return
        super().keyPressEvent(event)


class CheckInput(QCheckBox):
    """Yes or no."""

    edited = Signal()
    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFont(theme().font("body"))
        self.clicked.connect(self._chosen)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick or not; nothing is emitted."""
        self.setChecked(bool(value))

    def set_error(self, text: str | None) -> None:
        """Show that the value is wrong; None that it is right."""
        show_error(self, text)

    def _chosen(self) -> None:
        self.edited.emit()
        self.left.emit()


class SegmentInput(Segments):
    """One of very few, all visible: keys are the values."""

    edited = Signal()
    left = Signal()

    def __init__(self, segments: Sequence[tuple[str, str]]) -> None:
        super().__init__(segments)
        self._quiet = False
        self.changed.connect(self._chosen)

    def value(self) -> str | None:
        """Key of the choice."""
        return self.key or None

    def set_value(self, value: str | None) -> None:
        """Show a choice; nothing is emitted."""
        self._quiet = True
        self.choose(value or "")
        self._quiet = False

    def set_error(self, text: str | None) -> None:
        """Show that the value is wrong; None that it is right."""
        show_error(self, text)

    def _chosen(self) -> None:
        if not self._quiet:
            self.edited.emit()
            self.left.emit()
