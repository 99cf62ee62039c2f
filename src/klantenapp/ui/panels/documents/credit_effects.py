"""What crediting does, in words: number, settlement, freed money, tax return, who gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.ui.qt import clear
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from klantenapp.services.sales.credit_plan import CreditPlan, Effect


class EffectsBox(QFrame):
    """One line per consequence, always in the same order."""

    def __init__(self, plan: CreditPlan) -> None:
        super().__init__()
        self._plan = plan
        self.setProperty("role", "sunken")
        self._box = column(self, 14, 12, 14, 12, gap=6)

    def show_effect(self, effect: Effect | None) -> None:
        """Show what a choice does; None asks to choose."""
        clear(self._box)
        self._box.addWidget(Label(_("This happens"), "label", "muted"))
        if effect is None or not effect.total:
            self._line("info", _("Choose what to credit."))
            return
        self._say_ledger(effect)
        self._say_tax(effect)
        receivers = ", ".join(self._plan.receivers)
        self._line(
            "mail",
            _("An e-mail with the PDF goes to {receivers}.").format(receivers=receivers)
            if receivers
            else _("Nobody gets it by e-mail: the customer has no address for invoices."),
        )

    def _say_ledger(self, effect: Effect) -> None:
        plan, money = self._plan, i18n.money
        self._line(
            "file-text",
            _("Credit note {number} of {amount} gets its number now, for good.").format(
                number=plan.upcoming, amount=money(effect.total.cents)
            ),
        )
        settled = plan.settled(effect.total)
        if settled:
            words = _("{amount} is settled: {left} stays open on {number}.").format(
                amount=money(settled.cents),
                left=money((plan.open_amount - settled).cents),
                number=plan.number,
            )
        else:
            words = _("Nothing is open on {number}, so nothing is settled.").format(
                number=plan.number
            )
        self._line("check", words)
        freed = plan.freed(effect.total)
        if freed:
            words = _("{amount} was paid already and becomes free. Choose below what happens.")
            self._line("banknote", words.format(amount=money(freed.cents)))

    def _say_tax(self, effect: Effect) -> None:
        quarter = (self._plan.date.month + 2) // 3
        for each in effect.boxes:
            words = _(
                "VAT: box {box} of quarter {quarter} {year} goes down by {base}, and the VAT by"
                " {tax}."
            )
            if not each.tax:
                words = _("VAT: box {box} of quarter {quarter} {year} goes down by {base}.")
            self._line(
                "percent",
                words.format(
                    box=each.box,
                    quarter=quarter,
                    year=self._plan.date.year,
                    base=i18n.money(each.base.cents),
                    tax=i18n.money(each.tax.cents),
                ),
            )
        if not effect.boxes:
            self._line("percent", _("VAT: nothing changes in the return."))

    def _line(self, icon: str, text: str) -> None:
        line = row(gap=10)
        line.addWidget(IconLabel(icon, "muted", 16))
        line.addWidget(Label(text, "body", wrap=True), 1)
        holder = QWidget()
        holder.setLayout(line)
        self._box.addWidget(holder)
