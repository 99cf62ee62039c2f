"""What stands between a draft and its number: all that the law and the business ask, at its field.

Source: Wet OB art. 35a (content of invoices), art. 27 Handelsregisterwet, `facts` §1.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from klantenapp.i18n import N_
from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.models.values import ZERO
from klantenapp.services.catalogue import tax, tax_problems
from klantenapp.services.customers import credit, numbers
from klantenapp.services.errors.base import Word
from klantenapp.services.errors.ledger import PeriodLocked
from klantenapp.services.errors.sales import (
    CreditLimitPassed,
    CustomerAddressIncomplete,
    DateBeforeLast,
    DueBeforeDate,
    LineWithoutDescription,
    LineWithoutTaxCode,
    NegativeTotal,
    NoCustomer,
    NoLines,
    PoBoxAlone,
    SellerIncomplete,
)
from klantenapp.services.ledger.balances import balance
from klantenapp.services.ledger.posting import require_unlocked
from klantenapp.services.sales import delivery, numbering
from klantenapp.services.sales.calculating import tax_terms
from klantenapp.services.sales.snapshots import invoice_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.sales.calculating import Calculated
    from klantenapp.services.sales.inputs import DraftInput

Problem = tuple[str | None, "Refusal"]

_PO_BOX: Final = re.compile(r"\s*(postbus|p\.?\s?o\.?\s?box|antwoordnummer)\b", re.IGNORECASE)
_SELLER_FIELDS: Final = {
    "legal_name": Word(N_("legal name")),
    "street": Word(N_("street")),
    "postal_code": Word(N_("postal code")),
    "city": Word(N_("city")),
    "kvk": Word(N_("Chamber of Commerce number")),
}
_ADDRESS_FIELDS: Final = ("street", "postal_code", "city")


def problems(
    session: Session, kind: str, draft: DraftInput, calculated: Calculated
) -> list[Problem]:
    """Everything that forbids issuing, in the order of the form; empty is ready.

    Returns:
        (field, failure) pairs for `errors.base.Invalid`.
    """
    return [
        *_of_seller(session, calculated),
        *_of_customer(session, draft.customer_id),
        *_of_dates(session, kind, draft, calculated),
        *_of_lines(calculated),
        *_of_tax(session, draft, calculated),
        *_of_credit(session, kind, draft, calculated),
    ]


def _of_seller(session: Session, calculated: Calculated) -> Iterator[Problem]:
    business = session.get(Business, 1)
    for name, word in _SELLER_FIELDS.items():
        if business is None or not getattr(business, name):
            yield "business", SellerIncomplete(word)
    small = calculated.context.small_business
    if business is not None and not business.vat_id and not small:
        yield "business", SellerIncomplete(Word(N_("VAT id")))


def _of_customer(session: Session, customer_id: int | None) -> Iterator[Problem]:
    if customer_id is None:
        yield "customer", NoCustomer()
        return
    address = invoice_address(session, customer_id)
    for name in _ADDRESS_FIELDS:
        if not (address and getattr(address, name)):
            # Foreign addresses do not all have a postal code.
            if name == "postal_code" and address is not None and address.country != "NL":
                continue
            yield "customer", CustomerAddressIncomplete(_SELLER_FIELDS[name])
    if address is not None and _PO_BOX.match(address.street or ""):
        yield "customer", PoBoxAlone()


def _of_dates(
    session: Session, kind: str, draft: DraftInput, calculated: Calculated
) -> Iterator[Problem]:
    date = calculated.context.date
    try:
        numbering.require_in_order(session, kind, date)
    except DateBeforeLast as problem:
        yield "date", problem
    try:
        if kind != "quote":
            require_unlocked(session, date)
    except PeriodLocked as problem:
        yield "date", problem
    if kind == "invoice" and calculated.due_date < date:
        yield "due_date", DueBeforeDate(calculated.due_date)
    if kind == "quote" and draft.valid_until is not None and draft.valid_until < date:
        yield "valid_until", DueBeforeDate(draft.valid_until)


def _of_lines(calculated: Calculated) -> Iterator[Problem]:
    if not calculated.lines:
        yield "lines", NoLines()
        return
    for number, line in enumerate(calculated.lines, start=1):
        if not line.description.strip():
            yield "lines", LineWithoutDescription(number)
        if line.problem is not None:
            yield "lines", line.problem
        elif line.rule is None:
            yield "lines", LineWithoutTaxCode(number)
    if calculated.totals.total < ZERO:
        yield "lines", NegativeTotal(calculated.totals.total)


def _of_tax(session: Session, draft: DraftInput, calculated: Calculated) -> Iterator[Problem]:
    if draft.customer_id is None:
        return
    lines = [
        (calculated.context.codes[line.tax_code_id], tax.Nature(line.nature))
        for line in calculated.lines
        if line.tax_code_id is not None and line.problem is None
    ]
    found = parties(session, draft.customer_id, delivery_country(session, draft))
    yield from tax_problems.problems(lines, tax_terms(calculated.context), found)


def parties(session: Session, customer_id: int, goods_to: str = "") -> tax_problems.Parties:
    """What is known of seller and buyer.

    Args:
        customer_id: the buyer.
        goods_to: country that goods go to; "" is the customer's own.
    """
    business = session.get(Business, 1)
    customer = session.get_one(Customer, customer_id)
    address = invoice_address(session, customer_id)
    return tax_problems.Parties(
        seller_vat_id=(business.vat_id or "") if business else "",
        vat_id=customer.vat_id or "",
        vat_id_valid=numbers.vat_id_problem(customer.vat_id) is None,
        country=address.country if address else "NL",
        delivery_country=goods_to,
    )


def delivery_country(session: Session, draft: DraftInput) -> str:
    """Where goods go: the chosen delivery address, else the customer's own one."""
    found = delivery.address(session, draft, goods=True)
    return found.country if found is not None else ""


def _of_credit(
    session: Session, kind: str, draft: DraftInput, calculated: Calculated
) -> Iterator[Problem]:
    passed = credit_limit_passed(session, draft.customer_id, calculated)
    if kind != "invoice" or passed is None or draft.customer_id is None:
        return
    if credit.terms(session, draft.customer_id).blocks:
        yield "customer", passed


def credit_limit_passed(
    session: Session, customer_id: int | None, calculated: Calculated
) -> CreditLimitPassed | None:
    """The customer's limit, where what is open and this document together pass it."""
    if customer_id is None:
        return None
    limit = credit.terms(session, customer_id).limit
    if limit is None:
        return None
    owed = balance(session, customer_id, calculated.context.date).balance
    exposure = owed + calculated.totals.total
    return CreditLimitPassed(limit, exposure) if exposure > limit else None
