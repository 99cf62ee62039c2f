"""One price list: how it works on top, every price of it below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from klantenapp import i18n
from klantenapp.i18n import _, pgettext
from klantenapp.models.values import NO_PERCENT, Quantity
from klantenapp.services.catalogue import list_prices, price_list_view, price_lists, succession
from klantenapp.ui.agreements.stale_note import StaleNote
from klantenapp.ui.forms.form import Form
from klantenapp.ui.navigation import exists
from klantenapp.ui.panels.catalogue.price_list_columns import columns, editors
from klantenapp.ui.panels.catalogue.price_list_dialogs import (
    CopyDialog,
    RenameDialog,
    TierDialog,
    base_options,
    rounding_input,
)
from klantenapp.ui.panels.catalogue.price_list_file import export
from klantenapp.ui.tables.grid import Grid, GridModel
from klantenapp.ui.widgets.buttons import Button, IconButton
from klantenapp.ui.widgets.chips import ChipLook, StatusChip, status_look
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.inputs import ChoiceInput, SegmentInput
from klantenapp.ui.widgets.labels import ElidedLabel
from klantenapp.ui.widgets.notes import Note
from klantenapp.ui.widgets.search_field import SearchField
from klantenapp.ui.widgets.value_inputs import DateInput, PercentInput

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.catalogue.price_list_view import (
        PriceListPage,
        PriceListRow,
        PriceRow,
    )
    from klantenapp.ui.widgets.page import Page


def _look(group: str, *, draft: bool, archived: bool) -> ChipLook:
    """Where a list stands, as a chip."""
    if archived or draft:
        return status_look("archived" if archived else "draft")
    if group == price_list_view.VALID:
        return ChipLook(_("Valid"), "ok", "check")
    return status_look("planned" if group == price_list_view.LATER else "expired")


class PriceListPane(QWidget):
    """What stands right of the lists.

    Attributes:
        sought: other words were typed above the prices.
        made: a list came about (its id).
    """

    sought = Signal()
    made = Signal(int)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._list: PriceListPage | None = None
        self._lists: list[PriceListRow] = []
        self.rows = GridModel(page.ops, columns(""), editors(), self)
        self.grid = Grid(self.rows, "price", "price_list", label=_("Prices"))
        self.grid.typed.connect(self._typed)
        self.search = SearchField(_("Item, code, group"), self.grid, width=170)
        self.search.sought.connect(lambda _text: self.sought.emit())
        self.form = Form(saved=self._save, columns=18, gap=12)
        self._build_form()
        self.draft = Note(
            "info",
            _("Still a draft."),
            _("It prices nothing until you confirm it."),
            (_("Confirm"), self._confirm),
            icon="pencil-line",
        )
        self.problem = Note("danger", "", "", closable=True)
        self.problem.closed.connect(self.problem.hide)
        self.place = Note("info", "", "", (_("No longer"), self._release), icon="repeat")
        self.stale = StaleNote(page)
        box = column(self)
        box.addLayout(self._head())
        notes = column(None, 28, 0, 28, 8, gap=8)
        for note in (self.draft, self.place, self.problem, self.stale):
            note.hide()
            notes.addWidget(note)
        box.addLayout(notes)
        around = column(None, 28, 0, 28, 8)
        around.addWidget(self.form)
        box.addLayout(around)
        box.addWidget(self.grid, 1)

    def _head(self) -> Any:
        head = row(None, 28, 16, 28, 10, gap=8)
        self.title = ElidedLabel("", "titleSub")
        self.chip = StatusChip("active")
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        if exists("import"):
            bring = Button(_("Import"), "import")
            bring.clicked.connect(self._import)
            head.addWidget(bring)
        out = Button(_("Export"), "download")
        out.clicked.connect(self._export)
        head.addWidget(out)
        self.copy_button = Button(_("Copy with %"), "percent")
        self.copy_button.clicked.connect(self.copy)
        head.addWidget(self.copy_button)
        more = IconButton("ellipsis", _("More with this price list"))
        more.clicked.connect(lambda: self._menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        head.addWidget(more)
        return head

    def _build_form(self) -> None:
        self.base = ChoiceInput()
        segments = [("without", _("Excl.")), ("with", _("Incl. VAT"))]
        add = self.form.add
        add("includes_tax", _("Prices"), SegmentInput(segments), row=0, column=0, span=3)
        add("valid_from", _("Valid from"), DateInput(_("always")), row=0, column=3, span=3)
        add("valid_to", _("Valid through"), DateInput(_("no end")), row=0, column=6, span=3)
        add("base_list_id", _("Base for the rest"), self.base, row=0, column=9, span=4)
        self.rounding = rounding_input()
        add("rounding", _("Round"), self.rounding, row=0, column=15, span=3)
        self.percent = PercentInput()
        add("percent", pgettext("price list", "Change"), self.percent, row=0, column=13, span=2)

    # -- showing ---------------------------------------------------------------------------------

    def show_list(self, found: PriceListPage, group: str, lists: list[PriceListRow]) -> None:
        """Show another list, or the same one anew."""
        same = self._list is not None and self._list.id == found.id
        before, self._list, self._lists = self._list, found, lists
        data = found.data
        self.title.setText(data.name)
        self.title.updateGeometry()
        self.chip.set_look(_look(group, draft=data.is_draft, archived=found.archived))
        self.draft.setVisible(data.is_draft and not found.archived)
        if not same:
            self.problem.hide()
        self.base.set_options(base_options(lists, found.id))
        if before is None or not same or before.data != data:
            self.form.fill(_Shown(data))
        derived = data.percent is not None or data.base_list_id is not None
        self.percent.setEnabled(derived)
        self.rounding.setEnabled(derived)
        self._show_place(found)
        self.rows.columns[:] = columns(_base_words(found))
        self.rows.update_rows(found.rows)
        if self.grid.current_id() is None and found.rows:
            self.grid.select_first()
        if not data.is_draft:
            self.stale.look(partial(_customers, list_id=found.id))
        else:
            self.stale.hide()

    def _show_place(self, found: PriceListPage) -> None:
        """Whose place the list takes, and from when."""
        self.place.setVisible(bool(found.replaces))
        start = found.data.valid_from
        words = _("Who has {name} is priced by this list.")
        if start is not None:
            words = _("Who has {name} is priced by this list from {day} on.")
        day = i18n.date(start) if start is not None else ""
        self.place.set_text("", words.format(name=found.replaces, day=day))

    def show_item(self, item_id: int) -> None:
        """Go to the first row of an item."""
        place = next((each.id for each in self._rows() if each.item_id == item_id), None)
        if place is not None:
            self.grid.select_id(place)
            self.grid.setFocus()

    def _rows(self) -> tuple[PriceRow, ...]:
        return self._list.rows if self._list is not None else ()

    # -- fields ----------------------------------------------------------------------------------

    def _save(self, field: str, value: Any) -> None:
        if self._list is None:
            return
        values: dict[str, Any] = {field: value}
        if field == "includes_tax":
            values = {"includes_tax": value == "with"}
        elif field == "base_list_id":
            percent = self._list.data.percent or NO_PERCENT
            values = {
                "base_list_id": value or None,
                "percent": None if value is None else percent,
            }
        elif field == "percent":
            values = {"percent": value or NO_PERCENT}
        self._change(values)

    def _change(self, values: dict[str, Any]) -> None:
        if self._list is None:
            return
        work = partial(price_lists.change, list_id=self._list.id, values=values)
        self._page.ops.write(price_lists.CHANGE, work, failed=self.form.tell)

    # -- prices ----------------------------------------------------------------------------------

    def _typed(self, place: int, key: str, value: Any) -> None:
        found = self.rows.row_at(self.rows.line_of(place) or 0)
        if found is None or self._list is None:
            return
        self.problem.hide()
        at = {"list_id": self._list.id, "item_id": found.item_id}
        if key == "min_quantity":
            new = value or Quantity(0)
            work = partial(list_prices.move_tier, **at, old=found.min_quantity, new=new)
            self._write(list_prices.MOVE_TIER, work)
        elif value is None:
            self.drop()
        else:
            quantity = found.min_quantity
            work = partial(list_prices.set_price, **at, price=value, min_quantity=quantity)
            self._write(list_prices.SET_PRICE, work)

    def add_tier(self) -> None:
        """Ask for a price from another quantity, for the item of the current row."""
        found = self.grid.current_row()
        if found is not None and self._list is not None:
            TierDialog(self._page, self._list.id, found).open()

    def drop(self) -> None:
        """Give the price of the current row back to the base."""
        found = self.grid.current_row()
        if found is None or not found.own or self._list is None:
            return
        self._write(
            list_prices.DROP_PRICE,
            partial(
                list_prices.drop_price,
                list_id=self._list.id,
                item_id=found.item_id,
                min_quantity=found.min_quantity,
            ),
        )

    def _write(self, operation: str, work: Any) -> None:
        self._page.ops.write(operation, work, failed=self._told)

    def _told(self, failure: Exception) -> None:
        from klantenapp.sentences.speak import sentence  # noqa: PLC0415 - collects every chapter

        self.problem.set_text("", sentence(failure))
        self.problem.show()

    # -- the list as a whole ---------------------------------------------------------------------

    def _confirm(self) -> None:
        if self._list is None:
            return
        said = _("{name} confirmed").format(name=self._list.data.name)
        self._page.ops.write(
            price_lists.CONFIRM,
            partial(price_lists.confirm, list_id=self._list.id),
            done=lambda _none: self._page.toast(said, undo=True),
        )

    def copy(self) -> None:
        """Ask for a copy with a percentage."""
        if self._list is not None:
            CopyDialog(self._page, self._list, self.made.emit).open()

    def _import(self) -> None:
        if self._list is not None:
            self._page.go("import", kind="prices", list_id=self._list.id)

    def _export(self) -> None:
        if self._list is not None:
            export(self._page, self._list)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        found = self._list
        if found is None:
            return menu
        rename = menu.addAction(_("Rename"))
        rename.triggered.connect(lambda: RenameDialog(self._page, found).open())
        if exists("customers") and found.customers:
            who = menu.addAction(_("Show customers"))
            who.triggered.connect(lambda: self._page.go("customers", price_list_id=found.id))
        menu.addSeparator()
        archived = found.archived
        words = _("Bring back") if archived else _("Archive")
        menu.addAction(words).triggered.connect(self._restore if archived else self._archive)
        menu.addAction(pgettext("verb", "Delete")).triggered.connect(self._delete)
        return menu

    def _release(self) -> None:
        self._act(succession.RELEASE, succession.release, _("{name} stands on its own"))

    def _archive(self) -> None:
        self._act(price_lists.ARCHIVE, price_lists.archive, _("{name} archived"))

    def _restore(self) -> None:
        self._act(price_lists.RESTORE, price_lists.restore, _("{name} is back"))

    def _delete(self) -> None:
        self._act(price_lists.DELETE, price_lists.delete, _("{name} deleted"))

    def _act(self, operation: str, work: Any, said: str) -> None:
        found = self._list
        if found is None:
            return
        self._page.ops.write(
            operation,
            partial(work, list_id=found.id),
            done=lambda _none: self._page.toast(said.format(name=found.data.name), undo=True),
            failed=self._told,
        )


class _Shown:
    """A list with the names of the form's fields."""

    def __init__(self, data: price_lists.PriceListData) -> None:
        self.includes_tax = "with" if data.includes_tax else "without"
        self.valid_from, self.valid_to = data.valid_from, data.valid_to
        derived = data.base_list_id is not None or data.percent is not None
        self.base_list_id = (data.base_list_id or 0) if derived else None
        self.percent = (data.percent or NO_PERCENT) if derived else None
        self.rounding = data.rounding


def _base_words(found: PriceListPage) -> str:
    """Where prices come from that are not the list's own."""
    percent = found.data.percent
    change = i18n.percent(percent.points) if percent else ""
    if percent and percent.points > 0:
        change = f"+{change}"
    base = found.base_name or _("Base")
    return f"{base} {change}".strip()


def _customers(session: Session, list_id: int) -> list[int]:
    return price_lists.customers_of(session, list_id)
