"""Labels: words that the user puts on customers, to filter and to group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.customer import Customer, CustomerLabel, Label
from klantenapp.services.customers import customers
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.customers import FieldTooLong, LabelEmpty
from klantenapp.services.store import search
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

PUT: Final = register("customer.label", REVERSIBLE)
ADD: Final = register("label.add", REVERSIBLE)
RENAME: Final = register("label.rename", REVERSIBLE)
DELETE: Final = register("label.delete", REVERSIBLE)

#: Characters of a label.
LIMIT: Final = 40


@dataclass(frozen=True)
class LabelRow:
    """A label with the number of customers that carry it."""

    id: int
    name: str
    customers: int


def labels(session: Session) -> list[LabelRow]:
    """Every label, by name."""
    carried = (
        select(func.count())
        .select_from(CustomerLabel)
        .join(Customer, Customer.id == CustomerLabel.customer_id)
        .where(CustomerLabel.label_id == Label.id, Customer.merged_into_id.is_(None))
        .scalar_subquery()
    )
    rows = session.execute(select(Label.id, Label.name, carried).order_by(Label.name))
    return sorted((LabelRow(*row) for row in rows), key=lambda row: search.fold(row.name))


def of_customer(session: Session, customer_id: int) -> tuple[str, ...]:
    """Names of the labels that a customer carries."""
    names = session.scalars(
        select(Label.name)
        .join(CustomerLabel, CustomerLabel.label_id == Label.id)
        .where(CustomerLabel.customer_id == customer_id)
    )
    return tuple(sorted(names, key=search.fold))


def make(session: Session, name: str) -> int:
    """Add a label that nobody carries yet; one of that name is that label.

    Returns:
        Its id.

    Raises:
        LabelEmpty, FieldTooLong.
    """
    wanted = _clean(name)
    for known in labels(session):
        if search.fold(known.name) == search.fold(wanted):
            return known.id
    label = Label(name=wanted)
    session.add(label)
    session.flush()
    return label.id


def put(session: Session, customer_ids: Sequence[int], name: str) -> None:
    """Put a label on customers; an unknown one is made, case does not matter.

    Raises:
        LabelEmpty, FieldTooLong.
    """
    wanted = _clean(name)
    known = {search.fold(row.name): row.name for row in labels(session)}
    for customer_id in customer_ids:
        customers.add_labels(session, customer_id, (known.get(search.fold(wanted), wanted),))


def take(session: Session, customer_ids: Sequence[int], name: str) -> None:
    """Take a label off customers; the label itself stays."""
    for customer_id in customer_ids:
        left = tuple(each for each in of_customer(session, customer_id) if each != name)
        customers.set_labels(session, customer_id, left)


def rename(session: Session, label_id: int, name: str) -> None:
    """Give a label another name; where that exists already the two become one.

    Raises:
        NotFound, LabelEmpty, FieldTooLong.
    """
    label, wanted = _get(session, label_id), _clean(name)
    other = session.scalar(select(Label).where(Label.name == wanted, Label.id != label_id))
    if other is None:
        label.name = wanted
        return
    there = set(
        session.scalars(select(CustomerLabel.customer_id).where(CustomerLabel.label_id == other.id))
    )
    for link in session.scalars(select(CustomerLabel).where(CustomerLabel.label_id == label_id)):
        if link.customer_id in there:
            session.delete(link)
        else:
            link.label_id = other.id
    session.flush()
    session.delete(label)


def delete(session: Session, label_id: int) -> None:
    """Delete a label, and take it off every customer."""
    label = _get(session, label_id)
    for link in session.scalars(select(CustomerLabel).where(CustomerLabel.label_id == label_id)):
        session.delete(link)
    session.flush()
    session.delete(label)


def _get(session: Session, label_id: int) -> Label:
    label = session.get(Label, label_id)
    if label is None:
        raise NotFound("label", str(label_id))
    return label


def _clean(name: str) -> str:
    text = " ".join(name.split())
    if not text:
        raise LabelEmpty
    if len(text) > LIMIT:
        raise FieldTooLong(LIMIT)
    return text
