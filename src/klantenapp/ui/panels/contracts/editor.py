"""One contract: its period, prices, discounts and tax, with what they do to a line beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget
from typing_extensions import override

from klantenapp.i18n import _, pgettext
from klantenapp.sentences.speak import sentence
from klantenapp.services.catalogue import contract_prices, contracts
from klantenapp.services.errors.base import Invalid, Refusal
from klantenapp.services.messages.attachments import Owner
from klantenapp.ui.agreements.stale_note import StaleNote
from klantenapp.ui.contact.attachments import AttachmentsCard
from klantenapp.ui.panels.contracts.dialogs import DuplicateDialog, EndDialog
from klantenapp.ui.panels.contracts.discounts import GroupDiscounts
from klantenapp.ui.panels.contracts.example_panel import ExamplePanel
from klantenapp.ui.panels.contracts.fields import ContractFields
from klantenapp.ui.panels.contracts.prices import Prices
from klantenapp.ui.panels.contracts.state import ContractState
from klantenapp.ui.panels.contracts.tax_choice import TaxChoice
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.chips import StatusChip
from klantenapp.ui.widgets.dressing import column, line
from klantenapp.ui.widgets.labels import Label
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.page import Page
from klantenapp.ui.widgets.splitters import Splitter

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.contracts.state import Around
    from klantenapp.ui.shell import Shell

_TABLES = ("contract", "contract_price", "contract_group_discount", "attachment")
_AROUND = ("item", "unit", "item_group", "customer", "business", "price_list", "list_price")
#: Narrower than this (px at 100 %), the panel at the right stands below.
_NARROW = 980


class ContractPage(Page):
    """A contract of a customer."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(_("Contract"))
        self.state = ContractState(self.ops, self)
        self._told_saving = self._arriving = False
        self.chip = StatusChip("draft")
        self.header.add_chip(self.chip)
        self.duplicate_button = self.act(_("Duplicate"), "", self.duplicate, "copy", "plain")
        self.save_button = self.act(_("Save"), "Ctrl+S", self.save, "check", "primary")
        more = IconButton("ellipsis", _("More with this contract"))
        more.clicked.connect(lambda: self._menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        self.header.add_action(more)
        self.fields = ContractFields(self._save_field)
        self.prices = Prices(self, self.state)
        self.groups = GroupDiscounts()
        self.groups.changed.connect(lambda made: self.state.change(group_discounts=made))
        self.tax = TaxChoice()
        self.tax.chosen.connect(self._choose_tax)
        self.files = AttachmentsCard(self)
        self.panel = ExamplePanel(self.files)
        self._lay_out()
        self._connect()
        self.list_key("Insert", _("Add a tier"), self.prices.add_tier, self.prices.grid)
        self.list_key("Delete", _("Remove price"), self.prices.remove, self.prices.grid)
        self.areas = [self.fields.head, self.prices.grid, self.tax, self.panel]

    def _lay_out(self) -> None:
        self.sheet = QWidget()
        box = self.sheet_box = column(self.sheet, 28, 18, 28, 24, gap=18)
        notes = column(gap=8)
        self.conflict, self.stale = Note("danger"), StaleNote(self)
        for note in (self.conflict, self.stale):
            note.hide()
            notes.addWidget(note)
        box.addLayout(notes)
        box.addWidget(self.fields.head)
        box.addWidget(self.prices)
        discounts = column(gap=10)
        discounts.addWidget(self.fields.discounts)
        discounts.addWidget(self.groups)
        box.addLayout(discounts)
        tax = column(gap=10)
        tax.addWidget(self.tax)
        tax.addWidget(self.fields.tax)
        box.addLayout(tax)
        others = column(gap=10)
        others.addWidget(Label(_("Other agreements"), "heading"))
        others.addWidget(self.fields.terms)
        box.addLayout(others)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.sheet)
        self.split = Splitter("contract", [self.area, self.panel], [0, 352])
        self.body.addWidget(line())
        self.body.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.state.loaded.connect(self._show)
        self.state.changed.connect(self._show_again)
        self.state.computed.connect(self.panel.show_example)
        self.state.saved.connect(self._saved)
        self.state.failed.connect(self._failed)
        self.state.gone.connect(self.back)

    # -- showing ---------------------------------------------------------------------------------

    @override
    def show_with(self, id: int | None = None, customer: int | None = None, **_others: Any) -> None:
        """Show a contract by id, or a new one for a customer."""
        self._arriving = True
        if id is not None:
            self.state.open(id)
        elif customer is not None:
            self.state.begin(customer)

    @override
    def refresh(self, changes: Changes) -> None:
        """Read again what others changed; what is being typed stays."""
        self.files.refresh(changes)
        if changes.touches(*_TABLES, *_AROUND):
            self.state.reload()

    def _show(self) -> None:
        data, around = self.state.data, self.state.around
        if data is None or around is None:
            return
        self.fields.offer(around.choices, data.remind_days)
        self._show_values(data)
        self._show_head(data, around)
        self._show_files()
        if self._arriving:
            self._arriving = False
            if data.prices:
                self.prices.grid.select_first()
            (self.prices.grid if data.prices else self.fields.name).setFocus()

    def _show_again(self) -> None:
        data, around = self.state.data, self.state.around
        if data is None or around is None:
            return
        self._show_values(data)
        self._show_head(data, around)

    def _show_values(self, data: ContractData) -> None:
        around = self.state.around
        self.fields.show_values(data)
        self.prices.show_prices()
        self.groups.show_discounts(data.group_discounts, around.groups if around else {})
        self.tax.show_choice(data.tax_treatment, around.treatment if around else "domestic")
        self.panel.show_period(data)

    def _show_head(self, data: ContractData, around: Around) -> None:
        title = data.name or _("New contract")
        self.set_title(title)
        here = {"id": data.customer_id, "tab": "contracts"}
        self.header.set_crumbs(
            [
                (_("Customers"), "customers", {}),
                (around.customer, "customer", here),
                (_("Contract"), "", {}),
            ]
        )
        row = around.row
        self.chip.set_status(row.state if row is not None else "draft")
        conflict = row.conflict if row is not None else ""
        self.conflict.setVisible(bool(conflict))
        if conflict:
            words = _("“{name}” holds on some of the same days. End one of the two.")
            self.conflict.set_text(_("Two contracts at once."), words.format(name=conflict))
        start, _end = contract_prices.next_period(data.valid_from, _end_of(data))
        words = _("Duplicate for {year}").format(year=start.year)
        same = start.year == data.valid_from.year
        if self.duplicate_button is not None:
            self.duplicate_button.setText(_("Duplicate") if same else words)
            self.duplicate_button.setEnabled(self.state.id is not None)
        if self.save_button is not None:
            self.save_button.setText(_("Confirm") if data.is_draft else _("Save"))

    # -- filling in ------------------------------------------------------------------------------

    def _save_field(self, field: str, value: Any) -> None:
        if field == "at_end":
            how, days = value
            self.state.change(at_end=how, remind_days=days)
        elif field == "name":
            self.state.change(name=value or "")
        elif field == "valid_from" and value is None:
            self.fields.head.fields["valid_from"].set_error(_("Fill in a day."))
        else:
            self.state.change(**{field: value})

    def _choose_tax(self, code: str | None) -> None:
        self.state.change(tax_treatment=code)

    def save(self) -> None:
        """Take what is being typed; a draft is confirmed."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        data = self.state.data
        if data is None:
            return
        self._told_saving = data.is_draft or self.state.unsaved
        if data.is_draft:
            self.state.change(contracts.CONFIRM, is_draft=False)
        elif self.state.unsaved:
            self.state.save()
        else:
            # Nothing to take back: every change was saved as it was made.
            self.toast(_("Everything is saved"))

    def _saved(self, contract_id: int) -> None:
        self.fields.clear_errors()
        self.prices.tell("")
        self.groups.tell("")
        self.shell.navigation.replace(id=contract_id)
        self.state.reload()
        self._show_files()
        data = self.state.data
        if data is not None and not data.is_draft:
            self.stale.look(lambda _session: [data.customer_id])
        if self._told_saving:
            self._told_saving = False
            self.toast(_("Contract saved"), undo=True)

    def _failed(self, failure: Exception) -> None:
        """Show every problem where it belongs; what was typed stays."""
        self._told_saving = False
        data = self.state.data
        if data is not None and self.state.stored_draft and not data.is_draft:
            self.state.keep_draft()
            self._show_again()
        problems: dict[str | None, Refusal] = {}
        if isinstance(failure, Invalid):
            problems = {field or problem.field: problem for field, problem in failure.problems}
        elif isinstance(failure, Refusal):
            problems = {failure.field: failure}
        for field, tell in (("prices", self.prices.tell), ("group_discounts", self.groups.tell)):
            found = problems.pop(field, None)
            tell(sentence(found) if found is not None else "")
        self.fields.tell(problems)

    # -- acting ----------------------------------------------------------------------------------

    def duplicate(self) -> None:
        """Ask for the same contract for the period after it."""
        data = self.state.data
        if data is None or self.state.id is None:
            return
        period = contract_prices.next_period(data.valid_from, _end_of(data))
        DuplicateDialog(self, self.state.id, period, self._go_to).open()

    def _go_to(self, contract_id: int) -> None:
        self.go("contract", id=contract_id)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        data, around = self.state.data, self.state.around
        if data is None or around is None or self.state.id is None:
            return menu
        row = around.row
        if row is not None and not data.is_draft:
            end = menu.addAction(_("End early"))
            contract_id, name = row.id, data.name
            end.triggered.connect(lambda: EndDialog(self, contract_id, name).open())
        menu.addAction(_("Add a document")).triggered.connect(self._attach)
        menu.addSeparator()
        menu.addAction(pgettext("verb", "Delete")).triggered.connect(self._delete)
        return menu

    def _delete(self) -> None:
        if self.state.id is None or self.state.data is None:
            return
        said = _("{name} deleted").format(name=self.state.data.name)
        self.ops.write(
            contracts.DELETE,
            partial(contracts.delete, contract_id=self.state.id),
            done=lambda _none: self.toast(said, undo=True),
        )

    def _attach(self) -> None:
        if self.state.id is not None:
            self.files.ask()
        else:
            self.fields.name.setFocus()

    def _show_files(self) -> None:
        """The documents, once the contract is in the file."""
        self.files.setVisible(self.state.id is not None)
        if self.state.id is not None:
            self.files.show_owner(Owner("contract", self.state.id))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The panel stands at the right; where room lacks, below everything else."""
        narrow = self.width() * 100 // theme().percent < _NARROW
        if narrow == (self.panel.parentWidget() is self.sheet):
            return
        if narrow:
            self.sheet_box.insertWidget(self.sheet_box.count() - 1, self.panel)
        else:
            self.split.addWidget(self.panel)
        self.panel.stand_below(narrow)


def _end_of(data: ContractData) -> Any:
    """The last day, where it does not lie before the first."""
    if data.valid_to is None or data.valid_to < data.valid_from:
        return None
    return data.valid_to
