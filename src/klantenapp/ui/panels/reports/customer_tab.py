"""Insight in one customer: how long invoices take, what is bought, and how far to trust."""

from __future__ import annotations

from calendar import monthrange
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import divide_half_up
from klantenapp.services.insights import credit_report, customer_view
from klantenapp.services.insights.revenue import later, period_name
from klantenapp.services.store import clock
from klantenapp.ui.panels.reports.advice_words import (
    advice_words,
    decision_words,
    history_pairs,
    paying_pairs,
    verdict,
)
from klantenapp.ui.panels.reports.decision import DecisionDialog
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.cards import Pairs
from klantenapp.ui.widgets.chart import Chart
from klantenapp.ui.widgets.chart_data import Bar, ChartData, Dot, of_bars
from klantenapp.ui.widgets.customer_tab import CustomerTab
from klantenapp.ui.widgets.dressing import column, frame, line, row
from klantenapp.ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout

    from klantenapp.models.values import Money
    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.insights.credit_advice import Advice, Reason
    from klantenapp.services.insights.customer_view import CustomerInsight, InvoiceDays
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_STACKED, _SIDE = 800, 268
_DAYS_HEIGHT, _QUARTERS_HEIGHT = 230, 170
_ICONS = {"old_open": "clock-alert", "large_share": "activity", "no_history": "info"}
_TABLES = ("ledger_entry", "settlement", "document", "credit_decision", "quote_decision")


