"""Prices worked out by hand, before the code was written."""

import datetime as dt
from dataclasses import replace

import pytest

from klantenapp.models.values import Percent, Period, Quantity, UnitPrice
from klantenapp.services.catalogue.price_book import (
    Agreement,
    PriceBook,
    PricedItem,
    PriceList,
    Tier,
)
from klantenapp.services.catalogue.pricing import Request, price


def tiers(*prices):
    """("90.00",) or ("90.00", (10, "85.00"))."""
    pairs = [each if isinstance(each, tuple) else (0, each) for each in prices]
    return tuple(
        Tier(Quantity.parse(str(start)), UnitPrice.parse(amount)) for start, amount in pairs
    )


def pct(text):
    return None if text is None else Percent.parse(text)


YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
HOUR = PricedItem(1, group_id=10, price=UnitPrice.parse("95.00"), tax=pct("21"))
CABLE = PricedItem(2, group_id=20, price=UnitPrice.parse("1.2345"), tax=pct("21"))
BOOK = PricedItem(3, group_id=30, price=UnitPrice.parse("20.00"), tax=pct("9"))
UNPRICED = PricedItem(4, group_id=10, price=None, tax=pct("21"))

LISTS = {
    1: PriceList(
        1,
        "Zakelijk 2026",
        period=YEAR,
        prices={1: tiers("90.00", (10, "85.00")), 3: tiers("19.00"), 4: tiers((5, "40.00"))},
    ),
    2: PriceList(
        2, "Consumenten", includes_tax=True, prices={1: tiers("115.00"), 3: tiers("21.80")}
    ),
    3: PriceList(3, "Zakelijk -10%", base_id=1, percent=pct("-10"), prices={2: tiers("1.10")}),
    4: PriceList(4, "Daarvan +5%", base_id=3, percent=pct("5"), rounding=50),
    5: PriceList(5, "Artikelen +10%", percent=pct("10")),
    6: PriceList(6, "Oud", period=Period(None, dt.date(2025, 12, 31)), prices={1: tiers("80.00")}),
    7: PriceList(7, "Zakelijk incl.", includes_tax=True, base_id=1, percent=pct("0")),
    8: PriceList(8, "Straks", period=Period(dt.date(2027, 1, 1), None), prices={1: tiers("99.00")}),
    9: PriceList(9, "Consumenten excl.", base_id=2, percent=pct("0")),
}
CONTRACT = Agreement(
    70,
    "Onderhoud 2026",
    period=Period(dt.date(2026, 2, 1), dt.date(2026, 11, 30)),
    prices={1: tiers("80.00", (20, "75.00")), 2: tiers((100, "0.9900"))},
    discount=pct("5"),
    group_discounts={30: pct("15")},
)
ENDED = Agreement(
    60,
    "Onderhoud 2025",
    period=Period(dt.date(2025, 2, 1), dt.date(2026, 1, 31)),
    prices={1: tiers("70.00")},
)
MID = "2026-06-01"

