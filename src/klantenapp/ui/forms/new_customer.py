"""A new customer: what is needed for an invoice, with a warning where it may be there already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.services.customers import customers, duplicates
from klantenapp.services.customers.customers import AddressData, ContactData, CustomerData
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.forms import numbers
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.country_input import CountryInput
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import SegmentInput, TextInput
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.customers.duplicates import Duplicate
    from klantenapp.ui.widgets.page import Page

_WATCHED = ("kvk", "vat_id", "iban", "email", "phone", "postal_code")


def reason_words(found: Duplicate) -> str:
    """Why two customers look the same."""
    return {
        "vat_id": _("{name} ({number}) has the same VAT id."),
        "kvk": _("{name} ({number}) has the same Chamber of Commerce number."),
        "iban": _("{name} ({number}) has the same IBAN."),
        "email": _("{name} ({number}) has the same e-mail address."),
        "name": _("{name} ({number}) has the same name and postal code."),
    }[found.reason].format(name=found.name, number=found.number)


class NewCustomerDialog(Dialog):
    """Name, address and numbers of a customer.

    Args:
        page: where it opens.
        name: what is known already.
        done: called with the id of the new customer; its page opens where absent.
    """

    def __init__(
        self, page: Page, name: str = "", done: Callable[[int], object] | None = None
    ) -> None:
        super().__init__(page, _("New customer"), 640)
        self._page = page
        self._done = done or (lambda customer: page.go("customer", id=customer))
        self.form = Form(columns=12)
        self._build()
        self.body.addWidget(self.form)
        self.note = Note("warn", "", "")
        self.note.hide()
        self.body.addWidget(self.note)
        self.act = self.set_act(_("Add customer"), self._add, "plus")
        self.form.fields["name"].input.set_value(name)
        self.start_at(self.form.fields["name"].input)
        page.ops.read(self, customers.next_number, self._show_number)

    def _build(self) -> None:
        add = self.form.add
        self.kind = SegmentInput(words.kinds())
        add("kind", "", self.kind, row=0, span=12)
        self.kind.set_value("business")
        self.kind.edited.connect(self._fit)
        add("name", _("Name"), TextInput(), row=1, span=9)
        add("number", _("Customer number"), TextInput(limit=40), row=1, column=9, span=3)
        add("street", _("Street and number"), TextInput(), row=2, span=6)
        add("postal_code", _("Postal code"), TextInput(limit=20), row=2, column=6, span=2)
        add("city", _("City"), TextInput(), row=2, column=8, span=4)
        add("country", _("Country"), CountryInput(), row=3, span=4)
        add("email", _("E-mail"), TextInput(limit=254), row=3, column=4, span=5)
        add("phone", _("Phone"), TextInput(limit=60), row=3, column=9, span=3)
        add("contact", _("Contact person"), TextInput(), row=4, span=4)
        add("kvk", _("Chamber of Commerce number"), TextInput(limit=30), row=4, column=4, span=4)
        add("vat_id", _("VAT id"), TextInput(limit=30), row=4, column=8, span=4)
        add("iban", _("IBAN"), TextInput(limit=50), row=5, span=6)
        for name in _WATCHED:
            numbers.watch(self.form.fields[name], name, self._country)
        for name in ("name", *_WATCHED):
            self.form.fields[name].input.left.connect(self._look_for_others)

    def _country(self) -> str:
        return str(self.form.fields["country"].input.value() or "NL")

    def _show_number(self, number: str) -> None:
        self.form.fields["number"].input.setPlaceholderText(number)

    def _fit(self) -> None:
        """A consumer has no company numbers."""
        for name in ("kvk", "vat_id"):
            self.form.fields[name].setVisible(self.kind.value() != "consumer")

    def data(self) -> CustomerData:
        """The customer as filled in."""
        values: dict[str, Any] = self.form.values()
        address = AddressData(
            street=values["street"],
            postal_code=values["postal_code"],
            city=values["city"],
            country=self._country(),
        )
        contact = ContactData(
            name=values["contact"] or "",
            email=values["email"],
            phone=values["phone"],
            receives="all",
        )
        business = values["kind"] != "consumer"
        return CustomerData(
            name=values["name"] or "",
            number=values["number"],
            kind=values["kind"],
            email=values["email"],
            phone=values["phone"],
            kvk=values["kvk"] if business else None,
            vat_id=values["vat_id"] if business else None,
            iban=values["iban"],
            addresses=(address,),
            contacts=(contact,) if values["contact"] else (),
        )

    def _look_for_others(self) -> None:
        self._page.ops.read(
            self,
            partial(duplicates.duplicates, data=self.data()),
            self._warn,
            key="duplicates",
        )

    def _warn(self, found: list[Duplicate]) -> None:
        self.note.setVisible(bool(found))
        self.act.setText(_("Add anyway") if found else _("Add customer"))
        if found:
            first = found[0]
            self.note.set_text(_("Perhaps you know this customer already."), reason_words(first))
            self.note.set_action(_("Show customer"), partial(self._go_to, first.customer_id))
        self.adjustSize()

    def _go_to(self, customer_id: int) -> None:
        self.reject()
        self._done(customer_id)

    def _add(self) -> None:
        self._page.ops.write(
            customers.ADD,
            partial(customers.add, data=self.data()),
            done=self._added,
            failed=self._refused,
        )

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _added(self, customer_id: int) -> None:
        self.accept()
        self._page.toast(_("Customer added"), undo=True)
        self._done(customer_id)
