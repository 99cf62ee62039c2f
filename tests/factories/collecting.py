"""A shop with debtors: customers, invoices with a due date, and letters on chosen days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tests.factories.sales import Shop

from klantenapp.models.values import Money
from klantenapp.services.receivables import payments
from klantenapp.services.reminders import holds, sending, worklist
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt

    from klantenapp.services.reminders.worklist import Row


@dataclass(frozen=True)
class Debts(Shop):
    """A shop whose customers do not pay."""

    def owed(self, customer_id: int, net: str, on: dt.date) -> int:
        """An invoice issued on a day; it is due thirty days later. The number of the document."""
        with clock.stopped(on):
            return self.invoice(customer_id, net, on).document_id

    def rows(self, day: dt.date) -> list[Row]:
        return self.administration.read(partial(worklist.read, day=day))

    def row(self, day: dt.date) -> Row:
        (found,) = self.rows(day)
        return found

    def send(self, day: dt.date) -> list[sending.Sent]:
        """Send everything that is ready on a day."""
        with clock.stopped(day):
            chosen = self.administration.read(partial(sending.ready, day=day))
            work = partial(sending.send, wanted=chosen, day=day)
            return self.administration.write(sending.SEND, work)[0]

    def pay(self, document_id: int, amount: str, on: dt.date) -> None:
        with clock.stopped(on):
            work = partial(
                payments.pay, document_id=document_id, amount=Money.parse(amount), date=on
            )
            self.administration.write(payments.MARK_PAID, work)

    def hold(self, customer_id: int, on: dt.date, **new) -> int:
        hold = holds.NewHold(**new)
        with clock.stopped(on):
            work = partial(holds.add, customer_id=customer_id, new=hold)
            return self.administration.write(holds.ADD[hold.kind], work)[0]
