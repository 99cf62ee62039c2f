"""Who comes along when a price list takes the place of another (`store/succession.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.business import Business
from klantenapp.models.catalogue import PriceList
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Customer
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store import succession
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RELEASE: Final = register("price_list.release", REVERSIBLE)


@dataclass(frozen=True)
class Followers:
    """Who comes along when a list is replaced.

    Attributes:
        business: the business itself has it, so everybody without another list.
    """

    customers: int
    contracts: int
    business: bool

    @property
    def any(self) -> bool:
        """Whether anybody does."""
        return bool(self.customers or self.contracts or self.business)


def followers(session: Session, list_id: int) -> Followers:
    """Who has a list, or one that it replaces."""
    ids = succession.with_replaced(list_id)
    customers = select(func.count()).where(
        Customer.price_list_id.in_(ids),
        Customer.archived_at.is_(None),
        Customer.merged_into_id.is_(None),
    )
    contracts = select(func.count()).where(Contract.price_list_id.in_(ids))
    business = select(func.count()).where(Business.price_list_id.in_(ids))
    return Followers(
        session.scalar(customers) or 0,
        session.scalar(contracts) or 0,
        bool(session.scalar(business)),
    )


def release(session: Session, list_id: int) -> None:
    """Let a list replace nothing any more; who came along goes back to the list they have.

    Raises:
        NotFound: no such list.
    """
    row = session.get(PriceList, list_id)
    if row is None:
        raise NotFound("price_list", str(list_id))
    row.replaces_id = None
