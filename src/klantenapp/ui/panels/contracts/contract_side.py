"""One contract beside the list of a customer: what was agreed, at a glance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QScrollArea, QWidget

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.services.catalogue import contract_view, contracts
from klantenapp.services.catalogue.price_list_view import difference
from klantenapp.ui.agreements.words import change_tone, change_words
from klantenapp.ui.contact.opening import open_file
from klantenapp.ui.panels.contracts.dialogs import EndDialog
from klantenapp.ui.panels.contracts.fields import at_end_words
from klantenapp.ui.panels.contracts.tax_choice import treatment_word
from klantenapp.ui.qt import clear
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.cards import Pairs
from klantenapp.ui.widgets.chips import StatusChip
from klantenapp.ui.widgets.dressing import column, line, row
from klantenapp.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QHBoxLayout

    from klantenapp.services.catalogue.contract_data import AgreedPrice
    from klantenapp.services.catalogue.contract_view import AttachedFile, ItemWords
    from klantenapp.ui.panels.contracts.detail import Detail
    from klantenapp.ui.widgets.page import Page

#: Prices shown at once; the contract itself has them all.
_SHOWN = 12


class ContractSide(QFrame):
    """What stands right of the list.

    Args:
        page: gives writes and navigation.
        opens: called with the id of the contract that is to be opened.
        duplicates: called with the id of the contract that is to be duplicated.
    """

    def __init__(
        self, page: Page, opens: Callable[[int], object], duplicates: Callable[[int], object]
    ) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self._page, self._opens, self._duplicates = page, opens, duplicates
        self._found: Detail | None = None
        sheet = QWidget()
        box = column(sheet, 18, 16, 18, 20, gap=12)
        head = row(gap=8)
        self.title = ElidedLabel("", "heading")
        self.chip = StatusChip("draft")
        head.addWidget(self.title, 1)
        head.addWidget(self.chip)
        box.addLayout(head)
        box.addLayout(self._buttons())
        self.pairs = Pairs(width=88)
        box.addWidget(self.pairs)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnStretch(0, 1)
        box.addLayout(self._grid)
        self.more = Label("", "caption", "muted")
        box.addWidget(self.more)
        foot = row()
        self.invoiced = Label("", "body", "muted")
        foot.addWidget(self.invoiced, 1)
        self.invoices = Button(_("Show invoices"), kind="link")
        self.invoices.clicked.connect(self._show_invoices)
        foot.addWidget(self.invoices)
        box.addLayout(foot)
        box.addStretch(1)
        area = QScrollArea()
        area.setProperty("role", "clear")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        column(self).addWidget(area)

    def _buttons(self) -> QHBoxLayout:
        bar = row(gap=8)
        opening = Button(pgettext("button", "Open"), "pencil-line")
        opening.clicked.connect(lambda: self._opens(self._id))
        copying = Button(_("Duplicate"), "copy")
        copying.clicked.connect(lambda: self._duplicates(self._id))
        more = IconButton("ellipsis", _("More with this contract"))
        more.clicked.connect(lambda: self._menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        bar.addWidget(opening)
        bar.addWidget(copying)
        bar.addWidget(more)
        bar.addStretch(1)
        return bar

    @property
    def _id(self) -> int:
        return self._found.row.id if self._found is not None else 0

    def show_contract(self, found: Detail) -> None:
        """Show another contract."""
        self._found = found
        data = found.data
        self.title.setText(data.name)
        self.chip.set_status(found.row.state)
        pairs: list[tuple[str, str | QWidget]] = []
        if data.reference:
            pairs.append((_("Reference"), data.reference))
        code = data.tax_treatment
        pairs.append((_("VAT"), treatment_word(code) if code else _("As for the customer")))
        if data.discount:
            pairs.append((_("Discount, rest"), i18n.percent(data.discount.points)))
        if data.total_discount:
            pairs.append((_("Discount, invoice"), i18n.percent(data.total_discount.points)))
        pairs.append((_("After that"), at_end_words(data.at_end, data.remind_days)))
        pairs += [(_("Document"), self._link(each)) for each in found.files]
        self.pairs.set_pairs(pairs)
        self._fill(found)
        words = ngettext("On {count} document", "On {count} documents", found.invoiced)
        self.invoiced.setText(words.format(count=i18n.count(found.invoiced)))

    def _link(self, each: AttachedFile) -> QWidget:
        link = Button(each.name, kind="link", small=True)
        link.clicked.connect(lambda: open_file(self._page, each.file_id, each.name))
        holder = QWidget()
        box = row(holder)
        box.addWidget(link)
        box.addStretch(1)
        return holder

    def _fill(self, found: Detail) -> None:
        clear(self._grid)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for at, words in enumerate((_("Item"), _("Price €"), _("Difference"))):
            head = Label(words, "label", "muted")
            self._grid.addWidget(head, 0, at, right if at else left)
        for at, price in enumerate(found.data.prices[:_SHOWN]):
            item = found.items.get(price.item_id)
            place = 2 * at + 2
            self._grid.addWidget(line(), place - 1, 0, 1, 3)
            change = difference(price.price, item.price if item else None)
            amount = Label(i18n.price(price.price.units), "bodyStrong")
            told = Label(change_words(change), "body", change_tone(change))
            self._grid.addWidget(ElidedLabel(_words(price, item)), place, 0)
            self._grid.addWidget(amount, place, 1, right)
            self._grid.addWidget(told, place, 2, right)
        rest = len(found.data.prices) - _SHOWN
        self.more.setVisible(rest > 0)
        self.more.setText(_("and {count} more").format(count=i18n.count(max(rest, 0))))

    def _show_invoices(self) -> None:
        if self._found is not None:
            self._page.go("customer", id=self._found.row.customer_id, tab="transactions")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        found = self._found
        if found is None:
            return menu
        if found.row.state not in {contract_view.DRAFT, contract_view.EXPIRED}:
            end = menu.addAction(_("End early"))
            end.triggered.connect(
                lambda: EndDialog(self._page, found.row.id, found.row.name).open()
            )
        menu.addAction(pgettext("verb", "Delete")).triggered.connect(self._delete)
        return menu

    def _delete(self) -> None:
        if self._found is None:
            return
        said = _("{name} deleted").format(name=self._found.row.name)
        self._page.ops.write(
            contracts.DELETE,
            partial(contracts.delete, contract_id=self._id),
            done=lambda _none: self._page.toast(said, undo=True),
        )


def _words(price: AgreedPrice, item: ItemWords | None) -> str:
    """The item, and from how many: "Onderhoudsbeurt, 10+"."""
    name = item.name if item is not None else ""
    if not price.min_quantity:
        return name
    return f"{name}, {i18n.quantity(price.min_quantity.units)}+"
