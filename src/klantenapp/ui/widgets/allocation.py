"""Which open items an amount pays: a row each, ticked or typed, with what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.store import clock
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, line, name, row
from klantenapp.ui.widgets.inputs import CheckInput
from klantenapp.ui.widgets.labels import ElidedLabel, Label
from klantenapp.ui.widgets.value_inputs import MoneyInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from klantenapp.services.ledger.open_items import OpenItem

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WIDTHS = (0, 84, 92, 112, 92)
#: Columns that go where the table has less room than this, at 100 %: due date, what stays open.
_LEAST = {1: 460, 4: 540}


class _Row:
    """One open item: its tick, what is assigned, and what stays."""

    def __init__(self, item: OpenItem, table: Allocation) -> None:
        self.item = item
        self.tick = CheckInput("")
        number = item.number or _("Credit")
        name(self.tick, number)
        self.amount = MoneyInput(i18n.amount(0))
        self.amount.setFixedWidth(theme().px(108))
        name(self.amount, _("Assign to {number}").format(number=number))
        self.left = Label("", "body")
        self.left.setAlignment(_RIGHT)
        self.tick.edited.connect(lambda: table.toggled(self))
        self.amount.edited.connect(table.typed)

    @property
    def assigned(self) -> Money:
        """Signed as the item."""
        found = self.amount.value()
        return found if isinstance(found, Money) else ZERO

    @property
    def is_right(self) -> bool:
        """Readable, and at most what is open, in its direction."""
        if self.amount.text().strip() and self.amount.value() is None:
            return False
        same = self.assigned.cents * self.item.open_amount.cents >= 0
        return same and abs(self.assigned) <= abs(self.item.open_amount)

    def set(self, amount: Money) -> None:
        """Assign; nothing is emitted."""
        self.amount.set_value(amount or None)
        self.show()

    def show(self) -> None:
        """Follow what is assigned."""
        left = self.item.open_amount - self.assigned
        self.tick.set_value(bool(self.assigned))
        self.left.setText(i18n.amount(left.cents))
        self.left.set_tone("ok" if not left else None)
        self.amount.set_error(None if self.is_right else _("At most what is open."))


class Allocation(QWidget):
    """The table. Rows of the other side (credits of the customer) can be ticked along.

    Attributes:
        changed: another amount is assigned.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self)
        self._rows: list[_Row] = []
        self._amount = ZERO
        self._customer_id: int | None = None
        self._grid: QGridLayout | None = None
        self._less: dict[int, list[QWidget]] = {at: [] for at in _LEAST}

    def show_items(
        self,
        items: Sequence[OpenItem],
        amount: Money,
        parts: Mapping[int, Money],
        customer_id: int | None = None,
    ) -> None:
        """Show the open items of a customer, and of others that share in the line.

        Args:
            amount: of the bank line, signed.
            parts: ledger entry -> what is assigned to begin with.
            customer_id: whose line it is; items of others say whose they are.
        """
        self._amount, self._customer_id = amount, customer_id
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(theme().px(12))
        for at, width in enumerate(_WIDTHS):
            grid.setColumnStretch(at, 0 if width else 1)
            grid.setColumnMinimumWidth(at, theme().px(width or 104))
        heads = (
            _("Invoice"),
            _("Due date"),
            _("Open €"),
            _("Assign €"),
            _("Stays open €"),
        )
        for at, text in enumerate(heads):
            head = Label(text, "label", "muted")
            head.setMinimumHeight(theme().px(32))
            self._less.get(at, []).append(head)
            grid.addWidget(head, 0, at, _RIGHT if at > 1 else Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(line(), 1, 0, 1, len(heads))
        for place, item in enumerate(items):
            self._add(grid, 2 * place + 2, item, parts.get(item.entry_id, ZERO))
        self._box.addLayout(grid)
        self._grid = grid

    def set_amount(self, amount: Money) -> None:
        """Another amount is there to assign; what was assigned stays."""
        self._amount = amount

    def fit(self, width: int) -> None:
        """Leave columns out where there is no room for them; width in pixels."""
        for at, least in _LEAST.items():
            fits = width >= theme().px(least)
            for widget in self._less[at]:
                widget.setVisible(fits)
            if self._grid is not None:
                self._grid.setColumnMinimumWidth(at, theme().px(_WIDTHS[at]) if fits else 0)

    def _add(self, grid: QGridLayout, at: int, item: OpenItem, assigned: Money) -> None:
        made = _Row(item, self)
        self._rows.append(made)
        left = row(gap=2)
        left.addWidget(made.tick)
        words = column(gap=0)
        words.addWidget(ElidedLabel(item.number or _("Credit"), "bodyStrong"))
        if item.customer_id != self._customer_id:
            words.addWidget(ElidedLabel(item.customer, "caption", "muted"))
        left.addLayout(words, 1)
        grid.setRowMinimumHeight(at, theme().px(42))
        grid.addLayout(left, at, 0)
        late = item.due_date is not None and item.due_date < clock.today()
        due = Label(
            i18n.date(item.due_date) if item.due_date else "", "body", "danger" if late else "muted"
        )
        self._less[1].append(due)
        self._less[4].append(made.left)
        grid.addWidget(due, at, 1)
        grid.addWidget(Label(i18n.amount(item.open_amount.cents), "body"), at, 2, _RIGHT)
        grid.addWidget(made.amount, at, 3, _RIGHT)
        grid.addWidget(made.left, at, 4, _RIGHT)
        grid.addWidget(line(), at + 1, 0, 1, len(_WIDTHS))
        made.set(assigned)

    # -- what is assigned ------------------------------------------------------------------------

    @property
    def parts(self) -> dict[int, Money]:
        """Ledger entry -> what is assigned."""
        return {each.item.entry_id: each.assigned for each in self._rows if each.assigned}

    @property
    def assigned(self) -> Money:
        """In all, signed."""
        return total(self.parts.values())

    @property
    def is_right(self) -> bool:
        """Every amount can be read and is open."""
        return all(each.is_right for each in self._rows)

    def stays_open(self) -> Money:
        """What stays open of the items that something is assigned to."""
        return total(each.item.open_amount - each.assigned for each in self._rows if each.assigned)

    def next_unpaid(self) -> OpenItem | None:
        """The first item of the line's side that is not paid in full by it."""
        for each in self._rows:
            if each.item.open_amount.cents * self._amount.cents > 0 and not each.assigned:
                return each.item
        return None

    def add_to(self, entry_id: int, amount: Money) -> dict[int, Money]:
        """Parts with more on one item, at most what is open."""
        parts = self.parts
        for each in self._rows:
            if each.item.entry_id == entry_id:
                room = each.item.open_amount - each.assigned
                parts[entry_id] = each.assigned + min(room, amount)
        return parts

    def others(self, customer_id: int) -> tuple[int, ...]:
        """Customers other than this one that something is assigned to."""
        found = (each.item.customer_id for each in self._rows if each.assigned)
        return tuple(dict.fromkeys(each for each in found if each != customer_id))

    def focus_first(self) -> None:
        """Go to the first amount."""
        if self._rows:
            self._rows[0].amount.setFocus(Qt.FocusReason.TabFocusReason)

    def toggled(self, changed: _Row) -> None:
        """A tick assigns what there is room for, or takes it off."""
        if changed.assigned:
            changed.set(ZERO)
        else:
            room = self._amount - self.assigned
            open_amount = changed.item.open_amount
            same = open_amount.cents * self._amount.cents > 0
            fits = min(abs(room), abs(open_amount)) if same else abs(open_amount)
            if same and room.cents * self._amount.cents <= 0:
                fits = ZERO
            changed.set(fits if open_amount > ZERO else -fits)
        self.changed.emit()

    def typed(self) -> None:
        """Follow an amount that is being typed."""
        for each in self._rows:
            each.show()
        self.changed.emit()


def scrolled(table: Allocation, rows: int, most: int = 6) -> QScrollArea:
    """The table with a bar of its own where it has more rows than a dialog has room for."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(table)
    area.setFixedHeight(theme().px(38 + 44 * min(max(rows, 1), most)))
    return area
