"""What a credit note still holds is paid back, or used on an open invoice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.receivables import payments, refunds
from klantenapp.ui.panels.documents.amount_dialog import AmountDialog, Booking

if TYPE_CHECKING:
    from klantenapp.models.values import Money
    from klantenapp.ui.widgets.page import Page


class RefundDialog(AmountDialog):
    """Books what was paid back; the program itself pays nothing."""

    def __init__(self, page: Page, document_id: int, amount: Money) -> None:
        work = partial(refunds.refund_credit_note, document_id=document_id)
        booking = Booking(payments.REFUND, work, _("Refund recorded"))
        words = _("{amount} is in the customer's favour. Record here what you paid back.")
        about = words.format(amount=i18n.money(amount.cents))
        super().__init__(page, _("Record refund"), amount, booking, about)
