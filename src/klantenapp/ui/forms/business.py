"""The fields of the user's own business, each number checked as it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.customers import numbers
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Callable

_CHECKS = {
    "kvk": numbers.kvk_problem,
    "vat_id": numbers.vat_id_problem,
    "iban": numbers.iban_problem,
    "email": numbers.email_problem,
}
#: Numbers that a check mark says something about; an e-mail address only has a form.
_MARKED = frozenset({"kvk", "vat_id", "iban"})


class BusinessForm(Form):
    """Name, address, numbers and tax scheme; a wrong number warns and stops nothing."""

    def __init__(self, saved: Callable[[str, Any], object] | None = None) -> None:
        super().__init__(self._saved_checked if saved else None, columns=12, gap=14)
        self._tell = saved
        self.add("trade_name", _("Business name"), TextInput(), row=0, column=0, span=8)
        self.add("kvk", _("Chamber of Commerce number"), TextInput(), row=0, column=8, span=4)
        self.add("legal_name", _("Your name, or legal name"), TextInput(), row=1, span=6)
        self.add("phone", _("Phone"), TextInput(), row=1, column=6, span=6)
        self.add("street", _("Street and number"), TextInput(), row=2, span=6)
        self.add("postal_code", _("Postal code"), TextInput(), row=2, column=6, span=2)
        self.add("city", _("City"), TextInput(), row=2, column=8, span=4)
        self.add("email", _("E-mail"), TextInput(), row=3, span=6)
        self.add("vat_id", _("VAT id"), TextInput(), row=3, column=6, span=6)
        self.add("iban", _("IBAN"), TextInput(), row=4, span=6)
        schemes = ChoiceInput(
            [
                ("standard", _("I charge VAT")),
                ("kor", _("Small-business scheme (KOR)")),
            ]
        )
        self.add("tax_scheme", _("VAT situation"), schemes, row=4, column=6, span=6)
        schemes.set_value("standard")
        for name in _CHECKS:
            editor = self.fields[name].input
            editor.left.connect(lambda name=name: self.check(name))

    def check(self, name: str) -> None:
        """Say at the field whether its number is right."""
        field = self.fields[name]
        value = field.input.value()
        problem = _CHECKS[name](value)
        editor = field.input
        if problem is not None:
            field.set_error(sentence(problem))
        elif value and name in _MARKED and isinstance(editor, TextInput):
            editor.set_mark("circle-check", "ok", _("Form and check digits are right"))
        elif isinstance(editor, TextInput):
            editor.set_mark("")

    def check_all(self) -> None:
        """Check every number that is filled in."""
        for name in _CHECKS:
            self.check(name)

    def _saved_checked(self, name: str, value: Any) -> None:
        if self._tell is not None:
            self._tell(name, value)
        if name in _CHECKS:
            self.check(name)
