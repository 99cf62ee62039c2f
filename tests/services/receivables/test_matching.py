import datetime as dt
from dataclasses import replace

import pytest

from klantenapp.models.values import ZERO, Money
from klantenapp.services.ledger.references import creditor_reference
from klantenapp.services.receivables.match_index import Claim, Customer, MatchIndex, OpenItem
from klantenapp.services.receivables.matching import match, match_all
from klantenapp.services.receivables.proposals import BankLine, Certainty, Doubt, Reason

JANSEN, BAKKER, VISSER = 1, 2, 3
JANSEN_IBAN, BAKKER_IBAN, STRANGE_IBAN = "NL91ABNA0417164300", "NL20INGB0001234567", "DE1"
OWN_IBAN = "NL44RABO0123456789"


def item(number, customer, amount, day, entry, **more):
    return OpenItem(
        entry, customer, number, Money.parse(amount), dt.date.fromisoformat(day), **more
    )


ITEMS = [
    item("2026-0041", JANSEN, "121.00", "2026-09-01", 41),
    item("2026-0042", JANSEN, "250.00", "2026-10-01", 42),
    item("2026-0043", JANSEN, "75.50", "2026-11-01", 43),
    item("2026-0050", BAKKER, "121.00", "2026-08-01", 50),
    item("2026-0051", BAKKER, "121.00", "2026-09-01", 51),
    item("2026-0060", VISSER, "980.10", "2026-07-01", 60),
    item(
        "2026-0061",
        VISSER,
        "1000.00",
        "2026-12-01",
        61,
        discount=Money.parse("20.00"),
        discount_until=dt.date(2026, 11, 30),
    ),
    item("C2026-0007", JANSEN, "-30.00", "2026-10-15", 70),
]
CUSTOMERS = [
    Customer(JANSEN, ("Jansen Timmerwerken B.V.",), (JANSEN_IBAN,)),
    Customer(BAKKER, ("Bakker Advies",), (BAKKER_IBAN,)),
    Customer(VISSER, ("Anna Visser",)),
]
CLAIMS = [Claim(VISSER, frozenset({60}), Money.parse("147.02"), Money.parse("5.16"))]
INDEX = MatchIndex(ITEMS, CUSTOMERS, CLAIMS, [OWN_IBAN], Money.parse("1.00"))


def line(amount, text="", name="", account=STRANGE_IBAN, reference=""):
    return BankLine(1, dt.date(2026, 11, 20), Money.parse(amount), name, account, text, reference)


def best(*args, **more):
    proposals = match(line(*args, **more), INDEX).proposals
    if not proposals:
        return None
    first = proposals[0]
    parts = {part.item_id: str(part.amount) for part in first.parts}
    whole = sum(part.amount.cents for part in first.parts)
    whole += (first.costs + first.interest + first.left).cents
    assert whole == Money.parse(args[0]).cents
    return str(first.certainty), parts


@pytest.mark.parametrize(
    ("args", "more", "expected"),
    [
        # Certain: reference and the exact amount.
        (("250.00", "factuur 2026-0042"), {}, ("certain", {42: "250.00"})),
        (("250.00",), {"reference": creditor_reference("2026-0042")}, ("certain", {42: "250.00"})),
        (
            ("371.00", "2026-0041 en 0042"),
            {},
            ("certain", {41: "121.00", 42: "250.00"}),
        ),
        # Certain: known account and the exact amount of one item.
        (("250.00", "bedankt"), {"account": JANSEN_IBAN}, ("certain", {42: "250.00"})),
        # Certain: a part payment that names its invoice, from a known account.
        (("100.00", "2026-0042"), {"account": JANSEN_IBAN}, ("certain", {42: "100.00"})),
        # Certain: an invoice less a credit, both named.
        (
            ("220.00", "2026-0042 minus C2026-0007"),
            {},
            ("certain", {42: "250.00", 70: "-30.00"}),
        ),
        # A part payment from an unknown account is only likely.
        (("100.00", "2026-0042"), {}, ("likely", {42: "100.00"})),
        (("300.00", "2026-0042"), {}, ("likely", {42: "250.00"})),
        # Somebody else's account, or name.
        (("250.00", "2026-0042"), {"account": BAKKER_IBAN}, ("likely", {42: "250.00"})),
        (("250.00", "2026-0042"), {"name": "Anna Visser"}, ("likely", {42: "250.00"})),
        # A number without its year, with the amount.
        (("250.00", "factuur 42"), {}, ("likely", {42: "250.00"})),
        (("250.00", "factuur 42"), {"account": JANSEN_IBAN}, ("certain", {42: "250.00"})),
        # Two items of the same amount: the oldest.
        (("121.00",), {"account": BAKKER_IBAN}, ("likely", {50: "121.00"})),
        (("121.00", "nr 51"), {"account": BAKKER_IBAN}, ("certain", {51: "121.00"})),
        # Everything that is open; some of it; what adds up.
        (("242.00",), {"account": BAKKER_IBAN}, ("likely", {50: "121.00", 51: "121.00"})),
        (("196.50",), {"account": JANSEN_IBAN}, ("likely", {41: "121.00", 43: "75.50"})),
        (
            ("416.50",),
            {"account": JANSEN_IBAN},
            ("likely", {41: "121.00", 42: "250.00", 43: "75.50", 70: "-30.00"}),
        ),
        # A known customer and an amount that fits nothing: the oldest first.
        (("200.00",), {"account": JANSEN_IBAN}, ("unsure", {41: "121.00", 42: "79.00"})),
        # Name and amount.
        (("980.10",), {"name": "A VISSER"}, ("unsure", {60: "980.10"})),
        (("980.10",), {"name": "Visser, Anna"}, ("likely", {60: "980.10"})),
        # With costs and interest of the reminder.
        (("1127.12", "2026-0060"), {}, ("likely", {60: "980.10"})),
        (("1132.28",), {"name": "Anna Visser"}, ("likely", {60: "980.10"})),
        # Early-payment discount.
        (("980.00", "2026-0061"), {}, ("likely", {61: "980.00"})),
        # A small difference.
        (("249.50", "2026-0042"), {}, ("likely", {42: "249.50"})),
        (("250.75", "2026-0042"), {}, ("likely", {42: "250.00"})),
        # A typo in the number.
        (("250.00", "2026-0044"), {}, ("unsure", {42: "250.00"})),
        (("250.00", "2026-0092"), {}, ("unsure", {42: "250.00"})),
        # The amount alone is never more than unsure.
        (("75.50", "boodschappen"), {}, ("unsure", {43: "75.50"})),
        # Money out: a credit.
        (("-30.00", "terug"), {"account": JANSEN_IBAN}, ("certain", {70: "-30.00"})),
        (("-30.00", "creditnota C2026-0007"), {}, ("certain", {70: "-30.00"})),
        # An invoice of ours that is no longer open, and the amount of another one.
        (("250.00", "2026-0039"), {"account": JANSEN_IBAN}, ("unsure", {42: "250.00"})),
        # Nothing to do with us.
        (("55.55", "boodschappen"), {}, None),
        (("-121.00", "huur"), {}, None),
        (("0.00", "2026-0042"), {}, None),
    ],
)
def test_a_line_is_matched_as_a_person_would(args, more, expected):
    assert best(*args, **more) == expected


