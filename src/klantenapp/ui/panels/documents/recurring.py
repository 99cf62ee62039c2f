"""Recurring invoices: schedules with their next date, and making what is due."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.models.values import total
from klantenapp.services.sales import recurring, recurring_list
from klantenapp.services.store import clock
from klantenapp.ui import recurring_runs
from klantenapp.ui.panels.documents.pause_dialog import PauseDialog
from klantenapp.ui.panels.documents.schedule_dialog import ScheduleDialog
from klantenapp.ui.panels.documents.schedule_panel import SchedulePanel
from klantenapp.ui.panels.documents.schedule_words import next_words, rule_words
from klantenapp.ui.panels.documents.sections import DocumentTabs
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.states import EmptyState
from klantenapp.ui.widgets.tabs import QuickFilters

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.sales.recurring_data import Due
    from klantenapp.services.sales.recurring_list import ScheduleRow
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
            width=176,
            stretch=True,
            value=lambda found: (found.customer, found.name),
        ),
        Column(
            "rule",
            _("Schedule"),
            "muted",
            width=148,
            priority=1,
            value=lambda found: rule_words(found.every, found.unit, found.day),
        ),
        Column(
            "next",
            _("Next date"),
            "two_line",
            width=108,
            value=lambda found: next_words(found, today),
            tone=lambda found: "danger" if found.problem else None,
        ),
        Column("amount", _("Amount €"), "money", width=90),
        Column(
            "last",
            _("Last time"),
            "two_line",
            width=104,
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
            width=120,
            value=lambda found: "failed" if found.problem else found.state,
        ),
    ]


@dataclass(frozen=True)
class Shown:
    """The list, and what is due."""

    rows: list[ScheduleRow]
    due: list[Due]


#: Least width for list and schedule beside each other, at 100 %.
_BOTH = 980


class RecurringPage(Page):
    """Every schedule, with a panel for the one that is chosen."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Recurring"))
        self.header.set_title(_("Invoices"))
        self._text = ""
        self._due: list[Due] = []
        self._rows: list[ScheduleRow] = []
        self._narrow = False
        self.make_button = self.act(_("Make what is due"), "", self._ask, "calendar-check", "plain")
        self.act(_("New schedule"), "Ctrl+N", self._new, "plus", "primary")
        self.model = TableModel(self.ops, columns(), parent=self)
        self.view = TableView(self.model, "recurring", row=52, label=_("Recurring"))
        self.view.picked.connect(self._picked)
        self.view.opened.connect(lambda _id: self._edit())
        self.seek = SearchField(_("Customer, description"), self.view)
        self.search = self.seek
        self.seek.sought.connect(self._sought)
        self.filters = QuickFilters(
            [
                ("all", _("All")),
                ("active", pgettext("status", "Active")),
                ("paused", pgettext("status", "Paused")),
                ("stopped", pgettext("status", "Stopped")),
            ]
        )
        self.filters.changed.connect(lambda _key: self._filter())
        self._lay_out()
        self.act(_("Show or hide the schedule"), "F9", self._toggle, "eye")
        self.list_key("P", _("Pause or resume"), self._pause, self.view)
        self.list_key("F2", _("Edit"), self._edit, self.view)
        self.areas = [self.filters, self.view, self.panel]

    def _lay_out(self) -> None:
        self.tabs = DocumentTabs(self, "recurring")
        self.body.addWidget(self.tabs)
        left = column(gap=0)
        bar = row(None, 28, 12, 28, 12)
        bar.addWidget(self.filters)
        bar.addStretch(1)
        bar.addWidget(self.seek)
        self.details = IconButton("panel-right-open", _("Show or hide the schedule"), framed=True)
        self.details.clicked.connect(self._toggle)
        bar.addWidget(self.details)
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
        self.list_side = QWidget()
        self.list_side.setLayout(left)
        both.addWidget(self.list_side, 1)
        self.details.hide()
        self.panel = SchedulePanel(self)
        self.panel.edit.connect(self._edit)
        self.panel.pause.connect(self._pause)
        self.panel.skip.connect(self._skip)
        self.panel.stop.connect(self._stop)
        self.panel.closed.connect(self._toggle)
        both.addWidget(self.panel)
        self.body.addLayout(both, 1)
        self.footer = ListFooter([("Return", _("edit")), ("P", _("pause")), ("/", _("search"))])
        self.body.addWidget(self.footer)

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
        self._due, self._rows = found.due, found.rows
        self.tabs.load()
        states = [each.state for each in found.rows]
        counts = {state: states.count(state) for state in ("active", "paused", "stopped")}
        self.filters.set_counts({"all": len(states), **counts})
        self._filter()
        nothing = not found.rows and not self._text
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
        self.panel.setVisible(bool(found.rows) and not (self._narrow and self.panel.isHidden()))
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

    def _filter(self) -> None:
        """Show the schedules of the chosen state."""
        key = self.filters.key
        self.model.set_rows([row for row in self._rows if key in {"", "all", row.state}])
        if self.view.current_row() is None:
            self.view.select_first()
        self._picked(0)

    def _picked(self, _id: int) -> None:
        found = self._current()
        if found is not None:
            self.panel.show_row(found)

    def _sought(self, text: str) -> None:
        self._text = text
        self._load()

    def _toggle(self) -> None:
        """The schedule beside the list; where that does not fit, in its place."""
        shown = self.panel.isHidden()
        self.panel.setVisible(shown)
        self.list_side.setVisible(not (shown and self._narrow))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_BOTH)
        if narrow != self._narrow:
            self._narrow = narrow
            self.list_side.show()
            self.details.setVisible(narrow)
            self.panel.set_alone(alone=narrow)
            self.panel.setVisible(not narrow and bool(self._rows))

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

    def _pause(self) -> None:
        found = self._current()
        if found is None:
            return
        if found.state == "paused":
            work = partial(recurring.resume, recurring_id=found.id)
            self.ops.write(recurring.RESUME, work, done=self._said(_("Schedule resumed")))
        elif found.state == "active":
            PauseDialog(self, found).open()

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
        self.shell.banners.show_banner(
            "recurring", "danger", _("The last run failed."), words, closable=True
        )
