"""What can be chosen on a form: terms, methods, price lists, tax codes, units, groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.catalogue import (
    ItemGroup,
    PaymentMethod,
    PaymentTerm,
    PriceList,
    TaxCode,
    Unit,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Choice:
    """One thing to choose.

    Attributes:
        code: kind of a method, code of a tax code; "" elsewhere.
    """

    id: int
    name: str
    name_en: str | None = None
    code: str = ""

    def spoken(self, language: str) -> str:
        """The name in a language; Dutch where there is no other."""
        return (language == "en" and self.name_en) or self.name


@dataclass(frozen=True)
class Choices:
    """Everything a document can choose from; archived ones are left out."""

    payment_terms: tuple[Choice, ...]
    payment_methods: tuple[Choice, ...]
    price_lists: tuple[Choice, ...]
    tax_codes: tuple[Choice, ...]
    units: tuple[Choice, ...]
    item_groups: tuple[Choice, ...]


def choices(session: Session) -> Choices:
    """What there is to choose from now."""
    terms = session.scalars(
        select(PaymentTerm)
        .where(PaymentTerm.archived_at.is_(None))
        .order_by(PaymentTerm.days, PaymentTerm.end_of_month, PaymentTerm.id)
    )
    methods = session.scalars(
        select(PaymentMethod).where(PaymentMethod.archived_at.is_(None)).order_by(PaymentMethod.id)
    )
    lists = session.scalars(
        select(PriceList)
        .where(PriceList.archived_at.is_(None), PriceList.is_draft.is_(False))
        .order_by(PriceList.name)
    )
    codes = session.scalars(
        select(TaxCode).where(TaxCode.archived_at.is_(None)).order_by(TaxCode.id)
    )
    units = session.scalars(select(Unit).where(Unit.archived_at.is_(None)).order_by(Unit.name))
    groups = session.scalars(
        select(ItemGroup).where(ItemGroup.archived_at.is_(None)).order_by(ItemGroup.name)
    )
    return Choices(
        tuple(Choice(one.id, one.name, one.name_en) for one in terms),
        tuple(Choice(one.id, one.name, one.name_en, one.kind) for one in methods),
        tuple(Choice(one.id, one.name) for one in lists),
        tuple(Choice(one.id, one.name, one.name_en, one.code) for one in codes),
        tuple(Choice(one.id, one.name, one.name_en) for one in units),
        tuple(Choice(one.id, one.name) for one in groups),
    )
