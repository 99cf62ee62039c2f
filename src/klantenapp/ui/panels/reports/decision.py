"""Deciding about a customer's credit: limit, term and deposit, with the reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.services.insights import credit_decisions
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import NoteInput
from klantenapp.ui.widgets.value_inputs import IntInput, MoneyInput, PercentInput

if TYPE_CHECKING:
    from klantenapp.services.insights.credit_advice import Advice
    from klantenapp.ui.widgets.page import Page


class DecisionDialog(Dialog):
    """What the user decides; it starts with the advice."""

    def __init__(self, page: Page, advice: Advice) -> None:
        super().__init__(page, _("Decide about credit"))
        self._page, self._id = page, advice.customer_id
        self.say(advice.customer, None)
        self.form = Form(columns=3)
        limit = MoneyInput()
        self.form.add("limit", _("Credit limit"), limit, row=0, column=0)
        term = IntInput(suffix=_("days"))
        self.form.add("term_days", _("Payment term"), term, row=0, column=1)
        deposit = PercentInput()
        self.form.add("deposit", _("Deposit"), deposit, row=0, column=2)
        note = NoteInput(lines=3)
        self.form.add("note", _("Why"), note, row=1, span=3)
        limit.set_value(advice.suggested_limit)
        term.set_value(advice.suggested_term)
        deposit.set_value(advice.deposit)
        self.body.addWidget(self.form)
        self.set_act(_("Save"), self._save, "check")
        self.start_at(note)

    def _save(self) -> None:
        values: dict[str, Any] = self.form.values()
        work = partial(
            credit_decisions.decide,
            customer_id=self._id,
            limit=values["limit"],
            term_days=values["term_days"],
            deposit=values["deposit"],
            note=values["note"] or "",
        )
        self._page.ops.write(credit_decisions.DECIDE, work, done=self._saved, failed=self._refused)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _saved(self, _nothing: object) -> None:
        self.accept()
        self._page.toast(_("Decision kept"), undo=True)
