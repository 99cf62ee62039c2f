"""Drafts that would get other prices now, with one press to give them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.services.sales import repricing
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

    from klantenapp.services.sales.repricing import Repriced
    from klantenapp.ui.widgets.page import Page


class StaleNote(Note):
    """Says how many drafts follow other prices now; hidden where there are none.

    Args:
        page: the screen that it stands on.
    """

    def __init__(self, page: Page) -> None:
        super().__init__("info", "", "", (_("Update prices"), self._reprice), icon="refresh-cw")
        self._page = page
        self._found: dict[int, int] = {}
        self.hide()

    def look(self, customers: Callable[[Session], Iterable[int]] | None = None) -> None:
        """Look for such drafts, of these customers or of all."""

        def query(session: Session) -> dict[int, int]:
            ids = None if customers is None else list(customers(session))
            return repricing.stale(session, ids)

        self._page.ops.read(self, query, self._show, key="stale")

    def _show(self, found: dict[int, int]) -> None:
        self._found = found
        self.setVisible(bool(found))
        if found:
            lines = sum(found.values())
            words = ngettext(
                "{count} line on drafts gets another price.",
                "{count} lines on drafts get another price.",
                lines,
            )
            self.set_text("", words.format(count=i18n.count(lines)))

    def _reprice(self) -> None:
        work = partial(repricing.reprice, document_ids=list(self._found))
        self._page.ops.write(repricing.REPRICE, work, done=self._done)

    def _done(self, made: Repriced) -> None:
        self.hide()
        words = ngettext(
            "{count} line on drafts got its new price",
            "{count} lines on drafts got their new price",
            made.lines,
        )
        self._page.toast(words.format(count=i18n.count(made.lines)), undo=True)
