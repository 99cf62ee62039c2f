"""Buttons: one primary at most on a screen, verbs on them, an accessible name always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton
from typing_extensions import override

from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import mark
from klantenapp.ui.widgets.labels import Keys

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QKeyEvent, QResizeEvent

Kind = Literal["plain", "primary", "ghost", "link", "danger", "dangerPrimary", "toast", "search"]

_ICON_TOKEN = {
    "primary": "onAccent",
    "ghost": "muted",
    "link": "accentText",
    "danger": "danger",
    "dangerPrimary": "surface",
    "toast": "surface",
    "search": "subtle",
}


class Button(QPushButton):
    """A button with words.

    Args:
        text: a verb and its object.
        icon: icon name before the words, or "".
        kind: plain, primary, ghost, link, danger; dangerPrimary only in a dialog that destroys.
        small: 28 instead of 32 pixels high.
        keys: shortcut to show on the button ("Ctrl+N"); the action itself is bound by the page.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: Kind = "plain",
        *,
        small: bool = False,
        keys: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        if small:
            self.setProperty("small", "true")
        self.setFont(theme().font("bodyStrong"))
        self._caps: Keys | None = None
        self._words, self._compact = text, False
        self._kind, self._icon, self._keys = kind, icon, keys
        self.setText(text)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor
        )
        if icon:
            self.set_icon(icon)
        if keys:
            self._show_keys(keys)

    @override
    def setText(self, text: str) -> None:
        self._words = text
        super().setText("" if self._compact else text)

    def set_compact(self, *, compact: bool) -> None:
        """Show only the icon, with the words as tooltip; one without an icon keeps its words."""
        if compact == self._compact or not self._icon:
            return
        self._compact = compact
        super().setText("" if compact else self._words)
        if self.isEnabled():
            self.setToolTip(self._words if compact else "")

    def room(self) -> int:
        """Width with its words, whether or not they are shown."""
        hint = self.sizeHint().width()
        if not self._compact:
            return hint
        return hint + self.fontMetrics().horizontalAdvance(self._words) + theme().px(6)

    @property
    def kind(self) -> Kind:
        """How it looks."""
        return self._kind

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        px = 14 if self._kind == "link" else 16
        theme().dress(self, icon, _ICON_TOKEN.get(self._kind, "text"), px, gap=3)

    def set_kind(self, kind: Kind) -> None:
        """Look otherwise: a screen that is empty has its one primary button in its middle."""
        if kind == self._kind:
            return
        self._kind = kind
        mark(self, kind=kind)
        if self._icon:
            self.set_icon(self._icon)
        if self._keys:
            self._show_keys(self._keys)

    def _show_keys(self, keys: str) -> None:
        """Put key caps at the right, inside the button."""
        if self._caps is not None:
            self._caps.hide()
            self._caps.deleteLater()
        self._caps = Keys(keys, "onAccent" if self._kind == "primary" else None)
        self._caps.setParent(self)
        if self.isVisible():  # a child that comes later does not show itself
            self._caps.show()
        room = self._caps.sizeHint().width() + theme().px(22 if self._kind == "primary" else 14)
        self.setStyleSheet(f"QPushButton {{ text-align: left; padding-right: {room}px; }}")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._caps is not None:
            self._caps.adjustSize()
            left = (
                self.width() - self._caps.width() - theme().px(12 if self._kind == "primary" else 6)
            )
            self._caps.move(left, (self.height() - self._caps.height()) // 2)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._kind != "link":
            hint.setHeight(theme().px(28 if self.property("small") == "true" else 32))
        return hint

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as it does elsewhere."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def allow(self, reason: str | None) -> None:
        """Grey the button with the reason as tooltip, or (None) make it work."""
        self.setEnabled(reason is None)
        self.setToolTip(reason or "")
        if self._caps is not None and self._kind == "primary":
            # White caps cannot be read on a button that is grey.
            self._caps.setVisible(reason is None)


class IconButton(QToolButton):
    """A button with only an icon; its tip names act and object ("Hide preview").

    Args:
        icon: icon name.
        tip: tooltip and accessible name.
        framed: with a line around it.
        token: colour of the icon.
        px: size of the icon.
    """

    def __init__(
        self, icon: str, tip: str, *, framed: bool = False, token: str = "", px: float = 16
    ) -> None:
        super().__init__()
        self.setProperty("kind", "framed" if framed else "plain")
        self._token = token or ("text" if framed else "muted")
        self._px = px
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_icon(icon)
        side = theme().px(32 if framed else 28)
        self.setFixedSize(side, side)

    def set_icon(self, icon: str, tip: str | None = None) -> None:
        """Show another icon, with another name where the act is another."""
        theme().dress(self, icon, self._token, self._px)
        if tip is not None:
            self.setToolTip(tip)
            self.setAccessibleName(tip)

    def set_tone(self, token: str) -> None:
        """Change the colour of the icon."""
        self._token = token
        mark(self, tone=token)
