"""What a contract does to an invoice line, and what its tax treatment says and needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.catalogue import Item
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Customer
from klantenapp.models.values import ONE, Period, Quantity
from klantenapp.services.catalogue import tax, tax_problems
from klantenapp.services.catalogue.contract_data import COLUMNS, clean
from klantenapp.services.catalogue.price_book import Agreement, Tier
from klantenapp.services.errors.catalogue import (
    ExemptionReasonMissing,
    ExportInsideEu,
    ForbiddenBySmallBusinessScheme,
    IntraEuOutsideEu,
    IntraEuToDutchAddress,
    NoFixedRate,
    NoRateAtDate,
    SellerVatIdMissing,
    VatIdMalformed,
    VatIdMissing,
    VatIdNotForeign,
)
from klantenapp.services.sales import calculating, validating
from klantenapp.services.sales.calculating import Agreed, tax_terms
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent, UnitPrice
    from klantenapp.services.catalogue.contract_data import ContractData
    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.sales.calculating import Calculated

#: How many of the item the example takes, where the contract has no tier that says more.
EXAMPLE = Quantity(8 * ONE.units)

#: Evidence that only the user can have, on paper.
_ON_PAPER: Final = frozenset({tax.Evidence.TRANSPORT_PROOF, tax.Evidence.EXPORT_PROOF})
#: Which need each failure is about.
_MISSING: Final = {
    SellerVatIdMissing: "seller_vat_id",
    VatIdMissing: "buyer_vat_id",
    VatIdMalformed: "buyer_vat_id",
    VatIdNotForeign: "buyer_vat_id",
    IntraEuToDutchAddress: "country",
    IntraEuOutsideEu: "country",
    ExportInsideEu: "country",
    ExemptionReasonMissing: "exemption_reason",
    ForbiddenBySmallBusinessScheme: "scheme",
    NoFixedRate: "fixed_tax_percent",
    NoRateAtDate: "rate",
}
#: Evidence that is about the customer's country.
_COUNTRIES: Final = frozenset(
    {
        tax.Evidence.EU_COUNTRY,
        tax.Evidence.EU_DELIVERY,
        tax.Evidence.NON_EU_COUNTRY,
        tax.Evidence.NON_EU_DELIVERY,
    }
)


@dataclass(frozen=True)
class ExampleLine:
    """One line on a document of its own.

    Attributes:
        discount: on the line. total_discount: on the document.
        amount: of the line, with tax where prices include it.
        net: of the document, without tax.
        tax_percent: None where no rate is printed.
        problem: why there is no price or no rate.
    """

    description: str
    quantity: Quantity
    unit: str | None
    unit_price: UnitPrice
    discount: Percent | None
    source: str
    includes_tax: bool
    amount: Money
    total_discount: Percent | None
    net: Money
    tax_percent: Percent | None
    treatment: str
    tax: Money
    total: Money
    problem: Refusal | None


@dataclass(frozen=True)
class Need:
    """Something that the tax treatment needs.

    Attributes:
        key: seller_vat_id, buyer_vat_id, country, exemption_reason, transport_proof, export_proof,
            scheme, fixed_tax_percent, rate or other.
        met: True it is there, False it is missing, None is on paper: only the user knows.
        problem: what is wrong where it is missing.
    """

    key: str
    met: bool | None
    problem: Refusal | None = None


@dataclass(frozen=True)
class Example:
    """A line without and with the contract, and what its tax treatment asks.

    Attributes:
        wordings: sentences that the invoice prints, in the customer's language.
        vat_id: of the customer, where the invoice must name it.
        language: of the customer's documents.
    """

    without: ExampleLine | None
    with_contract: ExampleLine | None
    wordings: tuple[str, ...]
    vat_id: str | None
    needs: tuple[Need, ...]
    language: str


def example(
    session: Session,
    data: ContractData,
    item_id: int | None = None,
    quantity: Quantity | None = None,
) -> Example:
    """Compute a line for a contract that is being filled in, on a day on which it holds.

    Args:
        data: as it is filled in; it need not be stored.
        item_id: on the line; None takes the first item of the contract.
        quantity: None takes eight, or the tier that the contract begins with.

    Raises:
        NotFound: no such customer.
    """
    data = clean(data)
    if item_id is None:
        item_id = data.prices[0].item_id if data.prices else _any_item(session)
    line = LineInput(item_id=item_id, quantity=quantity or _quantity(data, item_id))
    draft = DraftInput(
        customer_id=data.customer_id,
        date=_day(data),
        lines=(line,) if item_id is not None else (),
    )
    without = _computed(session, draft, Agreed())
    computed = _computed(session, draft, _agreed(data))
    language = computed.context.terms.language.value
    rules = [line.rule for line in computed.lines if line.rule is not None]
    wordings = [rule.wording.spoken(language) for rule in rules if rule.wording is not None]
    names_buyer = any(tax.Evidence.BUYER_VAT_ID in rule.evidence for rule in rules)
    customer = session.get_one(Customer, data.customer_id)
    return Example(
        _line(without),
        _line(computed),
        tuple(dict.fromkeys(wordings)),
        customer.vat_id if names_buyer else None,
        tuple(_needs(session, data.customer_id, computed)),
        language,
    )


def warnings(session: Session, data: ContractData) -> list[Refusal]:
    """What the contract's tax treatment lacks; invoices need it, the contract can do without.

    Raises:
        NotFound: no such customer.
    """
    data = clean(data)
    if data.tax_treatment is None:
        return []
    draft = DraftInput(customer_id=data.customer_id, date=_day(data))
    context = calculating.load_context(session, draft, _agreed(data))
    ids = {price.item_id for price in data.prices}
    rows = session.execute(select(Item.tax_code_id, Item.nature).where(Item.id.in_(ids))).all()
    lines = [(context.codes[code_id], tax.Nature(nature)) for code_id, nature in rows]
    if not lines:
        taxed = next((code for code in context.codes.values() if not code.exempt), None)
        lines = [(taxed, tax.Nature.SERVICE)] if taxed is not None else []
    found = tax_problems.problems(lines, tax_terms(context), _parties(session, data.customer_id))
    return [failure for _field, failure in found]


def _agreed(data: ContractData) -> Agreed:
    """The contract as if it were stored and in force."""
    row = Contract(**{name: getattr(data, name) for name in COLUMNS})
    row.id = 0
    period = Period(data.valid_from, _last(data))
    prices: dict[int, tuple[Tier, ...]] = {}
    for price in sorted(data.prices, key=lambda price: price.min_quantity):
        tier = Tier(price.min_quantity, price.price)
        prices[price.item_id] = (*prices.get(price.item_id, ()), tier)
    groups = {discount.group_id: discount.percent for discount in data.group_discounts}
    agreement = Agreement(0, data.name, period, prices, data.discount, groups)
    return Agreed((row, period), (agreement,))


def _last(data: ContractData) -> dt.date | None:
    """The last day; one before the first is refused on saving, and is none until then."""
    if data.valid_to is None or data.valid_to < data.valid_from:
        return None
    return data.valid_to


def _day(data: ContractData) -> dt.date:
    """Today where the contract holds today, else its first day."""
    today = clock.today()
    return today if today in Period(data.valid_from, _last(data)) else data.valid_from


def _computed(session: Session, draft: DraftInput, agreed: Agreed) -> Calculated:
    return calculating.compute(calculating.load_context(session, draft, agreed), draft)


def _quantity(data: ContractData, item_id: int | None) -> Quantity:
    starts = [price.min_quantity for price in data.prices if price.item_id == item_id]
    return max(EXAMPLE, min(starts)) if starts else EXAMPLE


def _any_item(session: Session) -> int | None:
    query = select(Item.id).where(Item.archived_at.is_(None)).order_by(Item.id).limit(1)
    return session.scalar(query)


def _line(computed: Calculated) -> ExampleLine | None:
    if not computed.lines:
        return None
    line = computed.lines[0]
    rule = line.rule
    return ExampleLine(
        description=line.description,
        quantity=line.typed.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        discount=line.discount or None,
        source=str(line.source),
        includes_tax=computed.context.prices_include_tax,
        amount=line.amount,
        total_discount=computed.context.terms.total_discount.value or None,
        net=computed.totals.net,
        tax_percent=rule.percent if rule is not None and rule.prints_rate else None,
        treatment=computed.context.terms.tax.value.treatment,
        tax=computed.totals.tax,
        total=computed.totals.total,
        problem=line.problem,
    )


def _needs(session: Session, customer_id: int, computed: Calculated) -> Iterator[Need]:
    """What the treatment of the line needs: first what is missing, then what is there."""
    context = computed.context
    lines = [
        (context.codes[line.tax_code_id], tax.Nature(line.nature))
        for line in computed.lines
        if line.tax_code_id is not None
    ]
    missing: dict[str, Refusal] = {}
    found = tax_problems.problems(lines, tax_terms(context), _parties(session, customer_id))
    for _field, failure in found:
        missing.setdefault(_MISSING.get(type(failure), "other"), failure)
    for key, failure in missing.items():
        yield Need(key, met=False, problem=failure)
    rules = [line.rule for line in computed.lines if line.rule is not None]
    asked = {evidence for rule in rules for evidence in rule.evidence}
    for evidence in sorted(asked):
        key = "country" if evidence in _COUNTRIES else evidence.value
        if key not in missing:
            yield Need(key, met=None if evidence in _ON_PAPER else True)


def _parties(session: Session, customer_id: int) -> tax_problems.Parties:
    goods_to = validating.delivery_country(session, DraftInput(customer_id=customer_id))
    return validating.parties(session, customer_id, goods_to)
