"""What can be done about an invoice besides a payment: use credit, write off, record what came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO
from klantenapp.services.receivables import credit_use, ways, write_offs
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.panels.documents.amount_dialog import AmountDialog, Booking
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.services.receivables.ways import Ways
    from klantenapp.ui.widgets.page import Page


class WriteOffDialog(Dialog):
    """An invoice that will not be paid: why, and on which day."""

    def __init__(self, page: Page, document_id: int, amount: Money) -> None:
        super().__init__(page, _("Write off"))
        self._page, self._id = page, document_id
        self.say(
            _("{amount} will not be paid. The invoice stays in history as a bad debt.").format(
                amount=i18n.money(amount.cents)
            )
        )
        self.form = Form(columns=2)
        self.reason = TextInput()
        self.date = DateInput()
        self.form.add("reason", _("Reason"), self.reason, row=0, column=0)
        self.form.add("date", _("Date"), self.date, row=0, column=1)
        self.date.set_value(clock.today())
        self.body.addWidget(self.form)
        self.set_act(_("Write off"), self._write, "ban")
        self.start_at(self.reason)

    def _write(self) -> None:
        work = partial(
            write_offs.write_off,
            document_id=self._id,
            reason=self.reason.value() or "",
            date=self.date.value(),
        )
        self._page.ops.write(write_offs.WRITE_OFF, work, done=self._done, failed=self._refused)

    def _done(self, amount: Money) -> None:
        self.accept()
        told = _("{amount} written off").format(amount=i18n.money(amount.cents))
        self._page.toast(told, undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)


class RecoverDialog(AmountDialog):
    """Money that came in after all."""

    def __init__(self, page: Page, document_id: int, amount: Money) -> None:
        work = partial(write_offs.recover, document_id=document_id)
        booking = Booking(write_offs.RECOVER, work, _("Payment recorded"))
        super().__init__(page, _("Record recovered amount"), amount, booking)


class SettlingBar(QWidget):
    """The heading above what settled an invoice, with what else can be done about it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._id, self._ways = page, 0, ways.Ways()
        box = row(self, gap=6)
        box.addWidget(Label(_("Payments and settlements"), "heading"))
        box.addStretch(1)
        self.credit = self._button("wallet", self._use_credit)
        self.discount = self._button("percent", self._give_discount)
        self.difference = self._button("ban", self._write_off_difference)
        self.loss = self._button("ban", self._write_off)
        self.recovered = self._button("banknote", self._recover)
        self.difference.setText(_("Write off difference"))
        self.loss.setText(_("Write off"))
        self.recovered.setText(_("Record recovered amount"))
        for button in (self.credit, self.discount, self.difference, self.loss, self.recovered):
            button.hide()
            box.addWidget(button)

    def _button(self, icon: str, run: Any) -> Button:
        made = Button("", icon, "ghost", small=True)
        made.clicked.connect(lambda: run())
        return made

    def show_document(self, document_id: int) -> None:
        """Show what can be done about an invoice."""
        self._id = document_id
        work = partial(ways.of_invoice, document_id=document_id)
        self._page.ops.read(self, work, self._show, key="ways")

    def _show(self, found: Ways) -> None:
        self._ways = found
        is_open = found.open_amount > ZERO
        usable = min(found.credit, found.open_amount)
        self.credit.setVisible(usable > ZERO)
        self.credit.setText(_("Use credit of {amount}").format(amount=i18n.money(usable.cents)))
        self.discount.setVisible(found.discount > ZERO)
        self.discount.setText(
            _("Paid with discount of {amount}").format(amount=i18n.money(found.discount.cents))
        )
        self.difference.setVisible(found.is_small)
        self.loss.setVisible(is_open and not found.is_small)
        self.recovered.setVisible(found.written_off > ZERO and not is_open)

    def _use_credit(self) -> None:
        work = partial(ways.use_credits, document_id=self._id)
        self._write_and_tell(credit_use.USE_CREDIT, work, _("Credit used"))

    def _give_discount(self) -> None:
        work = partial(write_offs.pay_with_discount, document_id=self._id)
        self._write_and_tell(write_offs.DISCOUNT, work, _("Payment recorded"))

    def _write_off_difference(self) -> None:
        work = partial(write_offs.write_off_difference, document_id=self._id)
        self._write_and_tell(write_offs.WRITE_OFF, work, _("Difference written off"))

    def _write_and_tell(self, name: str, work: Any, told: str) -> None:
        self._page.ops.write(name, work, done=lambda _done: self._page.toast(told, undo=True))

    def _write_off(self) -> None:
        WriteOffDialog(self._page, self._id, self._ways.open_amount).open()

    def _recover(self) -> None:
        RecoverDialog(self._page, self._id, self._ways.written_off).open()
