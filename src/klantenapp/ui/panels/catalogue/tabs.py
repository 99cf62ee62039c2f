"""The tabs over items and price lists; each is a screen of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import _
from klantenapp.ui.navigation import exists
from klantenapp.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from klantenapp.ui.widgets.page import Page


class CatalogueTabs(Tabs):
    """Items · Price lists, on either screen.

    Args:
        page: the screen that it stands on.
        current: its own route: items or price_lists.
    """

    def __init__(self, page: Page, current: str) -> None:
        known = [("items", _("Items")), ("price_lists", _("Price lists"))]
        super().__init__([tab for tab in known if exists(tab[0])])
        self._page, self._current = page, current
        self.choose(current)
        self.changed.connect(self._go)

    def _go(self, route: str) -> None:
        if route != self._current:
            self.choose(self._current)
            self._page.go(route)
