"""What happens at the example business: whom it works for, what it invoices, how they pay."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.document import Document
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import Money, Quantity, UnitPrice
from klantenapp.services.care import demo_bank, demo_mail
from klantenapp.services.care import example_names as names
from klantenapp.services.care.demo_agreements import Agreements
from klantenapp.services.catalogue import items
from klantenapp.services.catalogue.items import ItemData
from klantenapp.services.customers import customers, labels
from klantenapp.services.customers.customers import AddressData, ContactData, CustomerData
from klantenapp.services.messages import notes
from klantenapp.services.receivables import payments, write_offs
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales import drafts, issuing
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store import clock, search

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.care.example_names import What, Who
    from klantenapp.services.care.story import Story

_SATURDAY: Final = 5
#: With fewer invoices nothing is planned that makes more of them.
_ROOM: Final = 60


@dataclass(frozen=True)
class _Person:
    """A customer that exists."""

    id: int
    who: Who


def tell(story: Story, start: dt.date, customer_count: int, invoice_count: int) -> None:
    """Plan the whole story."""
    teller = _Teller(story, start)
    teller.set_up(customer_count)
    agreed = teller.plan_agreements() if invoice_count >= _ROOM else 0
    teller.plan_invoices(invoice_count - agreed)
    teller.plan_end()
    if agreed:
        demo_bank.plan(story)


class _Teller:
    def __init__(self, story: Story, start: dt.date) -> None:
        self._story = story
        self._write = story.administration.write
        self._random = story.random
        self._start = start
        self._end = story.until.astimezone().date()
        self._people: list[_Person] = []
        self._items: dict[str, int] = {}

    # --- before the first day --------------------------------------------------------------------

    def set_up(self, customer_count: int) -> None:
        """Put in the items and the customers, on the first day."""
        with clock.stopped(self._start):
            for what in names.ITEMS:
                work = partial(items.add, data=_item(what))
                self._items[what.code] = self._write(items.ADD, work)[0]
            for who in self._everybody(customer_count):
                work = partial(customers.add, data=self._customer(who))
                self._people.append(_Person(self._write(customers.ADD, work)[0], who))
            self._label()

    def _label(self) -> None:
        """Labels to group by: what kind of customer, and who comes often."""
        kinds = {"consumer": "Particulier", "business": "Zakelijk"}
        groups = {
            word: [person.id for person in self._people if person.who.kind == kind]
            for kind, word in kinds.items()
        }
        groups["Vaste klant"] = [person.id for person in self._people[: len(names.KNOWN)]]
        for word, ids in groups.items():
            if ids:
                work = partial(labels.put, customer_ids=ids, name=word)
                self._write(labels.PUT, work)

    def _everybody(self, number: int) -> list[Who]:
        """The known ones first, then as many invented ones as are wanted."""
        everybody = list(names.KNOWN[:number])
        taken = {who.name for who in everybody}
        while len(everybody) < number:
            who = self._somebody(len(everybody))
            if who.name not in taken:
                taken.add(who.name)
                everybody.append(who)
        return everybody

    def _somebody(self, index: int) -> Who:
        chance = self._random
        first, last = chance.choice(names.FIRST_NAMES), chance.choice(names.NAMES)
        code, city = chance.choice(names.PLACES)
        letters = "".join(chance.choice("ABCDEFGHKLMNPRSTVWXZ") for _ in range(2))
        consumer = chance.random() < 1 / 3
        name = f"{first[0]}. {last}" if consumer else f"{chance.choice(names.TRADES)} {last}"
        if index > len(names.TRADES) * len(names.NAMES) // 3:
            name = f"{name} {index}"
        return names.Who(
            name,
            f"{first} {last}",
            f"{chance.choice(names.STREETS)} {chance.randint(1, 180)}",
            f"{code} {letters}",
            city,
            late=round(chance.triangular(-4, 45, 4)),
            spread=chance.randint(1, 8),
            share=1,
            kind="consumer" if consumer else "business",
        )

    def _customer(self, who: Who) -> CustomerData:
        domain = re.sub(r"[^a-z0-9]", "", search.fold(who.name))
        consumer = who.kind == "consumer"
        email = f"{'mail' if consumer else 'administratie'}@{domain}.example"
        phone = f"038 000 {self._random.randint(10, 99)} {self._random.randint(10, 99)}"
        return CustomerData(
            name=who.name,
            kind=who.kind,
            email=email,
            phone=phone,
            vat_id=who.vat_id,
            language=who.language,
            tax_treatment=who.tax_treatment,
            large_company=False,
            addresses=(
                AddressData(
                    street=who.street,
                    postal_code=who.postal_code,
                    city=who.city,
                    country=who.country,
                ),
            ),
            contacts=() if consumer else (ContactData(name=who.contact, receives="all"),),
        )

    def plan_agreements(self) -> int:
        """Plan price lists, contracts, quotes and recurring invoices.

        Returns:
            How many invoices come of them.
        """
        people = {person.who.name: (person.id, person.who.kind) for person in self._people}
        by_name = {person.who.name: person for person in self._people}

        def issued(name: str, made: issuing.Issued) -> None:
            self._plan_payment(by_name[name], made.document_id, made.total)

        return Agreements(self._story, self._start, self._items, people).plan(issued)

    # --- invoices and payments -------------------------------------------------------------------

    def plan_invoices(self, number: int) -> None:
        """Spread invoices over the days, more for who is invoiced more often."""
        days = sorted(self._workday() for _ in range(number))
        shares = [person.who.share for person in self._people]
        for index, day in enumerate(days):
            (person,) = self._random.choices(self._people, shares)
            self._story.plan(day, partial(self._invoice, person), hour=8 + index % 9)

    def _workday(self) -> dt.date:
        days = (self._end - self._start).days
        return _weekday(self._start + dt.timedelta(days=self._random.randint(3, days - 1)))

    def _invoice(self, person: _Person) -> None:
        draft_id = self._draft(person)
        issued = self._write(issuing.ISSUE, partial(issuing.issue, document_id=draft_id))[0]
        demo_mail.mail_invoice(self._story.administration, issued.document_id, self._end)
        self._plan_payment(person, issued.document_id, issued.total)
        if self._random.random() < 1 / 7:
            day = clock.today() + dt.timedelta(days=self._random.randint(3, 40))
            self._story.plan(_weekday(day), partial(self._talk, person, issued.document_id), 14)

    def _draft(self, person: _Person) -> int:
        day = clock.today()
        supplied = day - dt.timedelta(days=self._random.randint(0, 10))
        draft = DraftInput(
            customer_id=person.id,
            supply_from=supplied,
            supply_to=day if supplied != day else supplied,
            customer_reference=(
                f"PO-{self._random.randint(40000, 49999)}"
                if person.who.kind != "consumer" and self._random.random() < 1 / 4
                else None
            ),
            lines=self._lines(person),
        )
        work = partial(drafts.add, kind="invoice", draft=draft)
        return self._write(drafts.ADD, work)[0]

    def _lines(self, person: _Person) -> tuple[LineInput, ...]:
        chance = self._random
        without_goods = person.who.tax_treatment is not None
        offered = [
            what
            for what in names.ITEMS
            if what.nature == "service" or not without_goods
            if what.code != "O-230" or person.who.name.startswith("Hotel")
            if what.code != "M-470" or chance.random() < 1 / 8
        ]
        chosen = chance.sample(offered, chance.choice((1, 1, 2, 2, 3, 4)))
        return tuple(
            LineInput(item_id=self._items[what.code], quantity=self._quantity(what))
            for what in sorted(chosen)
        )

    def _quantity(self, what: What) -> Quantity:
        if what.unit == "uur":
            return Quantity(self._random.randint(2, 32) * 2_500)
        if what.unit == "m":
            return Quantity(self._random.randint(4, 60) * 10_000)
        return Quantity(self._random.choice((1, 1, 1, 2, 3)) * 10_000)

    def _plan_payment(self, person: _Person, document_id: int, total: Money) -> None:
        chance, who = self._random, person.who
        due = self._story.administration.read(
            lambda session: session.scalars(
                select(Document.due_date).where(Document.id == document_id)
            ).one()
        )
        if due is None or (who.late is None and chance.random() < 2 / 3):
            return
        late = round(chance.gauss(who.late or 0, who.spread))
        day = _weekday(max(clock.today() + dt.timedelta(days=1), due + dt.timedelta(days=late)))
        if chance.random() < 1 / 14:
            part = Money(total.cents * chance.choice((30, 50, 60)) // 100)
            self._story.plan(day, partial(self._pay, document_id, part), 16)
            day = _weekday(day + dt.timedelta(days=chance.randint(10, 35)))
        self._story.plan(day, partial(self._pay, document_id, None), 16)

    def _pay(self, document_id: int, amount: Money | None) -> None:
        """What is open is paid; an invoice that was credited meanwhile is not."""
        if self._open(document_id) < (amount or Money(1)):
            return
        work = partial(payments.pay, document_id=document_id, amount=amount)
        self._write(payments.MARK_PAID, work)

    def _open(self, document_id: int) -> Money:
        def query(session: Session) -> Money:
            found = session.scalars(
                select(LedgerEntry.open_amount).where(
                    LedgerEntry.document_id == document_id, LedgerEntry.kind == "invoice"
                )
            ).one_or_none()
            return found or Money(0)

        return self._story.administration.read(query)

    # --- what else happens -----------------------------------------------------------------------

    def _talk(self, person: _Person, document_id: int) -> None:
        if self._random.random() < 1 / 3:
            entry = notes.NewEntry(kind="note", text=self._random.choice(names.NOTES))
        else:
            entry = notes.NewEntry(
                kind="call",
                text=self._random.choice(names.CALLS),
                direction=self._random.choice(("in", "out")),
                person=person.who.contact,
                document_id=document_id,
            )
        self._write(notes.ADD[entry.kind], partial(notes.add, customer_id=person.id, entry=entry))

    def plan_end(self) -> None:
        """The last days: a write-off, a credit note, and drafts that are still being written."""
        self._story.plan(_weekday(self._end - dt.timedelta(days=20)), self._give_up, 15)
        self._story.plan(_weekday(self._end - dt.timedelta(days=4)), self._credit, 17)
        for person in self._people[2:5]:
            self._story.plan(_weekday(self._end), partial(self._draft, person), 0)

    def _give_up(self) -> None:
        """Write off the smallest invoice that is two months late: its customer is gone."""
        before = clock.today() - dt.timedelta(days=60)
        document_id = self._story.administration.read(
            lambda session: session.scalar(
                select(LedgerEntry.document_id)
                .where(
                    LedgerEntry.kind == "invoice",
                    LedgerEntry.open_amount > 0,
                    LedgerEntry.due_date < before,
                )
                .order_by(LedgerEntry.open_amount, LedgerEntry.id)
                .limit(1)
            )
        )
        if document_id is not None:
            reason = "Klant is failliet, de curator verwacht geen uitkering."
            work = partial(write_offs.write_off, document_id=document_id, reason=reason)
            self._write(write_offs.WRITE_OFF, work)

    def _credit(self) -> None:
        """Credit the newest open invoice of the one who was invoiced by mistake."""
        by = {person.who.name: person.id for person in self._people}
        wanted = by.get("Atelier Maquette", self._people[-1].id)
        document_id = self._story.administration.read(
            lambda session: session.scalar(
                select(LedgerEntry.document_id)
                .where(
                    LedgerEntry.kind == "invoice",
                    LedgerEntry.open_amount == LedgerEntry.amount,
                )
                .order_by(LedgerEntry.customer_id != wanted, LedgerEntry.id.desc())
                .limit(1)
            )
        )
        if document_id is not None:
            reason = crediting.Wanted(reason="Dubbel berekend, vervalt in overleg.")
            work = partial(crediting.credit, document_id=document_id, wanted=reason)
            self._write(crediting.CREDIT, work)


def _item(what: What) -> ItemData:
    return ItemData(
        code=what.code,
        name=what.name,
        name_en=what.name_en,
        unit=what.unit,
        group=what.group,
        tax=what.tax,
        nature=what.nature,
        price=UnitPrice.parse(what.price),
    )


def _weekday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)
