"""The first screen: what to do today, what is open by age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import N_, _, ngettext
from klantenapp.models.values import total
from klantenapp.services.customers import business
from klantenapp.services.insights import dashboard, todo
from klantenapp.services.store import clock
from klantenapp.ui.contact import follow_ups
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.overview_charts import ForecastCard, RevenueCard
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.cards import Card
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.figures import Age, AgeBar
from klantenapp.ui.widgets.labels import ElidedLabel, Label, Tile
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.dashboard import Dashboard
    from klantenapp.services.insights.todo import AgeGroup, Task
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_MORNING, _AFTERNOON, _EVENING = 6, 12, 18
#: Narrower than this the cards stand below each other.
_STACKED = 900


@dataclass(frozen=True)
class Shown:
    """Everything on the page."""

    name: str
    tasks: list[Task]
    ages: list[AgeGroup]
    is_new: bool
    dashboard: Dashboard


def read_shown(session: Session) -> Shown:
    """One read for the page."""
    today = clock.today()
    found = business.find(session)
    name = (found.contact_name or found.name).split()[0] if found is not None else ""
    tasks = todo.tasks(session, today)
    ages = todo.ages(session, today)
    is_new = not todo.has_work(session)
    return Shown(name, tasks, ages, is_new, dashboard.dashboard(session, today))


def greeting(name: str) -> str:
    """A greeting by the hour."""
    hour = clock.now().astimezone().hour
    if hour < _MORNING or hour >= _EVENING:
        return _("Good evening, {name}").format(name=name)
    if hour < _AFTERNOON:
        return _("Good morning, {name}").format(name=name)
    return _("Good afternoon, {name}").format(name=name)


def weekday_date(day: dt.date) -> str:
    """Maandag 23 november 2026."""
    words = QLocale(i18n.language()).toString(
        QDate(day.year, day.month, day.day), "dddd d MMMM yyyy"
    )
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Look:
    """How a task is shown: icon, tone, words, button and where it leads."""

    kind: str
    icon: str
    tone: str
    title: str
    text: str
    button: str
    route: str
    arguments: dict[str, Any]


_LOOKS: Final[dict[str, tuple[str, str, str, str, dict[str, Any]]]] = {
    "overdue": ("clock-alert", "danger", N_("View"), "invoices", {"status": "overdue"}),
    "reminders": ("bell-ring", "warn", N_("View"), "reminders", {}),
    "broken": ("hand-coins", "danger", N_("View"), "reminders", {}),
    "bank_lines": ("landmark", "info", N_("Match"), "payments", {}),
    "drafts": ("pencil-line", "neutral", N_("Finish"), "invoices", {"status": "draft"}),
    "failed": ("circle-alert", "danger", N_("View"), "outbox", {}),
    "failed_runs": ("circle-alert", "danger", N_("View"), "recurring", {}),
    "refunds": ("banknote", "info", N_("View"), "refunds", {}),
    "follow_ups": ("phone", "warn", N_("View"), "customer", {}),
    "contracts": ("file-check", "warn", N_("View"), "customers", {}),
}


def _title(task: Task) -> str:
    count = task.count
    titles: dict[str, Callable[[], str]] = {
        "overdue": lambda: ngettext(
            "{count} invoice is overdue", "{count} invoices are overdue", count
        ),
        "reminders": lambda: ngettext(
            "{count} reminder to send", "{count} reminders to send", count
        ),
        "broken": lambda: ngettext(
            "{count} promise to pay not kept", "{count} promises to pay not kept", count
        ),
        "bank_lines": lambda: ngettext(
            "{count} bank line to match", "{count} bank lines to match", count
        ),
        "drafts": lambda: ngettext("{count} draft to finish", "{count} drafts to finish", count),
        "failed": lambda: ngettext("{count} mail failed", "{count} mails failed", count),
        "failed_runs": lambda: ngettext(
            "{count} recurring invoice missed or failed",
            "{count} recurring invoices missed or failed",
            count,
        ),
        "refunds": lambda: ngettext("{count} refund to pay", "{count} refunds to pay", count),
        "follow_ups": lambda: ngettext(
            "{count} follow-up today", "{count} follow-ups today", count
        ),
        "contracts": lambda: ngettext(
            "{count} contract ends soon", "{count} contracts end soon", count
        ),
    }
    return titles[task.kind]()


def _text(task: Task) -> str:
    names = ", ".join(task.names)
    if task.kind == "overdue":
        return _("Oldest {days} days: {name}").format(days=task.days or 0, name=names)
    if task.kind == "bank_lines":
        return _("From your imported statements")
    if task.kind == "failed":
        return _("The outbox tells why")
    return names


def look(task: Task) -> Look:
    """Words and destination of a task."""
    icon, tone, button, route, arguments = _LOOKS[task.kind]
    return Look(task.kind, icon, tone, _title(task), _text(task), _(button), route, dict(arguments))


class TaskRow(QFrame):
    """One thing to do; the whole row can be clicked, the button says it again."""

    def __init__(self, task: Task, go: Callable[[Look], object]) -> None:
        super().__init__()
        found = look(task)
        self._run: Callable[[], object] = lambda: go(found)
        self.setProperty("role", "task")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        box = row(self, 16, 12, 16, 12, gap=14)
        box.addWidget(Tile(found.icon, found.tone, 36))
        words = column(gap=1)
        title = found.title.format(count=task.count)
        words.addWidget(Label(title, "bodyStrong"))
        words.addWidget(ElidedLabel(found.text, "body", "muted"))
        box.addLayout(words, 1)
        if task.amount is not None:
            box.addWidget(Label(i18n.money(task.amount.cents), "bodyStrong"))
        button = Button(found.button)
        button.setFixedWidth(theme().px(128))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self._run)
        box.addWidget(button)
        self.setAccessibleName(f"{title}. {found.text}")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._run()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._run()
        else:
            super().keyPressEvent(event)


class OverviewPage(Page):
    """Cards over the state of the business."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Overview"))
        if exists("payments"):
            self.act(_("Import bank file"), "", lambda: self.go("payments"), "import", "plain")
        self.act(_("New invoice"), "Ctrl+N", lambda: self.go("draft"), "plus", "primary")
        self.tasks = Card(_("To do today"))
        self.tasks.head.addWidget(Label(_("All done? Then this list is empty."), "body", "muted"))
        self.tasks.body.setContentsMargins(0, theme().px(12), 0, 0)
        self.age_bar = AgeBar()
        self.age_bar.chosen.connect(self._open_age)
        self.open_total = Label("", "number")
        self.open_late = Label("", "body", "danger")
        link = (_("Ageing"), lambda: self.go("report", name="ageing"))
        self.open_card = Card(_("Open"), link if exists("report") else None)
        amounts = row(gap=10)
        amounts.addWidget(self.open_total)
        amounts.addWidget(self.open_late, 0, Qt.AlignmentFlag.AlignBottom)
        amounts.addStretch(1)
        self.open_card.body.addLayout(amounts)
        self.open_card.body.addSpacing(theme().px(10))
        self.open_card.body.addWidget(self.age_bar)
        self.open_card.body.addStretch(1)
        self.revenue = RevenueCard(lambda: self._open_report("revenue-by-month"))
        self.forecast = ForecastCard(lambda: self._open_report("cash-forecast"))
        self._lay_out()

    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("page")
        self.sheet = column(sheet, 28, 4, 28, 24, gap=16)
        self.cards = row(gap=16)
        self.left_cards = column(gap=16)
        self.right_cards = column(gap=16)
        self.left_cards.addWidget(self.tasks)
        self.left_cards.addWidget(self.revenue, 1)
        self.right_cards.addWidget(self.open_card)
        self.right_cards.addWidget(self.forecast, 1)
        self.cards.addLayout(self.left_cards, 16)
        self.cards.addLayout(self.right_cards, 9)
        self.sheet.addLayout(self.cards, 1)
        self.start = self._first_steps()
        self.start.hide()
        self.sheet.addWidget(self.start)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        self.body.addWidget(area, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_STACKED)
        way = QBoxLayout.Direction
        self.cards.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _first_steps(self) -> QWidget:
        customer = Button(_("Add a customer"), "users")
        customer.clicked.connect(lambda: self.go("customers", new=""))
        invoice = Button(_("Make an invoice"), "file-text", "primary")
        invoice.clicked.connect(lambda: self.go("draft"))
        buttons = [customer]
        if exists("payments"):
            bank = Button(_("Read a bank file"), "import")
            bank.clicked.connect(lambda: self.go("payments"))
            buttons.append(bank)
        return EmptyState(
            "house",
            _("Ready to begin"),
            _("Add a customer, make an invoice, and read your bank file when money comes in."),
            [*buttons, invoice],
        )

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Read again at each visit: the day may have changed."""
        self._load()

    @override
    def refresh(self, changes: Changes) -> None:
        """Anything may change what waits."""
        self._load()

    def _load(self) -> None:
        self.ops.read(self, read_shown, self._show, key="overview")

    def _show(self, found: Shown) -> None:
        self.header.set_title(greeting(found.name) if found.name else _("Overview"))
        self.header.set_subtitle(weekday_date(clock.today()))
        self.start.setVisible(found.is_new)
        for card in (self.tasks, self.open_card, self.revenue, self.forecast):
            card.setVisible(not found.is_new)
        self.revenue.show_dashboard(found.dashboard)
        self.forecast.show_dashboard(found.dashboard)
        self._show_tasks(found.tasks)
        amounts = [age.amount for age in found.ages]
        late = total(amounts[1:])
        self.open_total.setText(i18n.money(total(amounts).cents))
        words = _("of which overdue {amount}").format(amount=i18n.money(late.cents))
        self.open_late.setText(words if late else "")
        self.age_bar.set([Age(age.count, age.amount) for age in found.ages])

    def _show_tasks(self, tasks: list[Task]) -> None:
        clear(self.tasks.body)
        if not tasks:
            holder = row(None, 16, 4, 16, 16, gap=12)
            holder.addWidget(Tile("check", "ok", 36))
            holder.addWidget(Label(_("Everything is up to date."), "bodyStrong"))
            holder.addStretch(1)
            widget = QWidget()
            widget.setLayout(holder)
            self.tasks.body.addWidget(widget)
            return
        for task in tasks:
            self.tasks.body.addWidget(line())
            self.tasks.body.addWidget(TaskRow(task, self._go_to))

    def _go_to(self, found: Look) -> None:
        if found.kind == "follow_ups":
            follow_ups.show(self)
        elif exists(found.route):
            self.go(found.route, **found.arguments)

    def _open_report(self, name: str) -> None:
        if exists("report"):
            self.go("report", name=name)

    def _open_age(self, at: int) -> None:
        self.go("invoices", status="sent" if at == 0 else "overdue")
