"""The fields of a contract: period, discounts, details of tax, and other terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.base import Invalid
from klantenapp.ui.forms.form import Form
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.value_inputs import DateInput, PercentInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.catalogue.choices import Choices
    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.errors.base import Refusal

#: Days before the end on which a contract can remind.
_DAYS = (7, 14, 30, 60, 90)


class ContractFields:
    """Four forms that are one record.

    Args:
        saved: called (field name, value) when a changed, valid value was confirmed.

    Attributes:
        head: name, period and what happens after it. discounts: on the rest and on the invoice.
        tax: rate or reason of a treatment. terms: reference, term, method and list.
    """

    def __init__(self, saved: Callable[[str, Any], object]) -> None:
        self.head = Form(saved=saved, columns=16, gap=12)
        self.discounts = Form(saved=saved, columns=3, gap=12)
        self.tax = Form(saved=saved, columns=3, gap=12)
        self.terms = Form(saved=saved, columns=4, gap=12)
        self.forms = (self.head, self.discounts, self.tax, self.terms)
        self._build_head()
        rest, whole = PercentInput(), PercentInput()
        add = self.discounts.add
        add("discount", _("Discount on the other items"), rest, row=0, column=0)
        add("total_discount", _("Discount on the whole invoice"), whole, row=0, column=1)
        self._build_tax()
        self.term, self.method, self.list = ChoiceInput(), ChoiceInput(), ChoiceInput()
        add = self.terms.add
        add("reference", _("Reference"), TextInput(limit=80), row=0, column=0)
        add("payment_term_id", _("Payment term"), self.term, row=0, column=1)
        add("payment_method_id", _("Payment method"), self.method, row=0, column=2)
        add("price_list_id", _("Price list"), self.list, row=0, column=3)

    def _build_head(self) -> None:
        self.name, self.at_end = TextInput(limit=120), ChoiceInput()
        add = self.head.add
        add("name", _("Name"), self.name, row=0, column=0, span=4)
        add("valid_from", _("Valid from"), DateInput(), row=0, column=4, span=3)
        add("valid_to", _("Valid through"), DateInput(_("no end")), row=0, column=7, span=3)
        add("at_end", _("After that"), self.at_end, row=0, column=10, span=6)

        # A sentence about the period is too long to stand below one of its fields.
        self.period_error = Label("", "caption", "danger", wrap=True)
        self.period_error.hide()
        self.head.add_widget(self.period_error, row=1, column=4, span=12)

    def _build_tax(self) -> None:
        add = self.tax.add
        add("fixed_tax_percent", _("Fixed rate"), PercentInput(), row=0, column=0)
        hint = _("Letter of article 11, or the sentence to print")
        reason = TextInput(limit=300)
        add("exemption_reason", _("Which exemption"), reason, row=1, span=3, help_text=hint)

    def offer(self, choices: Choices, days: int) -> None:
        """Offer these terms, methods and lists; days is when this contract reminds."""
        self.at_end.set_options(at_end_options(days))
        same, language = _("As for the customer"), i18n.language()
        for editor, offered in (
            (self.term, choices.payment_terms),
            (self.method, choices.payment_methods),
            (self.list, choices.price_lists),
        ):
            known = [(each.id, each.spoken(language)) for each in offered]
            editor.set_options([(None, same), *known])

    def show_values(self, data: ContractData) -> None:
        """Show what is filled in; the field that is typed in stays."""
        shown = _Shown(data)
        for form in self.forms:
            form.refill(shown)
        fixed, exempt = data.tax_treatment == "fixed", data.tax_treatment == "exempt"
        self.tax.fields["fixed_tax_percent"].setVisible(fixed)
        self.tax.fields["exemption_reason"].setVisible(exempt)
        self.tax.setVisible(fixed or exempt)

    def clear_errors(self) -> None:
        """Take every error away."""
        self.period_error.hide()
        for form in self.forms:
            form.clear_errors()

    def tell(self, problems: dict[str | None, Refusal]) -> None:
        """Show every problem at its field; what belongs to none stands on top."""
        left = dict(problems)
        self.clear_errors()
        for name in ("valid_from", "valid_to"):
            problem = left.pop(name, None)
            if problem is not None:
                self._tell_period(name, sentence(problem))
        for form in self.forms:
            mine = [(name, left.pop(name)) for name in form.fields if name in left]
            if mine:
                form.show_failure(Invalid(tuple(mine)))
        if left:
            self.head.show_failure(Invalid(tuple(left.items())))

    def _tell_period(self, name: str, text: str) -> None:
        editor = self.head.fields[name].input
        editor.set_error(text)
        editor.setFocus()
        self.period_error.setText(text)
        self.period_error.show()


class _Shown:
    """A contract with the names of the fields."""

    def __init__(self, data: ContractData) -> None:
        for name, value in vars(data).items():
            setattr(self, name, value)
        self.at_end = (data.at_end, data.remind_days)


def at_end_options(days: int) -> list[tuple[tuple[str, int], str]]:
    """What can happen at the end; the number of days of this contract among them."""
    reminders = [("remind", each) for each in sorted({*_DAYS, days})]
    ends = [*reminders, ("renew", days), ("stop", days)]
    return [((how, each), at_end_words(how, each)) for how, each in ends]


def at_end_words(how: str, days: int) -> str:
    """What happens at the end of a contract."""
    if how == "remind":
        return _("Remind me {days} days before").format(days=days)
    return _("Renew silently") if how == "renew" else _("Stop")
