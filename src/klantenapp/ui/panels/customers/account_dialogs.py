"""What can be booked on a customer's account besides a payment: to begin with, and paid back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO
from klantenapp.services.ledger import balances, open_items
from klantenapp.services.receivables import credit_use, payments, refunds_due, ways, write_offs
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.allocation import Allocation, scrolled
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.inputs import SegmentInput, TextInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput, MoneyInput

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.services.ledger.balances import Balance
    from klantenapp.services.ledger.open_items import OpenItem
    from klantenapp.ui.widgets.page import Page


class OpeningDialog(Dialog):
    """What a customer owed, or had in credit, before this program was used."""

    def __init__(self, page: Page, customer_id: int, name: str) -> None:
        super().__init__(page, _("Opening balance"), 560)
        self._page, self._id = page, customer_id
        self.say(name, None)
        self.side = SegmentInput(
            [("owed", _("Is owed to me")), ("credit", _("Is the customer's credit"))]
        )
        self.side.set_value("owed")
        self.side.edited.connect(self._follow)
        self.body.addWidget(self.side)
        self.form = Form(columns=2)
        self.amount, self.date = MoneyInput(), DateInput()
        self.due = DateInput()
        self.form.add("amount", _("Amount €"), self.amount, row=0, column=0)
        self.form.add("date", _("Date"), self.date, row=0, column=1)
        self.form.add("reference", _("Number or description"), TextInput(), row=1, column=0)
        self.form.add("due_date", _("Due date"), self.due, row=1, column=1)
        self.date.set_value(clock.today())
        self.body.addWidget(self.form)
        note = Note("info", _("No revenue and no VAT:"), _("those were in your books before."))
        self.body.addWidget(note)
        self.set_act(_("Book opening balance"), self._book, "history")
        self.start_at(self.amount)

    def _follow(self) -> None:
        """A credit has no day on which it is due."""
        self.form.fields["due_date"].setVisible(self.side.value() == "owed")

    def _book(self) -> None:
        values = self.form.values()
        amount = values["amount"] or ZERO
        work = partial(
            write_offs.open_balance,
            customer_id=self._id,
            amount=amount if self.side.value() == "owed" else -amount,
            date=values["date"] or clock.today(),
            reference=values["reference"] or None,
            due_date=values["due_date"] if self.side.value() == "owed" else None,
        )
        self._page.ops.write(write_offs.OPENING, work, done=self._booked, failed=self._refused)

    def _booked(self, _entry: int) -> None:
        self.accept()
        self._page.toast(_("Opening balance booked"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)


class RefundDialog(Dialog):
    """Money that was paid back, or that is to be."""

    def __init__(self, page: Page, customer_id: int, name: str) -> None:
        super().__init__(page, _("Pay back credit"), 560)
        self._page, self._id = page, customer_id
        self._subject = self.say(name, None)
        self._name = name
        self.when = SegmentInput([("later", _("To be paid back")), ("done", _("Was paid back"))])
        self.when.set_value("later")
        self.when.edited.connect(self._follow)
        self.body.addWidget(self.when)
        self.form = Form(columns=2)
        self.amount, self.date = MoneyInput(), DateInput()
        self.form.add("amount", _("Amount €"), self.amount, row=0, column=0)
        self.form.add("date", _("Date"), self.date, row=0, column=1)
        self.form.add("reference", _("Reference"), TextInput(), row=1, column=0, span=2)
        self.date.set_value(clock.today())
        self.body.addWidget(self.form)
        self.note = Note(
            "info",
            _("It goes on the to-do list."),
            _("When the bank line of your transfer comes in, it is matched to this credit."),
        )
        self.body.addWidget(self.note)
        self.set_act(_("Pay back"), self._book, "banknote")
        page.ops.read(
            self,
            partial(balances.balance, customer_id=customer_id, today=clock.today()),
            self._show,
        )
        self._follow()

    def _show(self, found: Balance) -> None:
        told = _("{customer}: {amount} in credit")
        amount = i18n.money(found.credit.cents)
        self._subject.setText(told.format(customer=self._name, amount=amount))
        self.amount.set_value(found.credit or None)

    def _follow(self) -> None:
        done = self.when.value() == "done"
        self.form.setVisible(done)
        self.note.setVisible(not done)
        self.adjustSize()

    def _book(self) -> None:
        if self.when.value() == "later":
            work: Any = partial(refunds_due.mark_customer, customer_id=self._id)
            self._page.ops.write(refunds_due.MARK, work, done=self._marked, failed=self._refused)
            return
        values = self.form.values()
        receipt = payments.Receipt(
            customer_id=self._id,
            amount=values["amount"] or ZERO,
            date=values["date"] or clock.today(),
            reference=values["reference"] or None,
        )
        work = partial(payments.refund, receipt=receipt)
        self._page.ops.write(payments.REFUND, work, done=self._done, failed=self._refused)

    def _marked(self, amount: Money) -> None:
        self.accept()
        told = _("{amount} is on the list to pay back")
        self._page.toast(told.format(amount=i18n.money(amount.cents)), undo=True)

    def _done(self, _booked: payments.Booked) -> None:
        self.accept()
        self._page.toast(_("Refund recorded"), undo=True)

    def _refused(self, failure: Exception) -> None:
        if not self.form.isVisible():
            self._page.ops.refused.emit(failure)
            return
        self.form.show_failure(failure)


class SpreadDialog(Dialog):
    """Credit over open invoices: chosen, in part or in full."""

    def __init__(self, page: Page, customer_id: int, name: str) -> None:
        super().__init__(page, _("Divide credit"), 620)
        self._page, self._id, self._name = page, customer_id, name
        self._credit = ZERO
        self._subject = self.say(name, None)
        self.allocation = Allocation()
        self._table = column(gap=0)
        self.body.addLayout(self._table)
        self.note = Note("info", "", "")
        self.body.addWidget(self.note)
        self.set_act(_("Use credit"), self._book, "wallet")
        page.ops.read(
            self,
            partial(balances.balance, customer_id=customer_id, today=clock.today()),
            self._show_credit,
        )

    def _show_credit(self, found: Balance) -> None:
        self._credit = found.credit
        told = _("{customer}: {amount} in credit")
        amount = i18n.money(found.credit.cents)
        self._subject.setText(told.format(customer=self._name, amount=amount))
        query = partial(open_items.open_items, customer_id=self._id, credits_too=False)
        self._page.ops.read(self, query, self._show, key="items")

    def _show(self, found: list[OpenItem]) -> None:
        self.allocation.show_items(found, self._credit, {}, self._id)
        self._table.addWidget(scrolled(self.allocation, len(found)))
        self.allocation.changed.connect(self._explain)
        self._explain()
        self.adjustSize()

    def _explain(self) -> None:
        left = self._credit - self.allocation.assigned
        self.note.set_tone("danger" if left < ZERO else "info")
        text = (
            _("More is assigned than there is in credit.")
            if left < ZERO
            else _("{left} stays as the customer's credit.").format(left=i18n.money(left.cents))
        )
        assigned = i18n.money(self.allocation.assigned.cents)
        self.note.set_text(_("{amount} assigned:").format(amount=assigned), text)

    def _book(self) -> None:
        if not self.allocation.is_right or not self.allocation.parts:
            return
        work = partial(ways.spread_credits, customer_id=self._id, parts=self.allocation.parts)
        self._page.ops.write(credit_use.USE_CREDIT, work, done=self._done)

    def _done(self, amount: Money) -> None:
        self.accept()
        told = _("{amount} of the credit used")
        self._page.toast(told.format(amount=i18n.money(amount.cents)), undo=True)
