"""The terms that hold for a customer on a day, each with where it comes from.

A term is looked for on the document, in the contract in force, with the customer, and with the
business, in that order; the first that says something holds. While a document is a draft this is
done anew each time; issuing writes down what came out.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.catalogue import PaymentMethod, PaymentTerm, PriceList
from klantenapp.models.contract import Contract, Span, in_force
from klantenapp.models.customer import Customer
from klantenapp.models.values import Period
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store import succession

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent

T = TypeVar("T")

#: Days of payment where nobody chose a term (art. 6:119a BW: thirty days).
LEGAL_DAYS = 30


class Level(StrEnum):
    """Where a term comes from, in order of precedence."""

    DOCUMENT = "document"
    CONTRACT = "contract"
    CUSTOMER = "customer"
    BUSINESS = "business"
    PROGRAM = "program"


@dataclass(frozen=True)
class Sourced(Generic[T]):
    """A value and where it comes from.

    Attributes:
        name: of the contract, where it is from one.
        below: what would hold without the document's own choice.
        below_level: where that comes from.
    """

    value: T
    level: Level
    name: str
    below: T
    below_level: Level

    @property
    def is_override(self) -> bool:
        """The document says otherwise than the customer's terms."""
        return self.level is Level.DOCUMENT and self.value != self.below


@dataclass(frozen=True)
class TermOfPayment:
    """A payment term; id None is the law's thirty days."""

    id: int | None
    name: str
    days: int
    end_of_month: bool = False
    discount: Percent | None = None
    discount_days: int | None = None

    def due(self, date: dt.date) -> dt.date:
        """The day that an invoice of this date is due."""
        day = date + dt.timedelta(days=self.days)
        if self.end_of_month:
            day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return day


@dataclass(frozen=True)
class MethodOfPayment:
    """A payment method; id None is transfer."""

    id: int | None
    kind: str
    name: str
    name_en: str | None = None


@dataclass(frozen=True)
class ListOfPrices:
    """A price list by name."""

    id: int
    name: str
    includes_tax: bool


@dataclass(frozen=True)
class TaxTerms:
    """How the customer is taxed (`catalogue/tax.py` says what that means)."""

    treatment: str = "domestic"
    fixed_percent: Percent | None = None
    exemption_reason: str | None = None


@dataclass(frozen=True)
class Overrides:
    """What a document says itself; None is nothing."""

    payment_term_id: int | None = None
    payment_method_id: int | None = None
    price_list_id: int | None = None
    language: str | None = None
    tax: TaxTerms | None = None
    total_discount: Percent | None = None


@dataclass(frozen=True)
class ContractInForce:
    """The contract that holds on the day."""

    id: int
    name: str
    reference: str | None
    in_force_to: dt.date | None


@dataclass(frozen=True)
class Terms:
    """Every term of a customer on a day."""

    contract: ContractInForce | None
    payment_term: Sourced[TermOfPayment]
    payment_method: Sourced[MethodOfPayment]
    price_list: Sourced[ListOfPrices | None]
    language: Sourced[str]
    tax: Sourced[TaxTerms]
    total_discount: Sourced[Percent | None]
    customer_discount: Percent | None


NOTHING = Overrides()
#: A contract and the days on which it holds.
Holding = tuple[Contract | None, Period | None]
NO_CONTRACT: Holding = (None, None)


def effective(
    session: Session,
    customer_id: int | None,
    day: dt.date,
    own: Overrides = NOTHING,
    holding: Holding | None = None,
) -> Terms:
    """The terms that hold for a customer on a day.

    Args:
        customer_id: None while a draft is for nobody: the business's own terms.
        own: what the document says itself.
        holding: the contract to go by, which need not be stored; None looks for the one in force.

    Raises:
        NotFound: no such customer, or a term, method or list that does not exist.
    """
    business = session.get(Business, 1)
    customer = None
    if customer_id is not None:
        customer = session.get(Customer, customer_id)
        if customer is None:
            raise NotFound("customer", str(customer_id))
    if holding is None:
        holding = contract_on(session, customer_id, day) if customer_id is not None else NO_CONTRACT
    contract, period = holding
    lookup = _Lookup(session, contract, customer, business, day)
    return Terms(
        contract=_described(contract, period),
        payment_term=lookup.sourced(own.payment_term_id, "payment_term_id", lookup.term),
        payment_method=lookup.sourced(own.payment_method_id, "payment_method_id", lookup.method),
        price_list=lookup.sourced(own.price_list_id, "price_list_id", lookup.price_list),
        language=lookup.language(own.language),
        tax=lookup.tax(own.tax),
        total_discount=lookup.total_discount(own.total_discount),
        customer_discount=customer.discount if customer else None,
    )


