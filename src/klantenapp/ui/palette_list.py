"""What the command palette lists: hits in sections, and how they are painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractListModel, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.tables.model import NOWHERE
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import chip_size, paint_chip
from klantenapp.ui.widgets.labels import spoken_keys
from klantenapp.ui.widgets.matching import bold_spans, draw_matched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QStyleOptionViewItem

    from klantenapp.ui.tables.model import Index
    from klantenapp.ui.widgets.chips import ChipLook


Section = Literal["customers", "do", "invoices", "items", "notes", "screens"]

#: Order of the sections, and the sign that asks for one alone.
SECTIONS: tuple[Section, ...] = ("customers", "do", "invoices", "items", "notes", "screens")
SIGNS: dict[str, Section] = {">": "do", "#": "invoices", "@": "customers"}
_MOST = 4
ItemRole = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Found:
    """One hit.

    Attributes:
        section: where it is listed.
        text: what it is; what was typed stands out in it.
        run: goes there, or does it.
        icon: icon name.
        note: quieter, at the right ("Kampen, € 3.436,40 open").
        chip: at the right, or None.
        keys: shortcut at the right, for commands.
    """

    section: Section
    text: str
    run: Callable[[], object]
    icon: str = ""
    note: str = ""
    chip: ChipLook | None = None
    keys: str = ""


def section_title(section: Section) -> str:
    """Heading of a section."""
    return {
        "customers": _("Customers"),
        "do": _("Do"),
        "invoices": _("Invoices"),
        "items": _("Items"),
        "notes": _("Notes"),
        "screens": _("Screens"),
    }[section]


class Hits(QAbstractListModel):
    """Headings (str) and hits (Found) below each other."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[str | Found] = []

    def show(self, hits: Sequence[Found]) -> None:
        """Show hits under their headings, at most four each."""
        self.beginResetModel()
        self.lines = []
        for section in SECTIONS:
            mine = [hit for hit in hits if hit.section == section][:_MOST]
            if mine:
                self.lines += [section_title(section), *mine]
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.lines[index.row()]
        if role == ItemRole:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry if isinstance(entry, str) else entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(entry, Found):
            return f"{entry.text} {entry.note}".strip()
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class HitDelegate(QStyledItemDelegate):
    """Paints headings and hits.

    Attributes:
        sought: what stands out in the hits.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sought = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = 30 if isinstance(index.data(ItemRole), str) else 40
        return QSize(theme().px(300), theme().px(height))

    @override
    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        entry = index.data(ItemRole)
        box, px = option.rect, theme().px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, str):
            font = theme().font("label")
            font.setWeight(font.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(theme().color("subtle"))
            words = box.adjusted(px(18), px(8), -px(18), 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry)
        else:
            self._paint_hit(
                painter, box, entry, bool(option.state & QStyle.StateFlag.State_Selected)
            )
        painter.restore()

    def _paint_hit(self, painter: QPainter, box: QRect, hit: Found, selected: bool) -> None:  # noqa: FBT001 - the state of the line
        px = theme().px
        line_box = box.adjusted(px(6), 0, -px(6), 0)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("selected"))
            painter.drawRoundedRect(line_box, px(6), px(6))
        inner = line_box.adjusted(px(12), 0, -px(12), 0)
        if hit.icon:
            image = theme().pixmap(hit.icon, "accentText" if selected else "muted")
            side = round(image.deviceIndependentSize().height())
            painter.drawPixmap(inner.left(), box.top() + (box.height() - side) // 2, image)
        inner = inner.adjusted(px(28), 0, 0, 0)
        keys = hit.keys or ("Return" if selected else "")
        for key in reversed(spoken_keys(keys)):
            inner = _paint_cap(painter, inner, key)
        if keys:
            inner = inner.adjusted(0, 0, -px(7), 0)
        if hit.chip:
            size = chip_size(hit.chip)
            top = box.top() + (box.height() - size.height()) / 2
            paint_chip(painter, QPointF(inner.right() - size.width(), top), hit.chip)
            inner = inner.adjusted(0, 0, -size.width() - px(8), 0)
        if hit.note:
            draw_text(painter, inner, hit.note, "subtle", "caption", right=True)
            width = painter.fontMetrics().horizontalAdvance(hit.note)
            inner = inner.adjusted(0, 0, -width - px(12), 0)
        draw_matched(painter, inner, hit.text, bold_spans(hit.text, self.sought))


def _paint_cap(painter: QPainter, inner: QRect, key: str) -> QRect:
    """Paint a key cap at the right; returns the room that is left."""
    px = theme().px
    painter.setFont(theme().font("key"))
    width = painter.fontMetrics().horizontalAdvance(key) + px(10)
    height = px(18)
    cap = QRect(inner.right() - width, inner.center().y() - height // 2, width, height)
    painter.setPen(theme().color("borderStrong"))
    painter.setBrush(theme().color("sunken"))
    painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    painter.setPen(theme().color("muted"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    return inner.adjusted(0, 0, -width - px(3), 0)
