"""A field: label, input, and a line below it for an error, a help text, or the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, mark, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


@runtime_checkable
class Input(Protocol):
    """What a field needs of an input; see `inputs.py`."""

    edited: SignalInstance
    left: SignalInstance

    def value(self) -> Any:
        """The value, or None."""

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is emitted."""

    def set_error(self, text: str | None) -> None:
        """Show that the value is wrong; None that it is right."""


class Field(QWidget):
    """Label above, input, line below.

    Args:
        label: what is asked.
        editor: an input of `inputs.py`, or anything with the same methods.
        help_text: quiet line below the input.
    """

    def __init__(self, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__()
        if not isinstance(editor, Input):
            raise TypeError(editor)
        self.input: Any = editor
        self._help = help_text
        self._told = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        box = column(self, gap=4)
        self.label = Label(label, "label", "muted")
        self.label.setBuddy(editor)
        box.addWidget(self.label)
        if not label:
            self.label.hide()
        box.addWidget(editor)
        self._below = row(gap=6)
        self.caption = Label("", "caption", "muted", wrap=True)
        self._below.addWidget(self.caption, 1)
        box.addLayout(self._below)
        if label:
            editor.setAccessibleName(label)
        problem = getattr(editor, "problem", None)
        if problem is not None:
            problem.connect(self._unreadable)
        self.set_error(None)

    def set_error(self, text: str | None) -> None:
        """Show an error at the field; None takes it away."""
        self.input.set_error(text)
        self.caption.setText(text or self._help)
        self.caption.set_tone("danger" if text else "muted")
        self.caption.setVisible(bool(text or self._help))

    def _unreadable(self, text: str) -> None:
        """Say that what is typed cannot be read; take only that error away again."""
        if text:
            self._told = text
            self.set_error(text)
        elif self._told and self.error == self._told:
            self.set_error(None)

    @property
    def error(self) -> str:
        """The error that is shown, or ""."""
        return self.caption.text() if self.caption.property("tone") == "danger" else ""

    def set_help(self, text: str, tone: str = "muted") -> None:
        """Show another line below the input: a check that passed, a warning."""
        self._help = text
        self.caption.setText(text)
        self.caption.set_tone(tone)
        self.caption.setVisible(bool(text))


class OverridableField(Field):
    """A field that follows a default until the user differs from it.

    A value that differs gets an amber field, says what the default is, and reverts with one click
    or Ctrl+R; an equal value says where it comes from.

    Attributes:
        reverted: the user went back to the default; the input shows it already.
    """

    reverted = Signal()

    def __init__(self, label: str, editor: QWidget, same: str = "") -> None:
        super().__init__(label, editor)
        self._default: Any = None
        self._text = ""
        self._same = same or _("As for the customer")
        self._differing = ElidedLabel("", "caption", "warn")
        self._below.insertWidget(0, self._differing, 1)
        self._revert = Button(_("Revert"), "rotate-ccw", "link", small=True)
        self._revert.clicked.connect(self.revert)
        self._below.addWidget(self._revert)
        self.input.edited.connect(self._follow)
        self.input.left.connect(self._follow)
        keys = QShortcut(QKeySequence("Ctrl+R"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.revert)
        self._follow()

    def set_default(self, value: Any, text: str, same: str = "") -> None:
        """Say what the value is when nobody differs.

        Args:
            value: compared with the input's value.
            text: shown when it differs ("Customer: 30 days").
            same: shown when it does not ("As for the customer"); kept when "".
        """
        self._default, self._text = value, text
        self._same = same or self._same
        self._follow()

    def set_value(self, value: Any) -> None:
        """Show a value; None shows the default."""
        self.input.set_value(self._default if value is None else value)
        self._follow()

    @property
    def overridden(self) -> bool:
        """Whether the value differs from the default."""
        return bool(self.input.value() != self._default)

    def value(self) -> Any:
        """The value where it differs from the default, else None."""
        return self.input.value() if self.overridden else None

    def revert(self) -> None:
        """Go back to the default."""
        if self.overridden:
            self.input.set_value(self._default)
            self._follow()
            self.reverted.emit()

    @override
    def set_error(self, text: str | None) -> None:
        """Show an error at the field; None takes it away."""
        super().set_error(text)
        if hasattr(self, "_revert"):
            self._follow()

    def _follow(self) -> None:
        if self.error:
            self._differing.hide()
            self._revert.hide()
            return
        differs = self.overridden
        mark(self.input, override="true" if differs else None)
        self._differing.setText(self._text)
        self._differing.setVisible(differs)
        self._revert.setVisible(differs)
        self.caption.setText(self._same)
        self.caption.set_tone("muted")
        self.caption.setVisible(not differs)
