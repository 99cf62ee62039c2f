"""The lines of a draft as rows of a table: what is typed, with what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.models.values import ONE
from klantenapp.services.sales.inputs import LineInput
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.services.sales.calculating import Calculated, CalculatedLine
    from klantenapp.ui.ops import Ops

Index = QModelIndex | QPersistentModelIndex

EDITABLE = frozenset({"description", "quantity", "unit", "price", "discount", "tax"})


@dataclass(frozen=True)
class LineRow:
    """One line; without `computed` it is new, or not computed yet."""

    id: int
    typed: LineInput
    computed: CalculatedLine | None

    @property
    def is_new(self) -> bool:
        """The empty line at the end."""
        return self.typed == LineInput()

    @property
    def mark(self) -> str:
        """What a line of a quote is outside the total: "", optional or alternative."""
        if self.typed.optional:
            return "optional"
        return "alternative" if self.typed.alternative else ""


def columns() -> list[Column]:
    """Columns of the grid."""
    return [
        Column(
            "description",
            _("Item and description"),
            "two_line",
            width=260,
            stretch=True,
            value=_words,
        ),
        Column("quantity", _("Quantity"), "quantity", width=76, value=_quantity),
        Column("unit", _("Unit"), "text", width=84, value=_unit, tone=lambda _row: "muted"),
        Column("price", _("Price €"), "price_badge", width=178, value=_price),
        Column("discount", _("Discount"), "percent", width=72, value=_discount),
        Column("tax", _("VAT"), "text", width=62, right=True, value=_tax),
        Column(
            "amount",
            _("Amount €"),
            "money",
            width=104,
            value=_amount,
            tone=lambda found: "muted" if found.mark else None,
        ),
    ]


def _words(found: LineRow) -> tuple[str, str]:
    shown = found.computed or found.typed
    parts = [mark_words(found.mark), *(shown.details or "").split("\n")]
    return shown.description, " · ".join(part for part in parts if part)


def mark_words(mark: str) -> str:
    """Why a line is not in the total."""
    words = {"optional": _("Optional"), "alternative": _("Alternative")}
    return words.get(mark, "")


def _quantity(found: LineRow) -> Any:
    return ONE if found.is_new else found.typed.quantity


def _unit(found: LineRow) -> str:
    return (found.computed.unit if found.computed else found.typed.unit) or ""


def _price(found: LineRow) -> Any:
    if found.computed is None or found.is_new:
        return None
    source = str(found.computed.source)
    is_free = found.typed.item_id is None
    return found.computed.unit_price, "" if is_free else source


def _discount(found: LineRow) -> Any:
    return (found.computed.discount or None) if found.computed else found.typed.discount


def _tax(found: LineRow) -> str:
    rule = found.computed.rule if found.computed else None
    if rule is None:
        return "–"
    if not rule.prints_rate or rule.percent is None:
        return _TREATED.get(rule.category.value, "–")
    return f"{rule.percent}%".replace(".", ",")


_TREATED = {"AE": "AE", "E": "–", "K": "0%", "G": "0%", "O": "–"}


def _amount(found: LineRow) -> Money | None:
    if found.computed is None or found.is_new:
        return None
    return found.computed.amount


class LineModel(TableModel):
    """Rows of the grid, with an empty one at the end."""

    def __init__(self, ops: Ops, parent: Any) -> None:
        super().__init__(ops, columns(), parent=parent)

    def show_lines(self, lines: tuple[LineInput, ...], found: Calculated | None) -> None:
        """Show what is typed with what it comes to; a line being edited stays open."""
        computed = found.lines if found is not None and len(found.lines) == len(lines) else ()
        rows = [
            LineRow(place, typed, computed[place] if computed else None)
            for place, typed in enumerate(lines)
        ]
        rows.append(LineRow(len(lines), LineInput(), None))
        self.update_rows(rows)

    def line_at(self, place: int) -> LineRow | None:
        """The row at a place."""
        found = self.row_at(place)
        return found if isinstance(found, LineRow) else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.columns[index.column()].key in EDITABLE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags
