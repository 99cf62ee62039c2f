"""Lists that the user edits: payment terms, payment methods, units, item groups.

What is used is archived, never deleted: it stays where it is chosen and is not offered any more.
A unit or group has nothing but its name: it is renamed, and renaming to a name that exists makes
the two one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from klantenapp.models.base import Base
from klantenapp.models.business import Business
from klantenapp.models.catalogue import Item, ItemGroup, PaymentMethod, PaymentTerm, Unit
from klantenapp.models.contract import ContractGroupDiscount
from klantenapp.models.values import Percent
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.lists import (
    ChoiceInUse,
    ChoiceIsDefault,
    ChoiceNameMissing,
    ChoiceNameTaken,
    TermDaysWrong,
    TermDiscountIncomplete,
    TermTaken,
)
from klantenapp.services.store import clock, search
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

ADD: Final = register("choice.add", REVERSIBLE)
CHANGE: Final = register("choice.change", REVERSIBLE)
ARCHIVE: Final = register("choice.archive", REVERSIBLE)
RESTORE: Final = register("choice.restore", REVERSIBLE)
DELETE: Final = register("choice.delete", REVERSIBLE)

#: The longest term, in days.
LONGEST: Final = 365
_WHOLE: Final = 10_000

Kept = PaymentTerm | PaymentMethod
Named = Unit | ItemGroup
Noun = type[PaymentTerm] | type[PaymentMethod] | type[Unit] | type[ItemGroup]
NOUNS: Final[dict[str, Noun]] = {
    "payment_term": PaymentTerm,
    "payment_method": PaymentMethod,
    "unit": Unit,
    "item_group": ItemGroup,
}
#: Column of the business that names its default.
_DEFAULTS: Final = {"payment_term": "payment_term_id", "payment_method": "payment_method_id"}


@dataclass(frozen=True, kw_only=True)
class TermData:
    """A payment term as it is filled in.

    Attributes:
        name, name_en: None takes the words for the days: "30 dagen", "30 days".
        discount, discount_days: early-payment discount; both or neither.
    """

    days: int
    end_of_month: bool = False
    discount: Percent | None = None
    discount_days: int | None = None
    name: str | None = None
    name_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class MethodData:
    """A payment method as it is filled in."""

    kind: str
    name: str
    name_en: str | None = None


@dataclass(frozen=True)
class ListRow:
    """One choice of a list.

    Attributes:
        uses: records that have chosen it.
        is_default: of the business.
        days, end_of_month, discount, discount_days: of a payment term.
        kind: of a payment method.
    """

    id: int
    name: str
    name_en: str | None
    uses: int
    archived: bool = False
    is_default: bool = False
    days: int | None = None
    end_of_month: bool = False
    discount: Percent | None = None
    discount_days: int | None = None
    kind: str = ""


def rows(session: Session, noun: str) -> list[ListRow]:
    """Every choice of a list: terms by their days, the others by name, archived ones last."""
    model = NOUNS[noun]
    uses = _uses(session, noun)
    business = session.get(Business, 1)
    default = getattr(business, _DEFAULTS[noun]) if business and noun in _DEFAULTS else None
    found = [_row(each, uses, default) for each in session.scalars(select(model))]
    return sorted(found, key=_order)


def add_term(session: Session, data: TermData) -> int:
    """Add a payment term.

    Raises:
        TermDaysWrong, TermDiscountIncomplete, TermTaken.
    """
    row = PaymentTerm(**_term(session, data, None))
    session.add(row)
    session.flush()
    return row.id


def change_term(session: Session, term_id: int, data: TermData) -> None:
    """Change a payment term; issued documents keep the days that they were issued with."""
    row = _get(session, "payment_term", term_id)
    for name, value in _term(session, data, term_id).items():
        setattr(row, name, value)


def add_method(session: Session, data: MethodData) -> int:
    """Add a payment method.

    Raises:
        ChoiceNameMissing, ChoiceNameTaken.
    """
    row = PaymentMethod(**_method(session, data, None))
    session.add(row)
    session.flush()
    return row.id


def change_method(session: Session, method_id: int, data: MethodData) -> None:
    """Change a payment method."""
    row = _get(session, "payment_method", method_id)
    for name, value in _method(session, data, method_id).items():
        setattr(row, name, value)


def add_named(session: Session, noun: str, name: str, name_en: str | None = None) -> int:
    """Add a unit or a group.

    Raises:
        ChoiceNameMissing, ChoiceNameTaken.
    """
    wanted = _name(name)
    _require_free(session, NOUNS[noun], wanted, None)
    row: Any = NOUNS[noun](name=wanted)
    if noun == "unit":
        row.name_en = _optional(name_en)
    session.add(row)
    session.flush()
    return int(row.id)


def rename(session: Session, noun: str, row_id: int, name: str, name_en: str | None = None) -> int:
    """Give a unit or a group another name; a name that exists makes the two one.

    Returns:
        Id of the one that stays.

    Raises:
        NotFound, ChoiceNameMissing.
    """
    row = _get(session, noun, row_id)
    wanted = _name(name)
    other = _of_name(session, NOUNS[noun], wanted, row_id)
    if other is None:
        row.name = wanted
        if noun == "unit":
            row.name_en = _optional(name_en)
        _index_items(session, noun, row_id)
        return row_id
    _move(session, noun, row_id, other)
    session.flush()
    session.delete(row)
    return other


def archive(session: Session, noun: str, row_id: int) -> None:
    """Offer it no more; what has chosen it keeps it.

    Raises:
        ChoiceIsDefault: the business itself uses it; choose another default first.
    """
    row = _get(session, noun, row_id)
    _require_no_default(session, noun, row_id, row.name)
    row.archived_at = clock.now()


def restore(session: Session, noun: str, row_id: int) -> None:
    """Offer it again."""
    _get(session, noun, row_id).archived_at = None


def delete(session: Session, noun: str, row_id: int) -> None:
    """Delete what nothing uses.

    Raises:
        ChoiceInUse: archive or rename it instead.
        ChoiceIsDefault.
    """
    row = _get(session, noun, row_id)
    _require_no_default(session, noun, row_id, row.name)
    uses = _uses(session, noun).get(row_id, 0)
    if uses:
        raise ChoiceInUse(row.name, uses)
    session.delete(row)


# --- inside ---------------------------------------------------------------------------------


def _row(each: Any, uses: dict[int, int], default: int | None) -> ListRow:
    row = ListRow(
        each.id,
        each.name,
        getattr(each, "name_en", None),
        uses.get(each.id, 0),
        getattr(each, "archived_at", None) is not None,
        each.id == default,
    )
    if isinstance(each, PaymentTerm):
        return replace(
            row,
            days=each.days,
            end_of_month=each.end_of_month,
            discount=each.discount,
            discount_days=each.discount_days,
        )
    return replace(row, kind=each.kind) if isinstance(each, PaymentMethod) else row


def _order(row: ListRow) -> tuple[bool, int, bool, str]:
    return row.archived, row.days or 0, row.end_of_month, search.fold(row.name)


def _uses(session: Session, noun: str) -> dict[int, int]:
    """How many records have chosen each row of a list; every foreign key to it counts."""
    found: dict[int, int] = {}
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name != noun:
                continue
            counted = select(key.parent, func.count()).where(key.parent.is_not(None))
            for row_id, number in session.execute(counted.group_by(key.parent)):
                found[row_id] = found.get(row_id, 0) + number
    return found


def _get(session: Session, noun: str, row_id: int) -> Any:
    row = session.get(NOUNS[noun], row_id)
    if row is None:
        raise NotFound(noun, str(row_id))
    return row


def _term(session: Session, data: TermData, term_id: int | None) -> dict[str, Any]:
    if not 0 <= data.days <= LONGEST:
        raise TermDaysWrong(LONGEST)
    has_discount = data.discount is not None and data.discount.points > 0
    if has_discount != (data.discount_days is not None):
        raise TermDiscountIncomplete
    if has_discount and not (
        0 <= (data.discount_days or 0) <= data.days
        and (data.discount or Percent(0)).points < _WHOLE
    ):
        raise TermDiscountIncomplete
    values: dict[str, Any] = {
        "days": data.days,
        "end_of_month": data.end_of_month,
        "discount": data.discount if has_discount else None,
        "discount_days": data.discount_days if has_discount else None,
    }
    same: list[ColumnElement[bool]] = [
        getattr(PaymentTerm, name).is_not_distinct_from(value) for name, value in values.items()
    ]
    other = session.execute(
        select(PaymentTerm.id, PaymentTerm.name).where(*same).limit(1)
    ).one_or_none()
    if other is not None and other.id != term_id:
        raise TermTaken(other.name)
    names = term_names(data.days, end_of_month=data.end_of_month)
    values["name"] = _optional(data.name) or names[0]
    values["name_en"] = _optional(data.name_en) or (names[1] if not data.name else None)
    return values


def term_names(days: int, *, end_of_month: bool) -> tuple[str, str]:
    """Words for a term, Dutch and English."""
    if days == 0 and not end_of_month:
        return "Direct betalen", "Payable now"
    dutch = f"{days} {'dag' if days == 1 else 'dagen'}"
    english = f"{days} {'day' if days == 1 else 'days'}"
    if end_of_month:
        return f"{dutch}, einde maand", f"{english}, end of month"
    return dutch, english


def _method(session: Session, data: MethodData, method_id: int | None) -> dict[str, Any]:
    name = _name(data.name)
    _require_free(session, PaymentMethod, name, method_id)
    return {"kind": data.kind, "name": name, "name_en": _optional(data.name_en)}


def _name(name: str) -> str:
    text = " ".join((name or "").split())
    if not text:
        raise ChoiceNameMissing
    return text


def _optional(name: str | None) -> str | None:
    return " ".join((name or "").split()) or None


def _of_name(session: Session, model: Noun, name: str, row_id: int | None) -> int | None:
    """Id of another row of that name; case does not matter."""
    wanted = search.fold(name)
    for other_id, other in session.execute(select(model.id, model.name)):
        if other_id != row_id and search.fold(other) == wanted:
            return int(other_id)
    return None


def _require_free(session: Session, model: Noun, name: str, row_id: int | None) -> None:
    if _of_name(session, model, name, row_id) is not None:
        raise ChoiceNameTaken(name)


def _require_no_default(session: Session, noun: str, row_id: int, name: str) -> None:
    business = session.get(Business, 1)
    if business and noun in _DEFAULTS and getattr(business, _DEFAULTS[noun]) == row_id:
        raise ChoiceIsDefault(name)


def _move(session: Session, noun: str, row_id: int, other: int) -> None:
    """Everything that has chosen one unit or group chooses the other."""
    column = f"{noun}_id"
    for item in session.scalars(select(Item).where(getattr(Item, column) == row_id)):
        setattr(item, column, other)
    if noun == "item_group":
        held = set(
            session.scalars(
                select(ContractGroupDiscount.contract_id).where(
                    ContractGroupDiscount.item_group_id == other
                )
            )
        )
        for discount in session.scalars(
            select(ContractGroupDiscount).where(ContractGroupDiscount.item_group_id == row_id)
        ):
            if discount.contract_id in held:
                session.delete(discount)
            else:
                discount.item_group_id = other
        session.flush()
    _index_items(session, noun, other)


def _index_items(session: Session, noun: str, row_id: int) -> None:
    """The search text of items has the name of their group."""
    if noun != "item_group":
        return
    session.flush()
    group = session.get_one(ItemGroup, row_id)
    for item in session.scalars(select(Item).where(Item.item_group_id == row_id)):
        item.search = search.folded(item.code, item.name, item.name_en, group.name)
