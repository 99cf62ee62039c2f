"""A part in advance: which percentage of an accepted quote the deposit invoice asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.models.values import Percent
from klantenapp.services.sales import quotes
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.value_inputs import PercentInput

if TYPE_CHECKING:
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.ui.widgets.page import Page

#: What is asked most; the field lets the user decide.
_USUAL = Percent(3000)


class DepositDialog(Dialog):
    """Makes a draft; the final invoice takes off what was asked in advance."""

    def __init__(self, page: Page, found: DocumentRow) -> None:
        super().__init__(page, _("Deposit on quote {number}").format(number=found.number))
        self._page, self._id = page, found.id
        self.say(_("The final invoice takes the deposit off."))
        self.percent = PercentInput()
        self.percent.set_value(_USUAL)
        self.form = Form(columns=1)
        self.form.add("percent", _("Deposit %"), self.percent)
        self.body.addWidget(self.form)
        self.set_act(_("Make draft"), self._make, "file-text")

    def _make(self) -> None:
        work = partial(quotes.to_deposit, document_id=self._id, percent=self.percent.value())
        self._page.ops.write(quotes.TO_DEPOSIT, work, done=self._made, failed=self._refused)

    def _made(self, document_id: int) -> None:
        self.accept()
        self._page.go("draft", id=document_id)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
