"""The terms of a draft: inherited until the user differs, and back with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.customers.terms import Level
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.fields import OverridableField
from klantenapp.ui.widgets.inputs import ChoiceInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.catalogue.choices import Choice, Choices
    from klantenapp.services.customers.terms import Sourced
    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.inputs import DraftInput


def came_from(level: Level, name: str = "") -> str:
    """Where a value comes from, for the line below it."""
    return {
        Level.CONTRACT: _("From {contract}").format(contract=name),
        Level.CUSTOMER: _("As for the customer"),
        Level.BUSINESS: _("Default of your business"),
        Level.PROGRAM: _("Default"),
        Level.DOCUMENT: _("Own choice"),
    }[level]


class TermsBar(QWidget):
    """Payment term, method and price list, each with its source.

    Attributes:
        changed: a term was chosen or given back (name of the field, id or None).
    """

    changed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        box = row(self, gap=12)
        self.term = self._field("payment_term_id", _("Payment term"))
        self.method = self._field("payment_method_id", _("Payment method"))
        self.price_list = self._field("price_list_id", _("Price list"))
        for field in (self.term, self.method, self.price_list):
            box.addWidget(field, 1)
        self._choices: Choices | None = None

    def _field(self, name: str, label: str) -> OverridableField:
        editor = ChoiceInput([])
        field = OverridableField(label, editor)
        editor.left.connect(lambda: self.changed.emit(name, field.value()))
        field.reverted.connect(lambda: self.changed.emit(name, None))
        return field

    def offer(self, choices: Choices) -> None:
        """Offer what there is."""
        self._choices = choices
        for field, options in (
            (self.term, choices.payment_terms),
            (self.method, choices.payment_methods),
            (self.price_list, choices.price_lists),
        ):
            _offer(field, options)

    def show_terms(self, typed: DraftInput, found: Calculated) -> None:
        """Show what holds, and where it comes from."""
        terms = found.context.terms
        _follow(self.term, typed.payment_term_id, terms.payment_term, terms.payment_term.below.name)
        method = terms.payment_method
        _follow(self.method, typed.payment_method_id, method, method.below.name)
        below = terms.price_list.below
        name = below.name if below is not None else _("Standard prices")
        _follow(self.price_list, typed.price_list_id, terms.price_list, name)


def _offer(field: OverridableField, options: Sequence[Choice]) -> None:
    language = i18n.language()
    words: list[tuple[Any, str]] = [(one.id, one.spoken(language)) for one in options]
    field.input.set_options(words)


def _keep_chosen(editor: ChoiceInput, found: Sourced[Any]) -> None:
    """What was archived is offered no more, and still shown where it is chosen."""
    known = {value for value, _words in editor.options()}
    for term in (found.value, found.below):
        if term is not None and term.id is not None and term.id not in known:
            known.add(term.id)
            editor.set_options([*editor.options(), (term.id, term.name)])


def _follow(field: OverridableField, own: int | None, found: Sourced[Any], name: str) -> None:
    """Show one term: the document's own, or what is inherited."""
    below = found.below.id if found.below is not None else None
    editor = field.input
    if below is None and isinstance(editor, ChoiceInput):
        # Nothing chosen on any level: the law's days, or the items' own prices.
        known = [value for value, _words in editor.options()]
        if None not in known:
            editor.set_options([(None, name or _("30 days")), *editor.options()])
    if isinstance(editor, ChoiceInput):
        _keep_chosen(editor, found)
    contract = found.name if found.below_level is Level.CONTRACT else ""
    text = _("Customer: {value}").format(value=name)
    if found.below_level in {Level.BUSINESS, Level.PROGRAM}:
        text = _("Your business: {value}").format(value=name)
    field.set_default(below, text, came_from(found.below_level, contract))
    field.set_value(own)
