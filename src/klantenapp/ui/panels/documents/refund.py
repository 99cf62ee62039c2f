"""What a credit note still holds is paid back, or used on an open invoice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO
from klantenapp.services.receivables import payments, refunds
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.value_inputs import DateInput, MoneyInput

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.ui.widgets.page import Page


class RefundDialog(Dialog):
    """Books what was paid back; the program itself pays nothing."""

    def __init__(self, page: Page, document_id: int, amount: Money) -> None:
        super().__init__(page, _("Record refund"))
        self._page, self._id = page, document_id
        words = _("{amount} is in the customer's favour. Record here what you paid back.")
        self.say(words.format(amount=i18n.money(amount.cents)))
        self.form = Form(columns=2)
        self.amount, self.date = MoneyInput(), DateInput()
        self.form.add("amount", _("Amount €"), self.amount, row=0, column=0)
        self.form.add("date", _("Date"), self.date, row=0, column=1)
        self.amount.set_value(amount)
        self.date.set_value(clock.today())
        self.body.addWidget(self.form)
        self.set_act(_("Record"), self._write, "banknote")
        self.start_at(self.amount)

    def _write(self) -> None:
        work = partial(
            refunds.refund_credit_note,
            document_id=self._id,
            amount=self.amount.value() or ZERO,
            date=self.date.value() or clock.today(),
        )
        self._page.ops.write(payments.REFUND, work, done=self._done, failed=self._refused)

    def _done(self, _booked: payments.Booked) -> None:
        self.accept()
        self._page.toast(_("Refund recorded"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
