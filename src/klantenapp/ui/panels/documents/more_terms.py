"""The less common choices of one document: delivery, language, tax, discount, closing text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import NO_PERCENT, Percent
from klantenapp.services.customers import contacts
from klantenapp.services.sales import delivery
from klantenapp.ui.forms import customer_words
from klantenapp.ui.forms.form import Form
from klantenapp.ui.panels.documents.terms_bar import came_from
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.fields import OverridableField
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.labels import ElidedLabel
from klantenapp.ui.widgets.value_inputs import PercentInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.services.customers.terms import Sourced, Terms
    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.inputs import DraftInput
    from klantenapp.ui.widgets.page import Page

#: Fields of a draft that this dialog sets.
NAMES = (
    "delivery_address_id",
    "contact_id",
    "language",
    "total_discount",
    "tax_treatment",
    "fixed_tax_percent",
    "exemption_reason",
)


@dataclass(frozen=True)
class Offered:
    """What can be chosen for a customer.

    Attributes:
        goods_to: where goods go without a choice.
    """

    places: tuple[delivery.Place, ...]
    people: tuple[tuple[int, str], ...]
    goods_to: int | None


def offered(session: Session, typed: DraftInput) -> Offered:
    """Addresses and people of the customer of a draft."""
    customer_id = typed.customer_id
    found = delivery.places(session, customer_id)
    own = next((place.id for place in found if place.kind == "delivery"), None)
    return Offered(found, contacts.names(session, customer_id), own)


class MoreTermsDialog(Dialog):
    """Everything of a draft that most documents inherit."""

    def __init__(
        self,
        page: Page,
        state: tuple[DraftInput, Calculated, Offered],
        done: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__(page, _("More choices for this document"), 640)
        self._typed, self._found, self._offered = state
        self._done = done
        self.form = Form(columns=2)
        self._build()
        self._fit()
        self.body.addWidget(self.form)
        self.set_act(_("Save"), self._save)
        self.start_at(self.form.fields["delivery_address_id"].input)

    def _build(self) -> None:
        terms = self._found.context.terms
        self._choice("delivery_address_id", _("Delivery address"), self._places(), 0)
        self._choice("contact_id", _("For the attention of"), self._people(), 1)
        spoken = [(code, customer_words.language_word(code)) for code in i18n.LANGUAGES]
        language = ChoiceInput(spoken)
        self._term("language", _("Language"), language, terms.language)
        self._term(
            "total_discount", _("Discount on the total"), PercentInput(), terms.total_discount
        )
        treatment = ChoiceInput(customer_words.treatments())
        field = OverridableField(_("VAT"), treatment)
        below = terms.tax.below
        word = customer_words.treatment_word(below.treatment)
        source = came_from(terms.tax.below_level, terms.contract.name if terms.contract else "")
        field.set_default(below.treatment, _inherited(word), source)
        field.set_value(self._typed.tax_treatment)
        self.form.put("tax_treatment", field, row=2, span=2)
        treatment.edited.connect(self._fit)
        field.reverted.connect(self._fit)
        self.form.add("fixed_tax_percent", _("Fixed rate"), PercentInput(), row=3)
        self.form.add("exemption_reason", _("Reason of the exemption"), TextInput(), row=4, span=2)
        for name in ("fixed_tax_percent", "exemption_reason"):
            self.form.fields[name].input.set_value(getattr(self._typed, name))

    def _choice(self, name: str, label: str, options: list[tuple[Any, str]], at: int) -> None:
        editor = ChoiceInput(options)
        self.form.add(name, label, editor, row=0, column=at)
        editor.set_value(getattr(self._typed, name))

    def _term(self, name: str, label: str, editor: QWidget, term: Sourced[Any]) -> None:
        field = OverridableField(label, editor)
        contract = self._found.context.terms.contract
        source = came_from(term.below_level, contract.name if contract else "")
        # No discount is zero here, so that a document can take a contract's discount away.
        below = term.below if term.below is not None else NO_PERCENT
        field.set_default(below, _inherited(_spoken(below)), source)
        field.set_value(getattr(self._typed, name))
        self.form.put(name, field, row=1, column=0 if name == "language" else 1)

    def _places(self) -> list[tuple[Any, str]]:
        own = self._offered.goods_to
        usual = next((each.text for each in self._offered.places if each.id == own), "")
        standard = _("As for the customer: {place}").format(place=usual) if usual else ""
        return [
            (None, standard or _("Same as the invoice address")),
            *((each.id, each.text) for each in self._offered.places),
        ]

    def _people(self) -> list[tuple[Any, str]]:
        return [(None, _("As for the customer")), *self._offered.people]

    def _fit(self) -> None:
        """A rate and a reason are asked for only where they mean something."""
        chosen = self.form.fields["tax_treatment"].input.value()
        self.form.fields["fixed_tax_percent"].setVisible(chosen == "fixed")
        self.form.fields["exemption_reason"].setVisible(chosen == "exempt")
        self.adjustSize()

    def _save(self) -> None:
        values = {name: self.form.values()[name] for name in NAMES}
        treatment = values["tax_treatment"]
        below = self._found.context.terms.tax.below
        if treatment is None and below.treatment in {"fixed", "exempt"}:
            # The same treatment with another rate or reason is a choice of the document too.
            pair = (values["fixed_tax_percent"], values["exemption_reason"])
            if pair not in {(None, None), (below.fixed_percent, below.exemption_reason)}:
                treatment = values["tax_treatment"] = below.treatment
        if treatment != "fixed":
            values["fixed_tax_percent"] = None
        if treatment != "exempt":
            values["exemption_reason"] = None
        self.accept()
        self._done(values)


class MoreBar(QWidget):
    """A link to the other choices, and what of them differs.

    Attributes:
        wanted: the dialog is asked for.
        given_back: every one of these choices is inherited again.
    """

    wanted = Signal()
    given_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = row(self, gap=8)
        self.open = Button(_("More choices…"), "sliders-horizontal", "link", small=True)
        self.open.setToolTip(_("Delivery address, contact person, language, VAT, discount"))
        self.open.clicked.connect(self.wanted)
        box.addWidget(self.open)
        self.differs = ElidedLabel("", "caption", "warn")
        box.addWidget(self.differs, 1)
        self.revert = Button(_("Revert"), "rotate-ccw", "link", small=True)
        self.revert.clicked.connect(self.given_back)
        box.addWidget(self.revert)
        box.addStretch(1)

    def show_terms(self, typed: DraftInput, terms: Terms) -> None:
        """Say which of the choices differ from the customer's terms."""
        words = list(_differing(typed, terms))
        self.differs.setText(" · ".join(words))
        self.differs.setVisible(bool(words))
        self.revert.setVisible(bool(words))


def _differing(typed: DraftInput, terms: Terms) -> list[str]:
    found = []
    if typed.delivery_address_id is not None:
        found.append(_("delivery address"))
    if typed.contact_id is not None:
        found.append(_("contact person"))
    # What was an invoice or a quote before says all of these, also where they are the customer's.
    if terms.language.is_override:
        found.append(customer_words.language_word(terms.language.value))
    if terms.tax.is_override:
        found.append(customer_words.treatment_word(terms.tax.value.treatment))
    if terms.total_discount.is_override and typed.total_discount is not None:
        percent = i18n.percent(typed.total_discount.points)
        found.append(_("{percent} discount").format(percent=percent))
    return found


def _spoken(value: Any) -> str:
    if isinstance(value, Percent):
        return i18n.percent(value.points)
    return customer_words.language_word(value)


def _inherited(value: str) -> str:
    return _("Inherited: {value}").format(value=value)
