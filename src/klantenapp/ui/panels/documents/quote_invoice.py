"""What of a quote is invoiced: all of it, chosen lines, options, or an alternative."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import total
from klantenapp.sentences.speak import sentence
from klantenapp.services.sales import quote_lines, quotes
from klantenapp.ui.panels.documents.line_rows import mark_words
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.chips import Chip
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import CheckInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.value_inputs import QuantityInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Quantity
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.services.sales.quote_lines import QuoteLine
    from klantenapp.ui.widgets.page import Page

#: Lines that are shown before the list scrolls.
_SHOWN = 8


@dataclass(frozen=True)
class Shown:
    """The lines, and the deposits that no invoice has taken off yet."""

    lines: list[QuoteLine]
    deposits: tuple[str, ...]


class LineChoice:
    """One line: ticked or not, and how much of it."""

    def __init__(self, found: QuoteLine) -> None:
        self.found = found
        self.tick = CheckInput(found.description)
        self.tick.set_value(not found.mark and bool(found.left))
        self.quantity = QuantityInput()
        self.quantity.setFixedWidth(theme().px(90))
        self.quantity.set_value(found.left or found.quantity)
        words = _("Quantity of {line}").format(line=found.description)
        self.quantity.setAccessibleName(words)
        self.note = Label(self._note(), "caption", "muted")
        self.amount = Label(i18n.amount(found.amount.cents), "body")

    def _note(self) -> str:
        found = self.found
        if found.left == found.quantity:
            return _("of {quantity}").format(quantity=i18n.quantity(found.quantity.units))
        if not found.left:
            return _("all invoiced")
        return _("{left} of {quantity} left").format(
            left=i18n.quantity(found.left.units), quantity=i18n.quantity(found.quantity.units)
        )

    @property
    def wanted(self) -> Quantity | None:
        """How much is invoiced; None where it is not ticked."""
        return self.quantity.value() if self.tick.value() else None


class QuoteInvoiceDialog(Dialog):
    """Makes a draft invoice at the quoted prices."""

    def __init__(self, page: Page, found: DocumentRow) -> None:
        super().__init__(page, _("Invoice quote {number}").format(number=found.number), 680)
        self._page, self._id, self._number = page, found.id, found.number or ""
        self.choices: list[LineChoice] = []
        self.say(_("The draft has the prices of the quote. Untick what comes later or not at all."))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.body.addWidget(self.area)
        self.settle = CheckInput("")
        self.settle.hide()
        self.body.addWidget(self.settle)
        self.sum = Label("", "bodyStrong")
        self.body.addWidget(self.sum)
        self.problem = Note("danger", "", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.make = self.set_act(_("Make draft"), self._make, "file-text")
        page.ops.read(self, self._read, self._show)

    def _read(self, session: Session) -> Shown:
        return Shown(
            quote_lines.quote_lines(session, self._id), quotes.open_deposits(session, self._id)
        )

    def _show(self, found: Shown) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme().px(12), 0)
        grid.setHorizontalSpacing(theme().px(12))
        grid.setColumnStretch(0, 1)
        for at, each in enumerate(found.lines):
            self._add(grid, at, LineChoice(each))
        self.area.setWidget(inner)
        self.area.setFixedHeight(theme().px(42) * min(_SHOWN, max(1, len(found.lines))))
        if found.deposits:
            words = _("Take off the deposit of {numbers}")
            self.settle.setText(words.format(numbers=", ".join(found.deposits)))
            self.settle.set_value(True)
            self.settle.show()
        if not any(choice.tick.value() for choice in self.choices):
            self.problem.set_text(
                "", _("Everything is on an invoice already. Tick what has to be invoiced again.")
            )
            self.problem.show()
        self._follow()

    def _add(self, grid: QGridLayout, at: int, choice: LineChoice) -> None:
        self.choices.append(choice)
        words = QWidget()
        box = row(words, gap=8)
        box.addWidget(choice.tick)
        if choice.found.mark:
            box.addWidget(Chip(mark_words(choice.found.mark)))
        box.addStretch(1)
        grid.addWidget(words, at, 0)
        for place, widget in enumerate((choice.quantity, choice.note, choice.amount), start=1):
            grid.addWidget(widget, at, place)
        choice.tick.clicked.connect(partial(self._ticked, choice))
        choice.quantity.edited.connect(self._follow)

    def _ticked(self, choice: LineChoice) -> None:
        """An alternative takes the place of its line, and the other way round."""
        if choice.tick.value():
            for other in self._instead(choice):
                other.tick.set_value(False)
        self._follow()

    def _instead(self, choice: LineChoice) -> list[LineChoice]:
        """The line and its alternatives, without the one that was ticked."""
        at = self.choices.index(choice)
        first = at
        while first and self.choices[first].found.mark == "alternative":
            first -= 1
        group = [self.choices[first]]
        for other in self.choices[first + 1 :]:
            if other.found.mark != "alternative":
                break
            group.append(other)
        return [other for other in group if other is not choice]

    @property
    def wanted(self) -> dict[int, Quantity]:
        """Line id -> quantity of what is ticked."""
        return {each.found.line_id: each.wanted for each in self.choices if each.wanted}

    def _follow(self) -> None:
        for each in self.choices:
            each.quantity.setEnabled(bool(each.tick.value()))
        amount = total(_amount(each) for each in self.choices)
        self.sum.setText(
            _("Together {amount}, as the quote shows its prices").format(
                amount=i18n.money(amount.cents)
            )
        )
        self.make.allow(None if self.wanted else _("Choose at least one line."))
        self.fit()

    def _make(self) -> None:
        work = partial(
            quotes.to_invoice,
            document_id=self._id,
            chosen=self.wanted,
            settle_deposits=bool(self.settle.value()),
        )
        self._page.ops.write(quotes.TO_INVOICE, work, done=self._made, failed=self._refused)

    def _made(self, document_id: int) -> None:
        self.accept()
        self._page.go("draft", id=document_id)

    def _refused(self, failure: Exception) -> None:
        self.problem.set_text("", sentence(failure))
        self.problem.show()
        self.fit()


def _amount(choice: LineChoice) -> Money:
    """The part of the line's amount that belongs to the quantity."""
    found, wanted = choice.found, choice.wanted
    return found.price.times(wanted, found.discount) if wanted else total(())
