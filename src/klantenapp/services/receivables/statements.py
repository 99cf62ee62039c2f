"""Statements of account: what a customer owes, or every movement over a period, as a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from klantenapp import i18n
from klantenapp.i18n import N_
from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.models.values import ZERO, Money, Period, total
from klantenapp.services.errors.base import NotFound
from klantenapp.services.ledger.balances import history
from klantenapp.services.ledger.past import open_items_on
from klantenapp.services.rendering.snapshot import Ageing, Payment, StatementRow, StatementSnapshot
from klantenapp.services.sales import snapshots
from klantenapp.services.store import clock

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from klantenapp.services.ledger.balances import Movement
    from klantenapp.services.ledger.open_items import OpenItem

Kind = Literal["movements", "open_items"]

#: Kinds of the ledger that the statement has no row of its own for, in words.
_WORDS: Final = {
    "opening": N_("Opening balance"),
    "recovery": N_("Recovered"),
    "discount": N_("Payment discount"),
}
#: Kinds whose reference is a number of their own.
_NUMBERED: Final = frozenset({"invoice", "credit_note", "opening"})
_LIMITS: Final = (30, 60, 90)


@dataclass(frozen=True)
class Wanted:
    """Which statement.

    Attributes:
        start, end: of the movements; None is from the first, through `as_of`.
        as_of: the day that it looks from.
    """

    kind: Kind
    as_of: dt.date
    start: dt.date | None = None
    end: dt.date | None = None


def snapshot(session: Session, customer_id: int, wanted: Wanted) -> StatementSnapshot:
    """The statement of one customer, in the customer's language.

    Raises:
        NotFound: no customer under that id.
    """
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise NotFound("customer", str(customer_id))
    business = session.get_one(Business, 1)
    language = customer.language or business.language
    through = min(wanted.end or wanted.as_of, wanted.as_of)
    items = open_items_on(session, through, customer_id=customer_id)
    balance = total(item.open_amount for item in items)
    is_open = wanted.kind == "open_items"
    moved = [each for each in history(session, customer_id) if each.date <= through]
    rows = _open_rows(items, language) if is_open else movement_rows(moved, wanted, language)
    start = wanted.start or (moved[0].date if moved else through)
    return StatementSnapshot(
        kind=wanted.kind,
        language=cast("Any", language),
        seller=snapshots.seller(business),
        customer=snapshots.customer_party(session, customer, None, vat_id=False),
        rows=rows,
        ageing=ageing(items, through),
        balance=balance,
        overdue=_overdue(items, through),
        printed=clock.today(),
        look=snapshots.look(session, business, language),
        period=None if is_open else Period(start, through),
        payment=_payment(business, customer, items),
        requested=balance if balance > ZERO else None,
    )


def with_balance(session: Session, as_of: dt.date) -> list[int]:
    """Customers that owe something or have a credit on a day, by number."""
    found = {item.customer_id: item.customer_number for item in open_items_on(session, as_of)}
    return sorted(found, key=lambda customer_id: found[customer_id])


def movement_rows(moved: list[Movement], wanted: Wanted, language: str) -> tuple[StatementRow, ...]:
    """Movements of the period with the balance before them; what was taken back is left out."""
    start = wanted.start
    before = total(each.amount for each in moved if start is not None and each.date < start)
    inside = [each for each in moved if start is None or each.date >= start]
    hidden = _cancelled(inside)
    known = {each.reference for each in moved if each.kind in _NUMBERED}
    balance, rows = before, []
    if start is not None:
        rows.append(StatementRow(date=start, kind="opening", balance=before))
    for each in inside:
        if each.entry_id in hidden:
            continue
        balance += each.amount
        rows.append(_row(each, balance, language, known))
    return tuple(rows)


def _cancelled(moved: list[Movement]) -> set[int]:
    """Entries and their voids, where both lie in the period and come to nothing."""
    voids = [each for each in moved if each.kind == "void"]
    hidden: set[int] = set()
    for each in moved:
        if not each.voided:
            continue
        for void in voids:
            same = (void.payment_id, void.document_id) == (each.payment_id, each.document_id)
            if same and void.amount == -each.amount and void.entry_id not in hidden:
                hidden |= {void.entry_id, each.entry_id}
                break
    return hidden


def _row(
    each: Movement, balance: Money, language: str, known: Collection[str | None]
) -> StatementRow:
    words = _WORDS.get(each.kind)
    t = i18n.translator(language)
    # What a payer wrote is no number: only documents are named as such.
    named = all(part in known for part in (each.reference or "").split(", "))
    return StatementRow(
        date=each.date,
        kind=cast("Any", "other" if words else each.kind),
        balance=balance,
        number=(each.reference or "") if named else "",
        text=t.gettext(words) if words else "",
        due_date=each.due_date if each.kind == "invoice" else None,
        debit=each.amount if each.amount > ZERO else None,
        credit=-each.amount if each.amount < ZERO else None,
    )


def _open_rows(items: list[OpenItem], language: str) -> tuple[StatementRow, ...]:
    t = i18n.translator(language)
    return tuple(
        StatementRow(
            date=item.date,
            kind=cast("Any", "other" if item.kind in _WORDS else item.kind),
            balance=item.open_amount,
            number=item.number or "",
            text=t.gettext(_WORDS[item.kind]) if item.kind in _WORDS else "",
            due_date=item.due_date,
            debit=item.amount if item.amount > ZERO else None,
            credit=-item.amount if item.amount < ZERO else None,
        )
        for item in items
    )


def ageing(items: list[OpenItem], day: dt.date) -> Ageing:
    """What is owed by how late it is; credits come off what is not due yet, then off the rest."""
    late = [0, 0, 0, 0, 0]
    credit = 0
    for item in items:
        if item.open_amount < ZERO:
            credit -= item.open_amount.cents
            continue
        days = (day - item.due_date).days if item.due_date else 0
        late[0 if days <= 0 else 1 + sum(days > limit for limit in _LIMITS)] += (
            item.open_amount.cents
        )
    for at, cents in enumerate(late):
        off = min(cents, credit)
        late[at] -= off
        credit -= off
    names = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus")
    return Ageing(**dict(zip(names, map(Money, late), strict=True)))


def _overdue(items: list[OpenItem], day: dt.date) -> Money:
    return total(
        item.open_amount
        for item in items
        if item.open_amount > ZERO and item.due_date is not None and item.due_date < day
    )


def _payment(business: Business, customer: Customer, items: list[OpenItem]) -> Payment | None:
    """Where to pay: one code for the total, naming the customer and the oldest invoice."""
    oldest = next((item.number for item in items if item.open_amount > ZERO and item.number), None)
    if business.iban is None:
        return None
    return Payment(
        kind="transfer",
        iban=business.iban,
        bic=business.bic or "",
        account_name=business.trade_name or business.legal_name,
        text=" ".join(filter(None, (customer.number, oldest))),
    )
