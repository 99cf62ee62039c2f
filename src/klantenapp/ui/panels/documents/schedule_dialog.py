"""A schedule filled in: for whom, when, what, and what happens with each invoice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.catalogue import choices
from klantenapp.services.sales import recurring, schedule
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.sales.recurring_data import LineData, RecurringData
from klantenapp.services.store import clock
from klantenapp.ui.forms.form import Form
from klantenapp.ui.panels.documents.customer_field import CustomerField
from klantenapp.ui.panels.documents.item_search import find_items
from klantenapp.ui.panels.documents.line_desk import FRESH
from klantenapp.ui.panels.documents.line_grid import LineGrid
from klantenapp.ui.panels.documents.line_rows import LineModel
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.fields import Field
from klantenapp.ui.widgets.inputs import ChoiceInput, TextInput
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.value_inputs import DateInput, IntInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.ui.widgets.page import Page

_LINE_FIELDS = (
    "item_id",
    "description",
    "details",
    "quantity",
    "unit",
    "unit_price",
    "discount",
    "tax_code_id",
)

#: Fields that decide the dates.
_RULE_FIELDS = ("first_date", "every", "unit", "day_of_month", "weekend", "end_date", "count")
_LAST_DAY = 31


class ScheduleDialog(Dialog):
    """A new schedule, or one that is changed."""

    def __init__(self, page: Page, schedule_id: int | None, done: Callable[[int], object]) -> None:
        title = _("New schedule") if schedule_id is None else _("Edit schedule")
        super().__init__(page, title, 860)
        self._page, self._id, self._done = page, schedule_id, done
        self._lines: list[LineInput] = []
        self._found: Calculated | None = None
        self.customer = CustomerField(page.ops)
        self.customer.picked.connect(lambda _customer: self._compute())
        self.customer_field = Field(_("Customer"), self.customer)
        self.body.addWidget(self.customer_field)
        self._build_form()
        self.model = LineModel(page.ops, self)
        self.grid = LineGrid(self.model, self._find)
        self.grid.setMinimumHeight(theme().px(144))
        self.grid.typed.connect(lambda place, name, value: self._typed(place, {name: value}))
        self.grid.item_picked.connect(
            lambda place, item: self._typed(place, {"item_id": item, **FRESH})
        )
        self.grid.dropped.connect(self._drop)
        self.body.addWidget(self.grid)
        foot = row(gap=16)
        self.dates = Label("", "body", "muted", wrap=True)
        foot.addWidget(self.dates, 1)
        self.total = Label("", "bodyStrong")
        foot.addWidget(self.total)
        self.body.addLayout(foot)
        self.set_act(_("Save"), self._save)
        self._show_lines()
        self._load()

    def _build_form(self) -> None:
        self.form = Form(columns=6)
        self.form.add("name", _("Description"), TextInput(limit=120), row=0, span=3)
        self.form.add("first_date", _("First date"), DateInput(), row=0, column=3, span=1)
        self.form.add("end_date", _("No later than"), DateInput(), row=0, column=4, span=1)
        self.form.add("count", _("How many times"), IntInput(), row=0, column=5, span=1)
        units = [("week", _("weeks")), ("month", _("months")), ("year", _("years"))]
        self.form.add("every", _("Every"), IntInput(), row=1, span=1)
        self.form.add("unit", _("Unit"), ChoiceInput(units), row=1, column=1, span=1)
        self.form.add("day_of_month", _("Day of the month"), IntInput(), row=1, column=2, span=1)
        weekend = [
            ("keep", _("Keep")),
            ("before", _("Working day before")),
            ("after", _("Next working day")),
        ]
        self.form.add("weekend", _("In a weekend"), ChoiceInput(weekend), row=1, column=3, span=2)
        modes = [
            ("draft", _("As a draft")),
            ("issue", _("Final at once")),
            ("send", _("Final and sent")),
        ]
        self.form.add("mode", _("Made"), ChoiceInput(modes), row=2, span=3)
        self.form.add("days_ahead", _("Days ahead"), IntInput(), row=1, column=5, span=1)
        periods = [
            ("none", _("None")),
            ("this", _("This period")),
            ("next", _("Next period")),
            ("previous", _("Previous period")),
        ]
        self.form.add("period", _("Supply period"), ChoiceInput(periods), row=2, column=3, span=3)
        help_text = _("Below each line: {month} {year}, {quarter}, {week}, {from}, {to}")
        field = TextInput("{month} {year}", limit=120)
        self.form.add("period_text", _("Period text"), field, row=3, span=6)
        self.form.fields["period_text"].set_help(help_text)
        self.body.addWidget(self.form)
        for name in _RULE_FIELDS:
            self.form.fields[name].input.edited.connect(self._show_dates)

    def _load(self) -> None:
        self._page.ops.read(self, choices.choices, self._offer, key="choices")
        if self._id is None:
            fresh = RecurringData(customer_id=0, name="", first_date=clock.today())
            self.form.fill(fresh)
            self._show_dates()
            self.customer.picker.setFocus()
            return
        self._page.ops.read(self, partial(recurring.read, recurring_id=self._id), self._show)

    def _show_dates(self) -> None:
        """The next dates of what is filled in, recomputed while it is edited."""
        values = self.form.values()
        first = values["first_date"]
        every = values["every"] or 1
        if first is None or every < 1:
            self.dates.setText("")
            return
        day = values["day_of_month"]
        data = RecurringData(
            customer_id=0,
            name="",
            first_date=first,
            every=every,
            unit=values["unit"] or "month",
            day_of_month=day if day is None or 1 <= day <= _LAST_DAY else None,
            weekend=values["weekend"] or "keep",
            end_date=values["end_date"],
            count=values["count"],
        )
        today = max(clock.today(), first)
        found = schedule.after(data.rule, today - schedule.DAY, 5)
        words = ", ".join(i18n.date(each.date) for each in found) or "–"
        self.dates.setText(_("Next dates: {dates}").format(dates=words))

    def _offer(self, found: choices.Choices) -> None:
        language = i18n.language()
        self.grid.offer_taxes([(one.id, one.spoken(language)) for one in found.tax_codes])

    def _show(self, data: RecurringData) -> None:
        self.form.fill(data)
        self._show_dates()
        self.customer.set_value(data.customer_id)
        self._lines = [
            LineInput(**{name: getattr(line, name) for name in _LINE_FIELDS}, nature=line.nature)
            for line in data.lines
        ]
        self._compute()

    # -- lines -----------------------------------------------------------------------------------

    def _find(self, text: str, show: Any) -> None:
        draft = DraftInput(customer_id=self.customer.value())
        self._page.ops.read(
            self, lambda session: find_items(session, draft, text), show, key="items"
        )

    def _typed(self, place: int, values: dict[str, Any]) -> None:
        if place >= len(self._lines):
            self._lines.append(LineInput())
            place = len(self._lines) - 1
        self._lines[place] = replace(self._lines[place], **values)
        self._compute()

    def _drop(self, place: int) -> None:
        if place < len(self._lines):
            del self._lines[place]
            self._compute()

    def _compute(self) -> None:
        self._show_lines()
        draft = DraftInput(customer_id=self.customer.value(), lines=tuple(self._lines))
        self._page.ops.read(
            self, lambda session: calculate(session, draft), self._computed, key="compute"
        )

    def _computed(self, found: Calculated) -> None:
        self._found = found
        self._show_lines()
        words = _("Each time {total}, at today's prices")
        self.total.setText(words.format(total=i18n.money(found.totals.total.cents)))

    def _show_lines(self) -> None:
        self.model.show_lines(tuple(self._lines), self._found)

    # -- saving ----------------------------------------------------------------------------------

    def _save(self) -> None:
        values = self.form.values()
        lines = tuple(
            LineData(
                **{name: getattr(line, name) for name in _LINE_FIELDS},
                nature=line.nature or "service",
            )
            for line in self._lines
        )
        data = RecurringData(
            customer_id=self.customer.value() or 0,
            name=values["name"] or "",
            first_date=values["first_date"] or clock.today(),
            every=values["every"] or 1,
            unit=values["unit"] or "month",
            day_of_month=values["day_of_month"],
            weekend=values["weekend"] or "keep",
            end_date=values["end_date"],
            count=values["count"],
            days_ahead=values["days_ahead"] or 0,
            mode=values["mode"] or "draft",
            period=values["period"] or "this",
            period_text=values["period_text"],
            lines=lines,
        )
        self._write(data)

    def _write(self, data: RecurringData) -> None:
        schedule_id = self._id
        if schedule_id is None:
            work: Any = partial(recurring.add, data=data)
            operation = recurring.ADD
        else:
            work = partial(recurring.change, recurring_id=schedule_id, data=data)
            operation = recurring.CHANGE
        self._page.ops.write(operation, work, done=self._saved, failed=self._refused)

    def _saved(self, made: int | None) -> None:
        self.accept()
        self._done(made if made is not None else self._id or 0)
        self._page.toast(_("Schedule saved"), undo=True)

    def _refused(self, failure: Exception) -> None:
        self.form.show_failure(failure)
