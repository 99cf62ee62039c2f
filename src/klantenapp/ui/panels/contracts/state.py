"""One contract while it is edited: what is filled in, what it does to a line, and saving it.

Every change is computed at once and saved by itself; what cannot be saved yet stays filled in, and
the failure stands at its field.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from klantenapp.services.catalogue import choices, contract_prices, contract_view, contracts
from klantenapp.services.catalogue.contract_data import ContractData
from klantenapp.services.customers import customers
from klantenapp.services.sales.contract_example import example
from klantenapp.services.store import clock
from klantenapp.ui.qt import timer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import UnitPrice
    from klantenapp.services.catalogue.choices import Choices
    from klantenapp.services.catalogue.contract_view import (
        AttachedFile,
        ContractRow,
        ItemWords,
    )
    from klantenapp.services.sales.contract_example import Example
    from klantenapp.ui.ops import Ops

_COMPUTE_AFTER = 60


@dataclass(frozen=True)
class Around:
    """What stands around a contract.

    Attributes:
        row: of a stored contract; None while it is new.
        customer: name. treatment: how the customer is taxed without a contract.
        items: of its prices, by id. groups: every group of items, by id.
    """

    row: ContractRow | None
    customer: str
    treatment: str
    items: dict[int, ItemWords]
    groups: dict[int, str]
    choices: Choices
    files: tuple[AttachedFile, ...]


def read(session: Session, contract_id: int) -> tuple[ContractData, Around]:
    """A stored contract.

    Raises:
        NotFound: it is gone.
    """
    data = contracts.read(session, contract_id)
    rows = contract_view.rows(session, clock.today(), data.customer_id)
    row = next(each for each in rows if each.id == contract_id)
    files = tuple(contract_view.files(session, contract_id))
    return data, around(session, data, row, files)


def begin(session: Session, customer_id: int) -> tuple[ContractData, Around]:
    """A new contract: a year that follows the customer's last one, or this year."""
    rows = contract_view.rows(session, clock.today(), customer_id)
    ends = [each.in_force.end for each in rows if each.in_force.end is not None]
    year = clock.today().year
    start = dt.date(year, 1, 1)
    if ends and max(ends) >= start:
        start = max(ends) + dt.timedelta(days=1)
    end = contract_prices.add_months(start, 12) - dt.timedelta(days=1)
    data = ContractData(
        customer_id=customer_id, name="", valid_from=start, valid_to=end, is_draft=True
    )
    return data, around(session, data, None, ())


def around(
    session: Session,
    data: ContractData,
    row: ContractRow | None,
    files: tuple[AttachedFile, ...],
) -> Around:
    """What stands around a contract as it is filled in."""
    customer = customers.get(session, data.customer_id)
    return Around(
        row,
        customer.name,
        customer.tax_treatment or "domestic",
        contract_view.item_words(session, {price.item_id for price in data.prices}),
        contract_view.groups(session),
        choices.choices(session),
        files,
    )


class ContractState(QObject):
    """What is filled in, and what becomes of it.

    Attributes:
        loaded: another contract is shown, or the same one was changed elsewhere.
        changed: something was filled in.
        computed: the example line was computed (Example).
        saved: it was written (id).
        failed: it could not be written (failure).
        gone: the contract does not exist any more.
    """

    loaded = Signal()
    changed = Signal()
    computed = Signal(object)
    saved = Signal(int)
    failed = Signal(object)
    gone = Signal()

    def __init__(self, ops: Ops, parent: QObject) -> None:
        super().__init__(parent)
        self._ops = ops
        self.id: int | None = None
        self.data: ContractData | None = None
        self.around: Around | None = None
        self.item: int | None = None
        self._stored: ContractData | None = None
        self._saving = False
        self._again = False
        self._operation = ""
        self._timer = timer(self, _COMPUTE_AFTER, self.compute)

    # -- beginning -------------------------------------------------------------------------------

    def open(self, contract_id: int) -> None:
        """Show a stored contract."""
        self._ops.read(
            self,
            partial(read, contract_id=contract_id),
            partial(self._show, contract_id),
            self._missing,
            key="open",
        )

    def begin(self, customer_id: int) -> None:
        """Show a new contract; it is stored at the first change."""
        self._ops.read(
            self, partial(begin, customer_id=customer_id), partial(self._show, None), key="open"
        )

    def reload(self) -> None:
        """Read again what another change may have touched."""
        if self.id is not None and not self.unsaved:
            self.open(self.id)

    def _missing(self, _failure: Exception) -> None:
        self.gone.emit()

    def _show(self, contract_id: int | None, found: tuple[ContractData, Around]) -> None:
        if self.unsaved and contract_id == self.id and self.id is not None:
            return
        if contract_id != self.id:
            self.item = None
        self.id = contract_id
        self.data, self.around = found
        self._stored = self.data if contract_id is not None else None
        self.loaded.emit()
        self.compute()

    # -- changing --------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Something is filled in that is not in the file."""
        return self._saving or (self._stored is not None and self.data != self._stored)

    @property
    def stored_draft(self) -> bool:
        """The file has no more than a draft of it."""
        return self._stored is None or self._stored.is_draft

    def keep_draft(self) -> None:
        """Confirming was refused: go on as a draft, with everything that was filled in."""
        if self.data is not None:
            self.data = replace(self.data, is_draft=True)

    def change(self, operation: str = contracts.CHANGE, **values: Any) -> None:
        """Fill in fields, and save.

        Args:
            operation: how undo names it.
            values: fields of `ContractData`.
        """
        if self.data is None:
            return
        changed = replace(self.data, **values)
        if changed == self.data and self.id is not None:
            return
        self.data = changed
        self._operation = operation
        self.changed.emit()
        self._timer.start()
        self.save()

    def know(self, item: ItemWords) -> None:
        """Learn the words of an item whose price is about to be filled in."""
        if self.around is not None:
            self.around.items[item.id] = item

    def look_at(self, item_id: int | None) -> None:
        """Compute the example with another item."""
        if item_id != self.item:
            self.item = item_id
            self._timer.start()

    def standard(self) -> dict[int, UnitPrice]:
        """The items' own prices, where they have one."""
        items = self.around.items if self.around is not None else {}
        return {each.id: each.price for each in items.values() if each.price is not None}

    # -- computing and saving --------------------------------------------------------------------

    def compute(self) -> None:
        """The example line, off the main thread."""
        data, item = self.data, self.item
        if data is None:
            return
        if item is not None and all(price.item_id != item for price in data.prices):
            item = None

        def query(session: Session) -> Example:
            return example(session, data, item)

        self._ops.read(self, query, self.computed.emit, key="compute")

    def save(self) -> None:
        """Write what is filled in; while that runs, what comes after waits."""
        data = self.data
        if data is None:
            return
        if self._saving:
            self._again = True
            return
        self._saving = True
        contract_id = self.id

        def write(session: Session) -> int:
            if contract_id is None:
                return contracts.add(session, data)
            contracts.change(session, contract_id, data)
            return contract_id

        operation = contracts.ADD if contract_id is None else self._operation or contracts.CHANGE
        self._ops.write(operation, write, done=partial(self._wrote, data), failed=self._refused)

    def _wrote(self, data: ContractData, contract_id: int) -> None:
        self._saving = False
        self.id, self._stored = contract_id, data
        if self._again:
            self._again = False
            self.save()
            return
        self.saved.emit(contract_id)

    def _refused(self, failure: Exception) -> None:
        self._saving = self._again = False
        self.failed.emit(failure)
