"""How the amounts of a letter were computed, line by line; printable."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from klantenapp import i18n
from klantenapp.i18n import _, translator
from klantenapp.services.reminders import calculation, dossier
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import line, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.printing import print_pdfs

if TYPE_CHECKING:
    from klantenapp.services.reminders.worklist import Row
    from klantenapp.ui.widgets.page import Page


class CalculationDialog(Dialog):
    """Principal, interest per stretch of days, costs per bracket."""

    def __init__(self, page: Page, found: Row) -> None:
        super().__init__(page, _("Calculation for {name}").format(name=found.debtor.name), 640)
        self._page = page
        self._row = found
        for each in calculation.lines(found, translator(i18n.language())):
            role = "bodyStrong" if each.is_total else "body"
            holder = row(gap=16)
            text = Label(each.text, role, None if each.is_total else "muted", wrap=True)
            holder.addWidget(text, 1)
            if each.amount is not None:
                amount = Label(i18n.amount(each.amount.cents), role)
                holder.addWidget(amount, 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(holder)
            if each.is_total:
                self.body.addWidget(line())
        button = Button(_("Print"), "printer")
        button.clicked.connect(self._print)
        self.add_left(button)
        self.cancel.setText(_("Close"))

    def _print(self) -> None:
        query = partial(dossier.calculation_sheet, row=self._row)
        self._page.ops.read(self, query, lambda content: self._printed(content))

    def _printed(self, content: bytes) -> None:
        print_pdfs(self, [content], _("Calculation"))
