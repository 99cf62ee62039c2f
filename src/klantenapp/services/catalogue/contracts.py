"""Contracts: agreed prices, discounts, terms and tax of one customer for a period.

A contract is a draft until it is confirmed: it prices nothing yet, and may overlap another. Ways to
change many prices at once are in `contract_prices`, what a screen shows of contracts in
`contract_view`, the signed documents in `messages.attachments`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.contract import (
    Contract,
    ContractGroupDiscount,
    ContractPrice,
    Span,
    in_force,
)
from klantenapp.models.document import Document, DocumentLine
from klantenapp.models.file import Attachment
from klantenapp.services.catalogue.contract_data import (
    COLUMNS,
    AgreedPrice,
    ContractData,
    GroupDiscount,
    clean,
)
from klantenapp.services.catalogue.contract_rules import problems
from klantenapp.services.errors.agreements import (
    ContractInUse,
    ContractIsDraft,
    EndOutsideContract,
)
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Period
    from klantenapp.services.catalogue.contract_rules import Problem

ADD: Final = register("contract.add", REVERSIBLE)
CHANGE: Final = register("contract.change", REVERSIBLE)
CONFIRM: Final = register("contract.confirm", REVERSIBLE)
END: Final = register("contract.end", REVERSIBLE)
DELETE: Final = register("contract.delete", REVERSIBLE)


def add(session: Session, data: ContractData) -> int:
    """Add a contract.

    Returns:
        Its id.

    Raises:
        Invalid: every problem at its field, as `problems` finds them.
        NotFound: customer, item, group, term, method or list.
    """
    cleaned = clean(data)
    _require(problems(session, cleaned, None))
    row = Contract(**{name: getattr(cleaned, name) for name in COLUMNS})
    session.add(row)
    session.flush()
    _save_parts(session, row.id, cleaned)
    return row.id


def change(session: Session, contract_id: int, data: ContractData) -> None:
    """Save a contract whole; issued documents keep what they say.

    Raises:
        As `add`.
    """
    row = get(session, contract_id)
    cleaned = clean(replace(data, customer_id=row.customer_id))
    _require(problems(session, cleaned, contract_id))
    for name in COLUMNS:
        setattr(row, name, getattr(cleaned, name))
    session.flush()
    _save_parts(session, contract_id, cleaned)


def confirm(session: Session, contract_id: int) -> None:
    """Let a draft hold.

    Raises:
        Invalid: it overlaps another contract of the customer.
    """
    change(session, contract_id, replace(read(session, contract_id), is_draft=False))


def end(session: Session, contract_id: int, day: dt.date) -> None:
    """Terminate a contract early: it holds through that day.

    Raises:
        ContractIsDraft: it was never in force. EndOutsideContract: it does not hold on that day.
    """
    row = get(session, contract_id)
    if row.is_draft:
        raise ContractIsDraft(row.name)
    row.ended_on = None
    if day not in periods(session, row.customer_id)[contract_id]:
        raise EndOutsideContract(row.valid_from)
    row.ended_on = day
    session.flush()


def delete(session: Session, contract_id: int) -> None:
    """Delete a contract that no document was priced by, with its attached files.

    Raises:
        ContractInUse: end it instead.
    """
    row = get(session, contract_id)
    if not row.is_draft and _priced_something(session, contract_id):
        raise ContractInUse(row.name)
    for follower in session.scalars(
        select(Contract).where(Contract.renewed_from_id == contract_id)
    ):
        follower.renewed_from_id = None
    for part in (ContractPrice, ContractGroupDiscount, Attachment):
        for each in session.scalars(select(part).where(part.contract_id == contract_id)):
            session.delete(each)
    session.flush()
    session.delete(row)


def get(session: Session, contract_id: int) -> Contract:
    """The contract by id.

    Raises:
        NotFound.
    """
    row = session.get(Contract, contract_id)
    if row is None:
        raise NotFound("contract", str(contract_id))
    return row


def read(session: Session, contract_id: int) -> ContractData:
    """A contract as it is filled in; the tiers of an item stand together.

    Raises:
        NotFound.
    """
    row = get(session, contract_id)
    prices = session.execute(
        select(ContractPrice.item_id, ContractPrice.min_quantity, ContractPrice.price)
        .where(ContractPrice.contract_id == contract_id)
        .order_by(ContractPrice.id)
    ).all()
    places: dict[int, int] = {}
    for price in prices:
        places.setdefault(price.item_id, len(places))
    discounts = session.execute(
        select(ContractGroupDiscount.item_group_id, ContractGroupDiscount.percent)
        .where(ContractGroupDiscount.contract_id == contract_id)
        .order_by(ContractGroupDiscount.id)
    )
    return ContractData(
        **{name: getattr(row, name) for name in COLUMNS},
        prices=tuple(
            AgreedPrice(item_id=item_id, min_quantity=quantity, price=price)
            for item_id, quantity, price in sorted(
                prices, key=lambda price: (places[price.item_id], price.min_quantity)
            )
        ),
        group_discounts=tuple(
            GroupDiscount(group_id=group_id, percent=percent) for group_id, percent in discounts
        ),
    )


def periods(session: Session, customer_id: int) -> dict[int, Period]:
    """The days on which each contract of a customer holds; drafts never do."""
    rows = session.execute(
        select(
            Contract.id,
            Contract.valid_from,
            Contract.valid_to,
            Contract.at_end,
            Contract.ended_on,
        ).where(Contract.customer_id == customer_id, Contract.is_draft.is_(False))
    )
    return in_force(Span(*row) for row in rows)


def _require(found: list[Problem]) -> None:
    if found:
        raise Invalid(tuple(found))


def _save_parts(session: Session, contract_id: int, data: ContractData) -> None:
    _save_prices(session, contract_id, data)
    groups = {discount.group_id: discount.percent for discount in data.group_discounts}
    there = {
        row.item_group_id: row
        for row in session.scalars(
            select(ContractGroupDiscount).where(ContractGroupDiscount.contract_id == contract_id)
        )
    }
    for group_id in there.keys() - groups.keys():
        session.delete(there[group_id])
    for group_id, percent in groups.items():
        row = there.get(group_id)
        if row is None:
            row = ContractGroupDiscount(contract_id=contract_id, item_group_id=group_id)
            session.add(row)
        row.percent = percent
    session.flush()


def _save_prices(session: Session, contract_id: int, data: ContractData) -> None:
    """Write the prices that differ; a tier whose quantity changed keeps its row and its place."""
    wanted = {(price.item_id, price.min_quantity): price.price for price in data.prices}
    there = {
        (row.item_id, row.min_quantity): row
        for row in session.scalars(
            select(ContractPrice)
            .where(ContractPrice.contract_id == contract_id)
            .order_by(ContractPrice.id)
        )
    }
    spare = [row for key, row in there.items() if key not in wanted]
    for key, price in wanted.items():
        row = there.get(key)
        if row is None:
            item_id, quantity = key
            row = next((each for each in spare if each.item_id == item_id), None)
            if row is None:
                row = ContractPrice(contract_id=contract_id, item_id=item_id)
                session.add(row)
            else:
                spare.remove(row)
            row.min_quantity = quantity
        row.price = price
    for row in spare:
        session.delete(row)
    session.flush()


def _priced_something(session: Session, contract_id: int) -> bool:
    query = (
        select(DocumentLine.id)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(
            Document.state == "issued",
            DocumentLine.source.in_(("contract", "contract_discount")),
            DocumentLine.source_id == contract_id,
        )
    )
    return session.scalar(query.limit(1)) is not None
