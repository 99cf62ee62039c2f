"""Where the goods of a document go, and whether paper says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, select

from klantenapp.models.customer import Address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.services.sales.calculating import CalculatedLine
    from klantenapp.services.sales.inputs import DraftInput


@dataclass(frozen=True)
class Place:
    """An address to choose from; kind is that of `addresses.KINDS`."""

    id: int
    kind: str
    text: str


def has_goods(lines: Iterable[CalculatedLine]) -> bool:
    """Whether anything is delivered; services go nowhere."""
    return any(line.nature == "goods" for line in lines)


def address(session: Session, draft: DraftInput, *, goods: bool) -> Address | None:
    """Where goods go: the chosen address, else the customer's first delivery address.

    Args:
        goods: whether there are any; without them only a chosen address counts.
    """
    if draft.delivery_address_id is not None:
        return session.get(Address, draft.delivery_address_id)
    if not goods or draft.customer_id is None:
        return None
    return session.scalar(
        select(Address)
        .where(Address.customer_id == draft.customer_id, Address.kind == "delivery")
        .order_by(Address.position, Address.id)
        .limit(1)
    )


def same_place(one: Address, other: Address | None) -> bool:
    """Whether two addresses say the same, so that one of them need not be printed."""
    if other is None:
        return False
    names = ("name", "street", "postal_code", "city", "country")
    return all((getattr(one, name) or "") == (getattr(other, name) or "") for name in names)


def places(session: Session, customer_id: int | None) -> tuple[Place, ...]:
    """Addresses of a customer that goods can go to, delivery addresses first."""
    first = case((Address.kind == "delivery", 0), (Address.kind == "invoice", 2), else_=1)
    rows = session.scalars(
        select(Address)
        .where(Address.customer_id == customer_id)
        .order_by(first, Address.position, Address.id)
    )
    return tuple(
        Place(
            row.id,
            row.kind,
            ", ".join(part for part in (row.name, row.street, row.city) if part) or row.country,
        )
        for row in rows
    )
