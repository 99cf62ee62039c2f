"""What the example business has agreed: price lists, contracts, quotes and what comes back."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.care import demo_mail
from klantenapp.services.catalogue import contracts, list_prices, price_lists
from klantenapp.services.catalogue.contract_data import AgreedPrice, ContractData
from klantenapp.services.catalogue.price_lists import PriceListData
from klantenapp.services.customers import customers
from klantenapp.services.receivables import write_offs
from klantenapp.services.reminders import sending
from klantenapp.services.sales import drafts, issuing, quotes, recurring
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.sales.recurring_data import LineData, RecurringData
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from klantenapp.services.care.story import Story
    from klantenapp.services.sales.issuing import Issued

_ALWAYS: Final = Quantity(0)


def _from(number: int) -> Quantity:
    return Quantity(number * 10_000)


#: Name, part of its users' names or their kind, whether prices include tax, change in basis
#: points, own prices: code, from how many, price.
_LISTS: Final = (
    (
        "Aannemers",
        ("Bouw", "Timmerfabriek", "Schildersbedrijf"),
        False,
        -500,
        (
            ("O-200", _ALWAYS, "88.00"),
            ("O-200", _from(25), "84.50"),
            ("O-210", _ALWAYS, "138.00"),
            ("O-210", _from(5), "132.00"),
            ("V-300", _ALWAYS, "25.00"),
        ),
    ),
    (
        "VvE en beheer",
        ("VvE", "Stichting"),
        False,
        0,
        (("O-200", _ALWAYS, "89.50"), ("O-200", _from(10), "86.00")),
    ),
    ("Particulier", ("consumer",), True, 0, (("O-200", _ALWAYS, "114.35"),)),
)

#: Of the contract in picture 07: code, from how many, price.
_AGREED: Final = (
    ("A-100", _ALWAYS, "62.00"),
    ("A-110", _ALWAYS, "41.50"),
    ("O-200", _from(10), "84.00"),
    ("V-300", _ALWAYS, "22.50"),
    ("V-310", _ALWAYS, "75.00"),
)

#: Customer, name, day of the month, code of the item.
_SCHEDULES: Final = (
    ("Praktijk Denkbeeld", "Onderhoudsabonnement", 9, "O-210"),
    ("Rijschool Proefrit", "Onderhoudsabonnement", 12, "O-200"),
    ("Hotel Voorbeeldzicht", "Service en storingsdienst", 16, "O-230"),
    ("Bakkerij Het Testbrood", "Service koelcel", 20, "O-220"),
)
#: How many months back the schedules run.
_RUNNING: Final = 5
_QUOTES: Final = 7
#: Reminders of the last weeks are still to be sent: something to do in the example.
_UNSENT_WEEKS: Final = 2
#: An invoice is given up after so many days.
_HOPELESS: Final = 150


class Agreements:
    """Plans what was agreed. Names that the example has not are left out."""

    def __init__(
        self,
        story: Story,
        start: dt.date,
        item_ids: Mapping[str, int],
        people: Mapping[str, tuple[int, str]],
    ) -> None:
        self._story = story
        self._write = story.administration.write
        self._end = story.until.astimezone().date()
        self._year = max(start, dt.date(self._end.year, 1, 1))
        self._items = item_ids
        self._people = people

    def plan(self, issued: Callable[[str, Issued], None]) -> int:
        """Plan everything.

        Args:
            issued: told of each invoice that comes of it, with its customer's name.

        Returns:
            How many invoices will come of it.
        """
        self._story.plan(self._year, self._lists, 7)
        self._story.plan(self._year, self._contracts, 7)
        self._story.plan(self._end - dt.timedelta(days=2), self._give_up, 15)
        for week in range(_UNSENT_WEEKS, (self._end - self._year).days // 7):
            self._story.plan(_workday(self._end - dt.timedelta(weeks=week)), self._remind, 18)
        return self._schedules(issued) + self._quotes(issued)

    # --- prices ----------------------------------------------------------------------------------

    def _lists(self) -> None:
        for name, users, gross, points, prices in _LISTS:
            data = PriceListData(
                name=f"{name} {self._end.year}",
                includes_tax=gross,
                valid_from=dt.date(self._end.year, 1, 1),
                valid_to=dt.date(self._end.year, 12, 31),
                percent=Percent(points) if points else None,
            )
            list_id = self._write(price_lists.ADD, partial(price_lists.add, data=data))[0]
            for code, least, price in prices:
                work = partial(
                    list_prices.set_price,
                    list_id=list_id,
                    item_id=self._items[code],
                    price=UnitPrice.parse(price),
                    min_quantity=least,
                )
                self._write(list_prices.SET_PRICE, work)
            for person, (customer_id, kind) in self._people.items():
                if kind in users or any(word in person for word in users):
                    values = {"price_list_id": list_id}
                    work = partial(customers.change, customer_id=customer_id, values=values)
                    self._write(customers.CHANGE, work)

    def _contracts(self) -> None:
        year_end = dt.date(self._end.year, 12, 31)
        if "Voorbeeld Bouw B.V." in self._people:
            self._contract(
                ContractData(
                    customer_id=self._people["Voorbeeld Bouw B.V."][0],
                    name=f"Raamcontract {self._end.year}",
                    valid_from=self._year,
                    valid_to=year_end,
                    prices=tuple(
                        AgreedPrice(
                            item_id=self._items[code],
                            price=UnitPrice.parse(price),
                            min_quantity=least,
                        )
                        for code, least, price in _AGREED
                    ),
                    discount=Percent(250),
                    tax_treatment="reverse_charge",
                )
            )
        if "Hotel Voorbeeldzicht" in self._people:
            self._contract(
                ContractData(
                    customer_id=self._people["Hotel Voorbeeldzicht"][0],
                    name="Servicecontract keuken en hotel",
                    valid_from=self._year,
                    valid_to=self._end + dt.timedelta(days=24),
                    prices=(
                        AgreedPrice(item_id=self._items["O-230"], price=UnitPrice.parse("990.00")),
                    ),
                    at_end="renew",
                )
            )

    def _contract(self, data: ContractData) -> None:
        self._write(contracts.ADD, partial(contracts.add, data=data))

    # --- quotes and recurring invoices -----------------------------------------------------------

    def _schedules(self, issued: Callable[[str, Issued], None]) -> int:
        number = 0
        for person, name, day, code in _SCHEDULES:
            if person not in self._people:
                continue
            first = _months_before(self._end, _RUNNING, day)
            data = RecurringData(
                customer_id=self._people[person][0],
                name=name,
                first_date=first,
                day_of_month=day,
                weekend="after",
                period_text="{month} {year}",
                lines=(LineData(item_id=self._items[code]),),
            )
            self._story.plan(first - dt.timedelta(days=7), partial(self._begin, data), 8)
            for back in range(_RUNNING, -1, -1):
                planned = _months_before(self._end, back, day)
                # A planned date in a weekend moves to the Monday.
                run = planned + dt.timedelta(days=(0, 0, 0, 0, 0, 2, 1)[planned.weekday()])
                if run < self._end:
                    self._story.plan(run, partial(self._run, person, issued), 8)
                    number += 1
        return number

    def _begin(self, data: RecurringData) -> None:
        self._write(recurring.ADD, partial(recurring.add, data=data))

    def _run(self, person: str, issued: Callable[[str, Issued], None]) -> None:
        """Make what is due, and send it."""
        today = clock.today()
        due = self._story.administration.read(lambda session: recurring.due(session, today))
        for one in due:
            if one.customer != person:
                continue
            work = partial(recurring.make, recurring_id=one.recurring_id, planned=one.planned)
            draft_id = self._write(recurring.MAKE, work)[0]
            self._issue(person, draft_id, issued)

    def _issue(
        self, person: str, draft_id: int, issued: Callable[[str, Issued], None] | None
    ) -> None:
        made = self._write(issuing.ISSUE, partial(issuing.issue, document_id=draft_id))[0]
        if issued is not None:
            issued(person, made)

    def _quotes(self, issued: Callable[[str, Issued], None]) -> int:
        """Quotes of the last months: accepted and invoiced, declined, or still open."""
        chance = self._story.random
        names = sorted(self._people)
        number = 0
        for index in range(min(_QUOTES, len(names))):
            person = chance.choice(names)
            outcome = ("accept", "decline", "open")[index % 3]
            days = 8 if outcome == "open" else chance.randint(40, 150)
            day = _workday(self._end - dt.timedelta(days=days + index))
            self._story.plan(day, partial(self._quote, person, outcome, issued), 11)
            number += outcome == "accept"
        return number

    def _quote(self, person: str, outcome: str, issued: Callable[[str, Issued], None]) -> None:
        code = self._story.random.choice(("M-470", "M-450", "A-100"))
        today = clock.today()
        draft = DraftInput(
            customer_id=self._people[person][0],
            valid_until=today + dt.timedelta(days=30),
            lines=(LineInput(item_id=self._items[code]), LineInput(item_id=self._items["A-120"])),
        )
        work = partial(drafts.add, kind="quote", draft=draft)
        quote_id = self._write(drafts.ADD, work)[0]
        self._issue(person, quote_id, None)
        if outcome == "open":
            return
        answer = partial(self._answer, person, quote_id, outcome, issued)
        self._story.plan(_workday(today + dt.timedelta(days=9)), answer, 12)

    def _answer(
        self, person: str, quote_id: int, outcome: str, issued: Callable[[str, Issued], None]
    ) -> None:
        if outcome == "decline":
            self._write(quotes.DECLINE, partial(quotes.decline, document_id=quote_id))
            return
        self._write(quotes.ACCEPT, partial(quotes.accept, document_id=quote_id))
        work = partial(quotes.to_invoice, document_id=quote_id)
        self._issue(person, self._write(quotes.TO_INVOICE, work)[0], issued)

    # --- who pays late, and what will not be paid ------------------------------------------------

    def _remind(self) -> None:
        """Send what is ready; handing over to a collector is the user's own act."""
        wanted = [
            one
            for one in self._story.administration.read(
                lambda session: sending.ready(session, clock.today())
            )
            if one.step != "handover"
        ]
        if wanted:
            self._write(sending.SEND, partial(sending.send, wanted=wanted))
            demo_mail.deliver(self._story.administration)

    def _give_up(self) -> None:
        """Write off the oldest invoice of one who never paid."""
        if "Slagerij Vitrine" not in self._people:
            return
        customer_id = self._people["Slagerij Vitrine"][0]
        before = clock.today() - dt.timedelta(days=_HOPELESS)

        def query(session: Session) -> int | None:
            return session.scalar(
                select(LedgerEntry.document_id)
                .where(
                    LedgerEntry.customer_id == customer_id,
                    LedgerEntry.kind == "invoice",
                    LedgerEntry.open_amount == LedgerEntry.amount,
                    LedgerEntry.date < before,
                )
                .order_by(LedgerEntry.date)
                .limit(1)
            )

        document_id = self._story.administration.read(query)
        if document_id is not None:
            work = partial(
                write_offs.write_off, document_id=document_id, reason="Zaak gesloten, geen verhaal."
            )
            self._write(write_offs.WRITE_OFF, work)


def _months_before(day: dt.date, months: int, day_of_month: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, day_of_month)


def _workday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])
