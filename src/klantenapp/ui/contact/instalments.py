"""The instalments of a payment plan, each with an amount of its own; the last is the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO, total
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.value_inputs import MoneyInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.models.values import Money
    from klantenapp.services.reminders.holds import Instalment

#: Lines that are seen at once; more of them scroll.
_SEEN = 4
#: Width of an amount at 100 % text.
_WIDE = 150


class Instalments(QScrollArea):
    """One line per instalment.

    Attributes:
        edited: somebody changed an amount.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Instalments"))
        self.amounts: list[MoneyInput] = []
        self.rest = Label("", "bodyStrong")
        self._plan: tuple[Instalment, ...] = ()

    def show_plan(self, plan: Sequence[Instalment]) -> None:
        """Show a plan anew, unless it is the one that is shown."""
        if tuple(plan) == self._plan:
            return
        self._plan = tuple(plan)
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, theme().px(8), 0)
        grid.setVerticalSpacing(theme().px(6))
        grid.setHorizontalSpacing(theme().px(16))
        grid.setColumnStretch(2, 1)
        self.amounts, self.rest = [], Label("", "bodyStrong")
        for at, one in enumerate(plan):
            day = i18n.date(one.date)
            grid.addWidget(Label(day, "body", "muted"), at, 0)
            if at == len(plan) - 1:
                self.rest.setContentsMargins(0, theme().px(4), theme().px(13), theme().px(4))
                grid.addWidget(self.rest, at, 1, Qt.AlignmentFlag.AlignRight)
                break
            amount = MoneyInput()
            amount.setAccessibleName(_("Instalment of {day}").format(day=day))
            amount.set_value(one.amount)
            amount.edited.connect(self._follow)
            amount.setFixedWidth(theme().px(_WIDE))
            grid.addWidget(amount, at, 1)
            self.amounts.append(amount)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(sheet)
        seen = min(len(plan), _SEEN)
        self.setFixedHeight(min(sheet.sizeHint().height(), theme().px(42) * seen))
        self._say()

    def plan(self) -> tuple[Instalment, ...]:
        """The plan with the amounts as they stand; an empty field is nothing."""
        changed = [
            replace(one, amount=amount.value() or ZERO)
            for one, amount in zip(self._plan, self.amounts, strict=False)
        ]
        left = self._whole() - total(one.amount for one in changed)
        return (*changed, replace(self._plan[-1], amount=left)) if self._plan else ()

    def _whole(self) -> Money:
        return total(one.amount for one in self._plan)

    def _follow(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        """The rest, and in red where nothing is left for the last."""
        plan = self.plan()
        if plan:
            self.rest.setText(i18n.money(plan[-1].amount.cents))
            self.rest.set_tone("danger" if plan[-1].amount <= ZERO else None)
