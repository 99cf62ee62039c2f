"""What is done with the lines of a draft: typed, chosen, moved, doubled, dropped, explained."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from klantenapp import i18n
from klantenapp.services.catalogue import items
from klantenapp.services.sales.inputs import ALTERNATIVE
from klantenapp.ui.panels.documents.details import DetailsDialog
from klantenapp.ui.panels.documents.item_search import find_items
from klantenapp.ui.panels.documents.line_grid import LineGrid
from klantenapp.ui.panels.documents.line_rows import LineModel
from klantenapp.ui.panels.documents.why import WhyPopup

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from klantenapp.services.catalogue.choices import Choices
    from klantenapp.services.catalogue.pricing import Candidate
    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.inputs import LineInput
    from klantenapp.ui.panels.documents.draft_state import DraftState
    from klantenapp.ui.widgets.page import Page

#: What an item decides of a line, once it is chosen.
FRESH: dict[str, Any] = {
    "description": "",
    "details": None,
    "unit": None,
    "unit_price": None,
    "discount": None,
    "tax_code_id": None,
    "nature": None,
}


class LineDesk(QObject):
    """The grid of lines, and what its keys do to the draft.

    Attributes:
        grid: the widget.
    """

    def __init__(self, page: Page, state: DraftState) -> None:
        super().__init__(page)
        self._page, self._state = page, state
        self._found: Calculated | None = None
        self.lines = LineModel(page.ops, self)
        self.grid = grid = LineGrid(self.lines, self._find_items)
        grid.typed.connect(lambda place, name, value: self.fill_in(place, {name: value}))
        grid.item_picked.connect(self._picked_item)
        grid.item_wanted.connect(self._new_item)
        grid.why_asked.connect(self._why)
        grid.details_asked.connect(self._details)
        grid.moved.connect(self._move)
        grid.doubled.connect(self._double)
        grid.dropped.connect(self._drop)
        grid.marked.connect(self._mark)

    def offer(self, found: Choices) -> None:
        """Offer the tax codes that there are."""
        language = i18n.language()
        self.grid.offer_taxes([(one.id, one.spoken(language)) for one in found.tax_codes])

    def show_lines(self, found: Calculated | None) -> None:
        """Show the lines of the draft, computed or not yet."""
        self._found = found or self._found
        self.lines.show_lines(self._state.typed.lines, found)

    def fill_in(self, place: int, values: dict[str, Any]) -> None:
        """Fill in fields of a line."""
        self._state.change_line(place, **values)
        self.lines.show_lines(self._state.typed.lines, self._found)

    def _picked_item(self, place: int, item_id: int) -> None:
        self.fill_in(place, {"item_id": item_id, **FRESH})

    def _mark(self, place: int, mark: str) -> None:
        alternative = ALTERNATIVE if mark == "alternative" else None
        self.fill_in(place, {"optional": mark == "optional", "alternative": alternative})

    def _find_items(self, text: str, show: Any) -> None:
        typed = self._state.typed
        self._page.ops.read(
            self, lambda session: find_items(session, typed, text), show, key="items"
        )

    def _new_item(self, place: int, text: str) -> None:
        data = items.ItemData(code=text[:40], name=text)
        self._page.ops.write(
            items.ADD,
            partial(items.add, data=data),
            done=lambda item_id: self._picked_item(place, item_id),
        )

    def _move(self, place: int, by: int) -> None:
        lines = list(self._state.typed.lines)
        target = place + by
        if 0 <= place < len(lines) and 0 <= target < len(lines):
            lines[place], lines[target] = lines[target], lines[place]
            self._set_lines(lines, target)

    def _double(self, place: int) -> None:
        lines = list(self._state.typed.lines)
        if 0 <= place < len(lines):
            lines.insert(place + 1, replace(lines[place], id=None))
            self._set_lines(lines, place + 1)

    def _drop(self, place: int) -> None:
        lines = list(self._state.typed.lines)
        if 0 <= place < len(lines):
            del lines[place]
            self._set_lines(lines, min(place, len(lines)))

    def _set_lines(self, lines: list[LineInput], place: int) -> None:
        self._state.set_lines(lines)
        self.lines.show_lines(self._state.typed.lines, None)
        self.grid.setCurrentIndex(self.lines.index(place, self.grid.currentIndex().column()))

    def _details(self, place: int) -> None:
        found = self.lines.line_at(place)
        if found is not None and not found.is_new:
            DetailsDialog(self._page, found, partial(self.fill_in, place)).open()

    def _why(self, place: int, corner: QPoint) -> None:
        found = self.lines.line_at(place)
        if found is None or found.computed is None or not found.computed.candidates:
            return
        popup = WhyPopup(self._page, found.computed)
        popup.used.connect(lambda candidate: self._use(place, candidate))
        popup.show_at(corner)

    def _use(self, place: int, candidate: Candidate) -> None:
        self.fill_in(place, {"unit_price": candidate.price, "discount": candidate.discount})
