"""Dialogs: over a scrim, with the act named on the button, and a guard against a stray Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPainterPath, QRegion
from PySide6.QtWidgets import QDialog, QFrame, QWidget
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QVBoxLayout

_LIGHT_ALPHA, _DARK_ALPHA = 71, 128  # 28 % of the text colour, 50 % of black


class Scrim(QWidget):
    """A flat tint over the window while something stands in front of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tint = QColor(0, 0, 0, _DARK_ALPHA) if theme().dark else QColor(theme().color("text"))
        if not theme().dark:
            tint.setAlpha(_LIGHT_ALPHA)
        QPainter(self).fillRect(self.rect(), tint)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False


class Dialog(QDialog):
    """A dialog of the program.

    Fill `body`, then `set_act` for the button that does it. Esc and Cancel close. A destructive act
    starts with the focus on Cancel; others on the act, which ignores Enter for 400 ms.

    Attributes:
        body: layout for the content.
    """

    def __init__(self, parent: QWidget, title: str, width: int = 520) -> None:
        super().__init__(parent.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(title)
        self.setModal(True)
        self._scrim: Scrim | None = None
        self._act: Button | None = None
        self._guarded = False
        self._first: QWidget | None = None
        outer: QVBoxLayout = column(self)
        panel = QFrame()
        panel.setProperty("role", "popup")
        outer.addWidget(panel)
        inner = column(panel, 26, 24, 26, 20)
        self.setFixedWidth(theme().px(width))
        self.heading = Label(title, "numberSmall", wrap=True)
        inner.addWidget(self.heading)
        inner.addSpacing(theme().px(8))
        self.body = column(gap=10)
        inner.addLayout(self.body)
        inner.addSpacing(theme().px(20))
        inner.addStretch(1)
        self._bar = row(gap=8)
        self._bar.addStretch(1)
        self.cancel = Button(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._bar.addWidget(self.cancel)
        inner.addLayout(self._bar)

    def say(self, text: str, tone: str | None = "muted") -> Label:
        """Add a paragraph."""
        label = Label(text, "body", tone, wrap=True)
        self.body.addWidget(label)
        return label

    def set_act(
        self,
        text: str,
        run: Callable[[], object] | None = None,
        icon: str = "",
        *,
        danger: bool = False,
    ) -> Button:
        """Name what the dialog does; `run` replaces closing with success."""
        self._act = Button(text, icon, "dangerPrimary" if danger else "primary")
        self._act.clicked.connect(lambda: run() if run else self.accept())
        self._act.installEventFilter(self)
        self._bar.addWidget(self._act)
        self._first = self.cancel if danger else self._act
        return self._act

    def add_left(self, widget: QWidget) -> None:
        """Put something at the left of the buttons."""
        self._bar.insertWidget(0, widget)

    def start_at(self, widget: QWidget) -> None:
        """Give the focus to a field when the dialog opens."""
        self._first = widget

    def fit(self) -> None:
        """Be as high as the content asks after parts of it appeared or went."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            height = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), height if height > 0 else self.sizeHint().height())
        self._centre()

    def _centre(self) -> None:
        """Stand a little above the middle of the window, and never above its top."""
        parent = self.parentWidget()
        if parent is not None:
            place = parent.mapToGlobal(parent.rect().center()) - self.rect().center()
            top = parent.mapToGlobal(parent.rect().topLeft()).y() + 8
            place.setY(max(top, place.y() - theme().px(40)))
            self.move(place)

    @override
    def adjustSize(self) -> None:
        """As high as the content needs at this width: a hint alone counts wrapped text narrower."""
        super().adjustSize()
        inner = self.layout()
        if inner is not None and inner.hasHeightForWidth():
            self.resize(self.width(), inner.totalHeightForWidth(self.width()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        parent = self.parentWidget()
        if self._scrim is None and parent is not None:
            self._scrim = Scrim(parent)
        super().showEvent(event)
        self.adjustSize()
        self._centre()
        self._guarded = True
        QTimer.singleShot(theme().motion("confirmGuardMs"), self, self._unguard)
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if QGuiApplication.platformName() == "xcb":
            # Without a compositor the transparent corners would be black.
            shape = QPainterPath()
            radius = theme().px(7)
            shape.addRoundedRect(self.rect().toRectF(), radius, radius)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def _unguard(self) -> None:
        self._guarded = False

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().hideEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            act = self._act
            if self._guarded or act is None or not act.isEnabled():
                return
            act.click()
            return
        super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button itself ignores Enter during the guard too."""
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        return (
            self._guarded
            and watched is self._act
            and isinstance(event, QKeyEvent)
            and event.key() in enter
        )


def confirm(  # noqa: PLR0913 - what a question consists of
    parent: QWidget,
    title: str,
    text: str,
    act: str,
    then: Callable[[], object],
    *,
    danger: bool = False,
    icon: str = "",
) -> Dialog:
    """Ask before something that cannot be undone.

    Args:
        parent: any widget of the window.
        title: what is about to happen.
        text: what follows from it.
        act: verb on the button ("Send").
        then: called when the user does it.
        danger: destructive; the focus starts on Cancel.
        icon: icon on the button.
    """
    dialog = Dialog(parent, title, 460)
    dialog.say(text)
    dialog.set_act(act, icon=icon, danger=danger)
    dialog.accepted.connect(lambda: then())
    dialog.open()
    return dialog
