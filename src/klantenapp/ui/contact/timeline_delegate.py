"""Paints a timeline: tile, title, moment, a few lines of text, files, and what needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences import timeline as words
from klantenapp.services.store import clock
from klantenapp.ui.contact.timeline_model import Heading, Item, ItemRole, moment
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import ChipLook, chip_size, paint_chip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QStyleOptionViewItem

    from klantenapp.services.messages.timeline import Entry, FileRow

Index = QModelIndex | QPersistentModelIndex
_LINES: Final = 3
#: Kind (and direction) -> icon and tone of the tile.
_TILES: Final = {
    "email": ("mail", "info"),
    "letter": ("file-text", "info"),
    "reminder": ("bell-ring", "warn"),
    "call": ("phone", "ok"),
    "meeting": ("users", "ok"),
    "note": ("sticky-note", "neutral"),
    "event": ("activity", "neutral"),
}
_EVENTS: Final = {
    "issued": ("file-check", "neutral"),
    "paid": ("banknote", "ok"),
    "credited": ("undo-2", "violet"),
    "written_off": ("ban", "neutral"),
    "contract_ended": ("file-clock", "neutral"),
    "accepted": ("check", "ok"),
    "declined": ("x", "neutral"),
}
_STATUS: Final = {
    "draft": ("neutral", "pencil-line"),
    "queued": ("info", "clock"),
    "sending": ("info", "send"),
    "failed": ("danger", "circle-alert"),
    "unknown": ("warn", "circle-help"),
}


@dataclass(frozen=True)
class FileBox:
    """Where a file of an entry is painted, relative to the entry."""

    box: QRect
    file: FileRow


def tile(entry: Entry) -> tuple[str, str]:
    """Icon and tone of an entry."""
    if entry.kind == "event":
        return _EVENTS[entry.event]
    if entry.kind == "email" and entry.direction == "in":
        return "reply", "violet"
    return _TILES[entry.kind]


def chips(entry: Entry) -> list[ChipLook]:
    """What needs attention: where a mail is, when to come back, pinned."""
    found = []
    if entry.status in _STATUS:
        tone, icon = _STATUS[entry.status]
        found.append(ChipLook(words.status_name(entry.status), tone, icon))
    if entry.follow_up_on is not None:
        late = entry.follow_up_on <= clock.today() and not entry.is_followed_up
        day = i18n.date(entry.follow_up_on)[:5]
        text = _("Followed up") if entry.is_followed_up else _("Follow up {day}").format(day=day)
        tone = "ok" if entry.is_followed_up else "warn" if late else "neutral"
        icon = "check" if entry.is_followed_up else "calendar-check"
        found.append(ChipLook(text, tone, icon))
    if entry.pinned:
        found.append(ChipLook(_("Pinned"), "neutral", "pin"))
    if entry.is_edited:
        found.append(ChipLook(_("Edited"), "outline", "pencil"))
    if entry.document_number and entry.kind in {"call", "meeting", "note"}:
        found.append(ChipLook(entry.document_number, "outline", "file-text"))
    return found


class TimelineDelegate(QStyledItemDelegate):
    """One entry, of whatever height its text and files need."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[int, object], int] = {}
        self.width = 600

    def forget(self) -> None:
        """Measure everything again: other entries, width or letters."""
        self._heights.clear()

    # -- measures --------------------------------------------------------------------------------

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item = index.data(ItemRole)
        px = theme().px
        if isinstance(item, Heading):
            return QSize(px(100), px(34))
        entry = item.entry if isinstance(item, Item) else None
        if entry is None:
            return QSize(px(100), px(54))
        place = (index.row(), entry)
        if place not in self._heights:
            self._heights[place] = self._height(entry)
        return QSize(px(100), self._heights[place])

    def _height(self, entry: Entry) -> int:
        px = theme().px
        height = px(20) + self._text_height(entry)
        if entry.files:
            height += px(30)
        if chips(entry):
            height += px(25)
        return max(height + px(14), px(54))

    def _text_width(self) -> int:
        return max(theme().px(120), self.width - theme().px(45 + 8))

    def _text_height(self, entry: Entry) -> int:
        number = min(_LINES, len(self._broken(entry)))
        return number * theme().px(19)

    def _broken(self, entry: Entry) -> list[str]:
        """The text in lines; white space of its own is kept to line breaks."""
        font = theme().font("body")
        found: list[str] = []
        text = preview(entry)
        for paragraph in text.split("\n"):
            layout = QTextLayout(paragraph, font)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            while len(found) <= _LINES:
                line = layout.createLine()
                if not line.isValid():
                    break
                line.setLineWidth(self._text_width())
                found.append(paragraph[line.textStart() : line.textStart() + line.textLength()])
            layout.endLayout()
            if len(found) > _LINES:
                break
        return [one.rstrip() for one in found if one.strip()]

    # -- painting --------------------------------------------------------------------------------

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(ItemRole)
        box: QRect = option.rect
        px = theme().px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Heading):
            draw_text(painter, box.adjusted(0, px(6), 0, 0), item.title, "muted", "label")
        elif isinstance(item, Item):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme().color("selected"))
                painter.drawRoundedRect(box.adjusted(-px(6), 0, 0, -px(4)), px(6), px(6))
            self._paint_tile(painter, box, item)
            if item.entry is not None:
                self._paint_entry(painter, box, item.entry)
        painter.restore()

    def _paint_tile(self, painter: QPainter, box: QRect, item: Item) -> None:
        px, color = theme().px, theme().color
        side = px(32)
        icon, tone = tile(item.entry) if item.entry is not None else ("", "neutral")
        corner = QRect(box.left(), box.top() + px(2), side, side)
        if not item.is_last:
            painter.setPen(QPen(color("border"), px(2)))
            middle = corner.center().x() + 1
            painter.drawLine(middle, corner.bottom() + px(4), middle, box.bottom() - px(1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(f"{tone}Tint"))
        painter.drawRoundedRect(corner, px(7), px(7))
        if icon:
            image = theme().pixmap(icon, tone, 17)
            free = side - round(image.deviceIndependentSize().width())
            painter.drawPixmap(corner.topLeft() + QPoint(free // 2, free // 2), image)

    def _paint_entry(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        px = theme().px
        left = box.left() + px(45)
        when = moment(entry)
        width = QFontMetrics(theme().font("body")).horizontalAdvance(when) + px(4)
        line = QRect(left, box.top(), box.right() - left - px(4), px(20))
        draw_text(painter, line, when, "muted", "body", right=True)
        title = line.adjusted(0, 0, -width - px(12), 0)
        draw_text(painter, title, words.title(entry), "text", "bodyStrong")
        top = box.top() + px(20)
        lines = self._broken(entry)
        for number, text in enumerate(lines[:_LINES]):
            more = "…" if number == _LINES - 1 and len(lines) > _LINES else ""
            row = QRect(left, top, self._text_width(), px(19))
            draw_text(painter, row, text + more, "muted", "body")
            top += px(19)
        looks = chips(entry)
        if looks:
            self._paint_chips(painter, QPoint(left, top + px(4)), looks)
        for one in self.files(entry):
            self._paint_file(painter, one.box.translated(box.topLeft()), one.file)

    def _paint_chips(self, painter: QPainter, at: QPoint, looks: list[ChipLook]) -> None:
        for look in looks:
            paint_chip(painter, at.toPointF(), look)
            at = at + QPoint(chip_size(look).width() + theme().px(6), 0)

    def files(self, entry: Entry) -> list[FileBox]:
        """Where the files of an entry are, relative to its left top corner."""
        if not entry.files:
            return []
        px = theme().px
        top = px(20) + self._text_height(entry) + px(6)
        if chips(entry):
            top += px(25)
        left = px(45)
        found: list[FileBox] = []
        for file in entry.files:
            width = min(px(240), _file_width(file))
            if left + width > self.width and found:
                break
            found.append(FileBox(QRect(left, top, width, px(22)), file))
            left += width + px(6)
        return found

    def _paint_file(self, painter: QPainter, box: QRect, file: FileRow) -> None:
        px = theme().px
        painter.setPen(QPen(theme().color("borderStrong"), 1))
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        image = theme().pixmap("paperclip", "muted", 13)
        painter.drawPixmap(box.topLeft() + QPoint(px(7), (box.height() - px(13)) // 2), image)
        draw_text(painter, box.adjusted(px(25), 0, -px(7), 0), file_label(file), "muted", "label")


def preview(entry: Entry) -> str:
    """The words below the title: of a mail in quotation marks, as one paragraph."""
    text = entry.text.strip()
    if entry.kind == "email":
        text = " ".join(text.split())
        return f"“{text}”" if text else ""
    return text


def file_label(file: FileRow) -> str:
    """What a file is called on its chip: PDF and UBL by what they are."""
    return file.name


def _file_width(file: FileRow) -> int:
    metrics = QFontMetrics(theme().font("label"))
    return metrics.horizontalAdvance(file_label(file)) + theme().px(34)
