"""Consent to direct debit: one mandate that holds per customer, ended ones stay."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.customer import Customer
from klantenapp.models.payment import CollectionBatch, CollectionItem, Mandate
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
    from sqlalchemy.orm import Session

ADD: Final = register("mandate.add", REVERSIBLE)
SIGN: Final = register("mandate.sign", REVERSIBLE)
END: Final = register("mandate.end", REVERSIBLE)
DELETE: Final = register("mandate.delete", REVERSIBLE)

#: Years without a collection after which a mandate holds no more: 36 months (SDD Core rulebook).
EXPIRES_AFTER: Final = 3
#: Characters that every bank takes in an id (EPC implementation guidelines, SDD).
_REFERENCE: Final = re.compile(r"[A-Za-z0-9+?/:().,'-]{1,35}")


@dataclass(frozen=True, kw_only=True)
class MandateData:
    """A consent.

    Attributes:
        signed_on: None while it waits for the signature: nothing is collected under it yet.
        reference: None makes one of the customer's number.
        scheme: CORE, or B2B (companies, without the right to a refund).
        once: for one collection only.
    """

    customer_id: int
    iban: str
    account_name: str
    signed_on: dt.date | None
    reference: str | None = None
    scheme: str = "CORE"
    once: bool = False


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate as lists show it.

    Attributes:
        last_used: day of the last collection under it that was not cancelled.
    """

    id: int
    customer_id: int
    reference: str
    scheme: str
    sequence: str
    signed_on: dt.date | None
    iban: str
    account_name: str
    ended_on: dt.date | None
    last_used: dt.date | None = None

    @property
    def expires_on(self) -> dt.date | None:
        """The first day on which it holds no more; None while it is not signed."""
        if self.signed_on is None:
            return None
        return _lapses(max(self.signed_on, self.last_used or self.signed_on))

    def state_on(self, day: dt.date) -> str:
        """What it is for a collection on a day: holds, unsigned, expired or ended."""
        if self.ended_on is not None:
            return "ended"
        expires = self.expires_on
        if expires is None:
            return "unsigned"
        return "expired" if day >= expires else "holds"


def _lapses(day: dt.date) -> dt.date:
    """The day on which a mandate that was last used on `day` has lapsed."""
    try:
        return day.replace(year=day.year + EXPIRES_AFTER)
    except ValueError:
        return dt.date(day.year + EXPIRES_AFTER, 3, 1)


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
    _require_past(data.signed_on)
    reference = (data.reference or "").strip() or _next(session, customer.number)
    if not _REFERENCE.fullmatch(reference):
        raise MandateReferenceWrong(reference)
    if session.scalar(select(Mandate.id).where(Mandate.reference == reference)) is not None:
        raise MandateReferenceTaken(reference)
    if data.signed_on is not None:
        _end_others(session, data.customer_id)
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


def sign(session: Session, mandate_id: int, signed_on: dt.date) -> None:
    """The customer signed: the mandate holds, and one that held before is ended.

    Raises:
        NotFound, SignedInFuture.
    """
    mandate = _find(session, mandate_id)
    _require_past(signed_on)
    _end_others(session, mandate.customer_id, mandate_id)
    mandate.signed_on = signed_on


def _require_past(signed_on: dt.date | None) -> None:
    if signed_on is not None and signed_on > clock.today():
        raise SignedInFuture(signed_on)


def _end_others(session: Session, customer_id: int, mandate_id: int | None = None) -> None:
    for before in session.scalars(
        select(Mandate).where(Mandate.customer_id == customer_id, Mandate.ended_on.is_(None))
    ).all():
        if before.id != mandate_id:
            before.ended_on = clock.today()


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
    return sorted(_rows(session, customer_id), key=_standing, reverse=True)


def best(session: Session) -> dict[int, MandateRow]:
    """Customer -> the mandate that is to be collected under, where one was not ended."""
    found: dict[int, MandateRow] = {}
    for row in sorted(_rows(session), key=_standing):
        if row.ended_on is None:
            found[row.customer_id] = row
    return found


def _standing(row: MandateRow) -> tuple[bool, bool, int]:
    return row.ended_on is None, row.signed_on is not None, row.id


def _rows(session: Session, customer_id: int | None = None) -> list[MandateRow]:
    used = (
        select(
            CollectionItem.mandate_id.label("id"),
            func.max(CollectionBatch.collection_date).label("day"),
        )
        .join(CollectionBatch, CollectionBatch.id == CollectionItem.batch_id)
        .where(CollectionBatch.state != "cancelled")
        .group_by(CollectionItem.mandate_id)
        .subquery()
    )
    query = select(
        Mandate.id,
        Mandate.customer_id,
        Mandate.reference,
        Mandate.scheme,
        Mandate.sequence,
        Mandate.signed_on,
        Mandate.iban,
        Mandate.account_name,
        Mandate.ended_on,
        used.c.day,
    ).outerjoin(used, used.c.id == Mandate.id)
    if customer_id is not None:
        query = query.where(Mandate.customer_id == customer_id)
    return [MandateRow(*row) for row in session.execute(query)]


def named(session: Session, reference: str) -> tuple[int, int]:
    """Ids of the mandate under a reference and of its customer.

    Raises:
        NotFound.
    """
    query = select(Mandate.id, Mandate.customer_id).where(Mandate.reference == reference)
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound("mandate", reference)
    return found.id, found.customer_id


def _find(session: Session, mandate_id: int) -> Mandate:
    mandate = session.get(Mandate, mandate_id)
    if mandate is None:
        raise NotFound("mandate", str(mandate_id))
    return mandate
