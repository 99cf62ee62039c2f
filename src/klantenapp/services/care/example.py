"""An example business in a file of its own: invented names, two years of work, by the services.

Everything goes through the same services as real work does, on a clock that walks from the past to
today, so that each screen has something true to show. The same seed gives the same example.
"""

from __future__ import annotations

import datetime as dt
import random
from functools import partial
from typing import TYPE_CHECKING, Final

from klantenapp import paths
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.services.care import opening
from klantenapp.services.catalogue import items
from klantenapp.services.catalogue.items import ItemData
from klantenapp.services.customers import customers
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.customers.customers import AddressData, ContactData, CustomerData
from klantenapp.services.receivables import payments
from klantenapp.services.sales import credits as crediting
from klantenapp.services.sales import drafts, issuing
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store import clock, placing
from klantenapp.services.store.administration import Administration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "voorbeeld"
#: As many as picture 09a promises.
CUSTOMERS: Final = 86
INVOICES: Final = 214
SEED: Final = 2026

BUSINESS: Final = BusinessData(
    legal_name="Sanne de Wilde",
    trade_name="Noordkade Installatie",
    contact_name="Sanne de Wilde",
    street="Noordkade 7",
    postal_code="8011 ZZ",
    city="Zwolle",
    kvk="01234567",
    vat_id="NL001234567B29",
    iban="NL02ABNA0123456789",
    email="administratie@noordkade.example",
    phone="038 000 45 67",
    is_example=True,
)

_FIRST: Final = (
    ("Voorbeeld Bouw B.V.", "business", "Henk Voorbeeld", "Modelweg 8", "8011 AB", "Zwolle"),
    ("Hotel Voorbeeldzicht", "business", "Iris Proef", "Kade 12", "8261 AA", "Kampen"),
    ("VvE Modelflat 12–48", "business", "Karel Model", "Modelflat 12", "7411 AA", "Deventer"),
    ("Camping De Demo", "business", "Ans Demo", "Bosweg 3", "7731 AB", "Ommen"),
    ("Garage Fictief & Zn.", "business", "Piet Fictief", "Industrieweg 9", "7311 AC", "Apeldoorn"),
    ("Bakkerij Het Testbrood", "business", "Mia Meel", "Markt 4", "7411 AD", "Deventer"),
    ("Stichting De Proefwoning", "business", "Olaf Stichting", "Singel 22", "8011 AE", "Zwolle"),
    ("M. Voorbeeld-Jansen", "consumer", None, "Lindelaan 5", "8051 AB", "Hattem"),
    ("Familie Proefstra", "consumer", None, "Eikstraat 14", "8051 AC", "Hattem"),
    ("Drukkerij Schijnwerk", "business", "Jan Schijn", "Persstraat 1", "8051 AD", "Hattem"),
    ("Kaasboerderij De Schets", "business", "Wim Schets", "Dijk 77", "7721 AB", "Dalfsen"),
    ("Rijschool Proefrit", "business", "Els Rit", "Laan 6", "8011 AG", "Zwolle"),
    ("Praktijk Denkbeeld", "business", "Dr. Denk", "Plein 2", "8011 AH", "Zwolle"),
    ("Atelier Maquette", "business", "Noor Maquette", "Gracht 31", "7411 AJ", "Deventer"),
    ("Slagerij Vitrine", "business", "Bas Vitrine", "Hoofdstraat 8", "8051 AK", "Hattem"),
    (
        "Gemeente Modelstad",
        "government",
        "Afdeling Gebouwen",
        "Stadhuisplein 1",
        "8011 AL",
        "Zwolle",
    ),
)
_STREETS: Final = ("Schoolstraat", "Kerkweg", "Molenlaan", "Dorpsstraat", "Beukenlaan")
_CITIES: Final = (("Zwolle", "8012"), ("Kampen", "8262"), ("Deventer", "7412"), ("Ommen", "7732"))
_KINDS: Final = ("Voorbeeld", "Proef", "Model", "Schets", "Maquette", "Demo", "Concept")
_TRADES: Final = ("Bouw", "Techniek", "Advies", "Tuinen", "Transport", "Schilders", "Interieur")

