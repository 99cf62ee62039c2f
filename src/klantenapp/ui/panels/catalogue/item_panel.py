"""One item beside the list: every field is saved as it is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QWidget
from typing_extensions import override

from klantenapp import i18n
from klantenapp.i18n import _, pgettext
from klantenapp.services.catalogue import items
from klantenapp.ui.forms.form import Form
from klantenapp.ui.panels.catalogue import sections
from klantenapp.ui.panels.catalogue.named_choice import NamedChoice
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import (
    CheckInput,
    ChoiceInput,
    NoteInput,
    SegmentInput,
    TextInput,
)
from klantenapp.ui.widgets.labels import ElidedLabel, Label
from klantenapp.ui.widgets.value_inputs import PriceInput

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from klantenapp.models.values import UnitPrice
    from klantenapp.services.catalogue.items import ItemData, ItemRow
    from klantenapp.services.store.changes import Changes
    from klantenapp.ui.panels.catalogue.offered import Offered
    from klantenapp.ui.widgets.page import Page


class ItemPanel(QFrame):
    """Fields of one item, and the sections below them.

    Attributes:
        duplicated, archived, deleted: the user asks for it (archived: or to bring it back).
        left: Esc, back to the list.
    """

    duplicated = Signal()
    archived = Signal()
    deleted = Signal()
    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self._page = page
        self._row: ItemRow | None = None
        self._data: ItemData | None = None
        self._offered: Offered | None = None
        self.form = Form(saved=self._save, columns=12, gap=8)
        self._build_fields()
        sheet = QWidget()
        box = column(sheet, 20, 16, 20, 20, gap=14)
        box.addLayout(self._head())
        line = row(gap=12)
        line.addWidget(self.nature)
        line.addStretch(1)
        line.addWidget(self.usable)
        box.addLayout(line)
        box.addWidget(self.form)
        self.sections = sections.build(page)
        for section in self.sections:
            box.addWidget(section)
        box.addWidget(self.texts)
        box.addStretch(1)
        area = QScrollArea()
        area.setProperty("role", "clear")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        column(self).addWidget(area)

    def _head(self) -> Any:
        head = row(gap=4)
        words = column(gap=2)
        self._code = Label("", "label", "muted")
        self._name = ElidedLabel("", "titleSub")
        words.addWidget(self._code)
        words.addWidget(self._name)
        head.addLayout(words, 1)
        copy = IconButton("copy", _("Duplicate item"))
        copy.clicked.connect(self.duplicated)
        head.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        more = IconButton("ellipsis", _("More with this item"))
        more.clicked.connect(lambda: self._menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        head.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _build_fields(self) -> None:
        self.nature = SegmentInput([("service", _("Service")), ("goods", _("Goods"))])
        self.nature.setAccessibleName(_("Kind"))
        self.nature.setToolTip(_("Decides how VAT works for customers abroad."))
        self.nature.left.connect(lambda: self._save("nature", self.nature.value()))
        self.usable = CheckInput(_("On offer for invoices"))
        self.usable.left.connect(self.archived)
        self.group, self.unit = NamedChoice(_("New group…")), NamedChoice(_("New unit…"))
        self.tax = ChoiceInput()
        for choice in (self.group, self.unit, self.tax):
            choice.setMinimumWidth(theme().px(48))  # the columns share the room, not the words
        self.price = PriceInput()
        self.price.edited.connect(self._show_gross)
        add = self.form.add
        add("name", _("Name, Dutch"), TextInput(), row=0, column=0, span=6)
        add("name_en", _("Name, English"), TextInput(), row=0, column=6, span=6)
        add("group", _("Group"), self.group, row=1, column=0, span=5)
        add("unit", _("Unit"), self.unit, row=1, column=5, span=4)
        add("tax", _("VAT"), self.tax, row=1, column=9, span=3)
        add("code", _("Code"), TextInput(limit=40), row=2, column=0, span=4)
        add("price", _("Standard price €"), self.price, row=2, column=4, span=4)
        self.gross = Label("", "caption", "muted", wrap=True)
        holder = QWidget()
        below = column(holder, 0, 20, 0, 0)
        below.addWidget(self.gross)
        self.form.add_widget(holder, row=2, column=8, span=4)
        hint = _("Below the name on an invoice")
        self.texts = Form(saved=self._save, columns=1, gap=12)
        add = self.texts.add
        add("description", _("Description, Dutch"), NoteInput(hint, lines=2))
        add("description_en", _("Description, English"), NoteInput(hint, lines=2))

    # -- showing ---------------------------------------------------------------------------------

    def offer(self, offered: Offered) -> None:
        """Offer these units, groups and tax codes."""
        self._offered = offered
        self.group.offer(offered.groups)
        self.unit.offer(offered.units)
        self.tax.set_options(offered.taxes)
        if self._data is not None:
            self.form.refill(self._data)
        self._show_gross()

    def show_item(self, found: ItemRow, data: ItemData) -> None:
        """Show an item; what is being typed in it stays."""
        same = self._row is not None and self._row.id == found.id
        self._row, self._data = found, data
        self._code.setText(found.code)
        self._name.setText(found.name)
        self._name.updateGeometry()
        self.nature.set_value(found.nature)
        self.usable.set_value(not found.archived)
        for form in (self.form, self.texts):
            if same:
                form.refill(data)
            else:
                form.fill(data)
        self._show_gross()
        for section in self.sections:
            section.show_item(found)

    def refresh(self, changes: Changes) -> None:
        """Let the sections read again."""
        for section in self.sections:
            section.refresh(changes)

    def _show_gross(self) -> None:
        """The price as a consumer pays it."""
        price: UnitPrice | None = self.price.value()
        offered = self._offered
        percent = offered.percents.get(self.tax.value() or "") if offered else None
        if offered is None or price is None or not percent or not offered.charges_tax:
            self.gross.setText("")
            return
        self.gross.setText(
            _("{amount} with {percent} VAT").format(
                amount=f"€ {i18n.price(price.changed(percent).rounded().units)}",
                percent=i18n.percent(percent.points),
            )
        )

    # -- acting ----------------------------------------------------------------------------------

    def _save(self, name: str, value: Any) -> None:
        if self._row is None:
            return
        if name in {"code", "name"}:
            value = value or ""
        self._page.ops.write(
            items.CHANGE,
            partial(items.change, item_id=self._row.id, values={name: value}),
            done=lambda _none: self._page.toast(_("Saved"), undo=True),
            failed=self._failed,
        )

    def _failed(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("Duplicate"), self.duplicated.emit)
        archived = self._row is not None and self._row.archived
        menu.addAction(_("Bring back") if archived else _("Archive"), self.archived.emit)
        menu.addSeparator()
        menu.addAction(pgettext("verb", "Delete"), self.deleted.emit)
        return menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def enter(self) -> None:
        """Go into the first field."""
        self.form.focus_first()
