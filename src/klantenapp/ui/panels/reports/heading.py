"""What stands above the rows: the one figure, the age bar, or a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import Money, divide_half_up, total
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.chart import Chart
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.figures import AGES, Bar
from klantenapp.ui.widgets.flow import Flow
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.legend import Swatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.insights.ageing import AgeRow
    from klantenapp.services.insights.table import ReportTable
    from klantenapp.ui.widgets.chart_data import ChartData

_CHART_HEIGHT, _LEAST_HEIGHT = 190, 110


class AgeHeading(QWidget):
    """Receivables as one bar, with amount, share and number of each group below it."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, 28, 14, 28, 14, gap=10)
        top = row(gap=10)
        self.total = Label("", "number")
        self.words = Label("", "body", "muted")
        top.addWidget(self.total)
        top.addWidget(self.words, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        box.addLayout(top)
        self.bar = Bar(22, 2)
        box.addWidget(self.bar)
        groups = row(gap=16)
        self._groups = [_Group(token, _(title)) for token, title in AGES]
        for group in self._groups:
            groups.addWidget(group, 1)
        box.addLayout(groups)

    def show_rows(self, rows: Sequence[AgeRow]) -> None:
        """Show the sums of these rows."""
        sums = [total(each.groups[at] for each in rows) for at in range(len(AGES))]
        counts = [sum(each.counts[at] for each in rows) for at in range(len(AGES))]
        whole = total(sums)
        self.total.setText(i18n.money(whole.cents))
        debits = sum(max(group.cents, 0) for group in sums)
        weighted = sum(each.weighted_days for each in rows)
        self.words.setText(_told(len(rows), divide_half_up(weighted, debits) if debits else 0))
        self.bar.set([(AGES[at][0], max(0, each.cents)) for at, each in enumerate(sums)])
        for group, amount, count in zip(self._groups, sums, counts, strict=True):
            share = divide_half_up(max(amount.cents, 0) * 100, debits) if debits else 0
            group.show_amount(amount, share, count)


def _told(customers: int, days: int) -> str:
    if not customers:
        return _("Nothing is open.")
    words = ngettext(
        "open with {count} customer, {days} days old on average",
        "open with {count} customers, {days} days old on average",
        customers,
    )
    return words.format(count=customers, days=days)


class _Group(QWidget):
    """One age group: colour and name, amount, share and number of invoices."""

    def __init__(self, token: str, title: str) -> None:
        super().__init__()
        box = column(self, gap=1)
        top = row(gap=6)
        top.addWidget(Swatch(token))
        top.addWidget(Label(title, "body", "muted"))
        top.addStretch(1)
        box.addLayout(top)
        self._title = title
        self._amount = Label("", "heading")
        self._words = Label("", "caption", "muted")
        box.addWidget(self._amount)
        box.addWidget(self._words)

    def show_amount(self, amount: Money, share: int, count: int) -> None:
        """Show other figures."""
        self._amount.setText(i18n.money(amount.cents))
        words = ngettext("{percent}, {count} invoice", "{percent}, {count} invoices", count)
        self._words.setText(words.format(percent=i18n.percent(share * 100, 0), count=count))
        self.setAccessibleName(f"{self._title}: {self._amount.text()}, {self._words.text()}")


class ChartHeading(QWidget):
    """A chart of the column that a report is about, below its total."""

    def __init__(self, table: ReportTable) -> None:
        super().__init__()
        box = column(self, 28, 14, 28, 10, gap=8)
        top = row(gap=10)
        self.total = Label("", "number")
        self.words = Label("", "body", "muted")
        top.addWidget(self.total)
        top.addWidget(self.words, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        self.show_chart = Button(_("Show chart"), "chart-column", small=True)
        self.show_chart.clicked.connect(self._insist)
        self.show_chart.hide()
        top.addWidget(self.show_chart)
        box.addLayout(top)
        self.chart = Chart(table.title, _CHART_HEIGHT)
        box.addWidget(self.chart)
        self._wanted = False

    def fit(self, room: int) -> None:
        """Take at most so many pixels for the chart: on a small screen it gives way to the rows."""
        height = min(theme().px(_CHART_HEIGHT), room)
        if self._wanted:
            height = max(height, _LEAST_HEIGHT)
        self.chart.setFixedHeight(max(height, 1))
        self.chart.setVisible(height >= _LEAST_HEIGHT)
        self.show_chart.setVisible(height < _LEAST_HEIGHT)

    def _insist(self) -> None:
        self._wanted = True
        self.fit(0)

    def show_table(self, table: ReportTable, data: ChartData) -> None:
        """Show another report of the same kind."""
        at = next(at for at, each in enumerate(table.columns) if each.chart)
        whole = table.totals[at] if table.totals is not None else None
        self.total.setText(i18n.money(whole.cents) if isinstance(whole, Money) else "")
        self.total.setVisible(isinstance(whole, Money))
        self.words.setText(table.columns[at].title)
        self.chart.show_data(data)


class FigureRow(QWidget):
    """What the rows come to beside their totals: words and figures."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, 28, 12, 28, 12)
        self._flow = Flow(28, 8)
        box.addWidget(self._flow)

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show other figures; without any the row is gone."""
        self._flow.clear()
        for label, value in figures:
            self._flow.add(_Figure(label, value))
        self.setVisible(bool(figures))


class _Figure(QWidget):
    def __init__(self, label: str, value: str) -> None:
        super().__init__()
        box = column(self, gap=1)
        box.addWidget(Label(label, "caption", "muted"))
        box.addWidget(Label(value, "bodyStrong"))
        self.setAccessibleName(f"{label}: {value}")
