"""The tab Communication of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from klantenapp.ui.contact.timeline import TimelinePanel
from klantenapp.ui.widgets.customer_tab import CustomerTab
from klantenapp.ui.widgets.dressing import column

if TYPE_CHECKING:
    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page


class MessagesTab(CustomerTab):
    """Everything that was said and sent."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = TimelinePanel(page)
        column(self).addWidget(self.panel)

    @override
    def show_customer(self, profile: Profile) -> None:
        """Read the timeline."""
        super().show_customer(profile)
        self.panel.show_customer(profile.own.id)

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again when something was said, sent, paid."""
        if self.profile is not None:
            self.panel.refresh(changes)

    @override
    def show_entry(self, entry_id: int) -> None:
        """Go to a message."""
        self.panel.show_entry(entry_id)

    @override
    def enter(self) -> None:
        """Go to the field for a note."""
        self.panel.enter()
