"""Items: added, changed, archived, found while typing."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.catalogue import Item, ItemGroup, ListPrice, TaxCode, TaxRate, Unit
from klantenapp.models.contract import Contract, ContractPrice
from klantenapp.models.document import DocumentLine, RecurringLine
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.items import (
    ItemCodeMissing,
    ItemCodeTaken,
    ItemInUse,
    ItemNameMissing,
    ItemPriceNegative,
)
from klantenapp.services.store import clock, search
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent, UnitPrice

ADD: Final = register("item.add", REVERSIBLE)
CHANGE: Final = register("item.change", REVERSIBLE)
DUPLICATE: Final = register("item.duplicate", REVERSIBLE)
ARCHIVE: Final = register("item.archive", REVERSIBLE)
RESTORE: Final = register("item.restore", REVERSIBLE)
DELETE: Final = register("item.delete", REVERSIBLE)


@dataclass(frozen=True, kw_only=True)
class ItemData:
    """What is filled in of an item; the price is without tax.

    Attributes:
        unit, group: by name; unknown ones are made.
        nature: goods or service.
        tax: code of the tax code: high, low, zero, exempt or the user's own.
    """

    code: str
    name: str
    name_en: str | None = None
    description: str | None = None
    description_en: str | None = None
    unit: str | None = None
    group: str | None = None
    tax: str = "high"
    nature: str = "service"
    price: UnitPrice | None = None


@dataclass(frozen=True)
class ItemRow:
    """One item in a list.

    Attributes:
        tax_percent: rate of today; None where exempt.
        lists: on how many price lists it has its own price.
    """

    id: int
    code: str
    name: str
    name_en: str | None
    unit: str | None
    group: str | None
    tax: str
    tax_percent: Percent | None
    nature: str
    price: UnitPrice | None
    lists: int
    archived: bool


@dataclass(frozen=True)
class Filter:
    """Which items to list.

    Attributes:
        status: all, service, goods or archived.
        group_id, tax: narrow it down; without_english: items whose English name is empty;
            priced: items with a price on a list or in a contract.
    """

    status: str = "all"
    text: str = ""
    group_id: int | None = None
    tax: str | None = None
    without_english: bool = False
    priced: bool = False


#: Code of the first item; what follows counts on.
FIRST_CODE: Final = "100"
_SAME: Final = ("code", "name", "name_en", "description", "description_en", "nature", "price")


def add(session: Session, data: ItemData) -> int:
    """Add an item.

    Returns:
        Its id.

    Raises:
        ItemCodeMissing, ItemNameMissing, ItemCodeTaken, ItemPriceNegative, NotFound (tax code).
    """
    cleaned = clean(data)
    _require_free(session, cleaned.code, None)
    item = Item(sort_name="", search="", tax_code_id=_tax_code(session, cleaned.tax))
    _fill(session, item, cleaned)
    session.add(item)
    session.flush()
    return item.id


def change(session: Session, item_id: int, values: dict[str, Any]) -> None:
    """Change fields of an item, named as in `ItemData`; issued documents keep what they say."""
    item = get(session, item_id)
    cleaned = clean(replace(data_of(session, item), **values))
    _require_free(session, cleaned.code, item_id)
    item.tax_code_id = _tax_code(session, cleaned.tax)
    _fill(session, item, cleaned)
    session.flush()


def duplicate(session: Session, item_id: int, name: str) -> int:
    """Add an item that is the same but for its name, under the next free code.

    Returns:
        Its id.
    """
    data = data_of(session, get(session, item_id))
    return add(session, replace(data, code=next_code(session, data.code), name=name))


def next_code(session: Session, after: str | None = None) -> str:
    """A free code that counts on: "O-200" gives "O-201".

    Args:
        after: code to count on from; None is that of the newest item.
    """
    code = after or session.scalar(select(Item.code).order_by(Item.id.desc()).limit(1))
    if code is None:
        return FIRST_CODE
    taken = set(session.scalars(select(Item.code)))
    found = re.search(r"\d+$", code)
    stem, digits = (code[: found.start()], found.group()) if found else (f"{code}-", "1")
    number = int(digits) + 1
    while (wanted := f"{stem}{number:0{len(digits)}d}") in taken:
        number += 1
    return wanted


def data_of(session: Session, item: Item) -> ItemData:
    """The item as it is filled in."""
    unit = session.get(Unit, item.unit_id) if item.unit_id else None
    group = session.get(ItemGroup, item.item_group_id) if item.item_group_id else None
    return ItemData(
        **{name: getattr(item, name) for name in _SAME},
        unit=unit.name if unit else None,
        group=group.name if group else None,
        tax=session.get_one(TaxCode, item.tax_code_id).code,
    )


def archive(session: Session, item_id: int) -> None:
    """Put an item out of sight; documents and lists keep it."""
    get(session, item_id).archived_at = clock.now()


def restore(session: Session, item_id: int) -> None:
    """Bring an archived item back."""
    get(session, item_id).archived_at = None


def delete(session: Session, item_id: int) -> None:
    """Delete an item that nothing uses.

    Raises:
        ItemInUse: archive it instead.
    """
    item = get(session, item_id)
    for model in (DocumentLine, RecurringLine, ListPrice, ContractPrice):
        if session.scalar(select(model.id).where(model.item_id == item_id).limit(1)) is not None:
            raise ItemInUse(item.name)
    session.delete(item)


def get(session: Session, item_id: int) -> Item:
    """The item by id.

    Raises:
        NotFound.
    """
    item = session.get(Item, item_id)
    if item is None:
        raise NotFound("item", str(item_id))
    return item


def list_ids(session: Session, wanted: Filter, sort: tuple[str, bool]) -> array[int]:
    """Ids of the items, in order; sort by code, name, group, unit or price."""
    key, descending = sort
    column: Any = {
        "code": Item.code,
        "name": Item.sort_name,
        "group": ItemGroup.name,
        "unit": Unit.name,
        "price": Item.price,
    }[key]
    query = (
        select(Item.id)
        .outerjoin(Unit, Unit.id == Item.unit_id)
        .outerjoin(ItemGroup, ItemGroup.id == Item.item_group_id)
        .join(TaxCode, TaxCode.id == Item.tax_code_id)
        .where(*_matching(wanted))
        .order_by(column.desc() if descending else column, Item.sort_name, Item.id)
    )
    return array("q", session.scalars(query))


def counts(session: Session, wanted: Filter) -> dict[str, int]:
    """How many items each quick filter shows."""
    found = {}
    for status in ("all", "service", "goods", "archived"):
        narrowed = replace(wanted, status=status)
        query = (
            select(func.count())
            .select_from(Item)
            .join(TaxCode, TaxCode.id == Item.tax_code_id)
            .where(*_matching(narrowed))
        )
        found[status] = session.scalar(query) or 0
    return found


def list_rows(session: Session, ids: Sequence[int], today: dt.date) -> list[ItemRow]:
    """The rows of these items, in any order."""
    lists = (
        select(func.count(ListPrice.price_list_id.distinct()))
        .where(ListPrice.item_id == Item.id)
        .scalar_subquery()
    )
    rate = (
        select(TaxRate.percent)
        .where(
            TaxRate.tax_code_id == TaxCode.id,
            TaxRate.valid_from <= today,
            TaxRate.valid_to.is_(None) | (TaxRate.valid_to >= today),
        )
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Item.id,
            Item.code,
            Item.name,
            Item.name_en,
            Unit.name.label("unit"),
            ItemGroup.name.label("group"),
            TaxCode.code.label("tax"),
            rate.label("tax_percent"),
            Item.nature,
            Item.price,
            lists.label("lists"),
            Item.archived_at.is_not(None).label("archived"),
        )
        .join(TaxCode, TaxCode.id == Item.tax_code_id)
        .outerjoin(Unit, Unit.id == Item.unit_id)
        .outerjoin(ItemGroup, ItemGroup.id == Item.item_group_id)
        .where(Item.id.in_(ids))
    )
    return [ItemRow(**row) for row in rows.mappings()]


def tax_percents(session: Session, today: dt.date) -> dict[str, Percent | None]:
    """Rate of a day per tax code; None where it has none."""
    rate = (TaxRate.valid_from <= today) & (
        TaxRate.valid_to.is_(None) | (TaxRate.valid_to >= today)
    )
    query = select(TaxCode.code, TaxRate.percent).outerjoin(
        TaxRate, (TaxRate.tax_code_id == TaxCode.id) & rate
    )
    return {row.code: row.percent for row in session.execute(query)}


def _matching(wanted: Filter) -> list[ColumnElement[bool]]:
    archived = wanted.status == "archived"
    found: list[ColumnElement[bool]] = [
        Item.archived_at.is_not(None) if archived else Item.archived_at.is_(None),
        *search.contains(Item.search, wanted.text),
    ]
    if wanted.status in {"service", "goods"}:
        found.append(Item.nature == wanted.status)
    if wanted.group_id is not None:
        found.append(Item.item_group_id == wanted.group_id)
    if wanted.tax is not None:
        found.append(TaxCode.code == wanted.tax)
    if wanted.without_english:
        found.append(Item.name_en.is_(None))
    if wanted.priced:
        agreed = (
            select(ContractPrice.item_id)
            .join(Contract, Contract.id == ContractPrice.contract_id)
            .where(Contract.is_draft.is_(False))
        )
        listed = select(ListPrice.item_id)
        found.append(Item.id.in_(listed) | Item.id.in_(agreed))
    return found


def clean(data: ItemData) -> ItemData:
    """Trim.

    Raises:
        ItemCodeMissing, ItemNameMissing, ItemPriceNegative.
    """
    values: dict[str, Any] = {}
    for field in fields(data):
        value = getattr(data, field.name)
        values[field.name] = (value.strip() or None) if isinstance(value, str) else value
    if not values["code"]:
        raise ItemCodeMissing
    if not values["name"]:
        raise ItemNameMissing
    if data.price is not None and data.price.units < 0:
        raise ItemPriceNegative
    return ItemData(**values)


def _fill(session: Session, item: Item, data: ItemData) -> None:
    for name in _SAME:
        setattr(item, name, getattr(data, name))
    item.unit_id = _named(session, Unit, data.unit)
    item.item_group_id = _named(session, ItemGroup, data.group)
    item.sort_name = search.fold(data.name)
    item.search = search.folded(data.code, data.name, data.name_en, data.group)


def _named(session: Session, model: type[Unit | ItemGroup], name: str | None) -> int | None:
    """Id of the unit or group of that name; made where there is none."""
    if name is None:
        return None
    found = session.scalar(select(model.id).where(model.name == name))
    if found is not None:
        return found
    made = model(name=name)
    session.add(made)
    session.flush()
    return made.id


def _tax_code(session: Session, code: str) -> int:
    found = session.scalar(select(TaxCode.id).where(TaxCode.code == code))
    if found is None:
        raise NotFound("tax_code", code)
    return found


def _require_free(session: Session, code: str, item_id: int | None) -> None:
    other = session.execute(select(Item.id, Item.name).where(Item.code == code)).one_or_none()
    if other is not None and other.id != item_id:
        raise ItemCodeTaken(code, other.name)
