"""What a report is asked for, and the words in which its filters are told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.customer import Customer, CustomerLabel, Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a report is asked for; None is everything, or today.

    Attributes:
        start, end: period, both days included.
        as_of: the day that it looks from.
        customer_id: of one customer alone.
        group_id: of the customers who carry one label.
        part: what a row of another report stood for: ("item", id or None), ("item_group", id or
            None), ("box", "1a") or ("whole", None); only the list of documents goes by it.
        vat_basis: "invoice" or "receipt" for the tax return; None is the business's own.
        named: operation -> its label in the language of the interface.
    """

    as_of: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    customer_id: int | None = None
    group_id: int | None = None
    part: tuple[str, int | str | None] | None = None
    vat_basis: str | None = None
    named: Callable[[str], str] = str

    def on(self, day: dt.date) -> Wanted:
        """The same question as it stood on a day, over all of history."""
        return replace(self, as_of=day, start=None, end=None)

    def within(self, column: Any) -> list[ColumnElement[bool]]:
        """Conditions that a day lies in the period."""
        found: list[ColumnElement[bool]] = []
        if self.start is not None:
            found.append(column >= self.start)
        if self.end is not None:
            found.append(column <= self.end)
        return found

    def of(self, column: Any) -> list[ColumnElement[bool]]:
        """Conditions that a customer's id is among those that are asked for."""
        return among(column, self.customer_id, self.group_id)


def among(column: Any, customer_id: int | None, group_id: int | None) -> list[ColumnElement[bool]]:
    """Conditions that an id is of one customer, and of one who carries a label."""
    found: list[ColumnElement[bool]] = []
    if customer_id is not None:
        found.append(column == customer_id)
    if group_id is not None:
        carriers = select(CustomerLabel.customer_id).where(CustomerLabel.label_id == group_id)
        found.append(column.in_(carriers))
    return found


def members(session: Session, wanted: Wanted) -> set[int] | None:
    """Ids of the customers that are asked for; None is all of them."""
    conditions = wanted.of(Customer.id)
    return set(session.scalars(select(Customer.id).where(*conditions))) if conditions else None


def told(
    session: Session, wanted: Wanted, *, as_of: bool = False, period: bool = False
) -> tuple[tuple[str, str], ...]:
    """The filters in words: the day or the period, and the customer and label where there are."""
    found = []
    if as_of:
        found.append((_("As of"), i18n.date(wanted.as_of)))
    if period:
        found.append((_("Period"), period_words(wanted.start, wanted.end)))
    if wanted.customer_id is not None:
        name = session.scalar(select(Customer.name).where(Customer.id == wanted.customer_id))
        found.append((_("Customer"), name or ""))
    if wanted.group_id is not None:
        name = session.scalar(select(Label.name).where(Label.id == wanted.group_id))
        found.append((_("Label"), name or ""))
    return tuple(found)


def period_words(start: dt.date | None, end: dt.date | None) -> str:
    """A period in words: both days, one of them, or all of history."""
    if start is not None and end is not None:
        return _("{first} through {last}").format(first=i18n.date(start), last=i18n.date(end))
    if start is not None:
        return _("from {first}").format(first=i18n.date(start))
    if end is not None:
        return _("through {last}").format(last=i18n.date(end))
    return _("all of history")
