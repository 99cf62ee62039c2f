"""Details of a customer, first part: name, numbers, how to reach it, labels and mark."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.customers import checks, customers, duplicates
from klantenapp.services.customers.customers import CustomerData
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.forms import numbers
from klantenapp.ui.forms.form import Form
from klantenapp.ui.forms.new_customer import reason_words
from klantenapp.ui.panels.customers.label_bar import LabelBar
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, NoteInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from klantenapp.services.customers.duplicates import Duplicate
    from klantenapp.services.customers.profile import Profile
    from klantenapp.ui.widgets.fields import Field
    from klantenapp.ui.widgets.page import Page

_LOOKED_AT = ("kvk", "vat_id", "iban", "email", "invoice_email", "phone")


class CompanyPart(QWidget):
    """Fields that are saved as they are left.

    Attributes:
        more: a second form, which stands lower on the page: how to reach the customer, and a note.
        mark_wanted: another company mark is to be chosen.
    """

    mark_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._profile: Profile | None = None
        box = column(self, gap=8)
        head = row(gap=8)
        head.addWidget(Label(_("Company"), "heading"))
        head.addStretch(1)
        self.labels = LabelBar(page)
        head.addWidget(self.labels)
        mark = Button(_("Change mark"), "image", "link")
        mark.clicked.connect(self.mark_wanted)
        head.addWidget(mark)
        box.addLayout(head)
        self.form = Form(self._save, columns=4)
        box.addWidget(self.form)
        self.more = Form(self._save, columns=4)
        self._build()
        self.fields: dict[str, Field] = {**self.form.fields, **self.more.fields}
        self.note = Note("warn", "", "")
        self.note.hide()
        box.addWidget(self.note)

    def _build(self) -> None:
        add = self.form.add
        add("name", _("Name"), TextInput(), row=0, column=0)
        add("kvk", _("CoC"), TextInput(limit=30), row=0, column=1)
        add("vat_id", _("VAT id"), TextInput(limit=30), row=0, column=2)
        add("iban", _("IBAN"), TextInput(limit=50), row=0, column=3)
        add = self.more.add
        add("email", _("E-mail"), TextInput(limit=254), row=0, column=0)
        add("invoice_email", _("E-mail for invoices"), TextInput(limit=254), row=0, column=1)
        add("phone", _("Phone"), TextInput(limit=60), row=0, column=2)
        add("website", _("Website"), TextInput(), row=0, column=3)
        add("kind", _("Kind of customer"), ChoiceInput(words.kinds()), row=1, column=0)
        add("number", _("Customer number"), TextInput(limit=40), row=1, column=1)
        add("salutation", _("Salutation"), TextInput(), row=1, column=2)
        self.large = CheckInput(_("Large company"))
        self.large.setToolTip(
            _(
                "Two of: assets over € 25 million, turnover over € 50 million, 250 people. It must"
                " pay a small supplier within 30 days."
            )
        )
        add("large_company", _("Payment term by law"), self.large, row=1, column=3)
        add("note", _("Note"), NoteInput(lines=2), row=2, column=0, span=4)
        hint = self.more.fields["salutation"].input
        hint.setPlaceholderText(_("Dear Sir or Madam,"))

    def show_customer(self, profile: Profile) -> None:
        """Show what is filled in, and what is known of the numbers."""
        self._profile = profile
        for name, field in self.fields.items():
            if not _is_modified(field.input):
                value = getattr(profile.own, name)
                field.input.set_value(_grouped(value) if name == "iban" else value)
                field.set_error(None)
        business = profile.own.kind == "business"
        self.fields["large_company"].setVisible(business)
        self.fields["name"].set_help(
            _("Customer number {number}").format(number=profile.own.number)
        )
        self.labels.show_customer(profile)
        self._look(profile)
        data = CustomerData(
            name=profile.own.name,
            vat_id=profile.own.vat_id,
            kvk=profile.own.kvk,
            iban=profile.own.iban,
        )
        self._page.ops.read(
            self,
            partial(duplicates.duplicates, data=data, customer_id=profile.own.id),
            self._warn,
            key="duplicates",
        )

    def _look(self, profile: Profile) -> None:
        for name in _LOOKED_AT:
            kind = "email" if name == "invoice_email" else name
            country = profile.address.country if profile.address else "NL"
            found = checks.check(kind, getattr(profile.own, name), country)
            numbers.show(self.fields[name], found)
        if profile.paid_from is not None:
            day = i18n.date(profile.paid_from)[:5]
            self.fields["iban"].set_help(_("Known from the payment of {day}").format(day=day), "ok")

    def _warn(self, found: list[Duplicate]) -> None:
        self.note.setVisible(bool(found))
        if found:
            first = found[0]
            self.note.set_text(_("Twice?"), reason_words(first))
            self.note.set_action(
                _("Show customer"), lambda: self._page.go("customer", id=first.customer_id)
            )

    def _save(self, name: str, value: Any) -> None:
        if self._profile is None:
            return
        _set_read(self.fields[name].input)
        work = partial(customers.change, customer_id=self._profile.own.id, values={name: value})
        refused = partial(self._refused, name)
        self._page.ops.write(customers.CHANGE, work, done=self._saved, failed=refused)

    def _saved(self, _nothing: object) -> None:
        self._page.toast(_("Saved"), undo=True)

    def _refused(self, name: str, failure: Exception) -> None:
        (self.form if name in self.form.fields else self.more).show_failure(failure)


def _is_modified(editor: Any) -> bool:
    """The user types something else in it, which must not be written over."""
    if isinstance(editor, NoteInput):
        return editor.document().isModified()
    return isinstance(editor, TextInput) and editor.isModified()


def _set_read(editor: Any) -> None:
    """What was typed is on its way to be saved."""
    if isinstance(editor, NoteInput):
        editor.document().setModified(False)
    elif isinstance(editor, TextInput):
        editor.setModified(False)


def _grouped(iban: str | None) -> str | None:
    """An IBAN as people write it, in groups of four."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4)) if iban else None
