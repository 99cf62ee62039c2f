"""A new item: its code and name, and what a line needs of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from klantenapp.i18n import _
from klantenapp.services.catalogue import items
from klantenapp.services.catalogue.items import ItemData
from klantenapp.ui.forms.form import Form
from klantenapp.ui.panels.catalogue.named_choice import NamedChoice
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.value_inputs import PriceInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from klantenapp.ui.panels.catalogue.offered import Offered
    from klantenapp.ui.widgets.page import Page


class NewItemDialog(Dialog):
    """Fields of a new item.

    Args:
        page: gives reads and writes.
        offered: units, groups and tax codes.
        done: called with the id of the new item.
    """

    def __init__(self, page: Page, offered: Offered, done: Callable[[int], object]) -> None:
        super().__init__(page, _("New item"), 560)
        self._page, self._done = page, done
        self.form = Form(columns=3)
        self.code = TextInput(limit=40)
        self.name = TextInput()
        self.form.add("code", _("Code"), self.code, row=0, column=0)
        nature = SegmentInput([("service", _("Service")), ("goods", _("Goods"))])
        self.form.add("nature", _("Kind"), nature, row=0, column=1, span=2)
        self.form.add("name", _("Name, Dutch"), self.name, row=1, column=0, span=2)
        self.form.add("name_en", _("Name, English"), TextInput(), row=1, column=2)
        group, unit = NamedChoice(_("New group…")), NamedChoice(_("New unit…"))
        group.offer(offered.groups)
        unit.offer(offered.units)
        self.form.add("group", _("Group"), group, row=2, column=0)
        self.form.add("unit", _("Unit"), unit, row=2, column=1)
        self.form.add("tax", _("VAT"), ChoiceInput(offered.taxes), row=2, column=2)
        self.form.add("price", _("Price €, without VAT"), PriceInput(), row=3, column=0)
        self.form.fill(ItemData(code="", name=""))
        self.body.addWidget(self.form)
        self.set_act(_("Add item"), self._add, "plus")
        self.start_at(self.name)
        page.ops.read(self, items.next_code, self._propose)

    def _propose(self, code: str) -> None:
        if self.code.value() is None:
            self.code.set_value(code)

    def _add(self) -> None:
        values: dict[str, Any] = self.form.values()
        values |= {"code": values["code"] or "", "name": values["name"] or ""}
        self._page.ops.write(
            items.ADD,
            partial(items.add, data=ItemData(**values)),
            done=self._added,
            failed=self._failed,
        )

    def _failed(self, failure: Exception) -> None:
        self.form.show_failure(failure)

    def _added(self, item_id: int) -> None:
        self.accept()
        self._done(item_id)
