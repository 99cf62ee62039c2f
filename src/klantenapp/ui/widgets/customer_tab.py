"""What a tab of the customer page is, so that other chapters can put theirs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dressing import column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page


class CustomerTab(QWidget):
    """One tab of a customer's page; built when it is first chosen, kept for every customer.

    A tab of another chapter is a subclass in that chapter's own panel folder, named in
    `panels/customers/tabs.py`.

    Args:
        page: the page around it: `page.ops`, `page.go`, `page.toast`, `page.act`.

    Attributes:
        large_mark: the figures give their room to the tab, and the company mark is large.
        profile: the customer that is shown; None before the first.
    """

    large_mark = False

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.profile: Profile | None = None

    def scrolled(self, left: QLayout, right: QWidget, gap: int) -> QBoxLayout:
        """Lay out two parts beside each other, with room around them, in a sheet that scrolls."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(self).addWidget(area)
        sheet = QWidget()
        box = QBoxLayout(QBoxLayout.Direction.LeftToRight, sheet)
        box.setContentsMargins(*(theme().px(side) for side in (28, 16, 28, 20)))
        box.setSpacing(theme().px(gap))
        box.addLayout(left, 1)
        box.addWidget(right)
        area.setWidget(sheet)
        return box

    @property
    def customer_id(self) -> int:
        """Id of the customer that is shown; 0 before the first."""
        return self.profile.own.id if self.profile else 0

    def show_customer(self, profile: Profile) -> None:
        """Show another customer, or the same one after a change. Start the reads here."""
        self.profile = profile

    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch, besides what stands in the profile."""

    def show_entry(self, entry_id: int) -> None:
        """Go to one thing on the tab, where it has such things."""

    def enter(self) -> None:
        """The tab was chosen: give the focus to what it is about."""
