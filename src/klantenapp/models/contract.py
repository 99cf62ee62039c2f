"""Agreements with a customer: prices, discounts, terms and tax treatment for a period."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict, within
from klantenapp.models.customer import TREATMENTS
from klantenapp.models.values import Percent, Period, Quantity, UnitPrice

if TYPE_CHECKING:
    from collections.abc import Iterable


class Contract(Base):
    """One agreement.

    Attributes:
        at_end: remind (`remind_days` before the end), renew silently, or stop.
        discount: on items without a contract price.
        total_discount: on the invoice total.
        is_draft: not in force yet. ended_on: terminated early, in force through that day.
    """

    __tablename__ = "contract"
    __table_args__ = strict(
        one_of("at_end", "remind", "renew", "stop"),
        one_of("tax_treatment", *TREATMENTS),
        within("discount", 0, 10000),
        within("total_discount", 0, 10000),
        within("remind_days", 0, 3650),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="period"),
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    name: Mapped[str]
    reference: Mapped[str | None]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    at_end: Mapped[str] = mapped_column(default="remind")
    remind_days: Mapped[int] = mapped_column(default=30)
    discount: Mapped[Percent | None]
    total_discount: Mapped[Percent | None]
    tax_treatment: Mapped[str | None]
    fixed_tax_percent: Mapped[Percent | None]
    exemption_reason: Mapped[str | None]
    payment_term_id: Mapped[int | None] = mapped_column(refers_to("payment_term"))
    payment_method_id: Mapped[int | None] = mapped_column(refers_to("payment_method"))
    price_list_id: Mapped[int | None] = mapped_column(refers_to("price_list"))
    is_draft: Mapped[bool] = mapped_column(default=False)
    ended_on: Mapped[dt.date | None]
    renewed_from_id: Mapped[int | None] = mapped_column(refers_to("contract"))
    note: Mapped[str | None]


class Span(NamedTuple):
    """The columns of a contract that decide on which days it holds."""

    id: int
    valid_from: dt.date
    valid_to: dt.date | None
    at_end: str = "remind"
    ended_on: dt.date | None = None


def in_force(contracts: Iterable[Span]) -> dict[int, Period]:
    """The days on which each contract of one customer holds; give it those that are no drafts.

    A contract that renews silently goes on after its end until a later one begins; a terminated
    one ends early.
    """
    spans = list(contracts)
    return {span.id: _holds(span, spans) for span in spans}


def _holds(span: Span, spans: list[Span]) -> Period:
    end = span.valid_to
    if span.at_end == "renew" and end is not None:
        later = [other.valid_from for other in spans if other.valid_from > end]
        end = min(later) - dt.timedelta(days=1) if later else None
    if span.ended_on is not None:
        end = max(span.valid_from, span.ended_on if end is None else min(end, span.ended_on))
    return Period(span.valid_from, end)


class ContractPrice(Base):
    """Agreed price of an item from a quantity on, without tax."""

    __tablename__ = "contract_price"
    __table_args__ = strict(
        UniqueConstraint("contract_id", "item_id", "min_quantity"),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("min_quantity >= 0", name="min_quantity"),
    )

    contract_id: Mapped[int] = mapped_column(refers_to("contract"), index=True)
    item_id: Mapped[int] = mapped_column(refers_to("item"), index=True)
    min_quantity: Mapped[Quantity] = mapped_column(default=Quantity(0))
    price: Mapped[UnitPrice]


class ContractGroupDiscount(Base):
    """Discount on the items of a group that have no contract price."""

    __tablename__ = "contract_group_discount"
    __table_args__ = strict(
        UniqueConstraint("contract_id", "item_group_id"), within("percent", 0, 10000)
    )

    contract_id: Mapped[int] = mapped_column(refers_to("contract"), index=True)
    item_group_id: Mapped[int] = mapped_column(refers_to("item_group"), index=True)
    percent: Mapped[Percent]
