"""Bank lines that nobody matched yet and that may be from somebody who is to be reminded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.bank import BankLine, CustomerAccount
from klantenapp.models.customer import Customer
from klantenapp.models.values import ZERO
from klantenapp.services.store.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.services.reminders.worklist import Row

_TOKEN: Final = re.compile(r"[\w/.-]*\d[\w/.-]*")


def maybe_paid(session: Session, rows: Iterable[Row]) -> frozenset[int]:
    """Customers of the list that may have paid: by account, by invoice number, or by name."""
    listed = list(rows)
    numbers = {
        fold(item.number): row.debtor.id for row in listed for item in row.items if item.number
    }
    names = {fold(row.debtor.name): row.debtor.id for row in listed}
    lines = session.execute(
        select(
            BankLine.counterparty_iban,
            BankLine.counterparty,
            BankLine.text,
            BankLine.structured_reference,
        ).where(BankLine.state == "open", BankLine.amount > ZERO)
    ).all()
    found: set[int] = set()
    accounts: set[str] = set()
    for iban, name, text, reference in lines:
        accounts |= {iban.replace(" ", "")} if iban else set()
        if name and fold(name) in names:
            found.add(names[fold(name)])
        for token in _TOKEN.findall(fold(f"{text} {reference or ''}")):
            owner = numbers.get(token.strip("./-"))
            if owner is not None:
                found.add(owner)
    return frozenset(found | _owners(session, accounts, {row.debtor.id for row in listed}))


def _owners(session: Session, accounts: set[str], listed: set[int]) -> set[int]:
    if not accounts:
        return set()
    known = select(Customer.id).where(Customer.iban.in_(accounts))
    learnt = select(CustomerAccount.customer_id).where(CustomerAccount.iban.in_(accounts))
    return listed & {*session.scalars(known), *session.scalars(learnt)}
