"""Details of a customer, fourth part: consents to direct debit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from klantenapp.i18n import _
from klantenapp.services.receivables import mandates
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.ui.forms.mandate import MandateDialog, MandateStateDialog, standing, tone
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    from klantenapp.services.customers.profile import Profile
    from klantenapp.services.receivables.mandates import MandateRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.widgets.page import Page

_ROW = 32


def mandate_columns() -> list[Column]:
    """Columns of the mandates."""
    return [
        Column("reference", _("Reference"), "strong", width=150),
        Column("state", _("Status"), "text", width=200, stretch=True, value=standing, tone=tone),
        Column("signed_on", _("Signed on"), "date", width=110, priority=1),
        Column("scheme", _("Scheme"), "muted", width=104, priority=3),
        Column(
            "iban",
            _("IBAN"),
            "muted",
            width=200,
            priority=2,
            value=lambda found: grouped(found.iban),
        ),
    ]


class MandatesPart(QWidget):
    """The mandates of a customer; Enter opens one."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._profile: Profile | None = None
        box = column(self, gap=4)
        head = row(gap=8)
        head.addWidget(Label(_("Mandates for direct debit"), "heading"), 1)
        self.add = Button(_("Mandate"), "plus", "link")
        self.add.clicked.connect(self._new)
        head.addWidget(self.add)
        box.addLayout(head)
        self.model = TableModel(page.ops, mandate_columns(), parent=self)
        self.view = TableView(self.model, edge=0, row=_ROW, label=_("Mandates for direct debit"))
        self.view.opened.connect(self._open)
        self.view.hide()
        box.addWidget(self.view)
        self.none = Label(_("No mandate: nothing is collected."), "body", "muted")
        box.addWidget(self.none)

    def show_customer(self, profile: Profile) -> None:
        """Read the mandates of a customer."""
        self._profile = profile
        query = partial(mandates.of_customer, customer_id=profile.own.id)
        self._page.ops.read(self, query, self._show, key="mandates")

    def refresh(self, changes: Changes) -> None:
        """Read again what these changes touch."""
        if self._profile is not None and changes.touches("mandate", "collection_batch"):
            self.show_customer(self._profile)

    def _show(self, found: list[MandateRow]) -> None:
        self.model.set_rows(found)
        self.view.setVisible(bool(found))
        self.none.setVisible(not found)
        height = theme().size("tableHeader") + len(found) * theme().px(_ROW) + 2
        self.view.setFixedHeight(height)

    def _new(self) -> None:
        if self._profile is not None:
            own = self._profile.own
            MandateDialog(self._page, own.id, own.name, own.iban or "").open()

    def _open(self, _mandate: int) -> None:
        found = self.view.current_row()
        if found is not None:
            MandateStateDialog(self._page, found).open()
