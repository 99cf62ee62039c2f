"""Questions about price lists: a new one, another name, a copy with a percentage, a tier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout

from klantenapp import i18n
from klantenapp.i18n import _, ngettext, pgettext
from klantenapp.models.values import NO_PERCENT
from klantenapp.services.catalogue import contract_prices, list_prices, price_lists, succession
from klantenapp.services.catalogue.price_lists import CopyData, PriceListData
from klantenapp.services.store import clock
from klantenapp.ui.agreements.words import ROUNDINGS, quantity_words, rounding_words
from klantenapp.ui.forms.form import Form
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import CheckInput, ChoiceInput, SegmentInput, TextInput
from klantenapp.ui.widgets.labels import ElidedLabel, Label
from klantenapp.ui.widgets.value_inputs import DateInput, PercentInput, PriceInput, QuantityInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from klantenapp.models.values import Percent, UnitPrice
    from klantenapp.services.catalogue.price_list_view import (
        PriceListPage,
        PriceListRow,
        PriceRow,
    )
    from klantenapp.services.catalogue.succession import Followers
    from klantenapp.ui.widgets.page import Page

#: Rows that a copy shows before it is made.
_SHOWN = 5


def base_options(lists: Sequence[PriceListRow], but: int | None = None) -> list[tuple[Any, str]]:
    """What the rest of a list can follow: nothing (None), the items (0), or another list (id)."""
    others = [(each.id, each.name) for each in lists if each.id != but and not each.archived]
    return [(0, _("Standard prices")), *others, (None, _("None: only its own prices"))]


def rounding_input() -> ChoiceInput:
    """To what prices that follow a base are rounded."""
    return ChoiceInput([(cents, rounding_words(cents)) for cents in ROUNDINGS])


class NewListDialog(Dialog):
    """Fields of a new price list.

    Args:
        page: gives reads and writes.
        lists: those there are, to be a base.
        done: called with the id of the new list.
    """

    def __init__(
        self, page: Page, lists: Sequence[PriceListRow], done: Callable[[int], object]
    ) -> None:
        super().__init__(page, _("New price list"), 560)
        self._page, self._done = page, done
        self.form = Form(columns=2)
        self.name = TextInput(limit=80)
        self.form.add("name", _("Name"), self.name, row=0, column=0)
        segments = [("without", _("Excl.")), ("with", _("Incl. VAT"))]
        self.tax = SegmentInput(segments)
        self.tax.set_value("without")
        self.form.add("includes_tax", _("Prices"), self.tax, row=0, column=1)
        self.form.add("valid_from", _("Valid from"), DateInput(_("always")), row=1, column=0)
        self.form.add("valid_to", _("Valid through"), DateInput(_("no end")), row=1, column=1)
        self.base = ChoiceInput(base_options(lists))
        self.base.set_value(0)
        self.form.add("base_list_id", _("Base for the rest"), self.base, row=2, column=0)
        self.percent = PercentInput()
        self.percent.set_value(NO_PERCENT)
        self.form.add("percent", pgettext("price list", "Change"), self.percent, row=2, column=1)
        self.rounding = rounding_input()
        self.rounding.set_value(1)
        self.form.add("rounding", _("Round"), self.rounding, row=3, column=0)
        self.body.addWidget(self.form)
        self.set_act(_("Add price list"), self._add, "plus")
        self.start_at(self.name)

    def _add(self) -> None:
        values = self.form.values()
        base = values["base_list_id"]
        data = PriceListData(
            name=values["name"] or "",
            includes_tax=values["includes_tax"] == "with",
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            base_list_id=base or None,
            percent=None if base is None else values["percent"] or NO_PERCENT,
            rounding=values["rounding"] or 1,
        )
        self._page.ops.write(
            price_lists.ADD,
            partial(price_lists.add, data=data),
            done=self._added,
            failed=self.form.tell,
        )

    def _added(self, list_id: int) -> None:
        self.accept()
        self._page.toast(_("Price list added"), undo=True)
        self._done(list_id)


class RenameDialog(Dialog):
    """Another name for a list."""

    def __init__(self, page: Page, found: PriceListPage) -> None:
        super().__init__(page, _("Rename price list"), 420)
        self._page, self._id = page, found.id
        self.form = Form(columns=1)
        self.name = TextInput(limit=80)
        self.form.add("name", _("Name"), self.name)
        self.form.fill(found.data)
        self.body.addWidget(self.form)
        self.set_act(_("Rename"), self._save)
        self.start_at(self.name)

    def _save(self) -> None:
        values = {"name": self.name.value() or ""}
        self._page.ops.write(
            price_lists.CHANGE,
            partial(price_lists.change, list_id=self._id, values=values),
            done=lambda _none: self.accept(),
            failed=self.form.tell,
        )


@dataclass(frozen=True)
class _Sample:
    """A price as it is, for the first rows of a copy.

    Attributes:
        start: what the copy computes the new price from. percent: of the list itself, on the base.
    """

    name: str
    from_words: str
    price: UnitPrice
    start: UnitPrice
    percent: Percent | None = None

    def copied(self, percent: Percent, rounding: int) -> UnitPrice:
        """The price on the copy."""
        if self.percent is None:
            return price_lists.changed(self.start, percent, rounding)
        change = price_lists.compound(self.percent, percent)
        return price_lists.changed(self.start, change, rounding)


class CopyDialog(Dialog):
    """A copy with a percentage on every price; shows what it gives before it is made."""

    def __init__(self, page: Page, found: PriceListPage, done: Callable[[int], object]) -> None:
        super().__init__(page, _("Copy with a percentage"), 600)
        self._page, self._id, self._done = page, found.id, done
        self._samples = _samples(found)
        self._rounding = found.data.rounding
        self.form = Form(columns=6)
        self.name = TextInput(limit=80)
        self.form.add("name", _("Name"), self.name, row=0, column=0, span=6)
        self.form.add("valid_from", _("Valid from"), DateInput(), row=1, column=0, span=3)
        self.form.add("valid_to", _("Valid through"), DateInput(), row=1, column=3, span=3)
        self.percent = PercentInput()
        self.form.add("percent", _("Change all prices by"), self.percent, row=2, column=0, span=3)
        self.rounding = rounding_input()
        self.form.add("rounding", _("Round"), self.rounding, row=2, column=3, span=3)
        self.form.fill(_proposed(found))
        self.body.addWidget(self.form)
        self.follow = CheckInput(_("Who has this list moves along"))
        self.follow.set_value(True)
        self.body.addWidget(self.follow)
        self.moved = self.say("")
        for part in (self.follow, self.moved):
            part.hide()
        if self._samples:
            self.body.addWidget(Label(_("The first prices"), "label", "muted"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnStretch(0, 1)
        self._prices: list[Label] = []
        self._fill_grid()
        self.body.addLayout(self._grid)
        self.say(_("The copy is a draft until you confirm it."))
        self.percent.edited.connect(self._compute)
        self.rounding.edited.connect(self._compute)
        self._compute()
        self.set_act(_("Make copy"), self._copy, "copy")
        self.start_at(self.percent)
        page.ops.read(self, partial(succession.followers, list_id=found.id), self._show_followers)

    def _show_followers(self, found: Followers) -> None:
        """Offer to take along who has the list now."""
        if not found.any:
            return
        who = [
            ngettext("{count} customer", "{count} customers", found.customers).format(
                count=found.customers
            ),
            ngettext("{count} contract", "{count} contracts", found.contracts).format(
                count=found.contracts
            ),
        ]
        words = _(
            "{customers} and {contracts} have it; from the first day of the copy on they are"
            " priced by the copy."
        ).format(customers=who[0], contracts=who[1])
        if found.business:
            words = _(
                "It is the list of your business; from the first day of the copy on that is"
                " the copy."
            )
        self.moved.setText(words)
        for part in (self.follow, self.moved):
            part.show()
        self.adjustSize()

    def _fill_grid(self) -> None:
        for at, sample in enumerate(self._samples):
            self._grid.addWidget(ElidedLabel(sample.name), at, 0)
            self._grid.addWidget(Label(sample.from_words, "body", "muted"), at, 1)
            right = Label(i18n.price(sample.price.units), "body", "muted")
            self._grid.addWidget(right, at, 2)
            self._grid.addWidget(Label("→", "body", "subtle"), at, 3)
            new = Label("", "bodyStrong")
            self._prices.append(new)
            self._grid.addWidget(new, at, 4)

    def _compute(self) -> None:
        percent = self.percent.value() or NO_PERCENT
        if not price_lists.LOWEST <= percent.points <= price_lists.HIGHEST:
            return
        for sample, label in zip(self._samples, self._prices, strict=True):
            new = sample.copied(percent, self.rounding.value() or 1)
            label.setText(i18n.price(new.units))

    def _copy(self) -> None:
        values = self.form.values()
        data = CopyData(
            name=values["name"] or "",
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            percent=values["percent"] or NO_PERCENT,
            rounding=values["rounding"] or 1,
            replaces=self.follow.isVisible() and bool(self.follow.value()),
        )
        self._page.ops.write(
            price_lists.COPY,
            partial(price_lists.copy, list_id=self._id, data=data),
            done=self._copied,
            failed=self.form.tell,
        )

    def _copied(self, list_id: int) -> None:
        self.accept()
        self._page.toast(_("Price list copied"), undo=True)
        self._done(list_id)


def _samples(found: PriceListPage) -> list[_Sample]:
    """Own prices first, for those are what the copy writes down; then those of the items."""
    own = [each for each in found.rows if each.own]
    data = found.data
    follows_items = data.percent is not None and data.base_list_id is None
    rest = found.rows if follows_items and not data.includes_tax else ()
    derived = [each for each in rest if not each.own]
    made = []
    for each in (*own, *derived):
        start = each.price if each.own else each.standard
        if each.price is None or start is None:
            continue
        percent = None if each.own else data.percent
        words = quantity_words(each.min_quantity)
        made.append(_Sample(each.name, words, each.price, start, percent))
    return made[:_SHOWN]


@dataclass(frozen=True)
class _Proposed:
    """What a copy begins with: the period that follows, and the year in the name moved along."""

    name: str
    valid_from: dt.date
    valid_to: dt.date | None
    percent: Percent
    rounding: int


def _proposed(found: PriceListPage) -> _Proposed:
    data = found.data
    start = data.valid_from or clock.today()
    if data.valid_to is not None:
        begin, end = contract_prices.next_period(data.valid_from or data.valid_to, data.valid_to)
    else:
        begin, end = clock.today() + dt.timedelta(days=1), None
    name = contract_prices.next_name(data.name, start.year, begin.year)
    if name == data.name:
        name = _("{name} (copy)").format(name=data.name)
    return _Proposed(name, begin, end, NO_PERCENT, data.rounding)


class TierDialog(Dialog):
    """A price of an item from another quantity on."""

    def __init__(self, page: Page, list_id: int, found: PriceRow) -> None:
        super().__init__(page, _("Add tier"), 420)
        self._page, self._id, self._item = page, list_id, found.item_id
        self.say(found.name)
        self.form = Form(columns=2)
        self.quantity, self.price = QuantityInput(), PriceInput()
        self.form.add("prices", _("From quantity"), self.quantity, row=0, column=0)
        self.form.add("price", _("Price €"), self.price, row=0, column=1)
        if found.price is not None:
            self.price.set_value(found.price)
        self.body.addWidget(self.form)
        self.set_act(_("Add tier"), self._add, "plus")
        self.start_at(self.quantity)

    def _add(self) -> None:
        quantity, price = self.quantity.value(), self.price.value()
        missing = _("Fill in a number.")
        self.form.fields["prices"].set_error(None if quantity is not None else missing)
        self.form.fields["price"].set_error(None if price is not None else missing)
        if quantity is None or price is None:
            return
        self._page.ops.write(
            list_prices.ADD_TIER,
            partial(
                list_prices.add_tier,
                list_id=self._id,
                item_id=self._item,
                min_quantity=quantity,
                price=price,
            ),
            done=lambda _none: self.accept(),
            failed=self.form.tell,
        )
