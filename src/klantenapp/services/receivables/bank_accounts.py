"""The user's own accounts, as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.bank import BankAccount
from klantenapp.models.business import Business

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def own(session: Session) -> list[str]:
    """IBANs in groups of four, that of the business first."""
    known = [*session.scalars(select(Business.iban)), *session.scalars(select(BankAccount.iban))]
    return [grouped(iban) for iban in dict.fromkeys(known) if iban]


def grouped(account: str) -> str:
    """An IBAN in groups of four."""
    return " ".join(account[at : at + 4] for at in range(0, len(account), 4))


def rows(session: Session) -> list[tuple[int, str]]:
    """Own accounts that money can have come in on: id and IBAN."""
    query = select(BankAccount.id, BankAccount.iban).order_by(BankAccount.id)
    return [(account_id, iban) for account_id, iban in session.execute(query)]
