"""Booking a payment on one invoice: what is open is filled in, more or less is explained."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import Money
from klantenapp.services.receivables import payments
from klantenapp.services.sales import documents
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput, MoneyInput

if TYPE_CHECKING:
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.ui.widgets.page import Page


def methods() -> list[tuple[str, str]]:
    """Ways in which money comes in."""
    return [
        ("transfer", _("Bank transfer")),
        ("direct_debit", _("Direct debit")),
        ("cash", _("Cash")),
        ("card", _("Card")),
        ("other", _("Other")),
    ]


class PaymentDialog(Dialog):
    """Amount, date and method of a payment on one invoice."""

    def __init__(self, page: Page, document_id: int) -> None:
        super().__init__(page, _("Record payment"))
        self._page = page
        self._id = document_id
        self._open_amount = Money(0)
        self.subject = self.say("")
        self.form = Form(columns=2)
        self.amount = MoneyInput()
        self.form.add("amount", _("Amount €"), self.amount, row=0, column=0)
        self.date = DateInput()
        self.method = ChoiceInput(methods())
        self.form.add("date", _("Date"), self.date, row=0, column=1)
        self.form.add("method", _("Paid by"), self.method, row=1, column=0)
        self.form.add("reference", _("Reference"), TextInput(), row=1, column=1)
        self.body.addWidget(self.form)
        self.note = Note("info", "", "")
        self.note.hide()
        self.body.addWidget(self.note)
        self.amount.edited.connect(self._explain)
        self.set_act(_("Record payment"), self._book, "banknote")
        page.ops.read(
            self, partial(documents.row, document_id=document_id, today=clock.today()), self._show
        )

    def _show(self, found: DocumentRow) -> None:
        self._open_amount = found.open_amount
        self.subject.setText(
            _("{number}, {customer}: {open} open").format(
                number=found.number,
                customer=found.customer,
                open=i18n.money(found.open_amount.cents),
            )
        )
        self.amount.set_value(found.open_amount)
        self.date.set_value(clock.today())
        self.method.set_value("transfer")
        self.amount.setFocus()
        self.amount.selectAll()

    def _explain(self) -> None:
        """Say what happens with a part, or with more than was open."""
        amount = self.amount.value()
        if amount is None or amount == self._open_amount:
            self.note.hide()
            return
        if amount < self._open_amount:
            left = i18n.money((self._open_amount - amount).cents)
            self.note.set_text(_("Part payment."), _("{left} stays open.").format(left=left))
        else:
            left = i18n.money((amount - self._open_amount).cents)
            self.note.set_text(
                _("More than was open."),
                _("{left} stays as the customer's credit.").format(left=left),
            )
        self.note.show()

    def _book(self) -> None:
        values = self.form.values()
        work = partial(
            payments.pay,
            document_id=self._id,
            amount=values["amount"] or Money(0),
            date=values["date"],
            method=values["method"],
            reference=values["reference"],
        )
        self._page.ops.write(payments.MARK_PAID, work, done=self._booked, failed=self._refused)

    def _booked(self, _booked: payments.Booked) -> None:
        self.accept()
        self._page.toast(_("Payment recorded"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
