"""What a report goes by: a day or period, customer, label, how tax counts, a comparison."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.sentences import speak
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors.insights import DayInFuture
from klantenapp.services.insights.compare import COMPARED
from klantenapp.services.insights.spans import DAYS, OWN, PERIODS, named
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock
from klantenapp.ui.panels.reports.finding import find_customers
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.flow import Flow
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.picker import Option, SearchPicker
from klantenapp.ui.widgets.tabs import Segments
from klantenapp.ui.widgets.value_inputs import DateInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from klantenapp.ui.ops import Ops
    from klantenapp.ui.panels.reports.offers import Offer

    Part = tuple[str, int | str | None] | None

_DATE_WIDTH, _PERIOD_WIDTH, _CUSTOMER_WIDTH, _GROUP_WIDTH = 126, 176, 190, 132


class FilterBar(QWidget):
    """The choices of one report.

    Attributes:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self, offer: Offer, ops: Ops) -> None:
        super().__init__()
        self.offer, self._ops = offer, ops
        self._part: Part = None
        outer = row(self, 28, 0, 28, 14, gap=16)
        box = self._flow = Flow(8, 8)
        outer.addWidget(box, 1, Qt.AlignmentFlag.AlignTop)
        self.day, self.start, self.end = (self._date() for _field in range(3))
        self.days = Segments([(key, _(title)) for key, (title, _find) in DAYS.items()])
        periods = [(key, _(title)) for key, (title, _span) in PERIODS.items()]
        self.period = ChoiceInput([*periods, (OWN, _("Own period"))])
        self._make_choices()
        self.basis = Segments([("invoice", _("By invoice")), ("receipt", _("By receipt"))])
        self.compare = CheckInput(_("Compare with the period before"))
        if offer.by == "day":
            self._offer_day()
        else:
            self._offer_period()
        parts: tuple[QWidget, ...] = (self.period, self.start, Label("–", "body"), self.end)
        if offer.by == "day":
            parts = (Label(_("As of"), "body", "muted"), self.day, self.days)
        for each in parts:
            box.add(each)
        if offer.customer:
            box.add(self.customer)
            box.add(self.group, hidden=True)
            box.add(self.inside, hidden=True)
        if offer.name == "vat-return":
            box.add(self.basis)
        if offer.name in COMPARED:
            outer.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignTop)
            self.compare.setMinimumHeight(theme().size("control"))
        self.customer.setFixedWidth(theme().px(_CUSTOMER_WIDTH))
        self.period.setFixedWidth(theme().px(_PERIOD_WIDTH))
        self.group.setFixedWidth(theme().px(_GROUP_WIDTH))
        self.customer.left.connect(self.changed)
        self.customer.textChanged.connect(self._emptied)
        self.group.left.connect(self.changed)
        self.compare.left.connect(self.changed)
        self._basis_chosen = False
        self.basis.changed.connect(self._choose_basis)

    def _make_choices(self) -> None:
        """Customer, label, and what was looked behind."""
        self.customer = SearchPicker(self._find, _("All customers"))
        self.customer.setAccessibleName(_("Customer"))
        self.customer.setClearButtonEnabled(True)
        self.group = ChoiceInput([(None, _("All labels"))])
        self.group.setAccessibleName(_("Label"))
        self.inside = Button("", "x", small=True)
        self.inside.setToolTip(_("Show everything again"))
        self.inside.clicked.connect(lambda: self.look_inside(None, ""))

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
        day, today = self.day.value(), clock.today()
        if day is None:
            self.day.set_value(today)
        ahead = day is not None and day > today and not self.offer.ahead
        self.day.set_error(sentence(DayInFuture(day)) if day is not None and ahead else None)
        if not ahead:
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
        late = start is not None and start > clock.today()
        self.start.set_error(sentence(DayInFuture(start)) if start is not None and late else None)
        if late:
            return
        self.changed.emit()

    def _choose_basis(self, _key: str) -> None:
        self._basis_chosen = True
        self.changed.emit()

    # -- for the page --------------------------------------------------------------------------

    def _find(self, text: str, show: Callable[[Sequence[Option]], None]) -> None:
        self._ops.read(self, partial(find_customers, text=text), show, key="find")

    def _emptied(self, text: str) -> None:
        """The cross, or all of it deleted: every customer again."""
        if not text and self.customer.value() is not None:
            self.customer.set_value(None)
            self.changed.emit()

    def choose_customer(self, customer_id: int | None, name: str) -> None:
        """Show one customer as chosen; nobody is all of them."""
        option = Option(customer_id, name) if customer_id is not None else None
        self.customer.set_value(option)

    def offer_groups(self, groups: Sequence[tuple[int, str]]) -> None:
        """Offer these labels beside all of them; the chosen one stays."""
        chosen = self.group.value()
        self.group.set_options([(None, _("All labels")), *groups])
        self.group.set_value(chosen)
        self._flow.show_child(self.group, shown=bool(groups) and self.offer.customer)

    def look_inside(self, part: Part, words: str) -> None:
        """Show only the documents of an item, a group or a box; None takes that away."""
        taken = self._part is not None and part is None
        self._part = part
        self.inside.setText(words)
        self._flow.show_child(self.inside, shown=part is not None)
        if taken:
            self.changed.emit()

    def ask(self, wanted: Wanted) -> None:
        """Show a question that was asked elsewhere."""
        self.start.set_value(wanted.start)
        self.end.set_value(wanted.end)
        self.period.set_value(named(wanted.start, wanted.end, clock.today()))
        self.group.set_options([(None, _("All labels")), (wanted.group_id, "")])
        self.group.set_value(wanted.group_id)
        self._part = wanted.part
        if wanted.vat_basis is not None:
            self._basis_chosen = True
            self.basis.choose(wanted.vat_basis)

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
            group_id=self.group.value() if self.offer.customer else None,
            part=self._part,
            vat_basis=self.basis.key if self._basis_chosen else None,
            named=speak.operation_label,
        )
        if self.offer.by == "day":
            return replace(asked, as_of=self.day.value() or clock.today())
        return replace(asked, start=self.start.value(), end=self.end.value())
