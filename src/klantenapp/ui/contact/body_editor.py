"""The text of a mail: what came from the document is tinted, and editing it makes it plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit
from typing_extensions import override

from klantenapp.services.messages.templates import BODY_LIMIT
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.inputs import show_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtCore import QMimeData

    from klantenapp.services.messages.templates import Piece

_FIELD = int(QTextFormat.Property.UserProperty) + 1
#: Height of a line in percent.
_LINE = 130


class BodyEditor(QTextEdit):
    """Plain text with tinted fields.

    Attributes:
        edited: the text changed.
        left: as other inputs have it; emitted when the focus leaves after a change.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(theme().font("body"))
        self.setAccessibleName(label)
        self.document().setDocumentMargin(theme().px(5))
        self._values: dict[str, str] = {}
        self._quiet = False
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._type_plainly)
        theme().changed.connect(self._tint_again)

    # -- content ---------------------------------------------------------------------------------

    def value(self) -> str:
        """The text as it is sent."""
        # The raw text: the plain one has lost its no-break spaces.
        raw = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n").strip()

    def set_value(self, value: str | None) -> None:
        """Show text without fields."""
        self.show_pieces(())
        self._quiet = True
        self.setPlainText(value or "")
        self._quiet = False

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show a filled template; undo starts here."""
        self._quiet = True
        self._values = {piece.field: piece.text for piece in pieces if piece.field}
        self.clear()
        cursor = self.textCursor()
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spacing)
        for piece in pieces:
            cursor.insertText(piece.text, self._format(piece.field))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.document().clearUndoRedoStacks()
        self._quiet = False

    def insert_field(self, name: str, text: str) -> None:
        """Put a field where the cursor is."""
        self._values[name] = text
        self.textCursor().insertText(text, self._format(name))
        self.setFocus()

    def fields(self) -> Mapping[str, str]:
        """Fields that stand in the text unchanged: name -> text."""
        return {name: text for name, text, _at in self._runs() if name}

    def set_error(self, text: str | None) -> None:
        """Show that the text is wrong; None that it is right."""
        show_error(self, text)

    # -- tint ------------------------------------------------------------------------------------

    def _format(self, name: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(theme().color("accentText" if name else "text"))
        if name:
            made.setBackground(theme().color("accentTint"))
            made.setProperty(_FIELD, name)
        return made

    def _runs(self) -> Iterator[tuple[str, str, int]]:
        """Stretches of one field, or of plain text: (name, text, position)."""
        block = self.document().begin()
        name, text, start = "", "", 0
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                found = str(fragment.charFormat().property(_FIELD) or "")
                if found != name:
                    yield name, text, start
                    name, text, start = found, "", fragment.position()
                text += fragment.text()
                iterator += 1
            block = block.next()
            if block.isValid():
                text += "\n"
        yield name, text.rstrip("\n") if name else text, start

    def _changed(self) -> None:
        if self._quiet:
            return
        self._quiet = True
        for name, text, start in list(self._runs()):
            plain = text.replace("\u2028", "\n").strip("\n")
            if name and plain != self._values.get(name, "").strip("\n"):
                self._untint(start, len(text))
        self._quiet = False
        self.edited.emit()

    def _untint(self, start: int, length: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        end = min(start + length, self.document().characterCount() - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        # Joined with what was typed, so that one Ctrl+Z takes both back.
        cursor.joinPreviousEditBlock()
        cursor.setCharFormat(self._format(""))
        cursor.endEditBlock()

    def _type_plainly(self) -> None:
        """What is typed beside a field is no part of it."""
        if not self._quiet and not self.textCursor().hasSelection():
            name = self.textCursor().charFormat().property(_FIELD)
            ahead = QTextCursor(self.textCursor())
            inside = ahead.movePosition(QTextCursor.MoveOperation.Right) and (
                ahead.charFormat().property(_FIELD) == name
            )
            if name and not inside:
                self.setCurrentCharFormat(self._format(""))

    def _tint_again(self) -> None:
        cursor = QTextCursor(self.document())
        self._quiet = True
        for name, text, start in list(self._runs()):
            cursor.setPosition(start)
            end = min(start + len(text), self.document().characterCount() - 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._format(name))
        self._quiet = False

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only: no colours, pictures or pages, and no more than fits."""
        room = BODY_LIMIT - len(self.toPlainText())
        self.textCursor().insertText(source.text()[: max(0, room)], self._format(""))