_ITEMS: Final = (
    ItemData(
        code="MON",
        name="Monteur, uurtarief",
        name_en="Technician, hourly rate",
        unit="uur",
        group="Arbeid",
        price=UnitPrice.parse("68"),
    ),
    ItemData(
        code="LEER",
        name="Leerling-monteur",
        name_en="Apprentice",
        unit="uur",
        group="Arbeid",
        price=UnitPrice.parse("41.50"),
    ),
    ItemData(
        code="KETEL",
        name="Onderhoudsbeurt cv-ketel",
        name_en="Boiler service",
        unit="stuk",
        group="Onderhoud",
        price=UnitPrice.parse("89.50"),
    ),
    ItemData(
        code="ISOL",
        name="Isolatie leidingwerk, arbeid",
        name_en="Pipe insulation, labour",
        unit="uur",
        group="Arbeid",
        tax="low",
        price=UnitPrice.parse("58"),
    ),
    ItemData(
        code="LEID22",
        name="Leidingisolatie 22 mm",
        name_en="Pipe insulation 22 mm",
        unit="m",
        group="Materiaal",
        nature="goods",
        price=UnitPrice.parse("3.85"),
    ),
    ItemData(
        code="VOOR1",
        name="Voorrijkosten zone 1",
        name_en="Call-out zone 1",
        unit="rit",
        group="Reizen",
        price=UnitPrice.parse("22.50"),
    ),
    ItemData(
        code="VOOR2",
        name="Voorrijkosten zone 2",
        name_en="Call-out zone 2",
        unit="rit",
        group="Reizen",
        price=UnitPrice.parse("42.50"),
    ),
    ItemData(
        code="KRAAN",
        name="Kogelkraan 15 mm",
        name_en="Ball valve 15 mm",
        unit="stuk",
        group="Materiaal",
        nature="goods",
        price=UnitPrice.parse("12.95"),
    ),
)


def opened(path: Path | None = None) -> Administration:
    """The example of this user, open for a window; made where there is none yet."""
    path = path or paths.data_folder() / f"{NAME}{paths.EXTENSION}"
    if not path.exists():
        # It appears under its name when it is complete, so that a kill leaves no half example.
        with placing.in_progress(path) as temporary:
            make(temporary).close()
            placing.place(temporary, path)
    return Administration.open_file(path, window=True)


def make(
    path: Path, *, seed: int = SEED, customers_wanted: int = CUSTOMERS, invoices: int = INVOICES
) -> Administration:
    """Make an example in a new file, from two years ago until today.

    Raises:
        FileExists, FolderNotWritable, DiskFull: it cannot be made.
    """
    chance = random.Random(seed)  # noqa: S311 - an example, no secret
    today = clock.today()
    start = today - dt.timedelta(days=730)
    with clock.stopped(start):
        administration = opening.begin(path, BUSINESS)
        item_ids = [
            administration.write(items.ADD, partial(items.add, data=data))[0] for data in _ITEMS
        ]
        customer_ids = [
            administration.write(customers.ADD, partial(customers.add, data=data))[0]
            for data in _customers(chance, customers_wanted)
        ]
    story = _Story(administration, chance, customer_ids, item_ids)
    for number in range(invoices):
        day = start + dt.timedelta(days=(730 * number) // max(1, invoices))
        with clock.stopped(day):
            story.invoice(day)
        story.payments_until(day)
    story.payments_until(today)
    with clock.stopped(today):
        story.leave_drafts()
    return administration


def _customers(chance: random.Random, wanted: int) -> Iterator[CustomerData]:
    for number in range(wanted):
        if number < len(_FIRST):
            yield _known(chance, _FIRST[number])
            continue
        city, code = chance.choice(_CITIES)
        name = f"{chance.choice(_KINDS)} {chance.choice(_TRADES)} {number}"
        yield CustomerData(
            name=name,
            kind="consumer" if number % 9 == 0 else "business",
            email=f"info@klant{number}.example",
            phone=f"038 000 {number // 100:02d} {number % 100:02d}",
            addresses=(
                AddressData(
                    street=f"{chance.choice(_STREETS)} {chance.randint(1, 90)}",
                    postal_code=f"{code} {chance.choice('ABCDEFG')}{chance.choice('ABCDEFG')}",
                    city=city,
                ),
            ),
        )


def _known(
    chance: random.Random, facts: tuple[str, str, str | None, str, str, str]
) -> CustomerData:
    name, kind, contact, street, postal_code, city = facts
    host = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())
    is_regular = kind == "business" and chance.random() < 0.3  # noqa: PLR2004 - a third
    return CustomerData(
        name=name,
        kind=kind,
        email=f"administratie@{host}.example",
        phone=f"038 000 {chance.randint(10, 99)} {chance.randint(10, 99)}",
        credit_limit=Money(750_000) if name.startswith("Voorbeeld Bouw") else None,
        addresses=(AddressData(street=street, postal_code=postal_code, city=city),),
        contacts=(ContactData(name=contact, receives="all"),) if contact else (),
        labels=("Vaste klant",) if is_regular else (),
    )


