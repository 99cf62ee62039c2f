"""Beside a contract: how far it is, what it does to an invoice line, and what its tax needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.store import clock
from klantenapp.ui.panels.contracts.period_bar import PeriodBar
from klantenapp.ui.panels.contracts.tax_choice import treatment_word
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column, line, mark, row
from klantenapp.ui.widgets.labels import ElidedLabel, IconLabel, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.sales.contract_example import Example, ExampleLine, Need


#: Margins of the panel where it stands beside the fields.
_SIDES = (24, 18, 24, 20)


class ExamplePanel(QFrame):
    """What stands at the right of a contract.

    Args:
        files: the card with the documents of the contract, at its end.
    """

    def __init__(self, files: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self._below = False
        sheet = self._sheet = QWidget()
        box = self._box = column(sheet, *_SIDES, gap=8)
        box.addWidget(Label(_("Term"), "heading"))
        self.period = PeriodBar()
        box.addWidget(self.period)
        box.addSpacing(12)
        box.addWidget(Label(_("What becomes of an invoice line"), "heading"))
        self.without = _LineCard(_("Without contract"))
        self.with_contract = _LineCard(_("With this contract"), accent=True)
        box.addWidget(self.without)
        arrow = row()
        arrow.addStretch(1)
        arrow.addWidget(IconLabel("arrow-down", "muted", 16))
        arrow.addStretch(1)
        box.addLayout(arrow)
        box.addWidget(self.with_contract)
        self._needs: QVBoxLayout = column(gap=8)
        box.addSpacing(8)
        box.addLayout(self._needs)
        box.addSpacing(12)
        box.addWidget(files)
        box.addStretch(1)
        area = QScrollArea()
        area.setProperty("role", "clear")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        column(self).addWidget(area)

    def stand_below(self, below: bool) -> None:  # noqa: FBT001 - where it stands
        """Stand below the fields, as high as it is, or beside them, scrolling by itself."""
        self._below = below
        mark(self, role="clear" if below else "side")
        sides = (0, 0, 0, 0) if below else _SIDES
        self._box.setContentsMargins(*map(theme().px, sides))
        self._fit()

    def _fit(self) -> None:
        height = self._sheet.sizeHint().height() if self._below else 0
        self.setMinimumHeight(height)

    def show_period(self, data: ContractData) -> None:
        """Show how far the contract is."""
        self.period.set(data.valid_from, data.valid_to, clock.today())

    def show_example(self, found: Example) -> None:
        """Show what the line became."""
        self.without.show_line(found.without)
        note = " ".join(f"“{each}”" for each in found.wordings)
        if note and found.vat_id:
            note = _("{sentence}, with VAT id {vat_id}").format(sentence=note, vat_id=found.vat_id)
        self.with_contract.show_line(found.with_contract, note)
        clear(self._needs)
        treatment = found.with_contract.treatment if found.with_contract is not None else ""
        for icon, tone, text in need_words(found.needs, treatment):
            self._needs.addLayout(_told(icon, tone, text))
        self._fit()


def need_words(needs: tuple[Need, ...], treatment: str) -> list[tuple[str, str, str]]:
    """What a treatment needs: icon, tone and words of each."""
    met = {
        "buyer_vat_id": _("The customer's VAT id is filled in and has the right form"),
        "seller_vat_id": _("Your own VAT id is filled in"),
        "country": _("The customer's country fits"),
        "exemption_reason": _("It says which exemption applies"),
    }
    on_paper = {
        "transport_proof": _("Keep the proof that the goods went to another EU country."),
        "export_proof": _("Keep the proof that the goods left the EU."),
    }
    told = []
    for need in needs:
        if need.problem is not None:
            told.append(("triangle-alert", "warn", sentence(need.problem)))
        elif need.met:
            told.append(("badge-check", "ok", met.get(need.key, "")))
        else:
            told.append(("info", "warn", on_paper.get(need.key, "")))
    if treatment == "reverse_charge":
        words = _(
            "Reverse charge is for subcontracting and a few other cases."
            " In doubt? Ask your accountant."
        )
        told.append(("info", "warn", words))
    return [each for each in told if each[2]]


def _told(icon: str, tone: str, text: str) -> QHBoxLayout:
    box = row(gap=8)
    box.addWidget(IconLabel(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(Label(text, "body", tone, wrap=True), 1)
    return box


class _LineCard(QFrame):
    """A line with its tax and what it comes to."""

    def __init__(self, title: str, *, accent: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._accent = accent
        if accent:
            mark(self, tone="accent")
        box = column(self, 14, 10, 14, 12, gap=4)
        self._title = Label(title, "label", "accent" if accent else "muted")
        box.addWidget(self._title)
        tone = None if accent else "muted"
        self._words, self._amount = self._pair(box, tone)
        self._discount, self._off = self._pair(box, tone)
        self._tax, self._tax_amount = self._pair(box, tone)
        self._total, self._total_amount = self._pair(box, None, "bodyStrong")
        self._line = line()
        box.addWidget(self._line)
        self._note = Label("", "caption", "muted", wrap=True)
        box.addWidget(self._note)
        self.show_line(None)

    def _pair(self, box: QVBoxLayout, tone: str | None, role: str = "body") -> tuple[Label, Label]:
        words, amount = ElidedLabel("", role, tone), Label("", role, tone)
        pair = row(gap=12)
        pair.addWidget(words, 1)
        pair.addWidget(amount)
        box.addLayout(pair)
        return words, amount

    def show_line(self, found: ExampleLine | None, note: str = "") -> None:
        """Show another line; None is no item to show."""
        known = found is not None and found.problem is None
        for label in (self._discount, self._off, self._tax, self._tax_amount):
            label.setVisible(known)
        for label in (self._total, self._total_amount):
            label.setVisible(known)
        self._line.setVisible(known and bool(note))
        self._note.setVisible(known and bool(note))
        self._amount.setText("")
        if found is None:
            self._words.setText(_("Add an item to see an example."))
            return
        if found.problem is not None:
            self._words.setText(sentence(found.problem))
            return
        self._fill(found, note)

    def _fill(self, found: ExampleLine, note: str) -> None:
        self._words.setText(line_words(found))
        self._amount.setText(i18n.amount(found.amount.cents))
        off = found.total_discount
        self._discount.setVisible(off is not None)
        self._off.setVisible(off is not None)
        if off is not None:
            percent = i18n.percent(off.points)
            words = _("Discount on the invoice {percent}").format(percent=percent)
            self._discount.setText(words)
            self._off.setText(i18n.amount(found.net.cents - found.amount.cents))
        self._tax.setText(tax_words(found))
        self._tax_amount.setText(i18n.amount(found.tax.cents))
        self._total.setText(_("To pay"))
        self._total_amount.setText(i18n.amount(found.total.cents))
        self._note.setText(_("Text on the invoice: {text}").format(text=note))
        spoken = f"{self._title.text()}: {line_words(found)}, {i18n.money(found.total.cents)}"
        self.setAccessibleName(spoken)


def line_words(found: ExampleLine) -> str:
    """A line in words: "Monteur, 8 uur à 62,00"."""
    quantity = i18n.quantity(found.quantity.units)
    words = _("{item}, {quantity} {unit} at {price}").format(
        item=found.description,
        quantity=quantity,
        unit=found.unit or "×",
        price=i18n.price(found.unit_price.units),
    )
    if found.discount is not None:
        words += f" −{i18n.percent(found.discount.points)}"
    return words


def tax_words(found: ExampleLine) -> str:
    """The tax of a line in words: its rate, or how it is treated."""
    if found.tax_percent is not None:
        percent = i18n.percent(found.tax_percent.points)
        words = _("of which VAT {percent}") if found.includes_tax else _("VAT {percent}")
        return words.format(percent=percent)
    if found.treatment in {"domestic", "fixed"}:
        return _("VAT")
    return treatment_word(found.treatment)
