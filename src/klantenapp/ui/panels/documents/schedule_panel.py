"""The schedule that is chosen: its rule, its lines, its next dates, and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.sales import recurring_checks
from klantenapp.services.store import clock
from klantenapp.ui.panels.documents.schedule_words import facts, rule_words, shift_words
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.cards import Pairs
from klantenapp.ui.widgets.chips import StatusChip
from klantenapp.ui.widgets.dressing import column, frame, line, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from klantenapp.services.sales.recurring_checks import Coming, PlannedLine, ScheduleView
    from klantenapp.services.sales.recurring_list import ScheduleRow
    from klantenapp.ui.widgets.page import Page

_WIDTH, _ALL_WIDTH = 344, 16_777_215


class SchedulePanel(QScrollArea):
    """One schedule, beside the list.

    Attributes:
        edit, pause, skip, stop: what the user asks for.
        closed: the list is wanted in its place again.
    """

    edit, pause, skip, stop, closed = Signal(), Signal(), Signal(), Signal(), Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._row: ScheduleRow | None = None
        self._view: ScheduleView | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = frame("side")
        self.setWidget(side)
        box = column(side, 18, 18, 18, 18, gap=10)
        head = row(gap=8)
        self.name = Label("", "numberSmall", wrap=True)
        head.addWidget(self.name, 1)
        self.status = StatusChip("active")
        head.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        self.close_button = IconButton("panel-right-close", _("Show or hide the schedule"))
        self.close_button.clicked.connect(self.closed)
        self.close_button.hide()
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        self.customer = Button("", kind="link", small=True)
        self.customer.clicked.connect(self._open_customer)
        box.addWidget(self.customer, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self._acts())
        self.problem = Note("danger", "", "")
        self.problem.hide()
        box.addWidget(self.problem)
        self.facts = Pairs(width=104)
        box.addWidget(self.facts)
        self.lines = column(gap=4)
        box.addLayout(self.lines)
        box.addSpacing(theme().px(4))
        box.addWidget(Label(_("Next five times"), "heading"))
        self.dates = column(gap=4)
        box.addLayout(self.dates)
        box.addStretch(1)
        self.set_alone(alone=False)

    def _acts(self) -> QHBoxLayout:
        acts = row(gap=8)
        change = Button(_("Edit"), "pencil-line", small=True, keys="F2")
        change.clicked.connect(self.edit)
        self.pause_button = Button(_("Pause"), "pause", small=True, keys="P")
        self.pause_button.clicked.connect(self.pause)
        self.more = IconButton("ellipsis", _("More for this schedule"))
        self.more.clicked.connect(self._offer)
        for button in (change, self.pause_button, self.more):
            acts.addWidget(button)
        acts.addStretch(1)
        return acts

    def set_alone(self, *, alone: bool) -> None:
        """Take the whole width, with a way back, or stand beside the list."""
        width = theme().px(_WIDTH)
        self.setMinimumWidth(width)
        self.setMaximumWidth(_ALL_WIDTH if alone else width)
        self.close_button.setVisible(alone)

    # -- showing ---------------------------------------------------------------------------------

    def show_row(self, found: ScheduleRow) -> None:
        """Show a schedule; what takes longer is read meanwhile."""
        self._row = found
        self.name.setText(found.name)
        self.customer.setText(found.customer)
        self.status.set_status("failed" if found.problem else found.state)
        self.pause_button.setText(_("Resume") if found.state == "paused" else _("Pause"))
        self.pause_button.allow(
            _("This schedule was stopped.") if found.state == "stopped" else None
        )
        day = max(clock.today(), found.next_date or clock.today())
        query = partial(
            recurring_checks.view,
            recurring_id=found.id,
            day=day,
            failed=found.problem is not None,
        )
        self._page.ops.read(self, query, self._show, key="panel")

    def _show(self, found: ScheduleView) -> None:
        row_ = self._row
        if row_ is None:
            return
        self._view = found
        self.problem.setVisible(row_.problem is not None)
        why = (
            sentence(found.problem)
            if found.problem is not None
            else _("Nothing stands in its way any more: make what is due.")
        )
        self.problem.set_text(_("The last run failed."), why)
        rule = rule_words(row_.every, row_.unit, row_.day)
        self.facts.set_pairs([(_("Schedule"), rule), *facts(found.data, row_)])
        self._show_lines(found)
        clear(self.dates)
        if row_.state == "stopped":
            self.dates.addWidget(Label(_("None: it was stopped."), "body", "muted"))
        for each in found.coming if row_.state != "stopped" else ():
            self.dates.addWidget(self._date(each))

    def _show_lines(self, found: ScheduleView) -> None:
        clear(self.lines)
        self.lines.addWidget(Label(_("Lines"), "heading"))
        for each in found.lines:
            self.lines.addWidget(self._line(each))
        self.lines.addWidget(line())
        foot = QWidget()
        box = row(foot, gap=8)
        tax = ", ".join(
            _("VAT {percent}: {tax}").format(
                percent=i18n.percent(percent.points), tax=i18n.money(amount.cents)
            )
            for percent, amount in found.taxes
            if percent is not None and amount
        )
        box.addWidget(ElidedLabel(tax, "body", "muted"), 1)
        box.addWidget(Label(_("Total"), "body", "muted"))
        box.addWidget(Label(i18n.money(found.total.cents), "bodyStrong"))
        self.lines.addWidget(foot)

    @staticmethod
    def _line(found: PlannedLine) -> QWidget:
        holder = QWidget()
        box = row(holder, gap=10)
        box.addWidget(ElidedLabel(found.description, "body"), 1)
        box.addWidget(Label(i18n.quantity(found.quantity.units), "body", "muted"))
        box.addWidget(Label(i18n.amount(found.amount.cents), "body"))
        return holder

    @staticmethod
    def _date(found: Coming) -> QWidget:
        holder = QFrame()
        box = row(holder, gap=10)
        day = found.occurrence.date
        weekday = Label(i18n.weekday(day), "body", "muted")
        weekday.setFixedWidth(theme().px(24))
        box.addWidget(weekday)
        box.addWidget(Label(i18n.date(day), "bodyStrong"))
        box.addWidget(ElidedLabel(shift_words(found.occurrence), "caption", "muted"), 1)
        box.addWidget(Label(i18n.amount(found.amount.cents), "body"))
        return holder

    # -- acting ----------------------------------------------------------------------------------

    def _open_customer(self) -> None:
        if self._row is not None:
            self._page.go("customer", id=self._row.customer_id)

    def _offer(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """What else can be done: skip, stop, open what was made."""
        menu = QMenu(self)
        stopped = self._row is not None and self._row.state == "stopped"
        for words, signal in ((_("Skip the next one"), self.skip), (_("Stop"), self.stop)):
            act = menu.addAction(words)
            act.setEnabled(not stopped)
            act.triggered.connect(lambda _on=False, signal=signal: signal.emit())
        made = self._view.made[:8] if self._view is not None else ()
        if made:
            menu.addSeparator()
        for document_id, number, is_draft in made:
            act = menu.addAction(
                _("Open draft") if is_draft else _("Open {number}").format(number=number)
            )
            route = "draft" if is_draft else "invoice"
            act.triggered.connect(
                lambda _on=False, route=route, document_id=document_id: self._page.go(
                    route, id=document_id
                )
            )
        return menu
