"""Items from a table: planned first, then written whole or not at all; known by their code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.models.catalogue import Item, ItemGroup, TaxCode, Unit
from klantenapp.services.catalogue import items
from klantenapp.services.catalogue.items import ItemData
from klantenapp.services.errors.base import Refusal
from klantenapp.services.errors.imports import NumberTwice
from klantenapp.services.imports.planned import Change
from klantenapp.services.imports.result import ImportResult, RefusedLine
from klantenapp.services.store import bulk, search
from klantenapp.services.store.operations import register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import UnitPrice
    from klantenapp.services.imports.tabular import Record

IMPORT: Final = register("import.items", bulk.BY_BATCH)

#: What a file calls a tax code, and the code.
TAX: Final = {"21": "high", "9": "low", "0": "zero", "exempt": "exempt"}
_TEXTS: Final = ("name", "name_en", "unit", "group", "nature")


@dataclass(frozen=True, slots=True)
class Planned:
    """One row that comes in; item_id None is a new item, no changes is one that stays the same."""

    line: int
    data: ItemData
    item_id: int | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an import would do; see `imports.planned.CustomerPlan`."""

    read: int
    rows: tuple[Planned, ...]
    refused: tuple[RefusedLine, ...]

    @property
    def result(self) -> ImportResult:
        """Its counts."""
        new = sum(1 for row in self.rows if row.item_id is None)
        changed = sum(1 for row in self.rows if row.item_id is not None and row.changes)
        same = len(self.rows) - new - changed
        return ImportResult(self.read, new, changed, same, self.refused)


def plan(session: Session, records: Iterable[Record]) -> Plan:
    """Find out what each row would do, without writing."""
    known = _known(session)
    read = 0
    rows: list[Planned] = []
    refused: list[RefusedLine] = []
    lines: dict[str, int] = {}
    for record in records:
        read += 1
        wrong = list(record.refused)
        if not wrong:
            row, wrong = _row(record, known, lines)
            rows += [] if wrong or row is None else [row]
        refused += wrong
    return Plan(read, tuple(rows), tuple(refused))


def run(
    session: Session,
    records: Iterable[Record],
    file_name: str,
    file_digest: str,
    *,
    skip_refused: bool = False,
    left_out: frozenset[int] = frozenset(),
) -> ImportResult:
    """Bring items in, as one batch that can be undone; see `imports.customers.run`."""
    planned = plan(session, records)
    if planned.refused and not skip_refused:
        return replace(planned.result, created=0, updated=0)
    rows = [row for row in planned.rows if row.line not in left_out]
    counted = replace(planned, rows=tuple(rows)).result
    result = replace(counted, skipped=counted.skipped + len(planned.rows) - len(rows))
    new = [row.data for row in rows if row.item_id is None]
    changed = [row for row in rows if row.item_id is not None and row.changes]
    if new or changed:
        with bulk.batch(session, "items", file_name, file_digest) as batch:
            _insert(session, batch, new)
            for row in changed:
                names = {change.field for change in row.changes}
                values = {name: getattr(row.data, name) for name in names}
                items.change(session, row.item_id or 0, values)
    return result


def _known(session: Session) -> dict[str, tuple[int, ItemData]]:
    """Every item by its code, in one query."""
    query = (
        select(
            Item.id,
            Item.code,
            Item.name,
            Item.name_en,
            Item.description,
            Item.description_en,
            Unit.name.label("unit"),
            ItemGroup.name.label("group"),
            TaxCode.code.label("tax"),
            Item.nature,
            Item.price,
        )
        .join(TaxCode, TaxCode.id == Item.tax_code_id)
        .outerjoin(Unit, Unit.id == Item.unit_id)
        .outerjoin(ItemGroup, ItemGroup.id == Item.item_group_id)
    )
    found: dict[str, tuple[int, ItemData]] = {}
    for row in session.execute(query).mappings():
        values: dict[str, Any] = dict(row)
        item_id = values.pop("id")
        found[values["code"]] = (item_id, ItemData(**values))
    return found


def _row(
    record: Record, known: dict[str, tuple[int, ItemData]], lines: dict[str, int]
) -> tuple[Planned | None, list[RefusedLine]]:
    values: dict[str, Any] = dict(record.values)
    if "tax" in values:
        values["tax"] = TAX[values["tax"]]
    code = values["code"]
    problem: Refusal | None = None
    if code in lines:
        problem = NumberTwice(code, lines[code])
    lines.setdefault(code, record.line)
    item_id, current = known.get(code, (None, None))
    data = ItemData(**values) if current is None else replace(current, **values)
    try:
        items.clean(data)
    except Refusal as refusal:
        problem = problem or refusal
    if problem:
        return None, [RefusedLine(record.line, problem.field or "code", problem)]
    changes = _changes(current, data) if current else ()
    return Planned(record.line, data, item_id, changes), []


def _changes(current: ItemData, data: ItemData) -> tuple[Change, ...]:
    return tuple(
        Change(name, _shown(getattr(current, name)), _shown(getattr(data, name)) or "")
        for name in (*_TEXTS, "tax", "price")
        if getattr(current, name) != getattr(data, name)
    )


def _shown(value: str | UnitPrice | None) -> str | None:
    return None if value is None else str(value)


def _insert(session: Session, batch: bulk.Batch, rows: list[ItemData]) -> None:
    if not rows:
        return
    codes = dict(session.execute(select(TaxCode.code, TaxCode.id)).all())
    units = _named(session, Unit, {row.unit for row in rows})
    groups = _named(session, ItemGroup, {row.group for row in rows})
    batch.add(
        "item",
        [
            {
                "code": row.code,
                "name": row.name,
                "name_en": row.name_en,
                "nature": row.nature,
                "price": row.price,
                "unit_id": units.get(row.unit),
                "item_group_id": groups.get(row.group),
                "tax_code_id": codes[row.tax],
                "sort_name": search.fold(row.name),
                "search": search.folded(row.code, row.name, row.name_en, row.group),
            }
            for row in map(items.clean, rows)
        ],
    )


def _named(
    session: Session, model: type[Unit | ItemGroup], names: set[str | None]
) -> dict[str | None, int]:
    """Ids of units or groups by name; those that are not there are made."""
    found: dict[str | None, int] = dict(session.execute(select(model.name, model.id)).all())
    made = [model(name=name) for name in sorted(filter(None, names)) if name not in found]
    session.add_all(made)
    session.flush()
    return found | {row.name: row.id for row in made}
