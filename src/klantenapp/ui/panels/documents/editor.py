"""The editor of a draft: choose a customer and everything fills in; every default can differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.sentences.speak import sentence
from klantenapp.services.catalogue import choices
from klantenapp.services.errors.base import Invalid
from klantenapp.services.sales import issuing
from klantenapp.ui.contact.caution import CautionNote
from klantenapp.ui.contact.sending import send_document
from klantenapp.ui.forms.new_customer import NewCustomerDialog
from klantenapp.ui.panels.documents.customer_field import CustomerField
from klantenapp.ui.panels.documents.draft_state import DraftState
from klantenapp.ui.panels.documents.finalise import FinaliseDialog, read_final
from klantenapp.ui.panels.documents.line_desk import LineDesk
from klantenapp.ui.panels.documents.more_terms import NAMES, MoreBar, MoreTermsDialog, offered
from klantenapp.ui.panels.documents.related import RelatedStrip
from klantenapp.ui.panels.documents.repriced import tell_prices
from klantenapp.ui.panels.documents.terms_bar import TermsBar
from klantenapp.ui.panels.documents.totals_box import TotalsBox
from klantenapp.ui.widgets.beside import Beside
from klantenapp.ui.widgets.chips import StatusChip
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.fields import Field, OverridableField
from klantenapp.ui.widgets.inputs import NoteInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.preview import PdfPreview
from klantenapp.ui.widgets.printing import print_pdfs
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from klantenapp.services.catalogue.choices import Choices
    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.validating import Problem
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.documents.draft_state import Hints
    from klantenapp.ui.panels.documents.finalise import Wish
    from klantenapp.ui.shell import Shell

_TITLES = {
    "invoice": ("invoices", N_("Invoices")),
    "credit_note": ("invoices", N_("Invoices")),
    "quote": ("quotes", N_("Quotes")),
}


class DraftPage(Page):
    """One draft."""

    narrow_sidebar = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found: Calculated | None = None
        self.state = DraftState(self.ops, self)
        self.header.add_chip(StatusChip("draft"))
        self.saved = Label("", "body", "muted")
        self.header.add_chip(self.saved)
        self._paper = b""
        self.act(_("Print"), "Ctrl+P", self._print, "printer", "ghost")
        self.act(_("Save draft"), "Ctrl+S", self._keep, "save", "plain")
        self.act(_("Make final and send"), "Ctrl+Return", self._finalise, "send", "primary")
        self._build_fields()
        self._build_lines()
        self._lay_out()
        self._connect()
        self.areas = [self.customer, self.grid]

    # -- building --------------------------------------------------------------------------------

    def _build_fields(self) -> None:
        self.customer = CustomerField(self.ops)
        self.customer_field = Field(_("Customer"), self.customer)
        self.date = DateInput()
        self.date_field = Field(_("Date"), self.date)
        self.due = DateInput()
        self.due_field = OverridableField(_("Due"), self.due, _("By the payment term"))
        self.valid_until = DateInput()
        self.valid_field = Field(_("Valid until"), self.valid_until)
        self.reference = TextInput(limit=80)
        self.reference_field = Field(_("Customer's reference"), self.reference)
        self.supply_from, self.supply_to = DateInput(), DateInput()
        self.supply_field = Field(_("Delivered from"), self.supply_from)
        self.supply_to_field = Field(_("through"), self.supply_to)
        self.terms = TermsBar()
        self.intro = NoteInput(lines=2, limit=2000)
        self.intro_field = Field(_("Text above the lines"), self.intro)
        self.closing = NoteInput(lines=2, limit=2000)
        self.closing_field = Field(_("Text below the lines"), self.closing)
        self.more = MoreBar()
        self.related = RelatedStrip(self)
        self.problems = Note("danger", "", "")
        self.problems.hide()
        self.customer_note = CautionNote(self)
        self.cautions = Note("warn", "", "")
        self.cautions.hide()

    def _build_lines(self) -> None:
        self.desk = LineDesk(self, self.state)
        self.grid = self.desk.grid
        self.totals = TotalsBox()

    def _feet(self) -> QHBoxLayout:
        """What stands below the lines: delivery, texts, and the totals."""
        feet = row(gap=24)
        left = column(gap=10)
        supply = row(gap=8)
        supply.addWidget(self.supply_field)
        supply.addWidget(self.supply_to_field)
        left.addLayout(supply)
        texts = row(gap=8)
        texts.addWidget(self.intro_field)
        texts.addWidget(self.closing_field)
        left.addLayout(texts)
        left.addWidget(self.more)
        left.addStretch(1)
        feet.addLayout(left, 1)
        feet.addWidget(self.totals)
        return feet

    def _lay_out(self) -> None:
        form = column(None, 28, 16, 28, 8, gap=10)
        form.addWidget(self.problems)
        form.addWidget(self.customer_note)
        form.addWidget(self.cautions)
        form.addWidget(self.related)
        first = row(gap=12)
        top = Qt.AlignmentFlag.AlignTop
        first.addWidget(self.customer_field, 5, top)
        for field in (self.date_field, self.due_field, self.valid_field, self.reference_field):
            first.addWidget(field, 2, top)
        form.addLayout(first)
        form.addWidget(self.terms)
        below = column(None, 28, 12, 28, 20, gap=12)
        below.addLayout(self._feet())
        sheet = QWidget()
        sheet.setObjectName("page")
        box = column(sheet)
        box.addLayout(form)
        box.addWidget(self.grid, 1)
        box.addLayout(below)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        self.preview = PdfPreview(_("Preview"))
        self.splitter = Splitter("draft", [area, self.preview], [0, 440])
        self.body.addWidget(self.splitter, 1)
        self.beside = Beside(self, "draft", area, self.preview)

    def _connect(self) -> None:
        state = self.state
        state.loaded.connect(self._show)
        state.calculated.connect(self._computed)
        state.previewed.connect(self._previewed)
        state.cautioned.connect(self._caution)
        state.saved.connect(self._saved)
        state.failed.connect(self._failed)
        tell_prices(self, state)
        self.customer.picked.connect(self._picked_customer)
        self.more.wanted.connect(self._more)
        self.more.given_back.connect(lambda: state.change(**dict.fromkeys(NAMES)))
        self.customer.wanted.connect(self._new_customer)
        self.customer.shown.connect(self._name_it)
        for editor, name in (
            (self.date, "date"),
            (self.valid_until, "valid_until"),
            (self.reference, "customer_reference"),
            (self.supply_from, "supply_from"),
            (self.supply_to, "supply_to"),
            (self.intro, "intro"),
            (self.closing, "closing"),
        ):
            editor.left.connect(partial(self._left, editor, name))
        self.due.left.connect(lambda: state.change(due_date=self.due_field.value()))
        self.due_field.reverted.connect(lambda: state.change(due_date=None))
        self.terms.changed.connect(lambda name, value: state.change(**{name: value}))

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(
        self,
        id: int | None = None,
        customer: int | None = None,
        kind: str = "invoice",
        **_arguments: Any,
    ) -> None:
        """Show a stored draft, or begin one."""
        self.ops.read(self, choices.choices, self._offer, key="choices")
        if id is not None and id == self.state.document_id:
            return
        if id is not None:
            self.state.open(id)
        else:
            self.state.begin(kind, customer)
            self.customer.picker.setFocus()

    def _offer(self, found: Choices) -> None:
        self.terms.offer(found)
        self.desk.offer(found)
        if self._found is not None:
            self.terms.show_terms(self.state.typed, self._found)

    def _show(self) -> None:
        typed = self.state.typed
        self.customer_note.show_customer(typed.customer_id)
        is_quote = self.state.kind == "quote"
        here = _("Draft") if self.state.document_id else _("New")
        route, words = _TITLES[self.state.kind]
        self.header.set_crumbs([(_(words), route, {}), (here, "", {})])
        self.due_field.setVisible(self.state.kind == "invoice")
        self.valid_field.setVisible(is_quote)
        self.customer.set_value(typed.customer_id)
        for editor, value in (
            (self.date, typed.date),
            (self.valid_until, typed.valid_until),
            (self.reference, typed.customer_reference),
            (self.supply_from, typed.supply_from),
            (self.supply_to, typed.supply_to),
        ):
            editor.set_value(value)
        self.intro.set_value(typed.intro)
        self.closing.set_value(typed.closing)
        self.saved.setText("")
        self.problems.hide()
        self.related.show_document(self.state.document_id)
        self.grid.can_mark = is_quote
        self.desk.show_lines(None)

    def _computed(self, found: Calculated) -> None:
        self._found = found
        typed = self.state.typed
        self.customer_note.show_customer(typed.customer_id)
        if typed.date is None:
            self.date.setPlaceholderText(i18n.date(found.context.date))
        self.state.read_hints(found, self._show_hints)
        term = found.context.terms.payment_term.value
        self.due_field.set_default(
            term.due(found.context.date), _("Term: {days} days").format(days=term.days)
        )
        self.due_field.set_value(typed.due_date)
        self.terms.show_terms(typed, found)
        contract = found.context.terms.contract
        self.customer.show_contract(contract.name if contract else None)
        self.desk.show_lines(found)
        self.totals.show_totals(found)
        self.more.show_terms(typed, found.context.terms)
        self._name_it()

    def _show_hints(self, hints: Hints) -> None:
        """What is printed where a field stays empty."""
        self.valid_until.setPlaceholderText(i18n.date(hints.valid_until))
        self.intro.setPlaceholderText(hints.texts.intro)
        self.closing.setPlaceholderText(hints.texts.closing)

    def _name_it(self) -> None:
        customer = self.customer.card.title if self.state.typed.customer_id else ""
        words = {
            "invoice": (_("Invoice for {customer}"), _("New invoice")),
            "quote": (_("Quote for {customer}"), _("New quote")),
            "credit_note": (_("Credit note for {customer}"), _("New credit note")),
        }[self.state.kind]
        self.set_title(words[0].format(customer=customer) if customer else words[1])

    def _saved(self, moment: Any) -> None:
        time = moment.astimezone().strftime("%H:%M")
        self.saved.setText(_("Saved at {time}").format(time=time))

    @override
    def refresh(self, changes: Changes) -> None:
        """Agreements, items or the business changed: compute anew."""
        self.customer_note.refresh(changes)
        if changes.touches("customer", "item", "list_price", "price_list", "contract", "business"):
            self.state.compute()

    @override
    def left(self) -> None:
        """Another page comes in front: what is typed is kept at once."""
        self.state.save()

    # -- fields and lines ------------------------------------------------------------------------

    def _left(self, editor: Any, name: str) -> None:
        self.state.change(**{name: editor.value()})

    def _picked_customer(self, chosen: int) -> None:
        """Another customer: people and addresses of the one before do not come along."""
        self.state.change(customer_id=chosen, contact_id=None, delivery_address_id=None)

    def _new_customer(self, text: str) -> None:
        NewCustomerDialog(self, text, self._made_customer).open()

    def _made_customer(self, made: int) -> None:
        self.customer.set_value(made)
        self._picked_customer(made)
        self.grid.setFocus()

    def _more(self) -> None:
        found, typed = self._found, self.state.typed
        if found is None:
            return

        def show(choices: Any) -> None:
            done = lambda values: self.state.change(**values)  # noqa: E731 - it is handed on once
            MoreTermsDialog(self, (typed, found, choices), done).open()

        self.ops.read(self, lambda session: offered(session, typed), show, key="more")

    def _caution(self, found: list[Problem]) -> None:
        """What deserves a look, while the draft is made."""
        words = [sentence(problem) for _name, problem in found]
        self.cautions.setVisible(bool(words))
        if words:
            self.cautions.set_text(_("Have a look."), " ".join(words))

    def _previewed(self, content: bytes) -> None:
        self._paper = content
        self.preview.show_pdf(content)

    def _print(self) -> None:
        """The draft as it is shown, with the word across it."""
        if self._paper:
            print_pdfs(self, [self._paper], _("Draft"))

    # -- saving and finishing --------------------------------------------------------------------

    def _keep(self) -> None:
        self.state.save(then=lambda: self.go(_TITLES[self.state.kind][0]))

    def _finalise(self) -> None:
        self.setFocus()
        self._clear_errors()
        self.state.save(then=lambda: self.state.check(self._checked))

    def _checked(self, found: list[Problem]) -> None:
        if found:
            self._failed(Invalid(tuple(found)))
            return
        kind, typed = self.state.kind, self.state.typed
        self.ops.read(
            self,
            lambda session: read_final(session, kind, typed),
            lambda final: FinaliseDialog(self, final, self._issue).open(),
        )

    def _issue(self, wish: Wish) -> None:
        document_id = self.state.document_id
        if document_id is not None:
            work = partial(issuing.issue, document_id=document_id)
            self.ops.write(issuing.ISSUE, work, partial(self._issued, wish), self._failed)

    def _issued(self, wish: Wish, issued: issuing.Issued) -> None:
        self.state.begin("invoice", None)
        self.go("invoice", id=issued.document_id, print_copy=wish.print)
        if wish.send:
            send_document(self.shell, issued.document_id)
        else:
            self.toast(_("{number} is final").format(number=issued.number))

    def _clear_errors(self) -> None:
        self.problems.hide()
        for field in (self.customer_field, self.date_field, self.due_field, self.valid_field):
            field.set_error(None)

    def _failed(self, failure: Exception) -> None:
        """Each problem at its field, and all of them on top."""
        found = failure.problems if isinstance(failure, Invalid) else ((None, failure),)
        fields = {
            "customer": self.customer_field,
            "date": self.date_field,
            "due_date": self.due_field,
            "valid_until": self.valid_field,
        }
        for name, problem in found:
            if name in fields:
                fields[name].set_error(sentence(problem))
        words = list(dict.fromkeys(sentence(problem) for _name, problem in found))
        self.problems.set_text(_("Not ready yet."), " ".join(words))
        self.problems.show()
