"""Crediting an invoice: all or part of it, with what happens said before it is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import ZERO
from klantenapp.sentences.speak import sentence
from klantenapp.services.ledger.open_items import document_entry
from klantenapp.services.receivables import credit_use, refunds_due
from klantenapp.services.sales import credit_plan
from klantenapp.services.sales import credits as crediting
from klantenapp.ui.contact.sending import send_document
from klantenapp.ui.panels.documents.credit_effects import EffectsBox
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.choice_cards import Choices
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import column
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import CheckInput, SegmentInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import MoneyInput, QuantityInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Quantity
    from klantenapp.services.sales.credit_plan import CreditPlan, Effect
    from klantenapp.services.sales.issuing import Issued
    from klantenapp.ui.widgets.page import Page

#: Lines that are shown before the list scrolls.
_SHOWN = 6


class CreditDialog(Dialog):
    """Whole, by line, or by amount; the reason is printed."""

    def __init__(self, page: Page, document_id: int) -> None:
        super().__init__(page, _("Credit invoice"), 640)
        self._page, self._id = page, document_id
        self._plan: CreditPlan | None = None
        self._effect: Effect | None = None
        self.quantities: dict[int, QuantityInput] = {}
        self.parts = column(gap=10)
        self.body.addLayout(self.parts)
        self.send_act = self.set_act(_("Credit"), lambda: self._credit(send=True), "undo-2")
        page.ops.read(
            self,
            partial(credit_plan.plan, document_id=document_id),
            self._show,
            failed=self._refused,
        )

    # -- building --------------------------------------------------------------------------------

    def _show(self, plan: CreditPlan) -> None:
        self._plan = plan
        self.heading.setText(_("Credit invoice {number}?").format(number=plan.number))
        self._add_choices(plan)
        self.reason = TextInput(limit=200)
        self.parts.addWidget(Field(_("Reason, printed on the credit note"), self.reason))
        self.effects = EffectsBox(plan)
        self.parts.addWidget(self.effects)
        self._add_freed(plan)
        self.again = CheckInput(_("Also make a draft with the same lines"))
        self.parts.addWidget(self.again)
        self.problem = Note("danger", "", "")
        self.problem.hide()
        self.parts.addWidget(self.problem)
        if plan.receivers:
            only = Button(_("Only credit"), kind="ghost")
            only.clicked.connect(lambda: self._credit(send=False))
            self.add_left(only)
            self.send_act.setText(_("Credit and send"))
        self._follow()

    def _add_choices(self, plan: CreditPlan) -> None:
        count = ngettext("{count} line", "{count} lines", len(plan.lines))
        whole = f"{count.format(count=len(plan.lines))}, {i18n.money(plan.left.cents)}"
        self.how = Choices(
            [
                ("all", _("Whole invoice"), whole),
                ("part", _("A part"), _("Choose lines, quantities or an amount")),
            ]
        )
        self.how.changed.connect(lambda _key: self._follow())
        self.parts.addWidget(self.how)
        self.part = SegmentInput([("lines", _("By line")), ("amount", _("An amount"))])
        self.part.set_value("lines")
        self.part.edited.connect(self._follow)
        self.parts.addWidget(self.part)
        self.line_box = self._lines(plan)
        self.parts.addWidget(self.line_box)
        self.amount = MoneyInput()
        self.amount_field = Field(_("Amount with VAT €"), self.amount)
        self.amount.edited.connect(self._follow)
        self.parts.addWidget(self.amount_field)

    def _lines(self, plan: CreditPlan) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for at, line in enumerate(plan.lines):
            grid.addWidget(Label(line.description, "body", wrap=True), at, 0)
            editor = QuantityInput()
            editor.setFixedWidth(theme().px(90))
            editor.setAccessibleName(_("Quantity of {line}").format(line=line.description))
            editor.edited.connect(self._follow)
            self.quantities[line.line_id] = editor
            grid.addWidget(editor, at, 1)
            of = _("of {quantity}").format(quantity=i18n.quantity(line.left.units))
            grid.addWidget(Label(of, "body", "muted"), at, 2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        area.setFixedHeight(theme().px(40) * min(_SHOWN, max(1, len(plan.lines))))
        return area

    def _add_freed(self, plan: CreditPlan) -> None:
        self.freed = QWidget()
        box = column(self.freed, gap=6)
        self.freed_label = Label("", "label", "muted")
        box.addWidget(self.freed_label)
        cards = [
            ("keep", _("Keep as credit"), _("For a next invoice")),
            ("refund", _("Pay back"), _("Goes on the to-do list")),
        ]
        if plan.other is not None:
            left = _("{amount} is open there").format(
                amount=i18n.money(plan.other.open_amount.cents)
            )
            use = _("Use on {number}").format(number=plan.other.number)
            cards.insert(0, ("use", use, left))
        self.use = Choices(cards)
        self.use.choose("keep")
        box.addWidget(self.use)
        self.parts.addWidget(self.freed)

    # -- following the choices -------------------------------------------------------------------

    @property
    def _way(self) -> str:
        part = self.part.value() or "lines"
        return "all" if self.how.value() == "all" else part

    def _wanted(self) -> crediting.Wanted:
        quantities: dict[int, Quantity] | None = None
        if self._way == "lines":
            typed = {line: editor.value() for line, editor in self.quantities.items()}
            quantities = {line: value for line, value in typed.items() if value}
        amount = (self.amount.value() or ZERO) if self._way == "amount" else None
        return crediting.Wanted(quantities=quantities, amount=amount, reason=self.reason.value())

    def _follow(self) -> None:
        """Show what belongs to the choice, and what it does."""
        way = self._way
        self.part.setVisible(way != "all")
        self.line_box.setVisible(way == "lines")
        self.amount_field.setVisible(way == "amount")
        self.problem.hide()
        wanted = self._wanted()
        if (way == "lines" and not wanted.quantities) or (way == "amount" and not wanted.amount):
            self._explain(None)
            return

        def look(session: Session) -> Effect:
            return credit_plan.effect(session, self._id, wanted)

        self._page.ops.read(self, look, self._explain, failed=self._not_so, key="try")

    def _not_so(self, failure: Exception) -> None:
        self._explain(None)
        self.problem.set_text("", sentence(failure))
        self.problem.show()
        self._fit()

    def _explain(self, effect: Effect | None) -> None:
        self._effect = effect
        self.effects.show_effect(effect)
        freed = self._plan.freed(effect.total) if self._plan and effect else ZERO
        self.freed.setVisible(bool(freed))
        self.freed_label.setText(_("Paid already: {amount}").format(amount=i18n.money(freed.cents)))
        self.send_act.allow(None if effect is not None else _("Choose what to credit."))
        self._fit()

    def _fit(self) -> None:
        QTimer.singleShot(0, self, self.fit)

    # -- doing it --------------------------------------------------------------------------------

    def _credit(self, *, send: bool) -> None:
        if self._effect is None or self._plan is None:
            return
        wanted, again = self._wanted(), bool(self.again.value())
        chosen = "keep" if self.freed.isHidden() else self.use.value()
        other = self._plan.other if chosen == "use" else None

        def work(session: Session) -> tuple[Issued, int | None]:
            issued = crediting.credit(session, self._id, wanted)
            if other is not None or chosen == "refund":
                entry = document_entry(session, issued.document_id)
                if entry.open_amount < ZERO and other is not None:
                    credit_use.use_credit(session, entry.id, other.document_id)
                elif entry.open_amount < ZERO:
                    refunds_due.mark(session, entry.id)
            return issued, crediting.reissue(session, self._id) if again else None

        operation = crediting.REISSUE if again else crediting.CREDIT
        done = partial(self._credited, send=send and bool(self._plan.receivers))
        self._page.ops.write(operation, work, done=done, failed=self._refused)

    def _credited(self, outcome: tuple[Issued, int | None], *, send: bool) -> None:
        issued, draft = outcome
        self.accept()
        if draft is not None:
            self._page.go("draft", id=draft)
        if send:
            send_document(self._page.shell, issued.document_id)
        else:
            self._page.toast(_("Credit note {number} is final").format(number=issued.number))

    def _refused(self, failure: Exception) -> None:
        if self._plan is None:
            self.say(sentence(failure), "danger")
            self.send_act.hide()
            self._fit()
            return
        self.problem.set_text("", sentence(failure))
        self.problem.show()
        self._fit()
