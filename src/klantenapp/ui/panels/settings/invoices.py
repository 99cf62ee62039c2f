"""Settings of documents: numbers, default terms, style, QR code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.catalogue import choices
from klantenapp.services.customers import business, credit
from klantenapp.services.sales import numbering, snapshots, validity
from klantenapp.services.store import settings
from klantenapp.ui.panels.settings.document_texts import DocumentTextsDialog
from klantenapp.ui.panels.settings.number_row import NumberRow, read_numbered
from klantenapp.ui.panels.settings.sections import Section
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.value_inputs import IntInput, MoneyInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.catalogue.choices import Choices
    from klantenapp.services.customers.business import BusinessData
    from klantenapp.ui.panels.settings.number_row import Numbered
    from klantenapp.ui.shell import Shell

_KINDS = ("invoice", "credit_note", "quote")


@dataclass(frozen=True)
class Shown:
    """What the section shows."""

    data: BusinessData
    choices: Choices
    numbers: dict[str, Numbered]
    valid_days: int
    shared: bool
    qr: bool
    codes: bool
    english: bool
    rf: bool
    block: bool
    limit: Money | None


def read_shown(session: Session) -> Shown:
    """One read for the section."""
    return Shown(
        business.read(session),
        choices.choices(session),
        {kind: read_numbered(session, kind) for kind in _KINDS},
        settings.read(session, validity.VALID_DAYS),
        settings.read(session, numbering.SHARED_SERIES),
        settings.read(session, snapshots.SHOW_QR),
        settings.read(session, snapshots.SHOW_CODES),
        settings.read(session, snapshots.ENGLISH_NUMBERS),
        settings.read(session, snapshots.RF_REFERENCE),
        settings.read(session, credit.BLOCK_AT_LIMIT),
        credit.business_limit(session),
    )


class InvoicesSection(Section):
    """How documents are numbered, due and drawn."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, _("Invoices"))
        self._shown: Shown | None = None
        self.numbers: dict[str, NumberRow] = {}
        titles = {
            "invoice": _("Numbers of invoices"),
            "credit_note": _("Numbers of credit notes"),
            "quote": _("Numbers of quotes"),
        }
        for kind in _KINDS:
            numbers = NumberRow(shell, kind)
            numbers.saved.connect(lambda: self._saved(None))
            self.numbers[kind] = numbers
            numbers.meaning = self.add_row(titles[kind], "", numbers)
        self.shared = CheckInput("")
        self.shared.edited.connect(
            lambda: self._save_setting(numbering.SHARED_SERIES, bool(self.shared.value()))
        )
        self.add_row(
            _("Credit notes share the numbers of invoices"),
            _("One series for both; a series of their own is the default."),
            self.shared,
        )
        self.term = self._choice("payment_term_id")
        self.add_row(_("Payment term"), _("For customers without a term of their own"), self.term)
        self.method = self._choice("payment_method_id")
        self.add_row(
            _("Payment method"), _("For customers without a method of their own"), self.method
        )
        self.price_list = self._choice("price_list_id")
        self.add_row(
            _("Price list"), _("For customers without a list of their own"), self.price_list
        )
        self._add_look()

    def _add_look(self) -> None:
        self.style_choice = SegmentInput([("klassiek", _("Classic")), ("modern", _("Modern"))])
        self.style_choice.edited.connect(
            lambda: self._save("invoice_style", self.style_choice.value())
        )
        self.add_row(_("Invoice style"), _("Classic or Modern, with your logo"), self.style_choice)
        self.colour = TextInput("#2457C5", limit=7)
        self.colour.setFixedWidth(theme().px(110))
        self.colour.left.connect(lambda: self._save("colour", self.colour.value()))
        self.add_row(
            _("Own colour"),
            _("Of the Modern style; light colours become black on paper."),
            self.colour,
        )
        self.qr = CheckInput("")
        self.qr.edited.connect(lambda: self._save_setting(snapshots.SHOW_QR, bool(self.qr.value())))
        self.add_row(
            _("QR code for payment"), _("Customers scan it and pay with their bank app"), self.qr
        )
        self._add_paper()
        self._add_texts()
        self._add_credit()

    def _add_paper(self) -> None:
        self.rf = self._check(
            snapshots.RF_REFERENCE,
            _("Payment reference"),
            _("Ask for an RF reference with check digits instead of the invoice number."),
        )
        self.codes = self._check(
            snapshots.SHOW_CODES, _("Item codes"), _("A column with the code of each item")
        )
        self.english = self._check(
            snapshots.ENGLISH_NUMBERS,
            _("English numbers"),
            _("Invoices, quotes and statements in English write 1,234.56."),
        )

    def _add_texts(self) -> None:
        texts = Button(_("Edit texts"), "pencil-line")
        texts.clicked.connect(lambda: DocumentTextsDialog(self, self.shell).open())
        self.add_row(
            _("Texts on documents"),
            _("Above and below the lines, per kind and language"),
            texts,
        )
        self.valid_days = IntInput(suffix=_("days"))
        self.valid_days.setFixedWidth(theme().px(110))
        self.valid_days.left.connect(self._save_days)
        self.add_row(
            _("Quotes are valid for"), _("Where a quote names no last day"), self.valid_days
        )

    def _check(self, key: settings.Key[bool], title: str, text: str) -> CheckInput:
        box = CheckInput("")
        box.edited.connect(lambda: self._save_setting(key, bool(box.value())))
        self.add_row(title, text, box)
        return box

    def _add_credit(self) -> None:
        self.limit = MoneyInput(_("none"))
        self.limit.setFixedWidth(theme().px(130))
        self.limit.left.connect(self._save_limit)
        self.add_row(
            _("Credit limit €"), _("For customers without a limit of their own"), self.limit
        )
        self.block = CheckInput("")
        self.block.edited.connect(
            lambda: self._save_setting(credit.BLOCK_AT_LIMIT, bool(self.block.value()))
        )
        self.add_row(
            _("Credit limit blocks"),
            _("Passing a customer's credit limit warns; with this it stops the invoice."),
            self.block,
        )

    def _choice(self, name: str) -> ChoiceInput:
        editor = ChoiceInput([])
        editor.setFixedWidth(theme().px(190))
        editor.left.connect(lambda: self._save(name, editor.value()))
        return editor

    @override
    def load(self) -> None:
        """Read numbers, terms and style."""
        self.shell.ops.read(self, read_shown, self._show, key="invoices")

    def _show(self, found: Shown) -> None:
        self._shown = found
        for kind in _KINDS:
            shared = kind == "credit_note" and found.shared
            self.numbers[kind].show_numbered(found.numbers[kind], shared=shared)
        self.valid_days.set_value(found.valid_days)
        self.shared.set_value(found.shared)
        language = i18n.language()
        for editor, options, value in (
            (self.term, found.choices.payment_terms, found.data.payment_term_id),
            (self.method, found.choices.payment_methods, found.data.payment_method_id),
            (self.price_list, found.choices.price_lists, found.data.price_list_id),
        ):
            words: list[tuple[int | None, str]]
            words = [(one.id, one.spoken(language)) for one in options]
            if editor is self.price_list:
                words = [(None, _("Standard prices")), *words]
            editor.set_options(words)
            editor.set_value(value)
        self.style_choice.set_value(found.data.invoice_style)
        self.colour.set_value(found.data.colour)
        self.qr.set_value(found.qr)
        self.rf.set_value(found.rf)
        self.codes.set_value(found.codes)
        self.english.set_value(found.english)
        self.block.set_value(found.block)
        self.limit.set_value(found.limit)

    def _save(self, name: str, value: Any) -> None:
        if self._shown is None or getattr(self._shown.data, name) == value:
            return
        data = replace(self._shown.data, **{name: value})
        self.shell.ops.write(business.CHANGE, partial(business.change, data=data), done=self._saved)

    def _save_limit(self) -> None:
        value = self.limit.value()
        self._save_setting(credit.LIMIT, value.cents if value is not None else 0)

    def _save_setting(self, key: settings.Key[Any], value: bool | int) -> None:  # noqa: FBT001 - it is the choice
        self.shell.ops.write(
            settings.CHANGE, partial(settings.write, key=key, value=value), done=self._saved
        )

    def _save_days(self) -> None:
        days = self.valid_days.value()
        if days is not None and days > 0:
            work = partial(settings.write, key=validity.VALID_DAYS, value=days)
            self.shell.ops.write(settings.CHANGE, work, done=self._saved)

    def _saved(self, _result: object) -> None:
        self.load()
        self.shell.toasts.show(_("Saved"), undo=True)
