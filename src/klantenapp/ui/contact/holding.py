"""Why somebody is not reminded: pause, promise, payment plan, dispute, never."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import total
from klantenapp.services.reminders import holds, standing
from klantenapp.services.store import clock
from klantenapp.ui.contact.instalments import Instalments
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput, IntInput

if TYPE_CHECKING:
    from klantenapp.services.reminders.standing import Standing
    from klantenapp.ui.widgets.page import Page

_WEEK: Final = dt.timedelta(days=7)
_MOST_INSTALMENTS: Final = 36


class HoldDialog(Dialog):
    """Puts one hold on a customer or on one of its invoices.

    Args:
        found: the customer, and the open invoices that it can be about.
        kind: chosen at first.
        document_id: of the invoice that it is about at first; None is all of them.
    """

    def __init__(
        self, page: Page, found: Standing, kind: str = "pause", document_id: int | None = None
    ) -> None:
        super().__init__(page, _("Not remind {customer}").format(customer=found.customer), 580)
        self._page = page
        self._customer_id = found.customer_id
        self._whole = found.left
        invoices = found.invoices
        self._left = {each: left for each, _number, left in invoices}
        self.form = Form(columns=3)
        kinds = [
            ("pause", _("Pause")),
            ("promise", _("Promised to pay")),
            ("plan", _("Payment plan")),
            ("dispute", _("Disputes the invoice")),
            ("never", _("Never remind")),
        ]
        self.kind = ChoiceInput(kinds)
        self.form.add("kind", _("What"), self.kind, row=0, column=0)
        self.what = ChoiceInput(
            [(None, _("All invoices")), *((each[0], each[1]) for each in invoices)]
        )
        self.form.add("document_id", _("About"), self.what, row=0, column=1)
        self.until = DateInput()
        self.until_field = self.form.add("until", _("Through"), self.until, row=1, column=0)
        self.count = IntInput(least=1, most=_MOST_INSTALMENTS)
        self.count_field = self.form.add(
            "instalments", _("Instalments"), self.count, row=1, column=1
        )
        self.weeks = ChoiceInput(
            [
                (0, _("Every month")),
                (1, ngettext("Every week", "Every {count} weeks", 1)),
                (2, _("Every two weeks")),
            ]
        )
        self.weeks_field = self.form.add("weeks", _("Rhythm"), self.weeks, row=1, column=2)
        self.reason = TextInput()
        self.form.add("reason", _("Reason"), self.reason, row=2, column=0, span=3)
        self.body.addWidget(self.form)
        self.plan = Instalments()
        self.plan.edited.connect(self._say)
        self.body.addWidget(self.plan)
        self.note = Note("info", "", "")
        self.body.addWidget(self.note)
        self.set_act(_("Record"), self._record, "check")
        self.kind.set_value(kind)
        self.until.set_value(clock.today() + 2 * _WEEK)
        self.count.set_value(3)
        self.weeks.set_value(0)
        if document_id in self._left:
            self.what.set_value(document_id)
        for editor in (self.kind, self.what, self.count, self.weeks, self.until):
            editor.edited.connect(self._explain)
        self._explain()
        self.start_at(self.until if kind in {"promise", "plan"} else self.reason)

    def _explain(self) -> None:
        """Show what the choice asks for, and say what follows from it."""
        kind = str(self.kind.value())
        if kind == "dispute" and self.what.value() is None and self._left:
            self.what.set_value(next(iter(self._left)))
        label = {"promise": _("Paid by"), "plan": _("First instalment")}.get(kind, _("Through"))
        self.until_field.label.setText(label)
        self.until.setAccessibleName(label)
        self.until_field.setVisible(kind in {"pause", "promise", "plan"})
        self.count_field.setVisible(kind == "plan")
        self.weeks_field.setVisible(kind == "plan")
        self.plan.setVisible(kind == "plan")
        if kind == "plan":
            self.plan.show_plan(self._proposed())
        self._say()
        if self.isVisible():
            self.fit()

    def _say(self) -> None:
        """What follows from the choice."""
        said = {
            "pause": (_("Comes back by itself"), _("the day after this one.")),
            "promise": (_("Comes back by itself"), _("when it is not paid by this day.")),
            "plan": (_("Instalments:"), self._plan_words()),
            "dispute": (_("This invoice only"), _("stays out of the list until you lift it.")),
            "never": (_("Stays out of the list"), _("until you choose Remind again.")),
        }
        self.note.set_text(*said[str(self.kind.value())])

    def _proposed(self) -> tuple[holds.Instalment, ...]:
        left = self._left.get(self.what.value(), self._whole)
        return holds.proposed_plan(
            left,
            self.count.value() or 1,
            self.until.value() or clock.today(),
            self.weeks.value() or 0,
        )

    def _plan_words(self) -> str:
        plan = self.plan.plan() or self._proposed()
        if len({one.amount for one in plan[:-1]}) > 1:
            return _("{count}, from {first} to {last}; {amount} together.").format(
                count=len(plan),
                first=i18n.date(plan[0].date),
                last=i18n.date(plan[-1].date),
                amount=i18n.money(total(one.amount for one in plan).cents),
            )
        first, last = plan[0], plan[-1]
        return _("{count} × {amount}, from {first} to {last}; the last {rest}.").format(
            count=len(plan),
            amount=i18n.money(first.amount.cents),
            first=i18n.date(first.date),
            last=i18n.date(last.date),
            rest=i18n.money(last.amount.cents),
        )

    def _record(self) -> None:
        values: dict[str, Any] = self.form.values()
        kind = cast("holds.Kind", values["kind"])
        new = holds.NewHold(
            kind,
            values["document_id"],
            values["reason"],
            values["until"] if kind in {"pause", "promise"} else None,
            self.plan.plan() if kind == "plan" else (),
        )
        work = partial(holds.add, customer_id=self._customer_id, new=new)
        self._page.ops.write(holds.ADD[kind], work, done=self._recorded, failed=self._refused)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _recorded(self, _hold: int) -> None:
        self.accept()
        self._page.toast(_("Recorded"), undo=True)


def ask(page: Page, customer_id: int, kind: str, document_id: int | None = None) -> None:
    """Ask for a hold on a customer or on one of its invoices; says so where nothing is open."""

    def show(found: Standing) -> None:
        if found.is_open:
            HoldDialog(page, found, kind, document_id).open()
        else:
            page.toast(_("Nothing is open."))

    query = partial(standing.of_customer, customer_id=customer_id, day=clock.today())
    page.ops.read(page, query, show, key="hold")
