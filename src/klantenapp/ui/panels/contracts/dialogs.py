"""Questions about a contract: a percentage on all prices, the next period, an early end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import NO_PERCENT
from klantenapp.services.catalogue import contract_prices, contracts
from klantenapp.services.errors.base import Refusal
from klantenapp.services.store import clock
from klantenapp.ui.agreements.words import ROUNDINGS, period_words, rounding_words
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, SegmentInput
from klantenapp.ui.widgets.value_inputs import DateInput, PercentInput

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from klantenapp.services.catalogue.contract_data import AgreedPrice
    from klantenapp.ui.panels.contracts.state import ContractState
    from klantenapp.ui.widgets.page import Page


class FillDialog(Dialog):
    """A percentage on every price; one step back."""

    def __init__(self, page: Page, state: ContractState) -> None:
        super().__init__(page, _("Change all prices"), 460)
        self._page, self._state = page, state
        self.form = Form(columns=2)
        self.percent = PercentInput()
        self.form.add("percent", _("Change by"), self.percent, row=0, column=0)
        roundings = [(cents, rounding_words(cents)) for cents in ROUNDINGS]
        self.rounding = ChoiceInput(roundings)
        self.rounding.set_value(1)
        self.form.add("rounding", _("Round"), self.rounding, row=0, column=1)
        self.base = SegmentInput(
            [("agreed", _("The agreed prices")), ("standard", _("The standard prices"))]
        )
        self.base.set_value("agreed")
        self.form.add("base", _("Starting from"), self.base, row=1, column=0, span=2)
        self.body.addWidget(self.form)
        self.example = self.say("")
        self.percent.edited.connect(self._compute)
        self.rounding.edited.connect(self._compute)
        self.base.edited.connect(self._compute)
        self._compute()
        self.set_act(_("Change prices"), self._fill, "percent")
        self.start_at(self.percent)

    def _compute(self) -> None:
        """Show what becomes of the first price."""
        data = self._state.data
        if data is None or not data.prices:
            return
        first = data.prices[0]
        percent = self.percent.value() or NO_PERCENT
        try:
            filled = self._filled()
        except Refusal:
            return
        if filled is None or self._state.around is None:
            return
        item = self._state.around.items.get(first.item_id)
        words = _("{item}: {before} becomes {after}").format(
            item=item.name if item else "",
            before=i18n.price(first.price.units),
            after=i18n.price(filled[0].price.units),
        )
        self.example.setText(words if percent or self.base.value() == "standard" else "")

    def _filled(self) -> tuple[AgreedPrice, ...] | None:
        data = self._state.data
        if data is None:
            return None
        standard = self._state.standard() if self.base.value() == "standard" else {}
        percent = self.percent.value() or NO_PERCENT
        rounding = self.rounding.value() or 1
        return contract_prices.with_percent(data, percent, standard, rounding).prices

    def _fill(self) -> None:
        try:
            filled = self._filled()
        except Refusal as failure:
            self.form.tell(failure)
            return
        if filled is not None:
            self._state.change(contract_prices.FILL, prices=filled)
        self.accept()
        self._page.toast(_("All prices changed"), undo=True)


class DuplicateDialog(Dialog):
    """The same contract for the period after it, with a percentage on all prices."""

    def __init__(
        self,
        page: Page,
        contract_id: int,
        period: tuple[dt.date, dt.date | None],
        done: Callable[[int], object],
    ) -> None:
        super().__init__(page, _("Duplicate contract"), 460)
        self._page, self._id, self._done = page, contract_id, done
        self.say(
            _("A draft for {period}, with the same agreements.").format(
                period=period_words(*period)
            )
        )
        self.form = Form(columns=2)
        self.percent = PercentInput()
        self.percent.set_value(NO_PERCENT)
        self.form.add("percent", _("Change all prices by"), self.percent, row=0, column=0)
        roundings = [(cents, rounding_words(cents)) for cents in ROUNDINGS]
        self.rounding = ChoiceInput(roundings)
        self.rounding.set_value(1)
        self.form.add("rounding", _("Round"), self.rounding, row=0, column=1)
        self.body.addWidget(self.form)
        self.set_act(_("Duplicate"), self._duplicate, "copy")
        self.start_at(self.percent)

    def _duplicate(self) -> None:
        self._page.ops.write(
            contract_prices.DUPLICATE,
            partial(
                contract_prices.duplicate,
                contract_id=self._id,
                percent=self.percent.value() or NO_PERCENT,
                rounding=self.rounding.value() or 1,
            ),
            done=self._made,
            failed=self.form.tell,
        )

    def _made(self, contract_id: int) -> None:
        self.accept()
        self._page.toast(_("Contract duplicated"), undo=True)
        self._done(contract_id)


class EndDialog(Dialog):
    """The day through which a terminated contract holds."""

    def __init__(self, page: Page, contract_id: int, name: str) -> None:
        super().__init__(page, _("End contract"), 420)
        self._page, self._id = page, contract_id
        words = _("{name} holds through this day. Issued invoices stay as they are.")
        self.say(words.format(name=name))
        self.form = Form(columns=1)
        self.day = DateInput()
        self.day.set_value(clock.today())
        self.form.add("ended_on", _("Last day"), self.day)
        self.body.addWidget(self.form)
        self.set_act(_("End contract"), self._end, "ban")
        self.start_at(self.day)

    def _end(self) -> None:
        day = self.day.value()
        if day is None:
            self.form.fields["ended_on"].set_error(_("Fill in a day."))
            return
        self._page.ops.write(
            contracts.END,
            partial(contracts.end, contract_id=self._id, day=day),
            done=self._ended,
            failed=self.form.tell,
        )

    def _ended(self, _none: object) -> None:
        self.accept()
        self._page.toast(_("Contract ended"), undo=True)
