"""How much a customer may owe: the customer's own limit, else that of the business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from klantenapp.models.customer import Customer
from klantenapp.models.values import Money
from klantenapp.services.customers.terms import Level
from klantenapp.services.store import settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: In cents, for customers without a limit of their own; 0 is none.
LIMIT: Final = settings.Key("credit.limit_cents", default=0)
#: Passing a limit blocks issuing, unless the customer says otherwise.
BLOCK_AT_LIMIT: Final = settings.Key("credit.block_at_limit", default=False)


@dataclass(frozen=True)
class CreditTerms:
    """What a customer may owe, and what happens beyond it.

    Attributes:
        limit: None is as much as they like. level: where it comes from.
        business_limit: what holds without an own limit.
        blocks: passing it stops the invoice. business_blocks: without an own choice.
    """

    limit: Money | None
    level: Level
    business_limit: Money | None
    blocks: bool
    business_blocks: bool


def business_limit(session: Session) -> Money | None:
    """Limit of customers without one of their own."""
    cents = settings.read(session, LIMIT)
    return Money(cents) if cents > 0 else None


def terms(session: Session, customer_id: int) -> CreditTerms:
    """The limit that holds for a customer, and where it comes from."""
    customer = session.get_one(Customer, customer_id)
    general = business_limit(session)
    blocks = settings.read(session, BLOCK_AT_LIMIT)
    level = Level.BUSINESS if general is not None else Level.PROGRAM
    if customer.credit_limit is not None:
        level = Level.CUSTOMER
    return CreditTerms(
        limit=general if customer.credit_limit is None else customer.credit_limit,
        level=level,
        business_limit=general,
        blocks=blocks if customer.credit_block is None else customer.credit_block,
        business_blocks=blocks,
    )
