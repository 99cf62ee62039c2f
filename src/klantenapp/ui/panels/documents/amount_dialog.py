"""An amount and its day, booked with a document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.models.values import ZERO
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.value_inputs import DateInput, MoneyInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.models.values import Money
    from klantenapp.ui.widgets.page import Page


@dataclass(frozen=True, slots=True)
class Booking:
    """What is written with the amount and the day.

    Attributes:
        operation: name of the operation.
        work: takes a session, `amount` and `date`.
        said: the note afterwards.
    """

    operation: str
    work: Callable[..., Any]
    said: str


class AmountDialog(Dialog):
    """Asks an amount and a day, and books them; a refusal is said at its field.

    Args:
        amount: what it begins with.
        words: what it is about, above the fields.
    """

    def __init__(
        self, page: Page, title: str, amount: Money, booking: Booking, words: str = ""
    ) -> None:
        super().__init__(page, title)
        self._page, self._booking = page, booking
        if words:
            self.say(words)
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
            self._booking.work,
            amount=self.amount.value() or ZERO,
            date=self.date.value() or clock.today(),
        )
        self._page.ops.write(self._booking.operation, work, done=self._done, failed=self._refused)

    def _done(self, _booked: object) -> None:
        self.accept()
        self._page.toast(self._booking.said, undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