def contract_on(session: Session, customer_id: int, day: dt.date) -> Holding:
    """The customer's contract in force on a day, and its days; the later one where two overlap."""
    contracts = session.scalars(
        select(Contract)
        .where(Contract.customer_id == customer_id, Contract.is_draft.is_(False))
        .order_by(Contract.valid_from.desc(), Contract.id.desc())
    ).all()
    periods = in_force(
        Span(each.id, each.valid_from, each.valid_to, each.at_end, each.ended_on)
        for each in contracts
    )
    found = next((each for each in contracts if day in periods[each.id]), None)
    return NO_CONTRACT if found is None else (found, periods[found.id])


def _described(contract: Contract | None, period: Period | None) -> ContractInForce | None:
    if contract is None or period is None:
        return None
    return ContractInForce(contract.id, contract.name, contract.reference, period.end)


class _Lookup:
    """Finds each term along contract, customer and business."""

    def __init__(
        self,
        session: Session,
        contract: Contract | None,
        customer: Customer | None,
        business: Business | None,
        day: dt.date,
    ) -> None:
        self._session, self._day = session, day
        self._contract = contract
        self._customer = customer
        self._business = business

    def sourced(self, own: int | None, column: str, read: Any) -> Sourced[Any]:
        """A term that is chosen by id on each level."""
        found = [(own, Level.DOCUMENT), *self._chosen(column)]
        said = [(read(key), level) for key, level in found if key is not None]
        return self._first(said, read(None))

    def _chosen(self, column: str) -> list[tuple[Any, Level]]:
        holders = (
            (self._contract, Level.CONTRACT),
            (self._customer, Level.CUSTOMER),
            (self._business, Level.BUSINESS),
        )
        return [(getattr(holder, column), level) for holder, level in holders if holder is not None]

    def _first(self, found: Iterable[tuple[Any, Level]], last_resort: Any) -> Sourced[Any]:
        """The first value that says something, with what would hold below the document."""
        said = [pair for pair in found if pair[0] is not None]
        said.append((last_resort, Level.PROGRAM))
        below = next(pair for pair in said if pair[1] is not Level.DOCUMENT)
        value, level = said[0]
        name = self._contract.name if level is Level.CONTRACT and self._contract else ""
        return Sourced(value, level, name, *below)

    def term(self, key: int | None) -> TermOfPayment:
        """A payment term by id; without one the law's."""
        if key is None:
            return TermOfPayment(None, "", LEGAL_DAYS)
        row = self._session.get(PaymentTerm, key)
        if row is None:
            raise NotFound("payment_term", str(key))
        return TermOfPayment(
            row.id, row.name, row.days, row.end_of_month, row.discount, row.discount_days
        )

    def method(self, key: int | None) -> MethodOfPayment:
        """A payment method by id; without one transfer."""
        if key is None:
            return MethodOfPayment(None, "transfer", "")
        row = self._session.get(PaymentMethod, key)
        if row is None:
            raise NotFound("payment_method", str(key))
        return MethodOfPayment(row.id, row.kind, row.name, row.name_en)

    def price_list(self, key: int | None) -> ListOfPrices | None:
        """A price list by id, or the one that takes its place on the day."""
        if key is None:
            return None
        row = self._session.get(PriceList, key)
        if row is None:
            raise NotFound("price_list", str(key))
        heir = succession.on(self._session, key, self._day)
        if heir != key:
            row = self._session.get_one(PriceList, heir)
        return ListOfPrices(row.id, row.name, row.includes_tax)

    def language(self, own: str | None) -> Sourced[str]:
        """Language of documents; a contract does not choose one."""
        customer = self._customer.language if self._customer else None
        business = self._business.language if self._business else None
        listed = [(own, Level.DOCUMENT), (customer, Level.CUSTOMER), (business, Level.BUSINESS)]
        return self._first(listed, "nl")

    def tax(self, own: TaxTerms | None) -> Sourced[TaxTerms]:
        """Tax treatment with its rate or reason, always of one level together."""
        listed = [(own, Level.DOCUMENT)]
        for holder, level in ((self._contract, Level.CONTRACT), (self._customer, Level.CUSTOMER)):
            if holder is not None and holder.tax_treatment is not None:
                terms = TaxTerms(
                    holder.tax_treatment, holder.fixed_tax_percent, holder.exemption_reason
                )
                listed.append((terms, level))
        return self._first(listed, TaxTerms())

    def total_discount(self, own: Percent | None) -> Sourced[Percent | None]:
        """Discount on the invoice total: the document's, else the contract's."""
        contract = self._contract.total_discount if self._contract else None
        listed = [(own, Level.DOCUMENT), (contract, Level.CONTRACT)]
        return self._first(listed, None)
