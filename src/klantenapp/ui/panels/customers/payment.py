"""Booking what a customer paid: over what is open, the oldest first, the rest as credit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import ZERO, Money, total
from klantenapp.services.ledger import open_items
from klantenapp.services.receivables import bank_accounts, payments
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.services.receivables.payments import Receipt
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.tables.columns import Column, Due
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.allocation import Allocation, scrolled
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.flow import clear_all
from klantenapp.ui.widgets.inputs import ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput, MoneyInput

if TYPE_CHECKING:
    from klantenapp.services.ledger.open_items import OpenItem
    from klantenapp.ui.widgets.page import Page

_MOST_ROWS = 6


def methods() -> list[tuple[str, str]]:
    """Ways in which money comes in."""
    return [
        ("transfer", _("Bank transfer")),
        ("direct_debit", _("Direct debit")),
        ("cash", _("Cash")),
        ("card", _("Card")),
        ("other", _("Other")),
    ]


def columns() -> list[Column]:
    """Columns of what is open."""
    return [
        Column("number", _("Number"), "strong", width=110, stretch=True),
        Column(
            "due_date",
            _("Due"),
            "due",
            value=lambda item: Due.of(item.due_date, clock.today()) if item.due_date else None,
        ),
        Column("open_amount", _("Outstanding €"), "money"),
    ]


class CustomerPaymentDialog(Dialog):
    """Amount, date and method of a payment by one customer."""

    def __init__(self, page: Page, customer_id: int, name: str) -> None:
        super().__init__(page, _("Record payment"), 620)
        self._page = page
        self._id = customer_id
        self._open: list[OpenItem] = []
        self.say(name, None)
        self.form = Form(columns=2)
        self.amount = MoneyInput()
        self.date = DateInput()
        self.form.add("amount", _("Amount €"), self.amount, row=0, column=0)
        self.form.add("date", _("Date"), self.date, row=0, column=1)
        self.form.add("method", _("Paid by"), ChoiceInput(methods()), row=1, column=0)
        self.form.add("reference", _("Reference"), TextInput(), row=1, column=1)
        self.account = ChoiceInput([(None, "–")])
        self.form.add("account", _("On account"), self.account, row=2, column=0)
        self.body.addWidget(self.form)
        self.how = SegmentInput(
            [("oldest", _("The oldest first")), ("chosen", _("Chosen invoices"))]
        )
        self.how.set_value("oldest")
        self.how.edited.connect(self._follow)
        self.body.addWidget(self.how)
        self.model = TableModel(page.ops, columns(), parent=self)
        self.view = TableView(self.model, edge=4, row=32, label=_("Open invoices"))
        self.body.addWidget(self.view)
        self._table = column(gap=0)
        self.allocation: Allocation | None = None
        self.body.addLayout(self._table)
        self.note = Note("info", "", "")
        self.body.addWidget(self.note)
        self.amount.edited.connect(self._explain)
        page.ops.read(self, bank_accounts.rows, self._offer_accounts, key="accounts")
        self.set_act(_("Record payment"), self._book, "banknote")
        self.start_at(self.amount)
        self._show([])
        page.ops.read(
            self,
            partial(open_items.open_items, customer_id=customer_id, credits_too=False),
            self._show,
        )

    def _show(self, found: list[OpenItem]) -> None:
        self._open = found
        self.model.set_rows(found)
        rows = min(_MOST_ROWS, len(found))
        self.view.setVisible(bool(found))
        self.view.setFixedHeight(theme().size("tableHeader") + rows * theme().px(32) + 2)
        owed = total(item.open_amount for item in found)
        self.amount.set_value(owed or None)
        self.date.set_value(clock.today())
        self.form.fields["method"].input.set_value("transfer")
        self.amount.selectAll()
        self._explain()
        self.adjustSize()

    def _offer_accounts(self, found: list[tuple[int, str]]) -> None:
        """Own accounts, where there is a choice."""
        self.account.set_options([(None, "–"), *((each, grouped(iban)) for each, iban in found)])
        self.account.set_value(found[0][0] if len(found) == 1 else None)
        self.form.fields["account"].setVisible(bool(found))

    def _follow(self) -> None:
        """Show what is open, or the table in which it is chosen."""
        chosen = self.how.value() == "chosen"
        clear_all(self._table)
        self.allocation = None
        self.view.setVisible(not chosen and bool(self._open))
        if chosen:
            self.allocation = Allocation()
            amount = self.amount.value() or ZERO
            self.allocation.show_items(self._open, amount, {}, self._id)
            self.allocation.changed.connect(self._explain)
            self._table.addWidget(scrolled(self.allocation, len(self._open)))
        self._explain()
        self.adjustSize()

    def _explain_chosen(self, table: Allocation) -> None:
        amount = self.amount.value() or ZERO
        table.set_amount(amount)
        left = amount - table.assigned
        self.note.set_tone("danger" if left < ZERO else "info")
        text = (
            _("More is assigned than was paid.")
            if left < ZERO
            else _("{left} stays as the customer's credit.").format(left=i18n.money(left.cents))
        )
        self.note.set_text(
            _("{amount} assigned:").format(amount=i18n.money(table.assigned.cents)),
            text if left else _("everything."),
        )

    def _explain(self) -> None:
        """Say what the amount settles."""
        if self.allocation is not None:
            self._explain_chosen(self.allocation)
            return
        amount = self.amount.value() or ZERO
        owed = total(item.open_amount for item in self._open)
        if amount > owed:
            left = i18n.money((amount - owed).cents)
            self.note.set_text(
                _("More than was open."),
                _("{left} stays as the customer's credit.").format(left=left),
            )
            return
        full, part, rest = 0, "", amount
        for item in self._open:
            if rest >= item.open_amount:
                full += 1
                rest -= item.open_amount
            elif rest > ZERO:
                part, rest = item.number or "", ZERO
        said = ngettext("{count} invoice in full", "{count} invoices in full", full)
        text = said.format(count=full)
        if part:
            text = _("{full}, and a part of {number}").format(full=text, number=part)
        self.note.set_text(_("The oldest first:"), text)

    def _book(self) -> None:
        values = self.form.values()
        receipt = Receipt(
            customer_id=self._id,
            amount=values["amount"] or Money(0),
            date=values["date"] or clock.today(),
            method=values["method"],
            reference=values["reference"],
            bank_account_id=values["account"],
        )
        table = self.allocation
        if table is not None and not table.is_right:
            return
        work = (
            partial(payments.receive, receipt=receipt)
            if table is None
            else partial(payments.receive_on, receipt=receipt, parts=table.parts)
        )
        self._page.ops.write(payments.RECEIVE, work, done=self._booked, failed=self._refused)

    def _booked(self, _booked: payments.Booked) -> None:
        self.accept()
        self._page.toast(_("Payment recorded"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