def test_the_reasons_and_doubts_are_told():
    first = match(line("250.00", "2026-0042", "Jansen Timmerwerken", JANSEN_IBAN), INDEX)
    assert first.proposals[0].reasons == (
        Reason.NUMBER,
        Reason.ACCOUNT,
        Reason.NAME,
        Reason.AMOUNT_EXACT,
    )
    assert first.proposals[0].doubts == ()
    other = match(line("250.00", "2026-0042", account=BAKKER_IBAN), INDEX).proposals[0]
    assert other.doubts == (Doubt.OTHER_ACCOUNT,)
    twice = match(line("121.00", account=BAKKER_IBAN), INDEX).proposals[0]
    assert twice.doubts == (Doubt.SEVERAL_FIT,)
    more = match(line("300.00", "2026-0042"), INDEX).proposals[0]
    assert (str(more.left), more.doubts) == ("50.00", (Doubt.OVERPAID,))


def test_costs_interest_discount_and_difference_are_named_apart():
    costs = match(line("1132.28", "2026-0060"), INDEX).proposals[0]
    assert (str(costs.costs), str(costs.interest)) == ("147.02", "5.16")
    assert Reason.WITH_COSTS_AND_INTEREST in costs.reasons
    only = match(line("1127.12", "2026-0060"), INDEX).proposals[0]
    assert (str(only.costs), only.interest) == ("147.02", ZERO)
    assert Reason.WITH_COSTS in only.reasons
    early = match(line("980.00", "2026-0061"), INDEX).proposals[0]
    assert str(early.discount) == "20.00"
    late = match(replace(line("980.00", "2026-0061"), day=dt.date(2026, 12, 1)), INDEX)
    assert Reason.PART_PAYMENT in late.proposals[0].reasons
    small = match(line("249.50", "2026-0042"), INDEX).proposals[0]
    assert str(small.difference) == "0.50"
    above = match(line("250.75", "2026-0042"), INDEX).proposals[0]
    assert (str(above.difference), str(above.left)) == ("-0.75", "0.75")


def test_a_transfer_of_the_users_own_is_no_payment():
    found = match(line("250.00", "2026-0042", account=OWN_IBAN), INDEX)
    assert found.own_transfer
    assert found.certainty is None


def test_the_amount_of_many_items_proposes_none():
    many = MatchIndex([item(f"2026-{n:04}", n, "50.00", "2026-01-01", n) for n in range(1, 9)], [])
    assert match(line("50.00", "boodschappen"), many).proposals == ()


def test_accepting_all_certain_lines_never_pays_an_invoice_twice():
    lines = [line("250.00", "2026-0042"), line("250.00", "2026-0042"), line("100.00", "2026-0042")]
    results = match_all(lines, INDEX)
    assert results[0].certainty is Certainty.CERTAIN
    assert all(each.certainty is not Certainty.CERTAIN for each in results[1:])
    parts = [
        replace(each, id=number)
        for number, each in enumerate([line("100.00", "2026-0042", account=JANSEN_IBAN)] * 3)
    ]
    given = [match.proposals[0].parts[0].amount for match in match_all(parts, INDEX)]
    assert [str(amount) for amount in given] == ["100.00", "100.00", "50.00"]
