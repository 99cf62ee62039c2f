"""The prices of a list from a table: planned first, then written whole or not at all.

A row is known by the code of its item and the quantity from which it holds. Prices on the list that
the file does not name stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.catalogue import Item, ListPrice
from klantenapp.models.values import Quantity, UnitPrice
from klantenapp.services.catalogue import price_lists
from klantenapp.services.errors.agreements import PriceNegative, QuantityNegative, TierTwice
from klantenapp.services.errors.base import NotFound, Refusal
from klantenapp.services.imports.planned import Change
from klantenapp.services.imports.result import ImportResult, RefusedLine
from klantenapp.services.store import bulk
from klantenapp.services.store.operations import register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.services.imports.tabular import Record

IMPORT: Final = register("import.prices", bulk.BY_BATCH)

_ALWAYS: Final = Quantity(0)
_Key = tuple[int, Quantity]


@dataclass(frozen=True, slots=True)
class PlannedPrice:
    """One row that comes in.

    Attributes:
        line: in the file.
        before: own price on the list now; None is a new row.
        changes: what becomes different; of a known row none means that it is skipped.
    """

    line: int
    item_id: int
    code: str
    name: str
    min_quantity: Quantity
    price: UnitPrice
    before: UnitPrice | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class PricePlan:
    """What an import would do; see `imports.planned.CustomerPlan`."""

    read: int
    rows: tuple[PlannedPrice, ...]
    refused: tuple[RefusedLine, ...]
    skipped: int = 0

    @property
    def result(self) -> ImportResult:
        """Its counts; rows without a price are skipped, as those that are the same already."""
        new = sum(1 for row in self.rows if row.before is None)
        changed = sum(1 for row in self.rows if row.before is not None and row.changes)
        same = len(self.rows) - new - changed + self.skipped
        return ImportResult(self.read, new, changed, same, self.refused)


def plan(session: Session, records: Iterable[Record], list_id: int) -> PricePlan:
    """Find out what each row would do to a list, without writing.

    Raises:
        NotFound: there is no such list.
    """
    price_lists.get(session, list_id)
    items = {row.code: (row.id, row.name) for row in session.execute(_ITEMS)}
    there = {
        (row.item_id, row.min_quantity): row.price
        for row in session.execute(_PRICES.where(ListPrice.price_list_id == list_id))
    }
    rows: dict[_Key, PlannedPrice] = {}
    refused: list[RefusedLine] = []
    read = skipped = 0
    for record in records:
        read += 1
        if record.refused:
            refused += record.refused
        elif "price" not in record.values:
            skipped += 1
        else:
            try:
                row = _row(record, items, there)
                _require_new(row, rows)
                rows[row.item_id, row.min_quantity] = row
            except Refusal as problem:
                refused.append(RefusedLine(record.line, _at(problem), problem))
    return PricePlan(read, tuple(rows.values()), tuple(refused), skipped)


def run(
    session: Session,
    records: Iterable[Record],
    list_id: int,
    file: tuple[str, str],
    *,
    skip_refused: bool = False,
    left_out: frozenset[int] = frozenset(),
) -> ImportResult:
    """Bring prices in, as one batch that can be undone.

    Args:
        file: its name and its digest.
        skip_refused: take the rest where a line is refused; else nothing is written.
        left_out: lines that the user left out.
    """
    planned = plan(session, records, list_id)
    if planned.refused and not skip_refused:
        return replace(planned.result, created=0, updated=0)
    rows = tuple(row for row in planned.rows if row.line not in left_out)
    kept = replace(planned, rows=rows, skipped=planned.skipped + len(planned.rows) - len(rows))
    new = [row for row in rows if row.before is None]
    changed = {
        (row.item_id, row.min_quantity): row.price
        for row in rows
        if row.before is not None and row.changes
    }
    if new or changed:
        with bulk.batch(session, "prices", *file) as batch:
            batch.add(
                "list_price",
                [
                    {
                        "price_list_id": list_id,
                        "item_id": row.item_id,
                        "min_quantity": row.min_quantity,
                        "price": row.price,
                    }
                    for row in new
                ],
            )
            _change(session, list_id, changed)
    return kept.result


_ITEMS: Final = select(Item.id, Item.code, Item.name)
_PRICES: Final = select(ListPrice.item_id, ListPrice.min_quantity, ListPrice.price)


def _row(
    record: Record, items: dict[str, tuple[int, str]], there: dict[_Key, UnitPrice]
) -> PlannedPrice:
    code = record.text("code") or ""
    if code not in items:
        raise NotFound("item", code)
    item_id, name = items[code]
    price, quantity = record.values["price"], record.values.get("min_quantity", _ALWAYS)
    if not isinstance(price, UnitPrice) or not isinstance(quantity, Quantity):
        raise TypeError(record)
    if price.units < 0:
        raise PriceNegative(code)
    if quantity.units < 0:
        raise QuantityNegative(code)
    before = there.get((item_id, quantity))
    changes: tuple[Change, ...] = ()
    if before is not None and before != price:
        changes = (Change("price", str(before), str(price)),)
    return PlannedPrice(record.line, item_id, code, name, quantity, price, before, changes)


def _require_new(row: PlannedPrice, rows: dict[_Key, PlannedPrice]) -> None:
    if (row.item_id, row.min_quantity) in rows:
        raise TierTwice(row.code, row.min_quantity)


def _at(problem: Refusal) -> str:
    """The field of the file that a problem is about."""
    if isinstance(problem, QuantityNegative | TierTwice):
        return "min_quantity"
    return "price" if isinstance(problem, PriceNegative) else "code"


def _change(session: Session, list_id: int, changed: dict[_Key, UnitPrice]) -> None:
    for row in session.scalars(select(ListPrice).where(ListPrice.price_list_id == list_id)):
        price = changed.get((row.item_id, row.min_quantity))
        if price is not None:
            row.price = price
