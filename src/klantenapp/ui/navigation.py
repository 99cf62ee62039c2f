"""Screens by name: built on first visit, with back and forward, and never knowing each other."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget

    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_PANELS = "klantenapp.ui.panels"

#: Name of a screen -> module below `ui.panels` and class, and the sidebar entry it belongs to.
ROUTES: dict[str, tuple[str, str]] = {
    "welcome": ("welcome:WelcomePage", ""),
    "overview": ("overview:OverviewPage", "overview"),
    "outbox": ("messages.outbox:OutboxPage", "overview"),
    "customers": ("customers.list:CustomersPage", "customers"),
    "customer": ("customers.customer:CustomerPage", "customers"),
    "contract": ("contracts.editor:ContractPage", "customers"),
    "import": ("imports.wizard:ImportPage", ""),
    "invoices": ("documents.list:InvoicesPage", "invoices"),
    "draft": ("documents.editor:DraftPage", "invoices"),
    "invoice": ("documents.issued:IssuedPage", "invoices"),
    "quotes": ("documents.quotes:QuotesPage", "invoices"),
    "recurring": ("documents.recurring:RecurringPage", "invoices"),
    "email": ("messages.composer:ComposerPage", ""),
    "payments": ("payments.matching:PaymentsPage", "payments"),
    "bank_imports": ("payments.history:BankImportsPage", "payments"),
    "refunds": ("payments.refunds:RefundsPage", "payments"),
    "collections": ("payments.collections:CollectionsPage", "payments"),
    "reminders": ("reminders.worklist:RemindersPage", "reminders"),
    "reminder_rules": ("reminders.rules:ReminderRulesPage", "reminders"),
    "items": ("catalogue.items:ItemsPage", "items"),
    "price_lists": ("catalogue.price_lists:PriceListsPage", "items"),
    "reports": ("reports.gallery:ReportsPage", "reports"),
    "report": ("reports.report:ReportPage", "reports"),
    "settings": ("settings.settings:SettingsPage", "settings"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A screen with what it shows."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict, hash=False)


@cache
def exists(name: str) -> bool:
    """Whether a screen is part of this program yet; looks for its file, imports nothing heavy."""
    if name not in ROUTES:
        return False
    module = f"{_PANELS}.{ROUTES[name][0].partition(':')[0]}"
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _load(name: str) -> type[Page]:
    """Import the class of a screen."""
    from klantenapp.ui.widgets.page import Page  # noqa: PLC0415 - the frame is painted without it

    module, _, attribute = ROUTES[name][0].partition(":")
    found = getattr(importlib.import_module(f"{_PANELS}.{module}"), attribute)
    if not (isinstance(found, type) and issubclass(found, Page)):
        raise TypeError(found)
    return found


class Navigation(QObject):
    """Goes to screens by name and remembers the way.

    Attributes:
        moved: emitted (name, sidebar entry) when another screen is in front.
        retitled: emitted (title) when the title of the front screen changed.
    """

    moved = Signal(str, str)
    retitled = Signal(str)

    def __init__(self, stack: QStackedWidget, build: Callable[[type[Page]], Page]) -> None:
        """Use a stack of widgets and a function that builds a page of a class."""
        super().__init__(stack)
        self._stack = stack
        self._build = build
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, list[Changes]] = {}
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._place: Place | None = None
        self.enabled = True

    @property
    def page(self) -> Page | None:
        """The screen in front."""
        return self._pages.get(self._place.name) if self._place else None

    @property
    def place(self) -> Place | None:
        """Name and arguments of the screen in front."""
        return self._place

    @property
    def can_go_back(self) -> bool:
        """Whether there is somewhere to go back to."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is somewhere to go forward to."""
        return bool(self._forward)

    def go(self, name: str, /, **arguments: Any) -> None:
        """Show a screen.

        Args:
            name: key of ROUTES; unknown ones and those not built yet are ignored.
            arguments: given to the page's `show_with`.
        """
        if not self.enabled or not exists(name):
            return
        place = Place(name, arguments)
        if self._place is not None and self._place != place:
            self._back.append(self._place)
            self._forward.clear()
        self._show(place)

    def replace(self, **arguments: Any) -> None:
        """Remember other arguments for the screen in front (a tab, a filter), without a visit."""
        if self._place is not None:
            self._place = Place(self._place.name, arguments)

    def back(self) -> None:
        """Go back (Alt+←); at the start, nothing happens."""
        if self._back and self._place is not None:
            self._forward.append(self._place)
            self._show(self._back.pop())

    def forward(self) -> None:
        """Go forward (Alt+→); at the end, nothing happens."""
        if self._forward and self._place is not None:
            self._back.append(self._place)
            self._show(self._forward.pop())

    def refresh(self, changes: Changes) -> None:
        """Tell the front page what changed; the others hear it when they come back."""
        for name, page in self._pages.items():
            if page is self.page:
                page.refresh(changes)
            else:
                self._stale.setdefault(name, []).append(changes)

    def rebuild(self) -> None:
        """Throw every page away and build the front one again: other language or text size."""
        place = self._place
        self.clear(keep_way=True)
        if place is not None:
            QTimer.singleShot(0, self, lambda: self._show(place))

    def clear(self, *, keep_way: bool = False) -> None:
        """Throw every page away: another administration was opened."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self._place = None
        if not keep_way:
            self._back.clear()
            self._forward.clear()

    def _show(self, place: Place) -> None:
        before = self.page
        page = self._pages.get(place.name)
        if page is None:
            page = self._build(_load(place.name))
            page.titled.connect(self._titled)
            self._pages[place.name] = page
            self._stack.addWidget(page)
        if before is not None and before is not page:
            before.left()
        self._place = place
        self._stack.setCurrentWidget(page)
        page.show_with(**place.arguments)
        for changes in self._stale.pop(place.name, []):
            page.refresh(changes)
        self.moved.emit(place.name, ROUTES[place.name][1])
        self.retitled.emit(page.title)

    def _titled(self, title: str) -> None:
        if self.sender() is self.page:
            self.retitled.emit(title)
