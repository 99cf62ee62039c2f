"""Booking a payment on one invoice: what is open is filled in, more or less is explained."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import Money
from klantenapp.services.receivables import payments
from klantenapp.services.reminders import booking
from klantenapp.services.reminders.allocation import allocate
from klantenapp.services.sales import documents
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, TextInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput, MoneyInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.booking import Claimed
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


def read_shown(session: Session, document_id: int) -> tuple[DocumentRow, Claimed | None]:
    """The invoice, and what a letter claims besides it."""
    today = clock.today()
    return (
        documents.row(session, document_id, today),
        booking.claimed(session, document_id, today),
    )


class PaymentDialog(Dialog):
    """Amount, date and method of a payment on one invoice."""

    def __init__(self, page: Page, document_id: int) -> None:
        super().__init__(page, _("Record payment"))
        self._page = page
        self._id = document_id
        self._open_amount = Money(0)
        self._claimed: Claimed | None = None
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
        self.costs_first = CheckInput("")
        self.costs_first.hide()
        self.costs_first.edited.connect(self._follow)
        self.body.addWidget(self.costs_first)
        self.note = Note("info", "", "")
        self.note.hide()
        self.body.addWidget(self.note)
        self.amount.edited.connect(self._explain)
        self.set_act(_("Record payment"), self._book, "banknote")
        page.ops.read(self, partial(read_shown, document_id=document_id), self._show)

    def _show(self, shown: tuple[DocumentRow, Claimed | None]) -> None:
        found, self._claimed = shown
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
        self._offer_costs()
        self.amount.setFocus()
        self.amount.selectAll()

    def _offer_costs(self) -> None:
        """Ask for the order of the law where a letter claimed costs or interest."""
        claim = self._claimed
        self.costs_first.setVisible(claim is not None)
        if claim is not None:
            words = _("First costs {costs} and interest {interest} of the letter of {day}")
            if not claim.costs.cents:
                words = _("First interest {interest} of the letter of {day}")
            elif not claim.interest.cents:
                words = _("First costs {costs} of the letter of {day}")
            self.costs_first.setText(
                words.format(
                    costs=i18n.money(claim.costs.cents),
                    interest=i18n.money(claim.interest.cents),
                    day=i18n.date(claim.day),
                )
            )
            self.fit()

    def _follow(self) -> None:
        """Propose all that is owed in the order that was chosen."""
        both = self._claimed.together if self._claimed and self.costs_first.value() else Money(0)
        self.amount.set_value(self._open_amount + both)
        self._explain()

    def _in_order(self, claim: Claimed, amount: Money) -> str:
        """What an amount pays when costs go first."""
        parts = allocate(amount, claim.costs, claim.interest, self._open_amount)
        text = _("{costs} costs, {interest} interest, {principal} of the invoice.").format(
            costs=i18n.money(parts.costs.cents),
            interest=i18n.money(parts.interest.cents),
            principal=i18n.money(parts.principal.cents),
        )
        rest = self._open_amount - parts.principal
        if rest.cents > 0:
            left = _("{left} stays open.").format(left=i18n.money(rest.cents))
            return f"{text} {left}"
        if parts.left.cents > 0:
            credit = _("{left} stays as the customer's credit.")
            return f"{text} {credit.format(left=i18n.money(parts.left.cents))}"
        return text

    def _explain(self) -> None:
        """Say what happens with a part, or with more than was open."""
        amount = self.amount.value()
        if self._claimed is not None and self.costs_first.value() and amount is not None:
            self.note.set_text(_("In this order:"), self._in_order(self._claimed, amount))
            self.note.show()
            self.fit()
            return
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
        in_order = self._claimed is not None and bool(self.costs_first.value())
        operation, pay = (
            (booking.PAY, booking.pay) if in_order else (payments.MARK_PAID, payments.pay)
        )
        work: Any = partial(
            pay,
            document_id=self._id,
            amount=values["amount"] or Money(0),
            date=values["date"] or clock.today(),
            method=values["method"],
            reference=values["reference"],
        )
        self._page.ops.write(operation, work, done=self._booked, failed=self._refused)

    def _booked(self, _booked: object) -> None:
        self.accept()
        self._page.toast(_("Payment recorded"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