class _Story:
    """What happens to the example business, day by day."""

    def __init__(
        self,
        administration: Administration,
        chance: random.Random,
        customer_ids: list[int],
        item_ids: list[int],
    ) -> None:
        self._administration = administration
        self._chance = chance
        self._customers = customer_ids
        self._items = item_ids
        self._coming: list[tuple[dt.date, int, Money | None]] = []
        #: How many days a customer takes after the due day; some are always late.
        self._manner = {each: chance.choice((-12, -3, 0, 2, 6, 14, 35)) for each in customer_ids}

    def invoice(self, day: dt.date) -> None:
        """An invoice to one of the customers, the first ones more often."""
        place = int(len(self._customers) * self._chance.random() ** 2)
        customer = self._customers[place]
        draft = DraftInput(
            customer_id=customer,
            supply_from=day - dt.timedelta(days=self._chance.randint(0, 9)),
            supply_to=day,
            lines=tuple(self._lines()),
        )
        document_id, _ = self._administration.write(
            drafts.ADD, partial(drafts.add, kind="invoice", draft=draft)
        )
        issued, _ = self._administration.write(
            issuing.ISSUE, partial(issuing.issue, document_id=document_id)
        )
        self._plan_payment(day, customer, issued)
        if self._chance.random() < 0.03:  # noqa: PLR2004 - three in a hundred
            wanted = crediting.Wanted(reason="Dubbel berekend")
            self._administration.write(
                crediting.CREDIT,
                partial(crediting.credit, document_id=document_id, wanted=wanted),
            )
            self._coming = [each for each in self._coming if each[1] != document_id]

    def _lines(self) -> Iterator[LineInput]:
        for item_id in self._chance.sample(self._items, self._chance.randint(1, 4)):
            yield LineInput(
                item_id=item_id,
                quantity=Quantity.parse(self._chance.choice(("1", "2", "3.5", "4", "6", "8"))),
                discount=Percent(500) if self._chance.random() < 0.1 else None,  # noqa: PLR2004 - one in ten
            )

    def _plan_payment(self, day: dt.date, customer: int, issued: issuing.Issued) -> None:
        if self._chance.random() < 0.04:  # noqa: PLR2004 - four in a hundred never pay
            return
        wobble = self._chance.randint(-4, 6)
        paid_on = max(day, day + dt.timedelta(days=30 + self._manner[customer] + wobble))
        if self._chance.random() < 0.06 and issued.total.cents > 1000:  # noqa: PLR2004 - six in a hundred in two parts
            half = Money(issued.total.cents // 2)
            self._coming.append((paid_on, issued.document_id, half))
            paid_on += dt.timedelta(days=self._chance.randint(10, 60))
        self._coming.append((paid_on, issued.document_id, None))

    def payments_until(self, day: dt.date) -> None:
        """Book what came in by that day."""
        due = sorted(each for each in self._coming if each[0] <= day)
        self._coming = [each for each in self._coming if each[0] > day]
        for paid_on, document_id, amount in due:
            with clock.stopped(paid_on):
                self._administration.write(
                    payments.MARK_PAID,
                    partial(payments.pay, document_id=document_id, amount=amount, date=paid_on),
                )

    def leave_drafts(self) -> None:
        """Three drafts that wait to be finished."""
        for customer in self._customers[2:5]:
            draft = DraftInput(customer_id=customer, lines=tuple(self._lines()))
            self._administration.write(drafts.ADD, partial(drafts.add, kind="invoice", draft=draft))
