"""A draft computed: what each line costs and why, how it is taxed, and what it all adds up to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.business import Business
from klantenapp.models.catalogue import Item, Unit
from klantenapp.models.customer import Customer
from klantenapp.models.values import ZERO, UnitPrice
from klantenapp.services.catalogue import loading, pricing, tax, tax_totals
from klantenapp.services.catalogue.price_book import PriceBook
from klantenapp.services.customers import terms
from klantenapp.services.errors.catalogue import NoFixedRate, NoPrice, NoRateAtDate
from klantenapp.services.store import clock, succession

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money, Percent
    from klantenapp.services.catalogue.price_book import Agreement, PricedItem, PriceList
    from klantenapp.services.catalogue.tax import TaxCode, TaxRule
    from klantenapp.services.customers.terms import Terms
    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.sales.inputs import DraftInput, LineInput

#: Treatments under which no Dutch tax is in a price, so that prices cannot include it.
_WITHOUT_TAX = frozenset({"reverse_charge", "intra_eu", "export", "exempt", "outside_scope"})
_NO_TOTALS = tax_totals.Totals((), (), ZERO, ZERO, ZERO, ZERO, ZERO)


@dataclass(frozen=True)
class ItemFacts:
    """What a line takes over from its item, in the language of the document.

    Attributes:
        names: in every language: a line that says one of them follows the item and the language.
    """

    code: str
    name: str
    names: frozenset[str]
    details: str | None
    unit: str | None
    tax_code_id: int
    nature: str


@dataclass(frozen=True)
class Context:
    """Everything from the file that a draft is computed with, read once.

    Attributes:
        date: document date. supplied: day of supply, which chooses the tax rate, the contract
            and the prices.
        items: by id, in the language of the document.
    """

    date: dt.date
    supplied: dt.date
    terms: Terms
    prices_include_tax: bool
    small_business: bool
    codes: Mapping[int, TaxCode]
    items: Mapping[int, ItemFacts]
    priced: Mapping[int, PricedItem]
    book: PriceBook


@dataclass(frozen=True)
class CalculatedLine:
    """A line with everything computed.

    Attributes:
        typed: as the user filled it in.
        amount: after discount; with tax where the document's prices include it.
        net: without tax; zero for a line that is not in the totals, see `offered`.
        offered: amount of an optional or alternative line.
        candidates: every price considered, with the reason each lost.
        problem: why the line has no price or no rate.
    """

    typed: LineInput
    item_code: str
    description: str
    details: str | None
    unit: str | None
    unit_price: UnitPrice
    discount: Percent | None
    source: str
    source_name: str
    source_id: int | None
    candidates: tuple[pricing.Candidate, ...]
    tax_code_id: int | None
    nature: str
    rule: TaxRule | None
    amount: Money
    net: Money
    problem: Refusal | None


@dataclass(frozen=True)
class Calculated:
    """A draft computed."""

    context: Context
    lines: tuple[CalculatedLine, ...]
    totals: tax_totals.Totals
    due_date: dt.date

    @property
    def boxes(self) -> dict[tuple[str, Percent | None], str]:
        """Return box per category and rate."""
        found: dict[tuple[str, Percent | None], str] = {}
        for line in self.lines:
            if line.rule is not None and line.typed.counts:
                found.setdefault((line.rule.category, line.rule.percent), line.rule.box or "none")
        return found


@dataclass(frozen=True)
class Agreed:
    """Contracts to compute with instead of those that are stored: what if.

    Attributes:
        holding: the contract whose terms hold. agreements: what prices the lines.
    """

    holding: terms.Holding = terms.NO_CONTRACT
    agreements: tuple[Agreement, ...] = ()


def load_context(session: Session, draft: DraftInput, agreed: Agreed | None = None) -> Context:
    """Read what the draft is computed with.

    Args:
        draft: as filled in.
        agreed: contracts to go by instead of those that are stored.
    """
    basis = _basis(session, draft, agreed)
    codes = loading.tax_codes(session)
    item_ids = {line.item_id for line in draft.lines if line.item_id is not None}
    agreements = agreed.agreements if agreed else ()
    if agreed is None and draft.customer_id is not None:
        agreements = loading.agreements(session, draft.customer_id, item_ids)
    return Context(
        basis.date,
        basis.supplied,
        basis.terms,
        basis.gross,
        basis.small_business,
        codes,
        _items(session, item_ids, basis.terms.language.value),
        loading.priced_items(session, item_ids, codes, basis.supplied),
        _book(basis, agreements, loading.price_lists(session, item_ids)),
    )


def price_book(session: Session, draft: DraftInput, lists: Mapping[int, PriceList]) -> PriceBook:
    """What prices any item on a draft.

    Args:
        draft: its customer, date and own terms count; its lines do not.
        lists: every list with the prices of all items, which many drafts can share.
    """
    basis = _basis(session, draft, None)
    customer_id = draft.customer_id
    agreements = loading.agreements(session, customer_id) if customer_id is not None else ()
    return _book(basis, agreements, lists)


@dataclass(frozen=True)
class _Basis:
    """What a draft stands on, whatever its lines are; gross: its prices include tax."""

    date: dt.date
    supplied: dt.date
    terms: Terms
    gross: bool
    small_business: bool
    customer_list: int | None
    business_list: int | None


def _basis(session: Session, draft: DraftInput, agreed: Agreed | None) -> _Basis:
    date = draft.date or clock.today()
    supplied = draft.supply_to or draft.supply_from or date
    business = session.get(Business, 1)
    small_business = business is not None and business.tax_scheme == "kor"
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    holding = agreed.holding if agreed else None
    found = terms.effective(session, draft.customer_id, supplied, draft.overrides, holding)
    return _Basis(
        date,
        supplied,
        found,
        _includes_tax(draft, found, customer, small_business=small_business),
        small_business,
        _list_on(session, customer.price_list_id if customer else None, supplied),
        _list_on(session, business.price_list_id if business else None, supplied),
    )


def _list_on(session: Session, list_id: int | None, day: dt.date) -> int | None:
    return succession.on(session, list_id, day) if list_id is not None else None


def _book(
    basis: _Basis, agreements: tuple[Agreement, ...], lists: Mapping[int, PriceList]
) -> PriceBook:
    price_list = basis.terms.price_list
    own = price_list.value if price_list.level is terms.Level.DOCUMENT else None
    return PriceBook(
        agreements=agreements,
        lists=lists,
        document_list=own.id if own else None,
        contract_list=_list_at(price_list.below, price_list.below_level, terms.Level.CONTRACT),
        customer_list=basis.customer_list,
        business_list=basis.business_list,
        customer_discount=basis.terms.customer_discount,
        prices_include_tax=basis.gross,
    )


def _list_at(
    found: terms.ListOfPrices | None, level: terms.Level, wanted: terms.Level
) -> int | None:
    return found.id if found is not None and level is wanted else None


def _includes_tax(
    draft: DraftInput, found: Terms, customer: Customer | None, *, small_business: bool
) -> bool:
    """Consumers see prices with tax (Wet OB art. 38); a price list says so for others."""
    if small_business or found.tax.value.treatment in _WITHOUT_TAX:
        return False
    if draft.prices_include_tax is not None:
        return draft.prices_include_tax
    if customer is not None and customer.kind == "consumer":
        return True
    return found.price_list.value is not None and found.price_list.value.includes_tax


def _items(session: Session, ids: set[int], language: str) -> dict[int, ItemFacts]:
    rows = session.execute(
        select(
            Item.id,
            Item.code,
            Item.name,
            Item.name_en,
            Item.description,
            Item.description_en,
            Item.tax_code_id,
            Item.nature,
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
        )
        .outerjoin(Unit, Unit.id == Item.unit_id)
        .where(Item.id.in_(ids))
    )
    english = language == "en"
    return {
        row.id: ItemFacts(
            row.code,
            (english and row.name_en) or row.name,
            frozenset(name for name in (row.name, row.name_en) if name),
            (english and row.description_en) or row.description,
            (english and row.unit_en) or row.unit,
            row.tax_code_id,
            row.nature,
        )
        for row in rows
    }


def calculate(session: Session, draft: DraftInput) -> Calculated:
    """Compute a draft from the file as it is now. Nothing is written."""
    return compute(load_context(session, draft), draft)


def compute(context: Context, draft: DraftInput) -> Calculated:
    """Compute a draft from what was read; pure.

    Lines without a price or rate carry their problem and count as nothing, so that a draft can
    always be shown.
    """
    default = next((key for key, code in context.codes.items() if code.key == "high"), None)
    lines = [_line(context, line, default) for line in draft.lines]
    totals = _totals(context, lines)
    nets = iter(totals.line_nets)
    computed = tuple(replace(line, net=next(nets)) if _in_totals(line) else line for line in lines)
    due = draft.due_date or context.terms.payment_term.value.due(context.date)
    return Calculated(context, computed, totals, due)


def _in_totals(line: CalculatedLine) -> bool:
    return line.typed.counts and line.rule is not None


def _totals(context: Context, lines: Sequence[CalculatedLine]) -> tax_totals.Totals:
    taxed = [
        tax_totals.TaxedAmount(line.amount, line.rule.category, line.rule.percent)
        for line in lines
        if line.typed.counts and line.rule is not None
    ]
    if not taxed:
        return _NO_TOTALS
    discount = context.terms.total_discount.value
    return tax_totals.totals(
        taxed,
        discount if discount is not None else ZERO,
        prices_include_tax=context.prices_include_tax,
    )


def _line(context: Context, typed: LineInput, default_code: int | None) -> CalculatedLine:
    facts = context.items.get(typed.item_id) if typed.item_id is not None else None
    code_id = typed.tax_code_id or (facts.tax_code_id if facts else default_code)
    nature = typed.nature or (facts.nature if facts else "service")
    found, problem = _price(context, typed)
    rule, tax_problem = _rule(context, code_id, nature)
    amount = ZERO
    if found is not None:
        amount = found.price.times(typed.quantity, found.discount)
    return CalculatedLine(
        typed=typed,
        item_code=facts.code if facts else "",
        description=_description(typed, facts),
        details=typed.details if typed.details is not None else (facts.details if facts else None),
        unit=typed.unit if typed.unit is not None else (facts.unit if facts else None),
        unit_price=found.price if found else UnitPrice(0),
        discount=found.discount if found else typed.discount,
        source=found.source if found else "manual",
        source_name=found.name if found else "",
        source_id=found.source_id if found else None,
        candidates=found.candidates if found else (),
        tax_code_id=code_id,
        nature=nature,
        rule=rule,
        amount=amount,
        net=ZERO,
        problem=problem or tax_problem,
    )


def _description(typed: LineInput, facts: ItemFacts | None) -> str:
    if facts is not None and (not typed.description or typed.description in facts.names):
        return facts.name
    return typed.description


def _price(context: Context, typed: LineInput) -> tuple[pricing.Priced | None, Refusal | None]:
    item = context.priced.get(typed.item_id) if typed.item_id is not None else None
    manual = typed.unit_price
    if item is None and manual is None:
        manual = UnitPrice(0)
    request = pricing.Request(item, typed.quantity, context.supplied, manual, typed.discount)
    try:
        return pricing.price(request, context.book), None
    except NoPrice as problem:
        return None, problem


def _rule(
    context: Context, code_id: int | None, nature: str
) -> tuple[TaxRule | None, Refusal | None]:
    if code_id is None:
        return None, None
    try:
        return tax.resolve(context.codes[code_id], tax.Nature(nature), tax_terms(context)), None
    except (NoRateAtDate, NoFixedRate) as problem:
        return None, problem


def tax_terms(context: Context) -> tax.Terms:
    """The document's tax terms as the tax module wants them."""
    chosen = context.terms.tax.value
    return tax.Terms(
        supplied=context.supplied,
        reported=context.date,
        treatment=tax.Treatment(chosen.treatment),
        fixed=chosen.fixed_percent,
        exemption=chosen.exemption_reason or "",
        small_business=context.small_business,
        codes=tuple(context.codes.values()),
    )
