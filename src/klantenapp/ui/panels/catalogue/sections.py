"""What stands below an item's own fields, such as prices per list; each in its own module.

A section is a `Section` in a module of this package, named in `SECTIONS`. A module that is not part
of the program is left out, so that chapters can be built one after the other.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from klantenapp.services.catalogue.items import ItemRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

#: Module and class, in order from top to bottom.
SECTIONS: tuple[str, ...] = ("item_prices:ItemPricesSection",)


class Section(QWidget):
    """A part of the panel of one item.

    Args:
        page: gives reads, writes and navigation (`page.ops`, `page.go`).
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def show_item(self, item: ItemRow) -> None:
        """Show another item, or the same one after a change of its fields. Start the reads here."""

    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch; the item itself is shown by `show_item`."""


def build(page: Page) -> list[Section]:
    """The sections that there are."""
    made = []
    for place in SECTIONS:
        module, _, name = place.partition(":")
        full = f"{__package__}.{module}"
        if importlib.util.find_spec(full) is None:
            continue
        made.append(getattr(importlib.import_module(full), name)(page))
    return made
