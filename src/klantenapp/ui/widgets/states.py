"""Empty, nothing found, and error: the states that a screen can be in instead of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.labels import Label, Tile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """An icon, one line that says what belongs here, one primary action.

    Args:
        icon: icon name.
        title: "No customers yet".
        text: what to do about it.
        buttons: made by the page; the primary one last.
        note: a quiet line below ("You can also drop a file here.").
        tone: info, or danger for an error.

    Attributes:
        act: the last button, which the focus goes to.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        buttons: Sequence[QWidget] = (),
        note: str = "",
        tone: str = "info",
    ) -> None:
        super().__init__()
        self.act = buttons[-1] if buttons else None
        self._outer = column(self)
        self._outer.addStretch(1)
        self._outer.addWidget(Tile(icon, tone, 56), 0, _MIDDLE)
        self._outer.addSpacing(theme().px(16))
        heading = Label(title, "numberSmall")
        self._outer.addWidget(heading, 0, _MIDDLE)
        if text:
            self._outer.addSpacing(theme().px(6))
            words = Label(text, "body", "muted")
            words.setAlignment(_MIDDLE)
            words.set_width(430)
            self._outer.addWidget(words, 0, _MIDDLE)
        if buttons:
            self._outer.addSpacing(theme().px(20))
            bar = row(gap=8)
            bar.addStretch(1)
            for button in buttons:
                bar.addWidget(button)
            bar.addStretch(1)
            self._outer.addLayout(bar)
        if note:
            self._outer.addSpacing(theme().px(22))
            self._outer.addWidget(Label(note, "caption", "subtle"), 0, _MIDDLE)
        self._outer.addStretch(1)
        self.setAccessibleName(title)


class NoResults(EmptyState):
    """Nothing found for what was typed, with a button that clears the filters."""

    def __init__(self, sought: str, clear: Callable[[], object]) -> None:
        title = (
            _("Nothing found for “{text}”").format(text=sought) if sought else _("Nothing found")
        )
        button = Button(_("Clear filters"), "x")
        button.clicked.connect(lambda: clear())
        super().__init__("search", title, "", [button])


class Details(QFrame):
    """Technical details, folded, with Copy."""

    def __init__(self, text: str, *, is_open: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._text = text
        box = column(self)
        head = row(gap=8)
        head.setContentsMargins(theme().px(6), theme().px(6), theme().px(8), theme().px(6))
        self._fold = Button(_("Technical details"), "chevron-right", "ghost")
        self._fold.clicked.connect(self._toggle)
        head.addWidget(self._fold)
        head.addStretch(1)
        copy = Button(_("Copy"), "copy", "ghost")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        head.addWidget(copy)
        box.addLayout(head)
        self._line = line()
        box.addWidget(self._line)
        self._label = Label(text, "caption", "muted", wrap=True, select=True)
        self._label.setContentsMargins(*(theme().px(side) for side in (12, 10, 12, 12)))
        box.addWidget(self._label)
        self._open = not is_open
        self._toggle()

    def _toggle(self) -> None:
        self._open = not self._open
        self._fold.set_icon("chevron-down" if self._open else "chevron-right")
        self._line.setVisible(self._open)
        self._label.setVisible(self._open)


class ErrorState(EmptyState):
    """What happened, what was (not) changed, what to do; technical details folded.

    Args:
        title: what happened.
        text: what was not changed and what to do.
        buttons: as in EmptyState.
        details: technical details, or "".
        icon: icon name.
    """

    def __init__(
        self,
        title: str,
        text: str,
        buttons: Sequence[QWidget] = (),
        details: str = "",
        icon: str = "file-x",
    ) -> None:
        super().__init__(icon, title, text, buttons, "", "danger")
        if details:
            folded = Details(details, is_open=True)
            folded.setFixedWidth(theme().px(560))
            at = self._outer.count() - 1
            self._outer.insertSpacing(at, theme().px(28))
            self._outer.insertWidget(at + 1, folded, 0, _MIDDLE)


class ProgressLine(QProgressBar):
    """Two pixels below a header, shown when something takes over 300 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "line")
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setFixedHeight(2)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()
        self.setAccessibleName(_("Loading"))