# item, quantity, day, what applies -> price, discount, source, name of the source
# "what applies": d, c, b = price list of document, customer, business; k = contract(s);
# g = the customer's general discount; incl = document prices include tax; m, md = manual.
TABLE = [
    # The item's own price.
    (HOUR, "1", MID, {}, "95.00", None, "item", ""),
    (CABLE, "3", MID, {}, "1.2345", None, "item", ""),
    (HOUR, "1", MID, {"g": "3"}, "95.00", "3", "item", ""),
    (BOOK, "1", MID, {"incl": True}, "21.80", None, "item", ""),
    (HOUR, "1", MID, {"incl": True}, "114.95", None, "item", ""),
    (CABLE, "1", MID, {"incl": True}, "1.4937", None, "item", ""),  # 1.493745
    # Lists: of the business, the customer, the document.
    (HOUR, "1", MID, {"b": 1}, "90.00", None, "price_list", "Zakelijk 2026"),
    (HOUR, "9.9999", MID, {"b": 1}, "90.00", None, "price_list", "Zakelijk 2026"),
    (HOUR, "10", MID, {"b": 1}, "85.00", None, "price_list", "Zakelijk 2026"),
    (HOUR, "-10", MID, {"b": 1}, "85.00", None, "price_list", "Zakelijk 2026"),
    (HOUR, "0", MID, {"b": 1}, "90.00", None, "price_list", "Zakelijk 2026"),
    (CABLE, "1", MID, {"b": 1}, "1.2345", None, "item", ""),
    (HOUR, "1", MID, {"c": 3, "b": 1}, "81.00", None, "price_list", "Zakelijk -10%"),
    (HOUR, "1", MID, {"d": 5, "c": 3, "b": 1}, "104.50", None, "price_list", "Artikelen +10%"),
    (CABLE, "1", MID, {"d": 1, "c": 3}, "1.10", None, "price_list", "Zakelijk -10%"),
    (HOUR, "1", MID, {"c": 1, "g": "3"}, "90.00", "3", "price_list", "Zakelijk 2026"),
    # The dates of a list, at both edges.
    (HOUR, "1", "2025-12-31", {"b": 1}, "95.00", None, "item", ""),
    (HOUR, "1", "2026-01-01", {"b": 1}, "90.00", None, "price_list", "Zakelijk 2026"),
    (HOUR, "1", "2026-12-31", {"b": 1}, "90.00", None, "price_list", "Zakelijk 2026"),
    (HOUR, "1", "2027-01-01", {"b": 1}, "95.00", None, "item", ""),
    (HOUR, "1", "2025-12-31", {"c": 6, "b": 8}, "80.00", None, "price_list", "Oud"),
    (HOUR, "1", "2026-01-01", {"c": 6, "b": 8}, "95.00", None, "item", ""),
    (HOUR, "1", "2027-01-01", {"c": 6, "b": 8}, "99.00", None, "price_list", "Straks"),
    # Percentage lists: chain, tiers, rounding, from items, own price first, base past its period.
    (HOUR, "10", MID, {"c": 3}, "76.50", None, "price_list", "Zakelijk -10%"),
    (BOOK, "1", MID, {"c": 3}, "17.10", None, "price_list", "Zakelijk -10%"),
    (CABLE, "1", MID, {"c": 3}, "1.10", None, "price_list", "Zakelijk -10%"),
    (HOUR, "1", MID, {"c": 4}, "85.00", None, "price_list", "Daarvan +5%"),  # 85.05 to 0.50
    (HOUR, "10", MID, {"c": 4}, "80.50", None, "price_list", "Daarvan +5%"),  # 80.325
    (BOOK, "1", MID, {"c": 4}, "18.00", None, "price_list", "Daarvan +5%"),  # 17.955
    (CABLE, "1", MID, {"c": 5}, "1.36", None, "price_list", "Artikelen +10%"),  # 1.35795
    (HOUR, "1", "2027-03-01", {"c": 3}, "81.00", None, "price_list", "Zakelijk -10%"),
    # Including and excluding tax.
    (HOUR, "1", MID, {"c": 2, "incl": True}, "115.00", None, "price_list", "Consumenten"),
    (HOUR, "1", MID, {"c": 2}, "95.0413", None, "price_list", "Consumenten"),  # 115 / 1.21
    (BOOK, "1", MID, {"c": 2}, "20.00", None, "price_list", "Consumenten"),
    (HOUR, "1", MID, {"c": 1, "incl": True}, "108.90", None, "price_list", "Zakelijk 2026"),
    (HOUR, "1", MID, {"c": 7, "incl": True}, "108.90", None, "price_list", "Zakelijk incl."),
    (HOUR, "1", MID, {"c": 7}, "90.00", None, "price_list", "Zakelijk incl."),
    (HOUR, "1", MID, {"c": 9}, "95.04", None, "price_list", "Consumenten excl."),
    # The contract's price: tiers and dates at both edges.
    (HOUR, "1", MID, {"k": 1, "c": 3}, "80.00", None, "contract", "Onderhoud 2026"),
    (HOUR, "19.5", MID, {"k": 1}, "80.00", None, "contract", "Onderhoud 2026"),
    (HOUR, "20", MID, {"k": 1}, "75.00", None, "contract", "Onderhoud 2026"),
    (HOUR, "1", "2026-02-01", {"k": 1}, "80.00", None, "contract", "Onderhoud 2026"),
    (HOUR, "1", "2026-11-30", {"k": 1}, "80.00", None, "contract", "Onderhoud 2026"),
    (HOUR, "1", "2026-01-31", {"k": 1}, "70.00", None, "contract", "Onderhoud 2025"),
    (HOUR, "1", "2026-12-01", {"k": 1}, "95.00", None, "item", ""),
    (HOUR, "1", MID, {"k": 1, "incl": True}, "96.80", None, "contract", "Onderhoud 2026"),
    # The customer's general discount never comes on top of an agreement.
    (HOUR, "1", MID, {"k": 1, "g": "3"}, "80.00", None, "contract", "Onderhoud 2026"),
    # The contract's discount: group before the rest, never on an item with a contract price.
    (BOOK, "1", MID, {"k": 1}, "20.00", "15", "contract_discount", "Onderhoud 2026"),
    (
        BOOK,
        "1",
        MID,
        {"k": 1, "c": 1, "g": "3"},
        "19.00",
        "15",
        "contract_discount",
        "Onderhoud 2026",
    ),
    (UNPRICED, "5", MID, {"k": 1, "c": 1}, "40.00", "5", "contract_discount", "Onderhoud 2026"),
    (BOOK, "1", "2026-12-01", {"k": 1, "g": "3"}, "20.00", "3", "item", ""),
    (CABLE, "100", MID, {"k": 1}, "0.99", None, "contract", "Onderhoud 2026"),
    (CABLE, "99", MID, {"k": 1}, "1.2345", None, "item", ""),
    (
        BOOK,
        "1",
        MID,
        {"k": 1, "c": 2, "incl": True},
        "21.80",
        "15",
        "contract_discount",
        "Onderhoud 2026",
    ),
    # By hand.
    (HOUR, "1", MID, {"k": 1, "m": "60.00"}, "60.00", None, "manual", ""),
    (HOUR, "1", MID, {"k": 1, "m": "60.00", "md": "10", "g": "3"}, "60.00", "10", "manual", ""),
    (HOUR, "1", MID, {"k": 1, "md": "10"}, "80.00", "10", "contract", "Onderhoud 2026"),
    (BOOK, "1", MID, {"k": 1, "md": "0"}, "20.00", "0", "contract_discount", "Onderhoud 2026"),
    (HOUR, "1", MID, {"m": "0.00"}, "0.00", None, "manual", ""),
    (None, "1", MID, {"m": "12.3456"}, "12.3456", None, "manual", ""),
]


@pytest.mark.parametrize(
    ("item", "quantity", "day", "what", "amount", "discount", "source", "name"), TABLE
)
def test_the_price_is_the_one_worked_out_by_hand(
    item, quantity, day, what, amount, discount, source, name
):
    book = PriceBook(
        agreements=(ENDED, CONTRACT) if "k" in what else (),
        lists=LISTS,
        document_list=what.get("d"),
        customer_list=what.get("c"),
        business_list=what.get("b"),
        customer_discount=pct(what.get("g")),
        prices_include_tax=what.get("incl", False),
    )
    manual = what.get("m")
    asked = Request(
        item,
        Quantity.parse(quantity),
        dt.date.fromisoformat(day),
        manual_price=None if manual is None else UnitPrice.parse(manual),
        manual_discount=pct(what.get("md")),
    )
    found = price(asked, book)
    assert (found.price, found.discount) == (UnitPrice.parse(amount), pct(discount))
    assert (found.source, found.name) == (source, name)
    again = price(replace(asked), book)
    assert again == found


def test_the_table_has_the_lines_that_the_issue_asks_for():
    assert len(TABLE) >= 40
