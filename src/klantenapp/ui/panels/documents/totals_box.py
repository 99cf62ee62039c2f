"""Totals of a draft: per rate, or the sentence that takes a rate's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.sales.snapshots import rule_of
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, line
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.services.catalogue.tax_totals import RateTotal
    from klantenapp.services.sales.calculating import Calculated


class TotalsBox(QWidget):
    """Subtotal, tax per rate, total."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(theme().px(320))
        outer = column(self, gap=8)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(theme().px(6))
        outer.addLayout(self._grid)
        outer.addWidget(line(strong=True))
        self._last = QGridLayout()
        self._last.addWidget(Label(_("Total"), "numberSmall"), 0, 0)
        self._last.setColumnStretch(0, 1)
        self.total = Label("", "numberSmall")
        self._last.addWidget(self.total, 0, 1, Qt.AlignmentFlag.AlignRight)
        outer.addLayout(self._last)
        outer.addStretch(1)

    def show_totals(self, found: Calculated) -> None:
        """Show what the draft comes to."""
        clear(self._grid)
        gross = found.context.prices_include_tax
        amounts = found.totals
        subtotal = amounts.net if gross else amounts.lines
        words = _("Subtotal without VAT") if gross else _("Subtotal")
        self._row(words, subtotal)
        if amounts.discount and not gross:
            self._row(_("Discount"), -amounts.discount)
        for rate in amounts.rates:
            self._rate(rate, found)
        self.total.setText(i18n.money(amounts.total.cents))
        self.total.setAccessibleName(_("Total {total}").format(total=self.total.text()))

    def _rate(self, rate: RateTotal, found: Calculated) -> None:
        rule = rule_of(found, rate)
        if rule is not None and rule.prints_rate and rate.percent is not None:
            text = _("VAT {percent} on {base}").format(
                percent=i18n.percent(rate.percent.points), base=i18n.money(rate.base.cents)
            )
            self._row(text, rate.tax)
        elif rule is not None and rule.wording is not None:
            label = Label(rule.wording.spoken(i18n.language()), "caption", "muted", wrap=True)
            self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 2)

    def _row(self, words: str, amount: Money) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(Label(words, "body", "muted"), at, 0)
        number = Label(i18n.money(amount.cents), "body")
        self._grid.addWidget(number, at, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.setColumnStretch(0, 1)
