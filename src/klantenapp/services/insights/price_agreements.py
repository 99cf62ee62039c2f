"""Who pays what, from which source, and until when: every price that a customer's terms change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from klantenapp.i18n import N_, _
from klantenapp.models.catalogue import Item
from klantenapp.models.contract import Contract
from klantenapp.models.customer import Customer
from klantenapp.models.values import Quantity
from klantenapp.services.catalogue import loading, pricing
from klantenapp.services.errors.catalogue import NoPrice
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import told
from klantenapp.services.sales import calculating
from klantenapp.services.sales.inputs import DraftInput

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Period, UnitPrice
    from klantenapp.services.catalogue.price_book import PriceBook, PricedItem
    from klantenapp.services.catalogue.pricing import Candidate, Priced
    from klantenapp.services.insights.table import Link, Row
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "price-agreements"
SOURCES: Final = {
    "contract": N_("Contract price"),
    "contract_discount": N_("Contract discount"),
    "price_list": N_("Price list"),
    "item": N_("Discount of the customer"),
}
_ALWAYS: Final = Quantity(0)


@dataclass(frozen=True)
class _Customer:
    id: int
    number: str
    name: str


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Every item that a customer does not simply buy at its own price, on a day.

    Prices come from the same rules as those on invoices, at each quantity from which they change.

    The day chooses contracts, lists and tax rates.
    """
    rows: list[Row] = []
    as_of = wanted.as_of
    links: list[Link | None] = []
    items = session.execute(
        select(Item.id, Item.code, Item.name)
        .where(Item.archived_at.is_(None))
        .order_by(Item.sort_name, Item.id)
    ).all()
    names = {item.id: (item.code, item.name) for item in items}
    priced = loading.priced_items(session, names, loading.tax_codes(session), as_of)
    lists = loading.price_lists(session)
    for customer in _customers(session, wanted):
        draft = DraftInput(customer_id=customer.id, date=as_of)
        book = calculating.price_book(session, draft, lists=lists)
        rows += _of_customer(customer, book, [priced[item_id] for item_id in names], names, as_of)
        links += [("customer", customer.id)] * (len(rows) - len(links))
    return ReportTable(
        NAME,
        _("Price agreements"),
        _("What the rules for invoices give on that day, from each quantity on."),
        told(session, wanted, as_of=True),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("item", _("Code")),
            Column("item_name", _("Item")),
            Column("min_quantity", _("From quantity"), "quantity"),
            Column("price", _("Price"), "price"),
            Column("discount_percent", _("Discount"), "percent"),
            Column("net_price", _("After discount"), "price"),
            Column("includes_tax", _("Tax")),
            Column("source", _("Source")),
            Column("agreement", _("Agreement")),
            Column("valid_to", _("Valid through"), "date"),
        ),
        tuple(rows),
        links=tuple(links),
    )


def _customers(session: Session, wanted: Wanted) -> list[_Customer]:
    """Those with a contract, a list or a discount of their own, by name."""
    with_contract = select(Contract.customer_id).where(Contract.is_draft.is_(False))
    query = (
        select(Customer.id, Customer.number, Customer.name)
        .where(
            Customer.archived_at.is_(None),
            Customer.merged_into_id.is_(None),
            or_(
                Customer.id.in_(with_contract),
                Customer.price_list_id.is_not(None),
                Customer.discount > 0,
            ),
        )
        .order_by(Customer.sort_name, Customer.id)
    )
    query = query.where(*wanted.of(Customer.id))
    return [_Customer(*row) for row in session.execute(query)]


def _of_customer(
    customer: _Customer,
    book: PriceBook,
    items: Sequence[PricedItem],
    names: Mapping[int, tuple[str, str]],
    day: dt.date,
) -> Iterator[Row]:
    gross = book.prices_include_tax
    tax = Word(_("Including"), "including") if gross else Word(_("Excluding"), "excluding")
    for item in items:
        before: tuple[object, ...] | None = None
        for quantity in sorted(_quantities(book, item.id)):
            try:
                found = pricing.price(pricing.Request(item, quantity, day), book)
            except NoPrice:
                continue
            said = (found.price, found.discount, found.source, found.source_id)
            if said == before or not _is_agreed(found, book):
                before = said
                continue
            before = said
            yield (
                customer.number,
                customer.name,
                *names[item.id],
                quantity,
                found.price,
                found.discount or None,
                _net(found),
                tax,
                Word(_(SOURCES[found.source]), found.source),
                found.name or None,
                _until(found),
            )


def _is_agreed(found: Priced, book: PriceBook) -> bool:
    """The customer's own terms decide: not the item's price, nor the list of everybody."""
    if found.discount:
        return True
    if found.source == pricing.Source.PRICE_LIST:
        return found.source_id in {book.contract_list, book.customer_list}
    return found.source != pricing.Source.ITEM


def _net(found: Priced) -> UnitPrice:
    """The price after the discount, half up to 1/10,000."""
    if not found.discount:
        return found.price
    return found.price.changed(-found.discount)


def _until(found: Priced) -> dt.date | None:
    """The last day of what priced it."""
    chosen: Candidate = next(
        each for each in found.candidates if each.reason is pricing.Reason.CHOSEN
    )
    period: Period | None = chosen.period
    return period.end if period is not None else None


def _quantities(book: PriceBook, item_id: int) -> set[Quantity]:
    """Every quantity at which the price can change: tiers of contracts, lists and their bases."""
    found = {_ALWAYS}
    for agreement in book.agreements:
        found |= {tier.min_quantity for tier in agreement.prices.get(item_id, ())}
    waiting = [book.contract_list, book.customer_list, book.business_list]
    seen: set[int] = set()
    while waiting:
        list_id = waiting.pop()
        if list_id is None or list_id in seen:
            continue
        seen.add(list_id)
        price_list = book.lists[list_id]
        found |= {tier.min_quantity for tier in price_list.prices.get(item_id, ())}
        waiting.append(price_list.base_id)
    return found
