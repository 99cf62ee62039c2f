"""What bank lines are matched against: open items, customers and claims, built once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.models.values import ZERO
from klantenapp.services.receivables.names import NameIndex
from klantenapp.services.receivables.numbers import NumberIndex

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from klantenapp.models.values import Money


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open entry of the ledger.

    Attributes:
        id: of the entry.
        number: of its document, "" where it has none.
        open: positive where the customer owes, negative where the customer has a credit.
        day: its due date, or the date of a credit; the oldest is settled first.
        discount: early-payment discount, while the bank line's day is not after `discount_until`.
    """

    id: int
    customer_id: int
    number: str
    open: Money
    day: dt.date
    discount: Money = ZERO
    discount_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Who pays.

    Attributes:
        names: company, trade name, contacts and account names.
        accounts: IBANs known to be the customer's, compact.
    """

    id: int
    names: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Costs and interest of the latest reminder of a customer.

    Attributes:
        item_ids: entries that the reminder is about.
        costs: collection costs with tax, claimed or announced.
        interest: interest claimed.
    """

    customer_id: int
    item_ids: frozenset[int]
    costs: Money = ZERO
    interest: Money = ZERO


class MatchIndex:
    """Open items found by number, account, name and amount.

    Items are known by their position in `items`; the oldest comes first.
    """

    def __init__(
        self,
        items: Iterable[OpenItem],
        customers: Iterable[Customer],
        claims: Iterable[Claim] = (),
        own_accounts: Iterable[str] = (),
        tolerance: Money = ZERO,
    ) -> None:
        """Index everything once.

        Args:
            items: open entries of every customer.
            customers: those that have, or could have, open entries.
            claims: at most one per customer.
            own_accounts: IBANs of the user; a line with one is a transfer of their own.
            tolerance: largest difference that the user writes off as small.
        """
        self.items = sorted(items, key=lambda item: (item.day, item.id))
        self.numbers = NumberIndex((item.number, item.customer_id) for item in self.items)
        self.by_customer: dict[int, list[int]] = {}
        self.by_amount: dict[int, list[int]] = {}
        for position, item in enumerate(self.items):
            self.by_customer.setdefault(item.customer_id, []).append(position)
            self.by_amount.setdefault(item.open.cents, []).append(position)
        self.accounts: dict[str, list[int]] = {}
        names: list[tuple[int, str]] = []
        for customer in customers:
            names += [(customer.id, name) for name in customer.names if name]
            for account in customer.accounts:
                self.accounts.setdefault(account, []).append(customer.id)
        self.names = NameIndex(names)
        self.claims = {claim.customer_id: claim for claim in claims}
        self.own_accounts = frozenset(own_accounts)
        self.tolerance = tolerance
