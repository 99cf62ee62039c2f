"""What a report goes by: a day or a period, a customer, how tax counts, and a comparison."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.sentences import speak
from klantenapp.services.insights.compare import COMPARED
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock
from klantenapp.ui.panels.reports.periods import DAYS, OWN, PERIODS, named
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.tabs import Segments
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.ui.panels.reports.offers import Offer

_DATE_WIDTH, _PERIOD_WIDTH, _CUSTOMER_WIDTH = 126, 156, 172


class FilterBar(QWidget):
    """The choices of one report.

    Attributes:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer
        box = row(self, 28, 0, 28, 14, gap=8)
        self.day, self.start, self.end = (self._date() for _field in range(3))
        self.days = Segments([(key, _(title)) for key, (title, _find) in DAYS.items()])
        periods = [(key, _(title)) for key, (title, _span) in PERIODS.items()]
        self.period = ChoiceInput([*periods, (OWN, _("Own period"))])
        self.customer = ChoiceInput([(None, _("All customers"))])
        self.basis = Segments([("invoice", _("By invoice")), ("receipt", _("By receipt"))])
        self.compare = CheckInput(_("Compare with the period before"))
        if offer.by == "day":
            self._offer_day()
        else:
            self._offer_period()
        if offer.by == "day":
            box.addWidget(Label(_("As of"), "body", "muted"))
            box.addWidget(self.day)
            box.addWidget(self.days)
        else:
            box.addWidget(self.period)
            box.addWidget(self.start)
            box.addWidget(Label("–", "body", "muted"))
            box.addWidget(self.end)
        if offer.customer:
            box.addWidget(self.customer)
        if offer.name == "vat-return":
            box.addWidget(self.basis)
        box.addStretch(1)
        if offer.name in COMPARED:
            box.addWidget(self.compare)
        self.customer.setFixedWidth(theme().px(_CUSTOMER_WIDTH))
        self.period.setFixedWidth(theme().px(_PERIOD_WIDTH))
        self.customer.left.connect(self.changed)
        self.compare.left.connect(self.changed)
        self._basis_chosen = False
        self.basis.changed.connect(self._choose_basis)

    def _date(self) -> DateInput:
        made = DateInput()
        made.setFixedWidth(theme().px(_DATE_WIDTH))
        return made

    def _offer_day(self) -> None:
        self.day.set_value(clock.today())
        self.day.setAccessibleName(_("As of"))
        self.days.choose("today")
        self.days.changed.connect(self._choose_day)
        self.day.left.connect(self._typed_day)

    def _offer_period(self) -> None:
        self.start.setAccessibleName(_("First day"))
        self.end.setAccessibleName(_("Last day"))
        self.period.setAccessibleName(_("Period"))
        self.period.set_value(self.offer.period)
        self._fill_period()
        self.period.left.connect(self._choose_period)
        self.start.left.connect(self._typed_period)
        self.end.left.connect(self._typed_period)

    # -- choosing ------------------------------------------------------------------------------

    def _choose_day(self, key: str) -> None:
        if key in DAYS:
            self.day.set_value(DAYS[key][1](clock.today()))
            self.changed.emit()

    def _typed_day(self) -> None:
        if self.day.value() is None:
            self.day.set_value(clock.today())
        self.changed.emit()

    def _fill_period(self) -> None:
        found = PERIODS.get(self.period.value())
        if found is not None:
            start, end = found[1](clock.today())
            self.start.set_value(start)
            self.end.set_value(end)

    def _choose_period(self) -> None:
        self._fill_period()
        self.changed.emit()

    def _typed_period(self) -> None:
        start, end = self.start.value(), self.end.value()
        self.period.set_value(named(start, end, clock.today()))
        self.end.set_error(None)
        if start is not None and end is not None and end < start:
            self.end.set_error(_("The period ends before it begins."))
            return
        self.changed.emit()

    def _choose_basis(self, _key: str) -> None:
        self._basis_chosen = True
        self.changed.emit()

    # -- for the page --------------------------------------------------------------------------

    def offer_customers(self, customers: Sequence[tuple[int, str]]) -> None:
        """Offer these customers beside all of them; the chosen one stays."""
        chosen = self.customer.value()
        self.customer.set_options([(None, _("All customers")), *customers])
        self.customer.set_value(chosen)

    def show_basis(self, basis: str) -> None:
        """Show how the business counts its tax, until the user chooses otherwise."""
        if not self._basis_chosen:
            blocked = self.basis.blockSignals(True)  # noqa: FBT003 - Qt's own argument
            self.basis.choose(basis)
            self.basis.blockSignals(blocked)

    def wanted(self) -> Wanted:
        """What is asked for."""
        asked = Wanted(
            as_of=clock.today(),
            customer_id=self.customer.value() if self.offer.customer else None,
            vat_basis=self.basis.key if self._basis_chosen else None,
            named=speak.operation_label,
        )
        if self.offer.by == "day":
            return replace(asked, as_of=self.day.value() or clock.today())
        return replace(asked, start=self.start.value(), end=self.end.value())
