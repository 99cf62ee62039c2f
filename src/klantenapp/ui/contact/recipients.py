"""Who gets a mail: each address a token of its own, typed, or picked from the contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QSizePolicy
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Refusal
from klantenapp.services.messages import addresses
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dressing import mark, row
from klantenapp.ui.widgets.inputs import show_error
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QMouseEvent, QResizeEvent

    from klantenapp.services.messages.addresses import Address

#: Room to type in beside the last token, at 100 %.
_ROOM = 40
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Comma, Qt.Key.Key_Semicolon}


class Token(QFrame):
    """One address.

    Attributes:
        removed: its cross was clicked.
    """

    removed = Signal()

    def __init__(self, address: Address) -> None:
        super().__init__()
        self.address = address
        self.setProperty("role", "token")
        self.setFixedHeight(theme().px(26))
        box = row(self, 8, 0, 2, 0, gap=6)
        box.addWidget(Label(address.shown, "bodyStrong"))
        if address.name:
            box.addWidget(Label(address.email, "label", "muted"))
        cross = IconButton("x", _("Remove {name}").format(name=address.shown), px=13)
        cross.setProperty("kind", "quiet")
        cross.setFixedSize(theme().px(22), theme().px(22))
        cross.clicked.connect(self.removed)
        box.addWidget(cross)
        self.setAccessibleName(str(address))


class RecipientInput(QFrame):
    """A field of addresses.

    Args:
        label: what it is, for screen readers.
        hint: shown while it is empty.

    Attributes:
        edited: the addresses changed.
        left: as other inputs have it.
        refused: what was typed is no address (sentence), "" when it is again.
    """

    edited = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__()
        self.setProperty("role", "entry")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tokens: list[Token] = []
        self._hint = hint
        self.line = QLineEdit(self)
        self.line.setProperty("kind", "bare")
        self.line.setFont(theme().font("body"))
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(label)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(lambda _text: self._type())
        self.setFocusProxy(self.line)
        self._arrange()

    # -- value -----------------------------------------------------------------------------------

    def value(self) -> tuple[Address, ...]:
        """The addresses, in order."""
        return tuple(token.address for token in self._tokens)

    def set_value(self, value: Iterable[Address]) -> None:
        """Show addresses; nothing is emitted."""
        for token in self._tokens:
            token.hide()
            token.deleteLater()
        self._tokens = []
        for address in value:
            self._put(address)
        self.line.clear()
        self._arrange()

    def add(self, address: Address) -> None:
        """Add somebody who is not there yet."""
        if all(one.email.lower() != address.email.lower() for one in self.value()):
            self._put(address)
            self._arrange()
            self.edited.emit()

    def take(self, address: Address) -> None:
        """Take somebody out."""
        for token in list(self._tokens):
            if token.address.email.lower() == address.email.lower():
                self._drop(token)

    def offer(self, known: Sequence[Address]) -> None:
        """Complete what is typed from these."""
        completer = QCompleter([str(address) for address in known], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: self.finish(), Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(completer)

    def finish(self) -> bool:
        """Make a token of what is typed; False where it is no address."""
        typed = self.line.text()
        if not typed.strip():
            return True
        try:
            address = addresses.parse(typed)
        except Refusal as failure:
            self.set_error(sentence(failure))
            self.refused.emit(sentence(failure))
            return False
        self.line.clear()
        self.set_error(None)
        self.refused.emit("")
        self.add(address)
        self._arrange()
        return True

    def set_error(self, text: str | None) -> None:
        """Show that the addresses are wrong; None that they are right."""
        show_error(self, text)

    # -- inside ----------------------------------------------------------------------------------

    def _type(self) -> None:
        if self.property("state") == "error":
            self.set_error(None)
            self.refused.emit("")

    def _put(self, address: Address) -> None:
        token = Token(address)
        token.setParent(self)
        token.removed.connect(lambda: self._drop(token))
        token.show()
        self._tokens.append(token)

    def _drop(self, token: Token) -> None:
        self._tokens.remove(token)
        token.hide()
        token.deleteLater()
        self._arrange()
        self.edited.emit()

    def _arrange(self) -> None:
        """Tokens beside each other, going on in the next line where the width ends."""
        px = theme().px
        edge, gap, height = px(3), px(4), px(26)
        place = QPoint(edge, edge)
        for token in self._tokens:
            width = min(token.sizeHint().width(), max(px(80), self.width() - 2 * edge))
            if place.x() > edge and place.x() + width > self.width() - edge:
                place = QPoint(edge, place.y() + height + gap)
            token.setGeometry(place.x(), place.y(), width, height)
            place.setX(place.x() + width + gap)
        room = px(_ROOM) if self.line.hasFocus() else 0
        if self._tokens and place.x() + room > self.width():
            place = QPoint(edge, place.y() + height + gap)
        left = place.x() + px(6)
        self.line.setGeometry(
            left, place.y() - px(2), max(px(30), self.width() - left - edge), px(30)
        )
        self.line.setPlaceholderText("" if self._tokens else self._hint)
        self.setFixedHeight(place.y() + height + edge)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(32))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._arrange()
            if self.property("state") != "error":
                mark(self, state="focus")
        elif event.type() == QEvent.Type.FocusOut:
            if self.finish():
                mark(self, state=None)
            self._arrange()
            self.left.emit()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in _ENDS and self.line.text().strip():
            self.finish()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._tokens:
            self._drop(self._tokens[-1])
            return True
        return False
