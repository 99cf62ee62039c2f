"""The two charts of the first screen: revenue of twelve months, receipts of eight weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.cards import Card
from klantenapp.ui.widgets.chart import Chart
from klantenapp.ui.widgets.chart_data import Bar, of_bars
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import IconLabel, Label
from klantenapp.ui.widgets.legend import Legend

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from klantenapp.services.insights.dashboard import Dashboard
    from klantenapp.ui.widgets.chart_data import ChartData


class RevenueCard(Card):
    """Revenue of the last twelve months."""

    def __init__(self, open_report: Callable[[], object]) -> None:
        super().__init__(_("Revenue of the last 12 months"))
        self.legend = Legend([("chartMain", _("This year")), ("line", _("Year before"))])
        self.head.addWidget(self.legend)
        self.total = Label("", "number")
        self.arrow = IconLabel("trending-up", "ok", 14)
        self.growth = Label("", "bodyStrong", "ok")
        self.note = Label("", "body", "muted")
        self.body.addLayout(_figures(self.total, self.arrow, self.growth, self.note))
        self.chart = Chart(_("Revenue of the last 12 months"), 230)
        self.chart.opened.connect(lambda _at: open_report())
        self.body.addWidget(self.chart, 1)

    def show_dashboard(self, found: Dashboard) -> None:
        """Show other figures."""
        self.total.setText(i18n.euros(found.revenue.cents))
        growth = found.growth
        for part in (self.arrow, self.growth):
            part.setVisible(growth is not None)
        if growth is not None:
            up = growth.points >= 0
            self.growth.setText(i18n.percent(abs(growth.points), 1))
            self.growth.set_tone("ok" if up else "danger")
            self.arrow.set_icon("trending-up" if up else "trending-down", "ok" if up else "danger")
            words = _("Revenue up {percent} on the year before")
            if not up:
                words = _("Revenue down {percent} on the year before")
            self.growth.setAccessibleName(words.format(percent=self.growth.text()))
        month = i18n.month(found.months[-1].first).partition(" ")[0]
        self.note.setText(_("excl. tax; {month} is not over yet").format(month=month))
        self.legend.setVisible(any(each.before is not None for each in found.months))
        self.chart.show_data(_revenue_data(found))


def _revenue_data(found: Dashboard) -> ChartData:
    bars, rows = [], []
    for month in found.months:
        name = i18n.month(month.first)
        amount = i18n.money(month.net.cents)
        before = i18n.money(month.before.cents) if month.before is not None else "–"
        tip = _("{month}: {amount}").format(month=name, amount=amount)
        if month.before is not None:
            tip += "\n" + _("Year before: {amount}").format(amount=before)
        if month.running:
            tip += "\n" + _("This month is not over yet")
        bars.append(
            Bar(
                i18n.short_month(month.first).rstrip("."),
                month.net.cents,
                before=month.before.cents if month.before is not None else None,
                running=month.running,
                strong=month.running,
                tip=tip,
            )
        )
        rows.append((name, amount, before))
    summary = _("Revenue of the last 12 months: {amount}, excl. tax").format(
        amount=i18n.money(found.revenue.cents)
    )
    return of_bars(bars, summary, (_("Month"), _("Revenue"), _("Year before")), rows)


class ForecastCard(Card):
    """What is expected on the bank in the coming weeks."""

    def __init__(self, open_report: Callable[[], object]) -> None:
        super().__init__(_("Expected on the bank"))
        self.head.addWidget(Label(_("coming 8 weeks"), "body", "muted"))
        self.total = Label("", "number")
        self.uncertain = Label("", "body", "muted")
        self.body.addLayout(_figures(self.total, self.uncertain))
        self.chart = Chart(_("Expected on the bank"), 230)
        self.chart.opened.connect(lambda _at: open_report())
        self.body.addWidget(self.chart, 1)
        self.body.addSpacing(theme().px(8))
        under = row()
        under.addWidget(
            Legend(
                [
                    ("chartMain", _("By payment behaviour")),
                    ("chartSoft", _("Overdue, uncertain")),
                ]
            )
        )
        under.addStretch(1)
        self.body.addLayout(under)

    def show_dashboard(self, found: Dashboard) -> None:
        """Show other figures."""
        self.total.setText(i18n.euros(found.expected.cents))
        uncertain = i18n.euros(found.uncertain.cents)
        words = _("+ {amount} uncertain").format(amount=uncertain) if found.uncertain else ""
        self.uncertain.setText(words)
        self.chart.show_data(_forecast_data(found))


def _forecast_data(found: Dashboard) -> ChartData:
    bars, rows = [], []
    for at, week in enumerate(found.weeks):
        number = week.start.isocalendar().week
        name = _("Week {number}, from {day}").format(number=number, day=i18n.date(week.start))
        expected, overdue = i18n.money(week.expected.cents), i18n.money(week.overdue.cents)
        low, high = i18n.money(week.low.cents), i18n.money(week.high.cents)
        tip = name + "\n" + _("Expected: {amount}").format(amount=expected)
        tip += "\n" + _("Between {low} and {high}").format(low=low, high=high)
        if week.overdue:
            tip += "\n" + _("Overdue, uncertain: {amount}").format(amount=overdue)
        label = _("wk {number}").format(number=number) if at == 0 else str(number)
        bars.append(
            Bar(label, week.expected.cents, soft=week.overdue.cents, strong=at == 0, tip=tip)
        )
        rows.append((name, expected, low, high, overdue))
    summary = _("Expected in 8 weeks: {amount}, and {uncertain} of overdue invoices").format(
        amount=i18n.money(found.expected.cents), uncertain=i18n.money(found.uncertain.cents)
    )
    headers = (_("Week"), _("Expected"), _("Low"), _("High"), _("Overdue, uncertain"))
    return of_bars(bars, summary, headers, rows)


def _figures(number: QWidget, *others: QWidget) -> QHBoxLayout:
    line = row(gap=8)
    line.addWidget(number)
    for other in others:
        line.addWidget(other, 0, Qt.AlignmentFlag.AlignBottom)
    line.addStretch(1)
    line.setContentsMargins(0, 0, 0, theme().px(10))
    return line
