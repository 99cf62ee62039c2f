"""Recurring invoices: schedules with their next date, and making what is due."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import total
from klantenapp.services.sales import recurring, recurring_list
from klantenapp.services.store import clock
from klantenapp.ui import recurring_runs
from klantenapp.ui.panels.documents.schedule_dialog import ScheduleDialog
from klantenapp.ui.panels.documents.schedule_words import next_words, rule_words, shift_words
from klantenapp.ui.panels.documents.sections import DocumentTabs
from klantenapp.ui.qt import clear
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.cards import Pairs
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.dressing import column, frame, row
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.sales.recurring_data import Due
    from klantenapp.services.sales.recurring_list import ScheduleRow
    from klantenapp.services.sales.schedule import Occurrence
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell


def columns() -> list[Column]:
    """Columns of the list; last time and schedule go first where room lacks."""
    today = clock.today()
    return [
        Column(
            "customer",
            _("Customer"),
            "two_line",
            width=230,
            stretch=True,
            value=lambda found: (found.customer, found.name),
        ),
        Column(
            "rule",
            _("Schedule"),
            "muted",
            width=170,
            priority=1,
            value=lambda found: rule_words(found.every, found.unit, found.day),
        ),
        Column(
            "next",
            _("Next date"),
            "two_line",
            width=130,
            value=lambda found: next_words(found.next_date, today),
            tone=lambda found: "danger" if found.problem else None,
        ),
        Column("amount", _("Amount €"), "money"),
        Column(
            "last",
            _("Last time"),
            "two_line",
            width=120,
            priority=2,
            value=lambda found: (
                i18n.date(found.last_date) if found.last_date else "–",
                found.last_number or "",
            ),
        ),
        Column(
            "state",
            _("Status"),
            "status",
            width=130,
            value=lambda found: "failed" if found.problem else found.state,
        ),
    ]


@dataclass(frozen=True)
class Shown:
    """The list, and what is due."""

    rows: list[ScheduleRow]
    due: list[Due]


class RecurringPage(Page):
    """Every schedule, with a panel for the one that is chosen."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Recurring"))
        self.header.set_title(_("Invoices"))
        self._text = ""
        self._due: list[Due] = []
        self.make_button = self.act(_("Make what is due"), "", self._ask, "calendar-check", "plain")
        self.act(_("New schedule"), "Ctrl+N", self._new, "plus", "primary")
        self.model = TableModel(self.ops, columns(), parent=self)
        self.view = TableView(self.model, "recurring", row=52, label=_("Recurring"))
        self.view.picked.connect(self._picked)
        self.view.opened.connect(lambda _id: self._edit())
        self.seek = SearchField(_("Customer, description"), self.view)
        self.search = self.seek
        self.seek.sought.connect(self._sought)
        self._lay_out()
        self.list_key("P", _("Pause or resume"), self._pause, self.view)
        self.list_key("F2", _("Edit"), self._edit, self.view)
        self.areas = [self.view]

    def _lay_out(self) -> None:
        self.body.addWidget(DocumentTabs(self, "recurring"))
        left = column(gap=0)
        bar = row(None, 28, 12, 28, 12)
        bar.addStretch(1)
        bar.addWidget(self.seek)
        left.addLayout(bar)
        new = Button(_("New schedule"), "plus", "primary")
        new.clicked.connect(self._new)
        self.empty = EmptyState(
            "calendar-clock",
            _("Nothing recurs yet"),
            _("Set up once what you invoice every month, quarter or year."),
            [new],
        )
        self.empty.hide()
        left.addWidget(self.empty, 1)
        left.addWidget(self.view, 1)
        both = row(gap=0)
        both.addLayout(left, 1)
        self.panel = self._side()
        both.addWidget(self.panel)
        self.body.addLayout(both, 1)
        self.footer = ListFooter([("Return", _("edit")), ("P", _("pause")), ("/", _("search"))])
        self.body.addWidget(self.footer)

    def _side(self) -> QFrame:
        side = frame("side")
        side.setFixedWidth(theme().px(340))
        box = column(side, 22, 18, 22, 18, gap=12)
        self.name = Label("", "numberSmall", wrap=True)
        box.addWidget(self.name)
        self.customer = Button("", kind="link")
        self.customer.clicked.connect(self._open_customer)
        box.addWidget(self.customer, 0, Qt.AlignmentFlag.AlignLeft)
        acts = row(gap=8)
        edit = Button(_("Edit"), "pencil-line", keys="F2")
        edit.clicked.connect(self._edit)
        self.pause_button = Button(_("Pause"), "pause", keys="P")
        self.pause_button.clicked.connect(self._pause)
        acts.addWidget(edit)
        acts.addWidget(self.pause_button)
        acts.addStretch(1)
        box.addLayout(acts)
        self.problem = Note("danger", "", "")
        self.problem.hide()
        box.addWidget(self.problem)
        self.facts = Pairs()
        box.addWidget(self.facts)
        box.addWidget(Label(_("Next five dates"), "heading"))
        self.dates = column(gap=6)
        box.addLayout(self.dates)
        more = row(gap=8)
        skip = Button(_("Skip the next one"), kind="link", small=True)
        skip.clicked.connect(self._skip)
        stop = Button(_("Stop"), kind="link", small=True)
        stop.clicked.connect(self._stop)
        more.addWidget(skip)
        more.addWidget(stop)
        more.addStretch(1)
        box.addLayout(more)
        box.addStretch(1)
        return side

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Show the schedules."""
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        if changes.touches("recurring", "recurring_line", "recurring_run", "item", "customer"):
            self._load()

    def _load(self) -> None:
        text = self._text

        def read(session: Session) -> Shown:
            today = clock.today()
            return Shown(recurring_list.rows(session, today, text), recurring.due(session, today))

        self.ops.read(self, read, self._show, key="list")

    def _show(self, found: Shown) -> None:
        self._due = found.due
        self.model.set_rows(found.rows)
        nothing = not found.rows and not self._text
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
        self.panel.setVisible(bool(found.rows))
        if self.make_button is not None:
            words = _("Make what is due") + (f" ({len(found.due)})" if found.due else "")
            self.make_button.setText(words)
            self.make_button.allow(None if found.due else _("Nothing is due."))
        active = sum(each.state == "active" for each in found.rows)
        soon = total(each.soon for each in found.rows)
        words = ngettext("{count} active", "{count} active", active)
        self.footer.set_totals(
            [(words.format(count=active), "", None), (_("Coming 30 days"), soon, None)]
        )
        if found.rows and self.view.current_row() is None:
            self.view.select_first()
        self._picked(0)

    def _picked(self, _id: int) -> None:
        found: ScheduleRow | None = self.view.current_row()
        if found is None:
            return
        self.name.setText(found.name)
        self.customer.setText(found.customer)
        paused = found.state == "paused"
        self.pause_button.setText(_("Resume") if paused else _("Pause"))
        self.problem.setVisible(found.problem is not None)
        self.problem.set_text(_("The last run failed."), _("Fix the cause and make it again."))
        self.facts.set_pairs(
            [
                (_("Schedule"), rule_words(found.every, found.unit, found.day)),
                (_("Amount"), i18n.money(found.amount.cents)),
                (_("Last time"), i18n.date(found.last_date) if found.last_date else "–"),
            ]
        )
        day = max(clock.today(), found.next_date or clock.today())
        self.ops.read(
            self,
            partial(recurring.upcoming, recurring_id=found.id, day=day),
            self._show_dates,
            key="dates",
        )

    def _show_dates(self, found: list[Occurrence]) -> None:
        clear(self.dates)
        for each in found:
            line = QFrame()
            box = row(line, gap=10)
            box.addWidget(Label(i18n.date(each.date), "bodyStrong"))
            box.addWidget(Label(shift_words(each), "caption", "muted"), 1)
            self.dates.addWidget(line)

    def _sought(self, text: str) -> None:
        self._text = text
        self._load()

    # -- acting ----------------------------------------------------------------------------------

    def _current(self) -> ScheduleRow | None:
        found: ScheduleRow | None = self.view.current_row()
        return found

    def _new(self) -> None:
        ScheduleDialog(self, None, lambda _id: self._load()).open()

    def _edit(self) -> None:
        found = self._current()
        if found is not None:
            ScheduleDialog(self, found.id, lambda _id: self._load()).open()

    def _open_customer(self) -> None:
        found = self._current()
        if found is not None:
            self.go("customer", id=found.customer_id)

    def _pause(self) -> None:
        found = self._current()
        if found is None:
            return
        if found.state == "paused":
            work = partial(recurring.resume, recurring_id=found.id)
            self.ops.write(recurring.RESUME, work, done=self._said(_("Schedule resumed")))
        else:
            work = partial(recurring.pause, recurring_id=found.id)
            self.ops.write(recurring.PAUSE, work, done=self._said(_("Schedule paused")))

    def _skip(self) -> None:
        found = self._current()
        if found is None:
            return

        def work(session: Session) -> None:
            upcoming = recurring.upcoming(session, found.id, found.next_date or clock.today(), 1)
            for each in upcoming:
                recurring.skip(session, found.id, each.planned)

        self.ops.write(recurring.SKIP, work, done=self._said(_("Date skipped")))

    def _stop(self) -> None:
        found = self._current()
        if found is not None:
            work = partial(recurring.stop, recurring_id=found.id)
            self.ops.write(recurring.STOP, work, done=self._said(_("Schedule stopped")))

    def _said(self, words: str) -> Any:
        return lambda _none: self.toast(words, undo=True)

    def _ask(self) -> None:
        """Missed dates are made only after asking."""
        missed = sum(each.missed for each in self._due)
        if not missed:
            self._make()
            return
        words = ngettext(
            "{count} date was missed. It becomes a draft of today with its own period.",
            "{count} dates were missed. They become drafts of today with their own periods.",
            missed,
        )
        confirm(
            self,
            _("Make what was missed?"),
            words.format(count=missed),
            act=_("Make drafts"),
            then=self._make,
        )

    def _make(self) -> None:
        recurring_runs.make(self.shell, self._due, self._failed)

    def _failed(self, _due: Due, words: str) -> None:
        self.problem.set_text(_("The last run failed."), words)
        self.problem.show()