class InsightTab(CustomerTab):
    """Two charts, and the advice beside them."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.found: CustomerInsight | None = None
        self._box = self.scrolled(self._charts(), self._right(), 24)

    def _charts(self) -> QBoxLayout:
        box = column(gap=8)
        self.days_words, self.year_words = Label("", "body", "muted"), Label("", "body", "muted")
        self.days = Chart(_("Days to payment, per invoice"), 200)
        self.days.opened.connect(self._open_invoice)
        self.quarters = Chart(_("Revenue by quarter, excl. tax"), 150)
        box.addLayout(_heading(_("Days to payment, per invoice"), self.days_words))
        box.addWidget(self.days, 5)
        box.addSpacing(theme().px(8))
        box.addLayout(_heading(_("Revenue by quarter, excl. tax"), self.year_words))
        box.addWidget(self.quarters, 4)
        self.days.setMaximumHeight(theme().px(_DAYS_HEIGHT))
        self.quarters.setMaximumHeight(theme().px(_QUARTERS_HEIGHT))
        box.addStretch(1)
        return box

    def _right(self) -> QWidget:
        self._side = QWidget()
        box = column(self._side, gap=14)
        card = frame("card")
        card.setProperty("role", "card")
        inside = column(card, 16, 14, 16, 14, gap=6)
        inside.addWidget(Label(_("Credit advice"), "label", "muted"))
        self.verdict = Label("", "heading", wrap=True)
        inside.addWidget(self.verdict)
        self.words = Label("", "body", "muted", wrap=True)
        inside.addWidget(self.words)
        inside.addSpacing(theme().px(4))
        inside.addWidget(line())
        inside.addSpacing(theme().px(4))
        self._reasons = column(gap=8)
        inside.addLayout(self._reasons)
        self.decide = Button(_("Decide yourself"), "pencil-line", small=True)
        self.decide.clicked.connect(self._decide)
        inside.addSpacing(theme().px(4))
        inside.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(card)
        box.addWidget(Label(_("How this customer pays"), "label", "muted"))
        self.paying = Pairs(width=140)
        box.addWidget(self.paying)
        box.addWidget(line())
        self.facts = Pairs(width=140)
        box.addWidget(self.facts)
        box.addStretch(1)
        return self._side

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_STACKED)
        way = QBoxLayout.Direction
        self._box.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else theme().px(_SIDE))
        self._side.setMaximumWidth(16_777_215 if narrow else theme().px(_SIDE))
        self._fit()

    def _fit(self) -> None:
        """Give the side all the height that its words take, so that it scrolls and is not cut."""
        box = self._side.layout()
        if box is not None:
            width = self._side.width()
            high = box.totalHeightForWidth(width) if box.hasHeightForWidth() else 0
            self._side.setMinimumHeight(max(high, box.totalSizeHint().height()))

    # -- showing -------------------------------------------------------------------------------

    @override
    def show_customer(self, profile: Profile) -> None:
        super().show_customer(profile)
        self._load()

    @override
    def refresh(self, changes: Changes) -> None:
        if changes.touches(*_TABLES):
            self._load()

    @override
    def enter(self) -> None:
        self.days.setFocus()

    def _load(self) -> None:
        if self.customer_id:
            query = partial(
                customer_view.insight, customer_id=self.customer_id, today=clock.today()
            )
            self.page.ops.read(self, query, self._show, key="insight")

    def _show(self, found: CustomerInsight) -> None:
        self.found = found
        spread, mean = found.behaviour.spread, found.behaviour.mean_days_to_pay
        words = _("No invoice was paid yet")
        if spread is not None and mean is not None:
            words = _("Mostly {low} to {high} days, {mean} on average").format(
                low=spread[0], high=spread[1], mean=divide_half_up(mean.hundredths, 100)
            )
        self.days_words.setText(words)
        self.days.show_data(_days_data(found, words))
        share = i18n.percent(found.share.points, 0) if found.share is not None else ""
        year = _("{year}: {amount}, {share} of your revenue") if share else _("{year}: {amount}")
        self.year_words.setText(
            year.format(year=clock.today().year, amount=i18n.euros(found.year.cents), share=share)
        )
        self.quarters.show_data(_quarters_data(found))
        self._show_advice(found.advice)
        self.facts.set_pairs(history_pairs(found))
        self.paying.set_pairs(paying_pairs(found))
        QTimer.singleShot(0, self, self._fit)

    def _show_advice(self, advice: Advice | None) -> None:
        clear_layout(self._reasons)
        self.decide.setVisible(advice is not None)
        if advice is None:
            self.verdict.setText(_("Nothing to advise yet"))
            self.words.setText(_("There is no invoice, draft or accepted quote."))
            return
        self.verdict.setText(verdict(advice))
        self.words.setText(advice_words(advice))
        for reason in advice.reasons:
            self._reasons.addLayout(_reason_row(reason))
        for earlier in self.found.decisions[1:] if self.found is not None else ():
            self._reasons.addWidget(Label(decision_words(earlier), "caption", "muted", wrap=True))

    # -- acting --------------------------------------------------------------------------------

    def _open_invoice(self, at: int) -> None:
        if self.found is not None and self.found.invoices[at].document_id is not None:
            self.page.go("invoice", id=self.found.invoices[at].document_id)

    def _decide(self) -> None:
        if self.found is not None and self.found.advice is not None:
            DecisionDialog(self.page, self.found.advice).open()


def clear_layout(box: QBoxLayout) -> None:
    """Take lines of widgets out of a layout."""
    while box.count():
        item = box.takeAt(0)
        inner = item.layout() if item is not None else None
        if inner is not None:
            clear(inner)


def _heading(title: str, words: Label) -> QHBoxLayout:
    box = row()
    box.addWidget(Label(title, "heading"))
    box.addStretch(1)
    box.addWidget(words)
    return box


def _reason_row(reason: Reason) -> QHBoxLayout:
    tone = "ok" if reason.good else "warn"
    box = row(gap=8)
    icon = "check" if reason.good else _ICONS.get(reason.what, "triangle-alert")
    box.addWidget(IconLabel(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    words = Label(credit_report.words(reason), "body", None if reason.good else "warn", wrap=True)
    box.addWidget(words, 1)
    return box


# --- charts --------------------------------------------------------------------------------------


def _days_data(found: CustomerInsight, summary: str) -> ChartData:
    months = [later(found.first_month, at) for at in range(customer_view.MONTHS)]
    dots = tuple(_dot(each, found.first_month) for each in found.invoices)
    level = None
    if found.term_days is not None:
        level = (found.term_days, _("term {days} days").format(days=found.term_days))
    return ChartData(
        labels=tuple(i18n.short_month(month).rstrip(".") for month in months),
        dots=dots,
        level=level,
        money=False,
        summary=summary,
        headers=(_("Invoice"), _("Date"), _("Days")),
        rows=tuple(
            (each.number, i18n.date(each.issued), str(each.days)) for each in found.invoices
        ),
    )


def _dot(each: InvoiceDays, first: dt.date) -> Dot:
    months = (each.issued.year - first.year) * 12 + each.issued.month - first.month
    length = monthrange(each.issued.year, each.issued.month)[1]
    at = months + (each.issued.day - 1) / length - 0.5
    tone = "warn" if each.late else "chartMain"
    label = ""
    words = _("{number}: paid after {days} days")
    if each.is_open:
        tone = "danger" if each.late else "chartMain"
        label = _("{number}, still open").format(number=each.number) if each.late else ""
        words = _("{number}: open for {days} days")
    tip = words.format(number=each.number, days=each.days)
    if each.expected is not None:
        tip += "\n" + _("Expected on {day}").format(day=i18n.date(each.expected))
    return Dot(at, each.days, tone, each.is_open, label, tip)


def _quarters_data(found: CustomerInsight) -> ChartData:
    bars, rows = [], []
    last = found.quarters[-1][0]
    for at, (first, net) in enumerate(found.quarters):
        name = period_name(first, 3)
        quarter = name.partition(" ")[0]
        label = f"{quarter} {first:%y}" if at == 0 or first.month == 1 else quarter
        bars.append(
            Bar(label, net.cents, running=first == last, strong=first == last, tip=_tip(name, net))
        )
        rows.append((name, i18n.money(net.cents)))
    summary = _("Revenue by quarter, excl. tax")
    return of_bars(bars, summary, (_("Quarter"), _("Revenue")), rows)


def _tip(name: str, net: Money) -> str:
    return _("{month}: {amount}").format(month=name, amount=i18n.money(net.cents))
