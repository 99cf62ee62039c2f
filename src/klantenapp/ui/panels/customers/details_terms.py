"""Details of a customer, second part: the terms on invoices, each with where it comes from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import Percent
from klantenapp.sentences.speak import sentence
from klantenapp.services.catalogue.choices import Choices, choices
from klantenapp.services.customers import customers, term_limits
from klantenapp.services.customers.terms import Level
from klantenapp.services.reminders import policy
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.customers.source_field import Origin, SourceField
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import MoneyInput, PercentInput

if TYPE_CHECKING:
    from klantenapp.services.catalogue.choices import Choice
    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.customers.terms import Sourced
    from klantenapp.ui.widgets.page import Page

_TOP = Qt.AlignmentFlag.AlignTop
#: Most columns of fields beside each other, and the least width of one.
_COLUMNS, _LEAST = 4, 190


class TermsPart(QWidget):
    """Terms that are saved as they are chosen."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._profile: Profile | None = None
        self._choices = Choices((), (), (), (), (), ())
        self._rules = policy.Choice(None, ())
        box = column(self, gap=8)
        head = row(gap=8)
        head.addWidget(Label(_("Terms on invoices"), "heading"))
        head.addStretch(1)
        self.hint = Label("", "caption", "subtle")
        head.addWidget(self.hint)
        box.addLayout(head)
        self.fields: dict[str, SourceField] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(12))
        box.addLayout(self._grid)
        self._build()
        self.note = Note("warn", "", "")
        self.note.hide()
        box.addWidget(self.note)
        page.ops.read(self, choices, self._offer, key="choices")

    def _build(self) -> None:
        add = self._add
        add("payment_term_id", _("Payment term"), ChoiceInput())
        add("payment_method_id", _("Payment method"), ChoiceInput())
        add("price_list_id", _("Price list"), ChoiceInput())
        add("tax_treatment", _("VAT"), ChoiceInput(words.treatments()))
        add("discount", _("Discount on the rest"), PercentInput())
        add("credit_limit", _("Credit limit €"), MoneyInput(_("none")))
        add("language", _("Language of documents"), ChoiceInput(_languages()))
        add("delivery", _("Send by"), ChoiceInput(_ways()))
        add("fixed_tax_percent", _("Fixed rate"), PercentInput())
        add("exemption_reason", _("Reason of the exemption"), TextInput())
        add("credit_block", _("Over the credit limit"), ChoiceInput(_blocks()))
        add("reminder_policy_id", _("Reminder rules"), ChoiceInput())

    def _add(self, name: str, label: str, editor: QWidget) -> None:
        field = self.fields[name] = SourceField(label, editor)
        field.chosen.connect(lambda value: self._save(name, value))
        field.contract_wanted.connect(self._open_contract)
        self._grid.addWidget(field, len(self.fields), 0)

    def lay_out(self, width: int) -> None:
        """Put the fields in as many columns as there is room for."""
        fitting = max(1, min(_COLUMNS, width // theme().px(_LEAST)))
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1 if at < fitting else 0)
        shown = [field for name, field in self.fields.items() if self._is_shown(name)]
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.setVisible(field in shown)
        for at, field in enumerate(shown):
            self._grid.addWidget(field, at // fitting, at % fitting, _TOP)

    def _is_shown(self, name: str) -> bool:
        """A rate, a reason and a limit are asked for only where they mean something."""
        if self._profile is None:
            return True
        tax = self._profile.terms.tax
        own = tax.level is Level.CUSTOMER
        return {
            "fixed_tax_percent": own and tax.value.treatment == "fixed",
            "exemption_reason": own and tax.value.treatment == "exempt",
            "credit_block": self._profile.credit.limit is not None,
            "reminder_policy_id": len(self._rules.offered) > 1,
        }.get(name, True)

    # -- showing ---------------------------------------------------------------------------------

    def _offer(self, found: Choices) -> None:
        self._choices = found
        if self._profile is not None:
            self.show_customer(self._profile)

    def show_customer(self, profile: Profile) -> None:
        """Show the terms of a customer and where each comes from."""
        self._profile = profile
        self._show_chosen()
        self._show_tax()
        self._show_own()
        self._show_hint()
        self._show_warning()
        self.lay_out(self.width())
        rules = partial(policy.choice_of, customer_id=profile.own.id)
        self._page.ops.read(self, rules, self._show_rules, key="rules")

    def _show_rules(self, found: policy.Choice) -> None:
        """Which rules of reminding the customer follows, where there is a choice."""
        self._rules = found
        field = self.fields["reminder_policy_id"]
        field.input.set_options(list(found.offered))
        default = found.offered[0] if found.offered else (None, "")
        level = Level.BUSINESS if found.own_id is None else Level.CUSTOMER
        origin = Origin(level, default=default[0], default_text=default[1])
        field.show_value(found.own_id or default[0], origin)
        self.lay_out(self.width())

    def _show_chosen(self) -> None:
        """Terms that are chosen by id on every level."""
        profile = self._known()
        mine, business = profile.terms, profile.business_terms
        offered: dict[str, tuple[tuple[Choice, ...], Sourced[Any], Sourced[Any]]] = {
            "payment_term_id": (
                self._choices.payment_terms,
                mine.payment_term,
                business.payment_term,
            ),
            "payment_method_id": (
                self._choices.payment_methods,
                mine.payment_method,
                business.payment_method,
            ),
            "price_list_id": (self._choices.price_lists, mine.price_list, business.price_list),
        }
        code = i18n.language()
        for name, (known, own, default) in offered.items():
            options: list[tuple[Any, str]] = [(each.id, each.spoken(code)) for each in known]
            now, then = _id(own.value), _id(default.value)
            if now is not None and now not in {option for option, _text in options}:
                options.append((now, own.value.name))
            if then is None:
                options.insert(0, (None, _none(name)))
            field = self.fields[name]
            field.input.set_options(options)
            text = dict(options).get(then, "") if then is not None else ""
            field.show_value(now, self._origin(own, then, text))

    def _show_tax(self) -> None:
        profile = self._known()
        tax = profile.terms.tax
        origin = self._origin(tax, "domestic", "")
        self.fields["tax_treatment"].show_value(tax.value.treatment, origin)
        chosen = Origin(Level.CUSTOMER)
        self.fields["fixed_tax_percent"].show_value(profile.own.fixed_tax_percent, chosen)
        self.fields["exemption_reason"].show_value(profile.own.exemption_reason, chosen)

    def _show_own(self) -> None:
        """Terms that only a contract or the customer has."""
        profile = self._known()
        own, terms = profile.own, profile.terms
        nothing = Origin(Level.PROGRAM)
        mine = Origin(Level.CUSTOMER)
        if profile.contract_discount is not None and terms.contract is not None:
            contract = Origin(Level.CONTRACT, terms.contract.name, terms.contract.id)
            self.fields["discount"].show_value(profile.contract_discount, contract)
        else:
            self.fields["discount"].show_value(own.discount, mine if own.discount else nothing)
        self._show_credit(profile)
        spoken = dict(_languages())[profile.business_terms.language.value]
        origin = self._origin(terms.language, profile.business_terms.language.value, spoken)
        self.fields["language"].show_value(terms.language.value, origin)
        company = Origin(Level.BUSINESS, default="email", default_text=_("E-mail"))
        sent = Origin(Level.CUSTOMER, default="email", default_text=_("E-mail"))
        self.fields["delivery"].show_value(
            own.delivery or "email", sent if own.delivery else company
        )

    def _show_credit(self, profile: Profile) -> None:
        """The limit and what happens beyond it: the customer's own, or the business's."""
        own, credit = profile.own, profile.credit
        general = credit.business_limit
        words = i18n.money(general.cents) if general is not None else _("none")
        source = Level.CUSTOMER if own.credit_limit is not None else Level.BUSINESS
        origin = Origin(source, default=general, default_text=words)
        self.fields["credit_limit"].show_value(credit.limit, origin)
        blocks = dict(_blocks())
        source = Level.CUSTOMER if own.credit_block is not None else Level.BUSINESS
        origin = Origin(
            source, default=credit.business_blocks, default_text=blocks[credit.business_blocks]
        )
        self.fields["credit_block"].show_value(credit.blocks, origin)

    def _origin(self, value: Sourced[Any], default: Any, text: str) -> Origin:
        contract = self._known().terms.contract
        return Origin(
            Level.BUSINESS if value.level is Level.PROGRAM else value.level,
            value.name,
            contract.id if contract is not None and exists("contract") else None,
            default,
            text,
        )

    def _show_hint(self) -> None:
        drafts = self._known().counts["drafts"]
        if not drafts:
            self.hint.setText(_("What you leave empty follows the source"))
            return
        text = ngettext(
            "Changes {count} draft too; issued invoices stay",
            "Changes {count} drafts too; issued invoices stay",
            drafts,
        )
        self.hint.setText(text.format(count=drafts))

    def _show_warning(self) -> None:
        profile = self._known()
        days = profile.terms.payment_term.value.days
        found = term_limits.warning(profile.own.kind, days, large_company=profile.own.large_company)
        self.note.setVisible(found is not None)
        if found is not None:
            self.note.set_text(_("Payment term:"), sentence(found))

    def _known(self) -> Profile:
        if self._profile is None:
            raise AssertionError
        return self._profile

    # -- saving ----------------------------------------------------------------------------------

    def _save(self, name: str, value: Any) -> None:
        if name == "reminder_policy_id":
            self._save_rules(value)
            return
        values: dict[str, Any] = {name: value}
        if name == "discount" and value == Percent(0):
            values[name] = None
        if name == "tax_treatment" and value != "fixed":
            values["fixed_tax_percent"] = None
        if name == "tax_treatment" and value != "exempt":
            values["exemption_reason"] = None
        work = partial(customers.change, customer_id=self._known().own.id, values=values)
        self._page.ops.write(
            customers.CHANGE, work, done=self._saved, failed=partial(self._refused, name)
        )

    def _save_rules(self, value: int | None) -> None:
        """None follows the default, whichever that becomes."""
        work = partial(policy.choose, customer_id=self._known().own.id, policy_id=value)
        self._page.ops.write(
            policy.CHOOSE,
            work,
            done=self._saved,
            failed=partial(self._refused, "reminder_policy_id"),
        )

    def _saved(self, _nothing: object) -> None:
        self._page.toast(_("Saved"), undo=True)

    def _refused(self, name: str, failure: Exception) -> None:
        self.fields[name].set_error(sentence(failure))

    def _open_contract(self, contract_id: int) -> None:
        self._page.go("contract", id=contract_id)


def _id(value: Any) -> int | None:
    """Id of a term, method or list; None is the program's own."""
    return value.id if value is not None else None


def _none(name: str) -> str:
    """What holds where nobody chose."""
    return {
        "payment_term_id": _("30 days (by law)"),
        "payment_method_id": _("Bank transfer"),
        "price_list_id": _("Standard prices"),
    }[name]


def _languages() -> list[tuple[Any, str]]:
    return [(code, words.language_word(code)) for code in i18n.LANGUAGES]


def _ways() -> list[tuple[Any, str]]:
    return [("email", _("E-mail")), ("post", _("Post")), ("both", _("E-mail and post"))]


def _blocks() -> list[tuple[Any, str]]:
    return [
        (False, _("Warn")),
        (True, _("Do not invoice")),
    ]
