"""Consent to direct debit: one mandate that holds per customer, ended ones stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.customer import Customer
from klantenapp.models.payment import CollectionItem, Mandate
from klantenapp.services.customers.numbers import compact, iban_problem
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.direct_debit import (
    AccountNameMissing,
    MandateInUse,
    MandateReferenceTaken,
    MandateReferenceWrong,
    SignedInFuture,
)
from klantenapp.services.store import clock
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

ADD: Final = register("mandate.add", REVERSIBLE)
END: Final = register("mandate.end", REVERSIBLE)
DELETE: Final = register("mandate.delete", REVERSIBLE)

#: Characters that every bank takes in an id (EPC implementation guidelines, SDD).
_REFERENCE: Final = re.compile(r"[A-Za-z0-9+?/:().,'-]{1,35}")


@dataclass(frozen=True, kw_only=True)
class MandateData:
    """A consent.

    Attributes:
        reference: None makes one of the customer's number.
        scheme: CORE, or B2B (companies, without the right to a refund).
        once: for one collection only.
    """

    customer_id: int
    iban: str
    account_name: str
    signed_on: dt.date
    reference: str | None = None
    scheme: str = "CORE"
    once: bool = False


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate as lists show it."""

    id: int
    reference: str
    scheme: str
    sequence: str
    signed_on: dt.date
    iban: str
    account_name: str
    ended_on: dt.date | None


def add(session: Session, data: MandateData) -> int:
    """Keep a mandate; one that held before is ended.

    Raises:
        NotFound: no such customer.
        IbanWrong, AccountNameMissing, SignedInFuture, MandateReferenceWrong, MandateReferenceTaken.
    """
    customer = session.get(Customer, data.customer_id)
    if customer is None:
        raise NotFound("customer", str(data.customer_id))
    problem = iban_problem(data.iban)
    iban = compact(data.iban)
    if problem is not None:
        raise problem
    if not data.account_name.strip() or iban is None:
        raise AccountNameMissing
    if data.signed_on > clock.today():
        raise SignedInFuture(data.signed_on)
    reference = (data.reference or "").strip() or _next(session, customer.number)
    if not _REFERENCE.fullmatch(reference):
        raise MandateReferenceWrong(reference)
    if session.scalar(select(Mandate.id).where(Mandate.reference == reference)) is not None:
        raise MandateReferenceTaken(reference)
    for before in session.scalars(
        select(Mandate).where(Mandate.customer_id == data.customer_id, Mandate.ended_on.is_(None))
    ).all():
        before.ended_on = clock.today()
    mandate = Mandate(
        customer_id=data.customer_id,
        reference=reference,
        scheme=data.scheme,
        sequence="OOFF" if data.once else "FRST",
        signed_on=data.signed_on,
        iban=iban,
        account_name=data.account_name.strip(),
    )
    session.add(mandate)
    session.flush()
    return mandate.id


def _next(session: Session, number: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9-]", "", number)[:24]
    count = session.scalar(select(func.count(Mandate.id))) or 0
    return f"M{plain}-{count + 1}"


def end(session: Session, mandate_id: int, date: dt.date | None = None) -> None:
    """Withdraw a mandate; nothing is collected under it any more.

    Raises:
        NotFound.
    """
    _find(session, mandate_id).ended_on = date or clock.today()


def delete(session: Session, mandate_id: int) -> None:
    """Delete a mandate that nothing was collected under.

    Raises:
        NotFound, MandateInUse.
    """
    mandate = _find(session, mandate_id)
    used = select(CollectionItem.id).where(CollectionItem.mandate_id == mandate_id).limit(1)
    if session.scalar(used) is not None:
        raise MandateInUse(mandate.reference)
    session.delete(mandate)


def of_customer(session: Session, customer_id: int) -> list[MandateRow]:
    """Mandates of a customer, the one that holds first."""
    rows = session.execute(
        select(
            Mandate.id,
            Mandate.reference,
            Mandate.scheme,
            Mandate.sequence,
            Mandate.signed_on,
            Mandate.iban,
            Mandate.account_name,
            Mandate.ended_on,
        )
        .where(Mandate.customer_id == customer_id)
        .order_by(Mandate.ended_on.is_not(None), Mandate.id.desc())
    )
    return [MandateRow(*row) for row in rows]


def _find(session: Session, mandate_id: int) -> Mandate:
    mandate = session.get(Mandate, mandate_id)
    if mandate is None:
        raise NotFound("mandate", str(mandate_id))
    return mandate
