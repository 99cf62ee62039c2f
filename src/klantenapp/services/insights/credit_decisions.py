"""The user's own decision about a customer's credit: kept with day and note, before the advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp.models.customer import CreditDecision
from klantenapp.services.customers import customers
from klantenapp.services.errors.insights import DecisionWithoutNote, LimitNegative
from klantenapp.services.store import clock
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent

DECIDE: Final = register("credit.decide", REVERSIBLE)


def decide(
    session: Session,
    customer_id: int,
    *,
    limit: Money | None,
    term_days: int | None = None,
    deposit: Percent | None = None,
    note: str = "",
) -> None:
    """Keep a decision; its limit becomes the customer's, and earlier decisions stay.

    Raises:
        NotFound: no such customer.
        DecisionWithoutNote: it does not say why.
        LimitNegative: a limit below zero.
    """
    if not note.strip():
        raise DecisionWithoutNote
    if limit is not None and limit.cents < 0:
        raise LimitNegative(limit)
    customers.get(session, customer_id).credit_limit = limit
    session.add(
        CreditDecision(
            customer_id=customer_id,
            date=clock.today(),
            credit_limit=limit,
            term_days=term_days,
            deposit=deposit,
            note=note.strip(),
        )
    )
