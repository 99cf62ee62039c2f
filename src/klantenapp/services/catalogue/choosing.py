"""Terms, methods, lists and items by the words that people use for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.catalogue import Item, PaymentMethod, PaymentTerm, PriceList
from klantenapp.services.catalogue import lists
from klantenapp.services.errors.agreements import PriceListIsDraft
from klantenapp.services.errors.base import NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def payment_term(session: Session, days: int) -> int:
    """Id of the plain payment term of so many days; made where there is none yet."""
    found = session.scalar(
        select(PaymentTerm.id)
        .where(
            PaymentTerm.days == days,
            PaymentTerm.end_of_month.is_(False),
            PaymentTerm.discount.is_(None),
        )
        .order_by(PaymentTerm.archived_at.is_not(None), PaymentTerm.id)
    )
    if found is not None:
        return found
    dutch, english = lists.term_names(days, end_of_month=False)
    term = PaymentTerm(name=dutch, name_en=english, days=days)
    session.add(term)
    session.flush()
    return term.id


def payment_method(session: Session, word: str) -> int:
    """Id of the payment method of that kind or name.

    Raises:
        NotFound: there is none.
    """
    found = session.scalar(
        select(PaymentMethod.id)
        .where((PaymentMethod.kind == word) | (PaymentMethod.name == word))
        .order_by(PaymentMethod.archived_at.is_not(None), PaymentMethod.id)
    )
    if found is None:
        raise NotFound("payment_method", word)
    return found


def price_list(session: Session, name: str) -> int:
    """Id of the price list of that name.

    Raises:
        NotFound: there is none.
        PriceListIsDraft: it prices nothing yet.
    """
    query = select(PriceList).where(PriceList.name == name)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("price_list", name)
    if found.is_draft:
        raise PriceListIsDraft(name)
    return found.id


def item(session: Session, code: str) -> int | None:
    """Id of the item under a code; None is a free text."""
    return session.scalar(select(Item.id).where(Item.code == code))
