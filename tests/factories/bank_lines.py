"""Bank lines as customers write them, each with what it really pays.

Independent of the matcher: everything here is made from the payer's side, from what they would type
and how banks pass it on. References are computed with other code than the program's own.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from stdnum.iso7064 import mod_97_10

from klantenapp.models.values import Money
from klantenapp.services.receivables.match_index import Claim, Customer, MatchIndex, OpenItem
from klantenapp.services.receivables.proposals import BankLine

FIRST = [
    "Jan",
    "Piet",
    "Anna",
    "Fatima",
    "Sanne",
    "Kees",
    "Willem",
    "Mohammed",
    "Eva",
    "Daan",
    "Lotte",
    "Bram",
    "Noor",
    "Zoë",
    "José",
]
LAST = [
    "de Vries",
    "Jansen",
    "van den Berg",
    "Bakker",
    "van Dijk",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "van Leeuwen",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "El Amrani",
    "Öztürk",
    "Kaczmarek",
    "Postma",
    "Kuipers",
    "Hoekstra",
    "Verhoeven",
    "van der Meulen",
    "Schouten",
    "Willems",
    "Prins",
    "Huisman",
    "Molenaar",
]
TRADE = [
    "Bouw",
    "Advies",
    "Timmerwerken",
    "Installaties",
    "Tandartspraktijk",
    "Fysiotherapie",
    "Transport",
    "Kapsalon",
    "Architecten",
    "Webdesign",
    "Bakkerij",
    "Loonbedrijf",
    "Makelaardij",
    "Accountants",
    "Hoveniers",
    "Drukkerij",
]
PLACES = [
    "Utrecht",
    "Zwolle",
    "Breda",
    "Delft",
    "Assen",
    "Hoorn",
    "Tiel",
    "Venlo",
    "Gouda",
    "Almere",
    "Ede",
    "Goes",
]
OWN = "NL20INGB0001234567"
YEARS = (2025, 2026)
DAY = dt.date(2026, 11, 20)


@dataclass
class Labelled:
    """A line and the truth: cents per open item, or None where it pays none."""

    line: BankLine
    kind: str
    truth: dict[int, int] | None


@dataclass
class World:
    """Customers with open items, and the lines that pay some of them."""

    items: list[OpenItem]
    customers: list[Customer]
    claims: list[Claim]
    lines: list[Labelled]

    def index(self) -> MatchIndex:
        return MatchIndex(
            self.items, self.customers, self.claims, own_accounts=[OWN], tolerance=Money(0)
        )


@dataclass
class Payer:
    customer: Customer
    name: str
    account: str
    is_known: bool
    items: list[OpenItem] = field(default_factory=list)
    credits: list[OpenItem] = field(default_factory=list)


def rf_reference(number):
    body = "".join(filter(str.isalnum, number)).upper()
    return "RF" + mod_97_10.calc_check_digits(body + "RF") + body


def dutch_reference(number):
    digits = [int(sign) for sign in number if sign.isdigit()]
    digits = [0] * (15 - len(digits)) + digits
    weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1, 2, 4, 8, 5, 10][::-1]
    rest = sum(a * b for a, b in zip(digits, weights, strict=True)) % 11
    check = {0: 0, 1: 1}.get(rest, 11 - rest)
    return str(check) + "".join(map(str, digits))


class Maker:
    def __init__(self, seed, customers=500):
        self.random = random.Random(seed)
        self.next_item = 1000
        self.width = 4 if customers <= 4_000 else 5
        numbers = range(1, 10**self.width)
        self.numbers = {
            year: iter(self.random.sample(numbers, len(numbers) * 9 // 10)) for year in YEARS
        }
        self.next_credit = 1
        self.claims = []
        self.payers = [self.payer(number) for number in range(1, customers + 1)]
        self.line_id = 0

    # -- the administration -----------------------------------------------------------------

    def number(self):
        year = self.random.choice(YEARS)
        return f"{year}-{next(self.numbers[year]):0{self.width}}"

    def closed_number(self):
        return self.number()

    def payer(self, number):
        pick = self.random
        last = pick.choice(LAST)
        if pick.random() < 0.5:
            name = pick.choice(
                [
                    f"{last} {pick.choice(TRADE)} B.V.",
                    f"{pick.choice(TRADE)} {last}",
                    f"{pick.choice(TRADE)} {pick.choice(PLACES)} V.O.F.",
                    f"{last} & {pick.choice(LAST)} {pick.choice(TRADE)}",
                ]
            )
        else:
            name = f"{pick.choice(FIRST)} {last}"
        account = f"NL{pick.randrange(10, 98)}RABO{pick.randrange(10**9, 10**10)}"
        known = pick.random() < 0.6
        customer = Customer(number, (name,), (account,) if known else ())
        payer = Payer(customer, name, account, known)
        self.open_items(payer)
        return payer

    def open_items(self, payer):
        pick = self.random
        subscription = pick.choice([2500, 6050, 12100]) if pick.random() < 0.25 else None
        for _ in range(pick.choice([1, 2, 2, 3, 4, 6, 9])):
            cents = subscription or pick.choice(
                [pick.randrange(1_000, 500_000), pick.randrange(10, 400) * 605]
            )
            payer.items.append(self.item(payer, self.number(), cents))
        payer.items.sort(key=lambda item: (item.day, item.id))
        if pick.random() < 0.15:
            number = f"C2026-{self.next_credit:04}"
            self.next_credit += 1
            payer.credits.append(self.item(payer, number, -pick.randrange(1_000, 50_000)))
        if pick.random() < 0.2:
            overdue = payer.items[0]
            costs = max(4_000, overdue.open.cents * 15 // 100)
            claim = Claim(
                payer.customer.id,
                frozenset({overdue.id}),
                Money(costs),
                Money(pick.randrange(0, 900)),
            )
            self.claims.append(claim)

    def item(self, payer, number, cents):
        self.next_item += 1
        day = DAY - dt.timedelta(days=self.random.randrange(0, 200))
        return OpenItem(self.next_item, payer.customer.id, number, Money(cents), day)

    # -- what people type, and banks add ----------------------------------------------------

    def chatter(self):
        pick = self.random
        return pick.choice(
            [
                "",
                "",
                "Bedankt!",
                f"klantnummer {pick.randrange(10_000, 19_999)}",
                f"uw kenmerk {pick.choice('ABCX')}{pick.randrange(100, 999)}",
                f"d.d. {pick.randrange(1, 29):02}-{pick.randrange(1, 13):02}-2026",
                f"order {pick.randrange(100_000, 999_999)}",
                f"ivm werkzaamheden {pick.choice(PLACES)}straat {pick.randrange(1, 300)}",
                "betaling conform afspraak",
                f"tel 06-{pick.randrange(10_000_000, 99_999_999)}",
            ]
        )

    def worded(self, number):
        pick = self.random
        return pick.choice(
            ["Factuur {}", "factuurnr. {}", "{}", "Fact {}", "betaling {}", "invoice {}", "nr:{}"]
        ).format(number)

    def through_the_bank(self, payer, text):
        """The text as it stands in a statement, sometimes cut in lines of 35."""
        pick = self.random
        parts = [text, self.chatter()]
        pick.shuffle(parts)
        text = " ".join(part for part in parts if part)
        style = pick.random()
        if style < 0.2:
            return f"/TRTP/SEPA OVERBOEKING/IBAN/{payer.account}/NAME/{payer.name}/REMI/{text}"
        if style < 0.35:
            return (
                f"Naam: {payer.name} Omschrijving: {text} IBAN: {payer.account} "
                f"Datum/Tijd: 20-11-2026 {pick.randrange(24):02}:{pick.randrange(60):02}:17"
            )
        if style < 0.5:
            return "\n".join(text[at : at + 35] for at in range(0, len(text), 35))
        return text.upper() if style < 0.6 else text

    def bank_name(self, payer):
        """How the bank writes the name of the account's holder."""
        pick = self.random
        name = payer.name
        words = name.split()
        style = pick.random()
        if style < 0.15:
            name = name.upper()
        elif style < 0.25 and len(words) == 2 and words[0] in FIRST:
            name = f"{words[0][0]}. {words[1]}"
        elif style < 0.35 and words[0] in FIRST:
            name = f"{' '.join(words[1:])}, {words[0]}"
        elif style < 0.4:
            at = pick.randrange(1, len(name))
            name = name[:at] + name[at + 1 :]
        elif style < 0.45:
            name = f"Hr {name}"
        return name[:32]

    def line(self, payer, cents, text, reference=""):
        self.line_id += 1
        return BankLine(
            self.line_id,
            DAY,
            Money(cents),
            self.bank_name(payer),
            payer.account,
            self.through_the_bank(payer, text),
            reference,
        )

    # -- the kinds of payment ---------------------------------------------------------------

    def take(self, payer):
        return payer.items.pop(self.random.randrange(len(payer.items)))

    def exact_number(self, payer):
        item = self.take(payer)
        return self.line(payer, item.open.cents, self.worded(item.number)), whole(item)

    def odd_number(self, payer):
        item = self.take(payer)
        year, rest = item.number.split("-")
        written = self.random.choice(
            [
                f"{year} {rest}",
                f"{year}{rest}",
                f"{year} - {rest}",
                f"{year}/{rest}",
                f"F{year}{rest}",
            ]
        )
        return self.line(payer, item.open.cents, self.worded(written)), whole(item)

    def without_year(self, payer):
        item = self.take(payer)
        rest = item.number.split("-")[1]
        written = self.random.choice([rest, rest.lstrip("0")])
        return self.line(payer, item.open.cents, f"factuur {written}"), whole(item)

    def creditor_reference(self, payer):
        item = self.take(payer)
        reference = rf_reference(item.number)
        if self.random.random() < 0.4:
            grouped = " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
            return self.line(payer, item.open.cents, grouped), whole(item)
        return self.line(payer, item.open.cents, "", reference), whole(item)

    def payment_reference(self, payer):
        item = self.take(payer)
        reference = dutch_reference(item.number)
        if self.random.random() < 0.5:
            grouped = " ".join(reference[at : at + 4] for at in range(0, 16, 4))
            return self.line(payer, item.open.cents, grouped), whole(item)
        return self.line(payer, item.open.cents, "", reference), whole(item)

    def no_number(self, payer):
        if not payer.is_known:
            return None
        item = payer.items[0]
        same = [each for each in payer.items if each.open == item.open]
        payer.items.remove(same[0])
        return self.line(payer, item.open.cents, "betaling"), whole(same[0])

    def several(self, payer):
        if len(payer.items) < 2:
            return None
        chosen = [
            self.take(payer) for _ in range(min(len(payer.items), self.random.choice([2, 2, 3])))
        ]
        numbers = [item.number for item in chosen]
        years = {number[:4] for number in numbers}
        if len(years) == 1 and self.random.random() < 0.4:
            numbers = [numbers[0], *(number[5:] for number in numbers[1:])]
        glue = self.random.choice([", ", " en ", " + ", "/", " "])
        text = f"facturen {glue.join(numbers)}"
        truth = {item.id: item.open.cents for item in chosen}
        return self.line(payer, sum(truth.values()), text), truth

    def part(self, payer):
        item = self.take(payer)
        cents = max(1, item.open.cents * self.random.choice([25, 40, 50, 75]) // 100)
        text = f"{self.random.choice(['deelbetaling', '1e termijn', 'voorschot'])} {item.number}"
        return self.line(payer, cents, text), {item.id: cents}

    def typo(self, payer):
        item = self.take(payer)
        number = list(item.number)
        at = self.random.choice([5, 6, 7, 8])
        number[at] = self.random.choice([sign for sign in "0123456789" if sign != number[at]])
        return self.line(payer, item.open.cents, self.worded("".join(number))), whole(item)

    def name_only(self, payer):
        if payer.is_known:
            return None
        item = payer.items.pop(0)
        return self.line(payer, item.open.cents, "overboeking"), whole(item)

    def with_costs(self, payer):
        claim = next((each for each in self.claims if each.customer_id == payer.customer.id), None)
        item = next((each for each in payer.items if claim and each.id in claim.item_ids), None)
        if item is None:
            return None
        payer.items.remove(item)
        more = claim.costs + self.random.choice([Money(0), claim.interest])
        text = self.random.choice([item.number, f"incl. kosten {item.number}", "aanmaning"])
        if text == "aanmaning" and not payer.is_known:
            text = item.number
        return self.line(payer, item.open.cents + more.cents, text), whole(item)

    def everything(self, payer):
        if not payer.is_known or len(payer.items) < 2 or payer.credits:
            return None
        chosen, payer.items = payer.items, []
        truth = {item.id: item.open.cents for item in chosen}
        return self.line(payer, sum(truth.values()), "alle openstaande facturen"), truth

    def refund(self, payer):
        if not payer.credits:
            return None
        item = payer.credits.pop()
        text = "terugbetaling" if payer.is_known else f"terugbetaling creditnota {item.number}"
        return self.line(payer, item.open.cents, text), whole(item)

    def with_credit(self, payer):
        if not payer.credits:
            return None
        item, credit = self.take(payer), payer.credits[-1]
        if item.open.cents + credit.open.cents <= 0:
            return None
        payer.credits.pop()
        truth = {item.id: item.open.cents, credit.id: credit.open.cents}
        text = f"{item.number} minus credit {credit.number}"
        return self.line(payer, sum(truth.values()), text), truth

    def too_much(self, payer):
        item = self.take(payer)
        cents = item.open.cents + self.random.choice([100, 1_000, 2_500])
        return self.line(payer, cents, self.worded(item.number)), whole(item)

    def paid_before(self, payer):
        """An invoice that is no longer open is paid again, while one of that amount is open."""
        if not payer.is_known:
            return None
        cents = payer.items[0].open.cents
        return self.line(payer, cents, self.worded(self.closed_number())), None

    def stranger(self, payer):
        pick = self.random
        nobody = Payer(
            Customer(0),
            pick.choice(
                ["Belastingdienst", "Bol.com", "Ziggo Services", "Gemeente Utrecht", "A. Nonymus"]
            ),
            f"NL{pick.randrange(10, 98)}ABNA{pick.randrange(10**9, 10**10)}",
            is_known=False,
        )
        cents = pick.choice([payer.items[0].open.cents, pick.randrange(100, 400_000)])
        if pick.random() < 0.3:
            cents = -cents
        text = pick.choice(
            [
                "retour bestelling",
                f"factuur {pick.randrange(100_000, 999_999)}",
                f"aanslag {pick.randrange(10**8, 10**9)}",
                f"ordernr 20{pick.randrange(10, 30)}-{pick.randrange(10**5, 10**6)}",
                "teruggaaf",
            ]
        )
        return self.line(nobody, cents, text), None

    def own_transfer(self, payer):
        own = Payer(Customer(0), "Eigen spaarrekening", OWN, is_known=False)
        return self.line(own, payer.items[0].open.cents, "sparen"), None


KINDS = {
    "exact_number": 25,
    "odd_number": 8,
    "without_year": 5,
    "creditor_reference": 8,
    "payment_reference": 4,
    "no_number": 12,
    "several": 8,
    "part": 5,
    "typo": 3,
    "name_only": 5,
    "with_costs": 4,
    "everything": 3,
    "refund": 3,
    "with_credit": 1,
    "too_much": 2,
    "paid_before": 2,
    "stranger": 10,
    "own_transfer": 1,
}
UNPAID = {"stranger", "own_transfer", "paid_before"}


def whole(item):
    return {item.id: item.open.cents}


def world(seed=2026, lines=2_400):
    """A month of bank lines for an administration of several thousand open items."""
    maker = Maker(seed, customers=max(200, lines // 2))
    items = [item for payer in maker.payers for item in (*payer.items, *payer.credits)]
    claims = list(maker.claims)
    labelled = []
    kinds, weights = list(KINDS), list(KINDS.values())
    while len(labelled) < lines:
        payer = maker.random.choice(maker.payers)
        if not payer.items:
            continue
        kind = maker.random.choices(kinds, weights)[0]
        made = getattr(maker, kind)(payer)
        if made is not None:
            labelled.append(Labelled(made[0], kind, made[1]))
    customers = [payer.customer for payer in maker.payers]
    return World(items, customers, claims, labelled)
