"""Bank files that were imported; an import in which nothing was handled can be taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.receivables import bank_batches
from klantenapp.services.store import bulk
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.tables.model import TableModel
from klantenapp.ui.tables.view import TableView
from klantenapp.ui.widgets.dialogs import confirm
from klantenapp.ui.widgets.page import Page

if TYPE_CHECKING:
    from klantenapp.services.receivables.bank_batches import BatchRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell


def _period(row: BatchRow) -> str:
    if row.from_date is None or row.to_date is None:
        return ""
    return f"{i18n.date(row.from_date)} – {i18n.date(row.to_date)}"


def _state(row: BatchRow) -> str:
    if row.undone:
        return _("Taken back")
    if row.gap:
        return _("Gap of {amount}").format(amount=i18n.money(abs(row.gap).cents))
    if row.difference:
        return _("Differs by {amount}").format(amount=i18n.money(abs(row.difference).cents))
    return _("Adds up")


def _tone(row: BatchRow) -> str | None:
    if row.undone:
        return "muted"
    return "warn" if row.gap or row.difference else None


class BankImportsPage(Page):
    """The list of imported files."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Imported bank files"))
        self.header.set_crumbs([(_("Payments"), "payments", {}), (_("Imported files"), "", {})])
        self.act(_("Take back import"), "", self._undo, "undo-2", "plain")
        columns = [
            Column("file_name", _("File"), "strong", width=240, stretch=True),
            Column("at", _("Imported"), "text", value=lambda row: i18n.date(row.at.date())),
            Column("format", _("Format"), "muted", priority=2),
            Column("accounts", _("Account"), "muted", width=190, priority=1),
            Column("period", _("Period"), "text", width=180, value=_period, priority=3),
            Column("read", _("Lines"), "number"),
            Column("skipped", _("Known already"), "number", width=110),
            Column("waiting", _("Waiting"), "number"),
            Column("state", _("Balance"), "text", width=150, value=_state, tone=_tone),
        ]
        self.model = TableModel(self.ops, columns, parent=self)
        self.view = TableView(self.model, "bank_imports", label=_("Imported bank files"))
        self.view.opened.connect(lambda _id: self.go("payments"))
        self.list_key("Delete", _("Take back import"), self._undo, self.view)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(ListFooter([("Return", _("to the lines")), ("Delete", _("take back"))]))
        self.areas = [self.view]

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Read the list."""
        self._load()
        self.view.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again when lines came, went or were handled."""
        if changes.touches("bank_line", "import_batch"):
            self._load()

    def _load(self) -> None:
        self.ops.read(self, bank_batches.batches, self.model.set_rows, key="batches")

    def _undo(self) -> None:
        row = self.view.current_row()
        if row is None or row.undone:
            return
        confirm(
            self,
            _("Take back the import of {file}?").format(file=row.file_name),
            _("Its lines disappear from the list. Lines that were linked must be unlinked first."),
            act=_("Take back"),
            then=lambda: self._take_back(row.id),
            danger=True,
        )

    def _take_back(self, batch_id: int) -> None:
        self.ops.write(
            bulk.UNDO,
            partial(bulk.undo, batch_id=batch_id),
            done=lambda _nothing: self.toast(_("Import taken back")),
        )
