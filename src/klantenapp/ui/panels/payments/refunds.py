"""Credits that are to be paid back: to whom, how much, and done or kept after all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import total
from klantenapp.services.receivables import payments, refunds_due
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.services.store import clock
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.receivables.refunds_due import Due
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell


class RefundsPage(Page):
    """What was decided to pay back and was not paid yet."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("To pay back"))
        self.header.set_crumbs([(_("Payments"), "payments", {}), (_("To pay back"), "", {})])
        self.act(_("Keep as credit"), "", self._keep, "wallet", "plain")
        self.act(_("Paid back"), "Ctrl+Return", self._paid, "check", "primary")
        columns = [
            Column("customer", _("Customer"), "initials", stretch=True),
            Column(
                "iban",
                _("IBAN"),
                "text",
                width=220,
                priority=1,
                value=lambda row: grouped(row.iban),
            ),
            Column("reference", _("For"), "muted", width=150, priority=2),
            Column("marked_on", _("Decided on"), "date", width=120, priority=3),
            Column("amount", _("Amount €"), "money", width=120),
        ]
        self.model = TableModel(self.ops, columns, parent=self)
        self.view = TableView(self.model, "refunds", label=_("To pay back"))
        self.view.opened.connect(lambda _id: self._open())
        self.list_key("P", _("Paid back"), self._paid, self.view)
        self.list_key("C", _("Copy IBAN"), self._copy, self.view)
        self.list_key("Delete", _("Keep as credit"), self._keep, self.view)
        self.empty = EmptyState(
            "banknote",
            _("Nothing to pay back"),
            _("A surplus or a credit that you decide to pay back comes here until it is paid."),
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.view, 1)
        self.footer = ListFooter(
            [
                ("Return", _("open customer")),
                ("P", _("paid back")),
                ("C", _("copy IBAN")),
                ("Delete", _("keep as credit")),
            ]
        )
        self.body.addWidget(self.footer)
        self.areas = [self.view]

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Read the list."""
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again when money moved or a decision changed."""
        if changes.touches("refund_due", "ledger_entry", "settlement", "customer"):
            self._load()

    def _load(self) -> None:
        self.ops.read(self, refunds_due.listed, self._show, key="refunds")

    def _show(self, found: Sequence[Due]) -> None:
        self.model.set_rows(found)
        self.empty.setVisible(not found)
        self.view.setVisible(bool(found))
        if found and self.view.current_id() is None:
            self.view.select_first()
        count = ngettext("{count} refund", "{count} refunds", len(found))
        amount = total(row.amount for row in found)
        told = count.format(count=i18n.count(len(found)))
        self.footer.set_totals([(told, "", None), (_("To pay back"), amount, None)])

    def _open(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.go("customer", id=row.customer_id, tab="transactions")

    def _copy(self) -> None:
        row = self.view.current_row()
        if row is not None and row.iban:
            QGuiApplication.clipboard().setText(row.iban)
            self.toast(_("IBAN copied"))

    def _paid(self) -> None:
        """Paid back today, by hand; a bank line that does so later is linked instead."""
        row = self.view.current_row()
        if row is None:
            return
        receipt = payments.Receipt(
            customer_id=row.customer_id,
            amount=row.amount,
            date=clock.today(),
            reference=row.reference or None,
        )
        work = partial(payments.refund, receipt=receipt, allocations={row.id: row.amount})
        text = _("{amount} paid back to {customer}").format(
            amount=i18n.money(row.amount.cents), customer=row.customer
        )
        self.ops.write(payments.REFUND, work, done=lambda _booked: self.toast(text, undo=True))

    def _keep(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.ops.write(
                refunds_due.KEEP,
                partial(refunds_due.keep, customer_id=row.customer_id),
                done=lambda _nothing: self.toast(_("Kept as credit"), undo=True),
            )
