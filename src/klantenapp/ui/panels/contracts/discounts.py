"""Discounts of a contract: on the rest, on the invoice, and on groups of items."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.models.values import NO_PERCENT
from klantenapp.services.catalogue.contract_data import GroupDiscount
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import ChoiceInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.value_inputs import PercentInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QVBoxLayout


class GroupDiscounts(QWidget):
    """A line for every group of items that has its own discount.

    Attributes:
        changed: the discounts are others (tuple of GroupDiscount).
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[int, str] = {}
        self._discounts: tuple[GroupDiscount, ...] = ()
        box = column(self, gap=6)
        self._lines: QVBoxLayout = column(gap=6)
        box.addLayout(self._lines)
        self.error = Label("", "caption", "danger", wrap=True)
        self.error.hide()
        box.addWidget(self.error)
        foot = row()
        self.add = Button(_("Discount on a group of items"), "plus", "link", small=True)
        self.add.clicked.connect(self._add)
        foot.addWidget(self.add)
        foot.addStretch(1)
        box.addLayout(foot)

    def show_discounts(
        self, discounts: tuple[GroupDiscount, ...], groups: Mapping[int, str]
    ) -> None:
        """Show what is filled in."""
        self.error.hide()
        if (discounts, dict(groups)) == (self._discounts, self._groups):
            return
        self._discounts, self._groups = discounts, dict(groups)
        clear(self._lines)
        for place, discount in enumerate(discounts):
            self._lines.addWidget(self._line(place, discount))
        taken = {each.group_id for each in discounts}
        self.add.setVisible(bool(self._groups.keys() - taken))

    def tell(self, text: str) -> None:
        """Show what is wrong with them."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _line(self, place: int, discount: GroupDiscount) -> QWidget:
        holder = QWidget()
        box = row(holder, gap=8)
        group = ChoiceInput(list(self._groups.items()))
        group.setAccessibleName(_("Group"))
        group.set_value(discount.group_id)
        group.setFixedWidth(theme().px(212))
        percent = PercentInput()
        percent.setAccessibleName(_("Discount"))
        percent.setFixedWidth(theme().px(90))
        percent.set_value(discount.percent)
        group.left.connect(lambda: self._change(place, group_id=group.value()))
        percent.left.connect(lambda: self._change(place, percent=percent.value() or NO_PERCENT))
        gone = IconButton("x", _("Remove discount"))
        gone.clicked.connect(lambda: self._remove(place))
        box.addWidget(group)
        box.addWidget(percent)
        box.addWidget(gone)
        box.addStretch(1)
        return holder

    def _change(self, place: int, **values: Any) -> None:
        made = list(self._discounts)
        made[place] = replace(made[place], **values)
        self.changed.emit(tuple(made))

    def _remove(self, place: int) -> None:
        self.changed.emit(tuple(each for at, each in enumerate(self._discounts) if at != place))

    def _add(self) -> None:
        taken = {each.group_id for each in self._discounts}
        free = next((group for group in self._groups if group not in taken), None)
        if free is not None:
            made = GroupDiscount(group_id=free, percent=NO_PERCENT)
            self.changed.emit((*self._discounts, made))
