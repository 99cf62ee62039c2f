"""How cells are painted: one delegate, one painter per kind of column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QTableView
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.tables.columns import CONFIDENCE, written
from klantenapp.ui.tables.model import CheckedRole, ColumnRole, GroupRole, ToneRole, ValueRole
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import chip_size, paint_chip, price_look, status_look
from klantenapp.ui.widgets.labels import initials

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QStyleOptionViewItem

    from klantenapp.ui.tables.columns import Column, Group
    from klantenapp.ui.widgets.chips import ChipLook

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Cell:
    """What a painter gets.

    Attributes:
        column: definition.
        value: raw value.
        text: written value.
        tone: colour token, or None.
        checked: the row is ticked.
    """

    column: Column
    value: Any
    text: str
    tone: str | None
    checked: bool


def _words(role: str, token: str) -> Callable[[QPainter, QRect, Cell], None]:
    def paint(painter: QPainter, box: QRect, cell: Cell) -> None:
        draw_text(painter, box, cell.text, cell.tone or token, role, right=cell.column.at_right)

    return paint


def _money(painter: QPainter, box: QRect, cell: Cell) -> None:
    token = cell.tone or ("text" if cell.value else "muted")
    role = "bodyStrong" if cell.value is not None else "body"
    draw_text(painter, box, cell.text, token, role, right=True)


def _chip(painter: QPainter, box: QRect, look: ChipLook, *, right: bool = False) -> int:
    """Paint a chip in the middle of a line; returns its width."""
    size = chip_size(look)
    left = box.right() + 1 - size.width() if right else box.left()
    paint_chip(painter, QPointF(left, box.top() + (box.height() - size.height()) / 2), look)
    return size.width()


def _status(painter: QPainter, box: QRect, cell: Cell) -> None:
    if cell.value:
        _chip(painter, box, status_look(cell.value))


def _any_chip(painter: QPainter, box: QRect, cell: Cell) -> None:
    if isinstance(cell.value, str):
        draw_text(painter, box, cell.value, cell.tone or "muted", "body")
    elif cell.value:
        _chip(painter, box, cell.value)


def _agreed_price(painter: QPainter, box: QRect, cell: Cell) -> None:
    """A price that stands out, unless it is toned down."""
    role = "body" if cell.tone else "bodyStrong"
    draw_text(painter, box, cell.text, cell.tone or "text", role, right=True)


def _initials(painter: QPainter, box: QRect, cell: Cell) -> None:
    px = theme().px
    side = px(26)
    tile = QRect(box.left(), box.top() + (box.height() - side) // 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("neutralTint"))
    painter.drawRoundedRect(tile, px(6), px(6))
    font = theme().font("key")
    font.setWeight(font.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme().color("muted"))
    painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, initials(cell.text))
    rest = box.adjusted(side + px(10), 0, 0, 0)
    draw_text(painter, rest, cell.text, cell.tone or "text", "bodyStrong")


def _two_line(painter: QPainter, box: QRect, cell: Cell) -> None:
    first, second = cell.value or ("", "")
    if not second:
        draw_text(painter, box, first, cell.tone or "text", "bodyStrong")
        return
    middle = box.center().y()
    upper = QRect(box.left(), box.top(), box.width(), middle - box.top())
    lower = QRect(box.left(), middle, box.width(), box.bottom() - middle)
    half = theme().px(16)
    upper.setTop(max(upper.top(), middle - half))
    lower.setBottom(min(lower.bottom(), middle + half))
    draw_text(painter, upper, first, cell.tone or "text", "bodyStrong")
    draw_text(painter, lower, second, "subtle", "caption")


def _price_badge(painter: QPainter, box: QRect, cell: Cell) -> None:
    if cell.value is None:
        draw_text(painter, box, cell.text, "muted", "body", right=True)
        return
    price, source = cell.value
    text = written("price", price)
    draw_text(painter, box, text, "text", "body", right=True)
    width = QFontMetrics(theme().font("body")).horizontalAdvance(text)
    if source:
        _chip(
            painter, box.adjusted(0, 0, -width - theme().px(8), 0), price_look(source), right=True
        )


def _icon_text(painter: QPainter, box: QRect, cell: Cell) -> None:
    if cell.value is None:
        draw_text(painter, box, cell.text, "muted", "body")
        return
    icon, text = cell.value
    image = theme().pixmap(icon, cell.tone or "muted", 16)
    side = round(image.deviceIndependentSize().height())
    painter.drawPixmap(box.left(), box.top() + (box.height() - side) // 2, image)
    rest = box.adjusted(side + theme().px(8), 0, 0, 0)
    draw_text(painter, rest, text, cell.tone or "muted", "body")


def _icon_strong(painter: QPainter, box: QRect, cell: Cell) -> None:
    icon, text = cell.value
    if not icon:
        draw_text(painter, box, text, cell.tone or "muted", "body")
        return
    image = theme().pixmap(icon, "muted", 16)
    side = round(image.deviceIndependentSize().height())
    painter.drawPixmap(box.left(), box.top() + (box.height() - side) // 2, image)
    rest = box.adjusted(side + theme().px(8), 0, 0, 0)
    draw_text(painter, rest, text, cell.tone or "text", "bodyStrong")


def _marked(painter: QPainter, box: QRect, cell: Cell) -> None:
    """A name, and marks right after it; the name gives way to them."""
    text, marks = cell.value
    px = theme().px
    room = box.width() - len(marks) * px(22)
    font = theme().font("bodyStrong")
    used = min(room, QFontMetrics(font).horizontalAdvance(text))
    draw_text(
        painter,
        QRect(box.left(), box.top(), room, box.height()),
        text,
        cell.tone or "text",
        "bodyStrong",
    )
    left = box.left() + used + px(6)
    for icon, tone in marks:
        image = theme().pixmap(icon, tone, 16)
        side = round(image.deviceIndependentSize().height())
        painter.drawPixmap(left, box.top() + (box.height() - side) // 2, image)
        left += px(22)


def paint_box(painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
    """Paint a tick box of 16 px at the left of a cell."""
    px, color = theme().px, theme().color
    side = px(16)
    square = QRect(box.left(), box.top() + (box.height() - side) // 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = state != Qt.CheckState.Unchecked
    painter.setPen(QPen(color("accent" if on else "borderInput"), 1))
    painter.setBrush(color("accent" if on else "surface"))
    painter.drawRoundedRect(square.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    if on:
        name = "check" if state == Qt.CheckState.Checked else "minus"
        image = theme().pixmap(name, "onAccent", 12, stroke=3)
        inset = (side - px(12)) // 2
        painter.drawPixmap(square.left() + inset, square.top() + inset, image)


def _check(painter: QPainter, box: QRect, cell: Cell) -> None:
    """A tick box; a row whose value is the name of an icon cannot be ticked and shows that."""
    if isinstance(cell.value, str):
        image = theme().pixmap(cell.value, "muted", 16)
        top = box.top() + (box.height() - theme().px(16)) // 2
        painter.drawPixmap(box.left(), top, image)
        return
    paint_box(painter, box, Qt.CheckState.Checked if cell.checked else Qt.CheckState.Unchecked)


def paint_meter(painter: QPainter, box: QRect, level: int, token: str) -> int:
    """Paint a meter of three steps at the left of a box; returns its width."""
    px, color = theme().px, theme().color
    width, height, gap = px(14), px(6), px(3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    top = box.top() + (box.height() - height) // 2
    for step in range(3):
        painter.setBrush(color(token if step < level else "borderStrong"))
        painter.drawRoundedRect(box.left() + step * (width + gap), top, width, height, px(3), px(3))
    return 3 * width + 2 * gap


def _confidence(painter: QPainter, box: QRect, cell: Cell) -> None:
    level, word, token = CONFIDENCE[cell.value or "none"]
    used = paint_meter(painter, box, level, token)
    rest = box.adjusted(used + theme().px(8), 0, 0, 0)
    draw_text(painter, rest, _(word), token, "bodyStrong")


PAINTERS: dict[str, Callable[[QPainter, QRect, Cell], None]] = {
    "text": _words("body", "text"),
    "strong": _words("bodyStrong", "text"),
    "muted": _words("body", "muted"),
    "number": _words("body", "text"),
    "date": _words("body", "muted"),
    "due": _words("body", "muted"),
    "money": _money,
    "money_muted": _words("body", "muted"),
    "money_or_blank": _words("body", "text"),
    "price": _words("body", "text"),
    "price_strong": _agreed_price,
    "quantity": _words("body", "text"),
    "percent": _words("body", "text"),
    "share": _words("body", "text"),
    "days": _words("body", "text"),
    "status": _status,
    "chip": _any_chip,
    "initials": _initials,
    "two_line": _two_line,
    "price_badge": _price_badge,
    "icon_text": _icon_text,
    "icon_strong": _icon_strong,
    "marked": _marked,
    "check": _check,
    "confidence": _confidence,
}


class CellDelegate(QStyledItemDelegate):
    """Paints every cell of every table.

    Attributes:
        hovered: line under the pointer, or -1.
        edge: room at the left of the first and the right of the last column, at 100 %.
        first, last: visible columns at the edges.
        beside: pixels of the margin at the right that the scroll bar takes.
    """

    def __init__(self, parent: QObject, edge: int, pad: int = 10) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.edge = edge
        self.pad = pad
        self.first = 0
        self.last = 0
        self.beside = 0

    def inner(self, box: QRect, column: int, end: int | None = None) -> QRect:
        """Part of a cell that is written in.

        Args:
            end: the last column of a cell over several.
        """
        px = theme().px
        left = px(self.edge if column == self.first else self.pad)
        right = px(self.pad)
        if (column if end is None else end) == self.last:
            right = max(right, px(self.edge) - self.beside)
        return box.adjusted(left, 0, -right, -1)

    @override
    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        box = option.rect
        painter.save()
        group = index.data(GroupRole)
        if group is not None:
            self._paint_group(painter, box, group)
            painter.restore()
            return
        checked = bool(index.data(CheckedRole))
        self._paint_ground(painter, option, index, checked=checked)
        column: Column = index.data(ColumnRole)
        inner = self.inner(box, index.column(), self._end(option, index))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        painter.setClipRect(box)
        if text is None:
            self._paint_placeholder(painter, inner)
        else:
            cell = Cell(column, index.data(ValueRole), text, index.data(ToneRole), checked)
            PAINTERS[column.kind](painter, inner, cell)
        painter.restore()

    @staticmethod
    def _end(option: Any, index: Index) -> int:
        """The last column that a cell covers."""
        view = option.widget
        if not isinstance(view, QTableView):
            return index.column()
        return index.column() + view.columnSpan(index.row(), index.column()) - 1

    def _paint_ground(self, painter: QPainter, option: Any, index: Index, *, checked: bool) -> None:
        """Ground of the row, its line, and the bar of the current row."""
        box, color = option.rect, theme().color
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or checked:
            painter.fillRect(box, color("selected"))
        elif index.row() == self.hovered:
            painter.fillRect(box, color("hover"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("grid"))
        view = option.widget
        if (
            index.column() == self.first
            and view is not None
            and view.hasFocus()
            and view.currentIndex().row() == index.row()
        ):
            painter.fillRect(box.left(), box.top(), 3, box.height(), color("focus"))

    def _paint_group(self, painter: QPainter, box: QRect, group: Group) -> None:
        """A heading over the whole width."""
        color = theme().color
        painter.fillRect(box, color("sunken"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("grid"))
        inner = box.adjusted(theme().px(self.edge), 0, -theme().px(self.edge), -1)
        font = theme().font("label")
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("muted"))
        painter.drawText(inner, _LEFT, group.title)
        if group.about:
            used = QFontMetrics(font).horizontalAdvance(group.title) + theme().px(8)
            draw_text(painter, inner.adjusted(used, 0, 0, 0), group.about, "muted", "label")
        if group.note:
            draw_text(painter, inner, group.note, "muted", "label", right=True)

    def _paint_placeholder(self, painter: QPainter, inner: QRect) -> None:
        """A grey bar where a row is still on its way."""
        height = theme().px(8)
        bar = QRect(inner.left(), inner.center().y() - height // 2, inner.width() * 3 // 5, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("neutralTint"))
        painter.drawRoundedRect(bar, height / 2, height / 2)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(60), theme().size("row"))
