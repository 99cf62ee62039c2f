"""The bank lines at the left: groups with headings, two lines per row, a tick for certain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.models.values import ZERO
from klantenapp.services.receivables.bank_desk import GROUPS, Desk, DeskLine
from klantenapp.services.receivables.proposals import Reason
from klantenapp.ui.tables.delegates import paint_box
from klantenapp.ui.tables.model import NOWHERE
from klantenapp.ui.theme.painting import draw_text
from klantenapp.ui.theme.theme import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from klantenapp.services.receivables.proposals import Proposal
    from klantenapp.services.receivables.returns import Recognised

Index = QModelIndex | QPersistentModelIndex
LineRole = Qt.ItemDataRole.UserRole + 1
_ICONS = {
    "check": ("circle-question-mark", "warn"),
    "unknown": ("circle-dot-dashed", "muted"),
    "matched": ("link", "ok"),
    "ignored": ("ban", "subtle"),
}


def group_title(desk: Desk, group: str) -> tuple[str, str]:
    """Heading of a group: its name, and what is in it."""
    titles = {
        "certain": _("Certain"),
        "check": _("To check"),
        "unknown": pgettext("bank lines", "Unknown"),
        "matched": _("Linked"),
        "ignored": _("Ignored"),
    }
    count = len(desk.of_group(group))
    told = ngettext("{count} line", "{count} lines", count).format(count=i18n.count(count))
    if group == "certain":
        told = f"{told}, {i18n.money(desk.sum(group).cents)}"
    return titles[group], told


def explained(line: DeskLine) -> str:
    """What is proposed, or what became of it, in one line."""
    if line.group == "matched":
        return ", ".join(filter(None, (line.customer, line.numbers)))
    if line.group == "ignored":
        return line.row.text or _("Ignored")
    if line.debit is not None:
        return debit_words(line.debit)
    if line.proposal is None:
        return _("Own transfer") if line.own_transfer else _("No customer found")
    return _proposed(line, line.proposal) if line.numbers else line.customer


def debit_words(debit: Recognised) -> str:
    """A line of direct debit: "Collection INC20261126-1", "Returned: 2026-0152 (MD06)"."""
    if debit.kind == "batch":
        return _("Collection {reference}").format(reference=debit.reference)
    text = _("Returned: {number} ({code})") if debit.code else _("Returned: {number}")
    return text.format(number=debit.reference, code=debit.code)


def _proposed(line: DeskLine, proposal: Proposal) -> str:
    text = _("Invoice {numbers}")
    if proposal.left > ZERO:
        text = _("{numbers}, {amount} too much")
    elif line.group == "check":
        text = _("Probably {numbers}")
    elif Reason.PART_PAYMENT in proposal.reasons:
        text = _("Part payment on {numbers}")
    return text.format(numbers=line.numbers, amount=i18n.money(proposal.left.cents))


def tag(line: DeskLine) -> str:
    """What differs from a plain payment, in a word."""
    if line.debit is not None:
        return _("Direct debit")
    proposal = line.proposal
    if proposal is None:
        return ""
    words = (
        (proposal.left > ZERO, _("Surplus")),
        (Reason.PART_PAYMENT in proposal.reasons, _("Part payment")),
        (bool(proposal.costs or proposal.interest), _("With costs")),
        (bool(proposal.discount), _("With discount")),
        (bool(proposal.difference), _("Difference")),
    )
    return next((word for holds, word in words if holds), "")


class LineModel(QAbstractListModel):
    """Headings and lines in one list.

    Attributes:
        unticked: certain lines that the user took out.
    """

    ticks_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = Desk()
        self.entries: list[DeskLine | str] = []
        self.unticked: set[int] = set()

    def show_desk(self, desk: Desk) -> None:
        """Show what was read."""
        self.beginResetModel()
        self.desk = desk
        self.entries = []
        for group in GROUPS:
            lines = desk.of_group(group)
            if lines:
                self.entries += [group, *lines]
        self.unticked &= {line.id for line in desk.of_group("certain")}
        self.endResetModel()

    @property
    def ticked(self) -> list[DeskLine]:
        """Certain lines that are accepted together."""
        return [line for line in self.desk.of_group("certain") if line.id not in self.unticked]

    def line_at(self, at: int) -> DeskLine | None:
        """The line of a row; None for a heading."""
        entry = self.entries[at] if 0 <= at < len(self.entries) else None
        return entry if isinstance(entry, DeskLine) else None

    def at(self, line_id: int) -> int | None:
        """The row of a line."""
        for at, entry in enumerate(self.entries):
            if isinstance(entry, DeskLine) and entry.id == line_id:
                return at
        return None

    def toggle(self, at: int) -> None:
        """Tick a certain line, or not."""
        line = self.line_at(at)
        if line is not None and line.group == "certain":
            self.unticked ^= {line.id}
            self.dataChanged.emit(self.index(at), self.index(at))
            self.ticks_changed.emit()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.line_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == LineRole:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(entry, str):
                return " ".join(group_title(self.desk, entry))
            amount = i18n.money(entry.row.amount.cents)
            return ", ".join(filter(None, (entry.name, amount, explained(entry), tag(entry))))
        return None


class _Delegate(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_line = isinstance(index.data(LineRole), DeskLine)
        return QSize(theme().px(200), theme().px(54 if is_line else 36))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, box = index.data(LineRole), option.rect
        painter.save()
        if isinstance(entry, DeskLine):
            self._paint_line(painter, option, index, entry)
        else:
            self._paint_heading(painter, box, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, index: Index) -> None:
        color, px = theme().color, theme().px
        model: Any = index.model()
        title, told = group_title(model.desk, index.data(LineRole))
        painter.fillRect(box, color("sunken"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("border"))
        inner = box.adjusted(px(28), 0, -px(20), 0)
        draw_text(painter, inner, title, "text", "label")
        used = painter.fontMetrics().horizontalAdvance(title)
        draw_text(painter, inner.adjusted(used + px(8), 0, 0, 0), told, "muted", "label")

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: DeskLine
    ) -> None:
        box, color, px = option.rect, theme().color, theme().px
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, color("selected"))
            painter.fillRect(box.left(), box.top(), 3, box.height() - 1, color("accentText"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, color("hover"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color("grid"))
        left = QRect(box.left() + px(28), box.top() + px(9), px(16), px(16))
        self._paint_mark(painter, left, index, line)
        inner = box.adjusted(px(56), px(7), -px(20), -px(7))
        upper = QRect(inner.left(), inner.top(), inner.width(), px(20))
        lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), px(19))
        is_open = line.group in {"certain", "check", "unknown"}
        amount = i18n.amount(line.row.amount.cents)
        strong = "text" if is_open else "muted"
        self._pair(
            painter, upper, (line.name, strong, "bodyStrong"), (amount, strong, "bodyStrong")
        )
        self._pair(
            painter, lower, (explained(line), "muted", "caption"), (tag(line), "warn", "label")
        )

    def _paint_mark(self, painter: QPainter, box: QRect, index: Index, line: DeskLine) -> None:
        if line.group == "certain":
            model: Any = index.model()
            on = line.id not in model.unticked
            paint_box(painter, box, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            return
        icon, token = _ICONS[line.group]
        painter.drawPixmap(QPoint(box.left(), box.top()), theme().pixmap(icon, token, 16))

    def _pair(
        self, painter: QPainter, box: QRect, left: tuple[str, str, str], right: tuple[str, str, str]
    ) -> None:
        if right[0]:
            draw_text(painter, box, *right, right=True)
            box = box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(right[0]) - 12, 0)
        draw_text(painter, box, *left)


class LineList(QListView):
    """The list itself.

    Attributes:
        picked: another line is current (DeskLine).
        entered: Enter or a double click on the current line.
    """

    picked = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Bank lines"))
        self.doubleClicked.connect(lambda _index: self.entered.emit())
        theme().changed.connect(self.viewport().update)

    def show_desk(self, desk: Desk) -> None:
        """Show lines; the current one stays, else the one now at its place."""
        current = self.current()
        place = self.currentIndex().row()
        self.lines.show_desk(desk)
        at = self.lines.at(current.id) if current else None
        if at is None or (current and self._moved(current, at)):
            at = self._near(place if current else 0)
        self._select(at)

    def _moved(self, before: DeskLine, at: int) -> bool:
        """The line was handled: what comes after it is next, not the line at its new place."""
        now = self.lines.line_at(at)
        handled = {"matched", "ignored"}
        return now is not None and now.group in handled and before.group not in handled

    def _near(self, place: int) -> int | None:
        """The first line to handle at or after a place, else the last one before it."""
        waiting = [
            at
            for at, entry in enumerate(self.lines.entries)
            if isinstance(entry, DeskLine) and entry.group not in {"matched", "ignored"}
        ]
        after = [at for at in waiting if at >= place]
        if after or waiting:
            return (after or waiting[-1:])[0]
        return next((at for at in range(1, len(self.lines.entries))), None)

    def current(self) -> DeskLine | None:
        """The line that the pane shows."""
        index = self.currentIndex()
        return self.lines.line_at(index.row()) if index.isValid() else None

    def next(self) -> None:
        """Go on to the next line."""
        at = self.currentIndex().row() + 1
        while at < len(self.lines.entries) and self.lines.line_at(at) is None:
            at += 1
        if at < len(self.lines.entries):
            self._select(at)

    def _select(self, at: int | None) -> None:
        if at is None:
            self.picked.emit(None)
            return
        index = self.lines.index(at)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    @override
    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        self.picked.emit(self.lines.line_at(current.row()) if current.isValid() else None)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < theme().px(50):
            self.lines.toggle(index.row())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Space:
            self.lines.toggle(self.currentIndex().row())
            return
        if event.text() and event.text().isprintable():
            event.ignore()
            return
        super().keyPressEvent(event)
