"""Crediting an invoice: all or part of it, with what happens said before it is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import ZERO
from klantenapp.sentences.speak import sentence
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import payments
from klantenapp.services.sales import credit_plan, drafts
from klantenapp.services.sales import credits as crediting
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column, frame, row
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.labels import IconLabel, Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import MoneyInput, QuantityInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Quantity
    from klantenapp.services.sales.credit_plan import CreditPlan
    from klantenapp.services.sales.issuing import Issued
    from klantenapp.ui.widgets.page import Page


class CreditDialog(Dialog):
    """Whole, by line, or by amount; the reason is printed."""

    def __init__(self, page: Page, document_id: int) -> None:
        super().__init__(page, _("Credit invoice"), 640)
        self._page, self._id = page, document_id
        self._plan: CreditPlan | None = None
        self.how = SegmentInput(
            [("all", _("Whole invoice")), ("lines", _("By line")), ("amount", _("An amount"))]
        )
        self.how.edited.connect(self._follow)
        self.body.addWidget(self.how)
        self.quantities: dict[int, QuantityInput] = {}
        self.line_box = QWidget()
        self.line_grid = QGridLayout(self.line_box)
        self.line_grid.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.line_box)
        self.amount = MoneyInput()
        self.amount_field = Field(_("Amount with VAT €"), self.amount)
        self.amount.edited.connect(self._follow)
        self.body.addWidget(self.amount_field)
        self.reason = TextInput(limit=200)
        self.body.addWidget(Field(_("Reason, printed on the credit note"), self.reason))
        self.effects = frame("sunken")
        self._effect_box = column(self.effects, 14, 12, 14, 12, gap=6)
        self.body.addWidget(self.effects)
        self.use = ChoiceInput([("keep", _("Keep as credit"))])
        self.use_field = Field(_("What was paid already"), self.use)
        self.body.addWidget(self.use_field)
        self.again = CheckInput(_("Also make a draft with the same lines"))
        self.body.addWidget(self.again)
        self.problem = Note("danger", "", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.set_act(_("Credit"), self._credit, "undo-2")
        page.ops.read(
            self,
            partial(credit_plan.plan, document_id=document_id),
            self._show,
            failed=self._refused,
        )

    def _show(self, plan: CreditPlan) -> None:
        self._plan = plan
        self.heading.setText(_("Credit invoice {number}?").format(number=plan.number))
        for at, line in enumerate(plan.lines):
            self.line_grid.addWidget(Label(line.description), at, 0)
            of = _("of {quantity}").format(quantity=i18n.quantity(line.left.units))
            editor = QuantityInput()
            editor.setFixedWidth(theme().px(90))
            editor.edited.connect(self._follow)
            self.quantities[line.line_id] = editor
            self.line_grid.addWidget(editor, at, 1)
            self.line_grid.addWidget(Label(of, "body", "muted"), at, 2)
            self.line_grid.setColumnStretch(0, 1)
        if plan.other is not None:
            words = _("Use on {number}").format(number=plan.other.number)
            self.use.set_options([("use", words), ("keep", _("Keep as credit"))])
        self.use.set_value("keep")
        self.how.set_value("all")
        self._follow()

    def _wanted(self) -> crediting.Wanted:
        how = self.how.value()
        quantities: dict[int, Quantity] | None = None
        if how == "lines":
            typed = {line: editor.value() for line, editor in self.quantities.items()}
            quantities = {line: value for line, value in typed.items() if value}
        amount = (self.amount.value() or ZERO) if how == "amount" else None
        return crediting.Wanted(quantities=quantities, amount=amount, reason=self.reason.value())

    def _follow(self) -> None:
        """Show what belongs to the choice, and what it does."""
        how = self.how.value()
        self.line_box.setVisible(how == "lines")
        self.amount_field.setVisible(how == "amount")
        if self._plan is None:
            return
        if how == "lines":
            self._page.ops.read(
                self,
                self._try,
                self._explain,
                failed=lambda _failure: self._explain(None),
                key="try",
            )
        else:
            amount = self._plan.left if how == "all" else (self.amount.value() or ZERO)
            self._explain(amount)
        self.adjustSize()

    def _try(self, session: Session) -> Money:
        """What crediting these lines would come to; computed, not written."""
        return crediting.would_credit(session, self._id, self._wanted())

    def _explain(self, amount: Money | None) -> None:
        clear(self._effect_box)
        plan = self._plan
        self._effect_box.addWidget(Label(_("This happens"), "label", "muted"))
        if plan is None or amount is None or not amount:
            self._effect("info", _("Choose what to credit."))
            self.use_field.hide()
            return
        money = i18n.money
        self._effect(
            "file-text",
            _("Credit note {number} of {amount} gets its number now, for good.").format(
                number=plan.upcoming, amount=money(amount.cents)
            ),
        )
        settled = plan.settled(amount)
        self._effect(
            "check",
            _("{amount} is settled: {left} stays open on {number}.").format(
                amount=money(settled.cents),
                left=money((plan.open_amount - settled).cents),
                number=plan.number,
            ),
        )
        freed = plan.freed(amount)
        if freed:
            self._effect(
                "banknote",
                _("{amount} was paid already and becomes free.").format(amount=money(freed.cents)),
            )
        self.use_field.setVisible(bool(freed) and plan.other is not None)
        quarter = (plan.date.month + 2) // 3
        if plan.boxes:
            self._effect(
                "percent",
                _("VAT: box {boxes} of quarter {quarter} {year} goes down.").format(
                    boxes=", ".join(plan.boxes), quarter=quarter, year=plan.date.year
                ),
            )

    def _effect(self, icon: str, text: str) -> None:
        line = row(gap=10)
        line.addWidget(IconLabel(icon, "muted", 16))
        line.addWidget(Label(text, "body", wrap=True), 1)
        holder = QWidget()
        holder.setLayout(line)
        self._effect_box.addWidget(holder)

    def _credit(self) -> None:
        wanted, again = self._wanted(), bool(self.again.value())
        other = self._plan.other if self._plan is not None else None
        use = other if self.use.value() == "use" and self.use_field.isVisible() else None

        def work(session: Session) -> tuple[Issued, int | None]:
            issued = crediting.credit(session, self._id, wanted)
            if use is not None:
                entry = document_entry(session, issued.document_id)
                if entry.open_amount < ZERO:
                    payments.use_credit(session, entry.id, use.document_id)
            return issued, drafts.copy(session, self._id) if again else None

        self._page.ops.write(crediting.CREDIT, work, done=self._credited, failed=self._refused)

    def _credited(self, outcome: tuple[Issued, int | None]) -> None:
        issued, draft = outcome
        self.accept()
        self._page.toast(_("Credit note {number} is final").format(number=issued.number))
        if draft is not None:
            self._page.go("draft", id=draft)

    def _refused(self, failure: Any) -> None:
        self.problem.set_text(sentence(failure))
        self.problem.show()
