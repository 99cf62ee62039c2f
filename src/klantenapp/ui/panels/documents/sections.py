"""The three lists under Invoices: tabs that lead from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from klantenapp.i18n import _
from klantenapp.services.sales import documents
from klantenapp.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from klantenapp.ui.widgets.page import Page


class DocumentTabs(Tabs):
    """Invoices, quotes, recurring; Ctrl+PageUp and Ctrl+PageDown go round."""

    def __init__(self, page: Page, here: str) -> None:
        super().__init__(
            [
                ("invoices", _("Invoices")),
                ("quotes", _("Quotes")),
                ("recurring", _("Recurring")),
            ]
        )
        self._page, self._here = page, here
        self.choose(here)
        self.changed.connect(self._go)
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.activated.connect(lambda by=by: self.step(by))

    def load(self) -> None:
        """Count what each tab shows."""
        self._page.ops.read(self, documents.tab_counts, self.set_counts, key="tabs")

    def _go(self, key: str) -> None:
        if key != self._here:
            self.choose(self._here)
            self._page.go(key)
