"""A customer's consent to direct debit, on a form: new, signed, ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _, pgettext
from klantenapp.services.receivables import mandates
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from klantenapp.services.receivables.mandates import MandateRow
    from klantenapp.ui.widgets.page import Page


def standing(found: MandateRow) -> str:
    """What a mandate is today, in words."""
    state = found.state_on(clock.today())
    if state == "ended" and found.ended_on is not None:
        return _("Ended on {day}").format(day=i18n.date(found.ended_on))
    if state == "expired" and found.expires_on is not None:
        return _("Lapsed on {day}").format(day=i18n.date(found.expires_on))
    if state == "unsigned":
        return _("Waits for signature")
    used = found.last_used
    return _("Holds, last used on {day}").format(day=i18n.date(used)) if used else _("Holds")


def tone(found: MandateRow) -> str | None:
    """Ended is quiet; what stands in the way of collecting is to be seen."""
    state = found.state_on(clock.today())
    return {"ended": "muted", "expired": "danger", "unsigned": "warn"}.get(state)


class MandateDialog(Dialog):
    """A new consent: account, name on it, day of signing."""

    def __init__(self, page: Page, customer_id: int, customer: str, iban: str = "") -> None:
        super().__init__(page, _("Mandate of {customer}").format(customer=customer))
        self._page, self._customer_id = page, customer_id
        self.form = Form(columns=2)
        for at, (name, title, editor) in enumerate(
            (
                ("iban", _("IBAN"), TextInput()),
                ("account_name", _("Name on the account"), TextInput()),
                ("signed_on", _("Signed on"), DateInput(_("not yet"))),
                ("reference", _("Reference"), TextInput(_("made by itself"))),
                ("scheme", _("Scheme"), ChoiceInput([("CORE", "CORE"), ("B2B", "B2B")])),
                (
                    "once",
                    _("Use"),
                    ChoiceInput([(False, pgettext("mandate", "Recurring")), (True, _("Once"))]),
                ),
            )
        ):
            self.form.add(name, title, editor, row=at // 2, column=at % 2)
        for name, value in (
            ("iban", grouped(iban) or None),
            ("account_name", customer),
            ("signed_on", clock.today()),
            ("scheme", "CORE"),
            ("once", False),
        ):
            self.form.fields[name].input.set_value(value)
        self.body.addWidget(self.form)
        self.body.addWidget(
            Note(
                "info",
                _("Without a day of signing"),
                _("the mandate is kept, but nothing is collected under it."),
            )
        )
        self.set_act(_("Add mandate"), self._add, "file-check")
        self.start_at(self.form.fields["iban"].input)

    def _add(self) -> None:
        values = self.form.values()
        data = mandates.MandateData(
            customer_id=self._customer_id,
            iban=values["iban"] or "",
            account_name=values["account_name"] or "",
            signed_on=values["signed_on"],
            reference=values["reference"] or None,
            scheme=values["scheme"],
            once=bool(values["once"]),
        )
        work = partial(mandates.add, data=data)
        self._page.ops.write(mandates.ADD, work, done=self._added, failed=self._refused)

    def _added(self, _mandate: int) -> None:
        self.accept()
        self._page.toast(_("Mandate added"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)


class MandateStateDialog(Dialog):
    """A consent that is there: sign it, end it, or throw it away."""

    def __init__(self, page: Page, found: MandateRow) -> None:
        super().__init__(page, _("Mandate {reference}").format(reference=found.reference))
        self._page, self._found = page, found
        self.say(f"{found.account_name}, {grouped(found.iban)}")
        self.say(standing(found), tone(found))
        self.form = Form(columns=2)
        self.signed = DateInput()
        self.form.add("signed_on", _("Signed on"), self.signed, row=0, column=0)
        self.signed.set_value(found.signed_on or clock.today())
        self.body.addWidget(self.form)
        waits = found.ended_on is None and found.signed_on is None
        self.form.setVisible(waits)
        if waits:
            self.set_act(_("Record signature"), self._sign, "file-check")
        remove = Button(_("Delete mandate"), "trash-2", "danger")
        remove.clicked.connect(self._delete)
        remove.setVisible(found.last_used is None)
        self.add_left(remove)
        self.end = Button(_("End mandate"), "ban")
        self.end.clicked.connect(self._end)
        self.end.setVisible(found.ended_on is None)
        self.add_left(self.end)

    def _sign(self) -> None:
        day = self.signed.value() or clock.today()
        work = partial(mandates.sign, mandate_id=self._found.id, signed_on=day)
        self._write(mandates.SIGN, work, _("Signature recorded"))

    def _end(self) -> None:
        work = partial(mandates.end, mandate_id=self._found.id)
        self._write(mandates.END, work, _("Mandate ended"))

    def _delete(self) -> None:
        work = partial(mandates.delete, mandate_id=self._found.id)
        self._write(mandates.DELETE, work, _("Mandate deleted"))

    def _write(self, operation: str, work: Any, said: str) -> None:
        def done(_nothing: object) -> None:
            self.accept()
            self._page.toast(said, undo=True)

        self._page.ops.write(operation, work, done=done, failed=self._refused)

    def _refused(self, failure: Exception) -> None:
        self.form.setVisible(True)
        self.form.show_failure(failure)
