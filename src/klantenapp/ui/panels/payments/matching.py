"""Matching bank lines: certain ones together, the others one by one, without the mouse."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.values import ZERO, Money
from klantenapp.services.receivables import accepting, bank_desk, bank_lines, returns
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.services.receivables.bank_desk import Desk
from klantenapp.ui.panels.payments import importing
from klantenapp.ui.panels.payments.finding import FindDialog, find_customers, find_invoices
from klantenapp.ui.panels.payments.line_list import LineList
from klantenapp.ui.panels.payments.pane import LinePane
from klantenapp.ui.tables.footer import ListFooter
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.dressing import line, row
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.splitters import Splitter
from klantenapp.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from sqlalchemy.orm import Session

    from klantenapp.services.imports.bank import BankImport
    from klantenapp.services.ledger.open_items import OpenItem
    from klantenapp.services.receivables.bank_desk import DeskLine
    from klantenapp.services.receivables.bank_lines import Suggested
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.shell import Shell

_TABLES = ("bank_line", "ledger_entry", "settlement", "customer", "customer_account", "contact")


class PaymentsPage(Page):
    """Every bank line that waits, and those that were handled."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Match payments"))
        self.setAcceptDrops(True)
        self.files = importing.BankFiles(self, self._imported)
        self._desk = Desk()
        self._writing = False
        history = IconButton("history", _("Imported files"))
        history.clicked.connect(lambda: self.go("bank_imports"))
        self.header.add_action(history)
        debit = IconButton("hand-coins", _("Direct debit"))
        debit.clicked.connect(lambda: self.go("collections"))
        self.header.add_action(debit)
        self.act(_("Direct debit"), "", lambda: self.go("collections"), "hand-coins")
        self.act(_("To pay back"), "", lambda: self.go("refunds"), "banknote")
        self.act(_("Imported files"), "", lambda: self.go("bank_imports"), "history")
        self.act(_("Other file"), "Ctrl+O", self.files.choose, "import", "plain")
        self.all = self.act(
            _("Accept certain ones"), "Ctrl+Shift+Return", self._accept_all, "check", "primary"
        )
        self.list = LineList()
        self.pane = LinePane()
        self.list.picked.connect(self._show_line)
        self.list.entered.connect(self._entered)
        self.list.lines.ticks_changed.connect(self._show_ticks)
        self.pane.asked.connect(self._asked)
        self._lay_out()
        self._bind_keys()
        self.areas = [self.list, self.pane]

    def _lay_out(self) -> None:
        self.note = Note("warn", "", "")
        self.warning = QWidget()
        row(self.warning, 28, 0, 28, 12).addWidget(self.note)
        self.warning.hide()
        self.body.addWidget(self.warning)
        choose = Button(_("Choose a bank file"), "import", "primary")
        choose.clicked.connect(self.files.choose)
        self.empty = EmptyState(
            "landmark",
            _("No bank lines yet"),
            _("Bring in a statement of your bank, and see which invoices were paid."),
            [choose],
            _("You can also drop a file here: CAMT.053, MT940 or CSV."),
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(line())
        self.split = Splitter("payments.lines", [self.list, self.pane], [self._list_width(), 0])
        self.split.hide()
        self.body.addWidget(self.split, 1)
        self.footer = ListFooter(
            [
                ("Return", _("accept")),
                ("A", _("add invoice")),
                ("F", _("other invoice")),
                ("K", _("other customer")),
                ("S", _("skip")),
                ("I", _("ignore")),
            ]
        )
        self.body.addWidget(self.footer)

    def _list_width(self) -> int:
        """As drawn, but not so wide that a large text leaves no room beside it."""
        width = self.shell.window.width() * 1000 // max(theme().px(1000), 1)
        return min(496, width * 36 // 100)

    def _bind_keys(self) -> None:
        for keys, text, asked in (
            ("A", _("Add invoice"), "add"),
            ("F", _("Other invoice"), "invoice"),
            ("K", _("Other customer"), "customer"),
            ("S", _("Skip line"), "skip"),
            ("I", _("Ignore line"), "ignore"),
            ("U", _("Unlink"), "unlink"),
        ):
            self.list_key(keys, text, partial(self._asked, asked), self.list)
        self.act(_("Accept line"), "Ctrl+Return", self._accept)
        self.act(_("Change amounts"), "F2", self._change_amounts)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, **_arguments: Any) -> None:
        """Read the lines anew."""
        self._load()
        self.list.setFocus()

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again after anything that shows here."""
        if changes.touches(*_TABLES):
            self._load()

    def _load(self) -> None:
        self.ops.read(self, bank_desk.read, self._show, key="desk")

    def _show(self, desk: Desk) -> None:
        self._desk = desk
        self._writing = False
        self.empty.setVisible(not desk.lines)
        appears = self.split.isHidden() and bool(desk.lines)
        self.split.setVisible(bool(desk.lines))
        self.list.show_desk(desk)
        if appears:
            self.list.setFocus()
        self.header.set_subtitle(self._subtitle(desk))
        self._show_ticks()
        waiting = [each for each in desk.lines if each.group in bank_desk.GROUPS[:3]]
        count = ngettext("{count} line waits", "{count} lines wait", len(waiting))
        came = sum((each.row.amount.cents for each in waiting if each.row.amount > ZERO), 0)
        self.footer.set_totals(
            [(count.format(count=i18n.count(len(waiting))), "", None), (_("In"), Money(came), None)]
        )

    def _subtitle(self, desk: Desk) -> str:
        caption = desk.caption
        if caption is None:
            return ""
        lines = ngettext("{count} line", "{count} lines", caption.lines)
        words = _("Statement {start} through {end}, {iban}, {lines}")
        if caption.from_date is None or caption.to_date is None:
            words = "{iban}, {lines}"
        return words.format(
            start=i18n.date(caption.from_date) if caption.from_date else "",
            end=i18n.date(caption.to_date) if caption.to_date else "",
            iban=grouped(caption.iban),
            lines=lines.format(count=i18n.count(caption.lines)),
        )

    def _show_ticks(self) -> None:
        count = len(self.list.lines.ticked)
        if self.all is None:
            return
        text = ngettext("Accept {count} certain", "Accept {count} certain", count)
        self.all.setText(text.format(count=i18n.count(count)))
        self.all.updateGeometry()
        self.all.allow(None if count else _("There are no certain lines."))

    def _show_line(self, shown: DeskLine | None) -> None:
        items = self._desk.items_of(shown) if shown else []
        self.pane.show_line(shown, items, self._desk.tolerance)

    # -- acting ----------------------------------------------------------------------------------

    def _entered(self) -> None:
        shown = self.list.current()
        if shown is not None and shown.group in bank_desk.GROUPS[:3]:
            self._accept()

    def _asked(self, what: str) -> None:
        shown = self.list.current()
        if shown is None or self._writing:
            return
        waits = shown.group in bank_desk.GROUPS[:3]
        acts = {
            "accept": self._accept,
            "add": self._add_invoice,
            "invoice": self._find_invoice,
            "customer": self._find_customer,
            "skip": self._skip,
            "ignore": self._ignore,
            "always": self._always_ignore,
        }
        if waits and what in acts:
            acts[what]()
        elif shown.group == "matched" and what == "unlink":
            self._write(
                accepting.UNLINK, partial(accepting.unlink, line_id=shown.id), self._unlinked
            )
        elif shown.group == "ignored" and what in {"unlink", "reopen"}:
            work = partial(bank_lines.reopen, line_id=shown.id)
            self._write(bank_lines.REOPEN, work, self._reopened)
        elif what == "open" and shown.customer_id is not None:
            self.go("customer", id=shown.customer_id)

    def _write(self, name: str, work: Any, done: Any) -> None:
        """One act at a time: the next line is only there once this one is stored."""

        def failed(failure: Exception) -> None:
            self._writing = False
            self.ops.refused.emit(failure)

        self._writing = True
        self.ops.write(name, work, done=done, failed=failed)

    def _accept(self) -> None:
        if self._writing:
            return
        shown = self.pane.line
        if shown is not None and shown.debit is not None:
            work = partial(returns.accept, line_id=shown.id)
            self._write(accepting.ACCEPT, work, lambda _ids: self._accepted())
            return
        found = self.pane.acceptance()
        if found is None:
            return
        self._write(
            accepting.ACCEPT,
            partial(accepting.accept, acceptance=found),
            lambda _id: self._accepted(),
        )

    def _accepted(self) -> None:
        shown = self.pane.line
        if shown is not None:
            text = _("Payment of {name} linked").format(name=shown.name)
            self.toast(text, undo=True)
        self.list.setFocus()

    def _accept_all(self) -> None:
        left_out = frozenset(self.list.lines.unticked)
        if not self.list.lines.ticked or self._writing:
            return
        work = partial(accepting.accept_certain, left_out=left_out)
        self._write(accepting.ACCEPT_CERTAIN, work, self._accepted_all)

    def _accepted_all(self, found: list[Suggested]) -> None:
        text = ngettext("{count} payment linked", "{count} payments linked", len(found))
        self.toast(text.format(count=i18n.count(len(found))), undo=True)
        self.list.setFocus()

    def _skip(self) -> None:
        self.list.next()
        self.list.setFocus()

    def _ignore(self) -> None:
        if self.pane.line is not None:
            work = partial(bank_lines.ignore, line_id=self.pane.line.id)
            self._write(bank_lines.IGNORE, work, self._ignored)

    def _always_ignore(self) -> None:
        shown = self.pane.line
        if shown is not None and shown.row.account:
            rule = bank_lines.Rule("account", shown.row.account, shown.name)
            work = partial(bank_lines.ignore, line_id=shown.id, rule=rule)
            self._write(bank_lines.IGNORE, work, self._ignored)

    def _ignored(self, count: int) -> None:
        text = ngettext("Bank line ignored", "{count} bank lines ignored", count)
        self.toast(text.format(count=i18n.count(count)), undo=True)
        self.list.setFocus()

    def _unlinked(self, _nothing: None) -> None:
        self.toast(_("Unlinked; the invoice is open again"))
        self.list.setFocus()

    def _reopened(self, _nothing: None) -> None:
        self.toast(_("The line waits again"), undo=True)
        self.list.setFocus()

    def _change_amounts(self) -> None:
        if self.pane.allocation is not None:
            self.pane.allocation.focus_first()

    # -- another invoice or customer ---------------------------------------------------------------

    def _find_invoice(self) -> None:
        shown = self.pane.line
        if shown is not None:
            query = partial(find_invoices, incoming=shown.row.amount > ZERO)
            hint = _("Number, customer or amount")
            FindDialog(self, _("Other invoice"), hint, query, self._chosen).open()

    def _add_invoice(self) -> None:
        """One more invoice, of whichever customer, on the same line."""
        shown = self.pane.line
        if shown is None or self.pane.allocation is None:
            self._find_invoice()
            return
        query = partial(find_invoices, incoming=shown.row.amount > ZERO)
        hint = _("Number, customer or amount")
        FindDialog(self, _("Add invoice"), hint, query, self._added).open()

    def _added(self, value: tuple[int, str, OpenItem | None]) -> None:
        if value[2] is not None:
            self.pane.add_item(value[2])
        self.list.setFocus()

    def _find_customer(self) -> None:
        hint = _("Name, number or place")
        FindDialog(self, _("Other customer"), hint, find_customers, self._chosen).open()

    def _chosen(self, value: tuple[int, str, OpenItem | None]) -> None:
        customer_id, name, item = value

        def query(session: Session) -> tuple[OpenItem, ...]:
            return bank_desk.items_of(session, {customer_id}).get(customer_id, ())

        def show(items: tuple[OpenItem, ...]) -> None:
            shown = self.pane.line
            if shown is None:
                return
            amount, parts = shown.row.amount, {}
            if item is not None:
                fits = min(abs(amount), abs(item.open_amount))
                parts = {item.entry_id: fits if amount > ZERO else -fits}
            self.pane.show_line(
                shown, items, self._desk.tolerance, customer=(customer_id, name), parts=parts
            )
            self.list.setFocus()

        self.ops.read(self, query, show, key="items")

    # -- files -----------------------------------------------------------------------------------

    def _imported(self, done: BankImport) -> None:
        warning = importing.warned(done)
        self.warning.setVisible(bool(warning))
        if warning:
            self.note.set_text(_("Imported, but it does not add up."), warning)
        self.toast(importing.told(done), undo=done.batch_id is not None)
        self.list.setFocus()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.files.take([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
