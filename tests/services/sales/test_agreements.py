"""Agreements on documents: what a customer pays, from which source, until the document is issued.

The expected values were worked out by hand before the code was run.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from tests.factories import administrations, agreements
from tests.factories.agreements import agreed
from tests.factories.sales import ADDRESS, Shop

from klantenapp.models.business import Business
from klantenapp.models.catalogue import Item, ItemGroup
from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import contracts, items, list_prices, price_lists
from klantenapp.services.catalogue.contract_data import GroupDiscount
from klantenapp.services.catalogue.price_lists import PriceListData
from klantenapp.services.customers import business, customers
from klantenapp.services.sales import view
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
GERMAN = replace(ADDRESS, country="DE", city="Nordhorn")
AMERICAN = replace(ADDRESS, country="US", city="Boston")


class World:
    """Three lists, four items, and customers with every kind of agreement.

    Items without tax: UUR 68.00 (service, 21 %), BOEK 20.00 (goods, 9 %, group Boeken),
    KABEL 1.2345 (goods, 21 %), LOS without a price.
    Lists: Zakelijk (UUR 65.00, from 10 60.00), Particulier with tax (UUR 79.95, BOEK 21.80),
    Min vijf (items − 5 %), Oud (UUR 50.00, through 2025).
    """

    def __init__(self, administration):
        self.administration = administration
        self.shop = Shop(administration)
        self.items = {
            "UUR": self.shop.item("UUR", "68.00"),
            "BOEK": self.shop.item("BOEK", "20.00", tax="low", nature="goods"),
            "KABEL": self.shop.item("KABEL", "1.2345", nature="goods"),
            "LOS": self.shop.item("LOS", None),
        }
        self.group = self.write(items.CHANGE, _group, item_id=self.items["BOEK"])
        self.lists = {
            "Zakelijk": self._list("Zakelijk", ("UUR", "0", "65.00"), ("UUR", "10", "60.00")),
            "Particulier": self._list(
                "Particulier",
                ("UUR", "0", "79.95"),
                ("BOEK", "0", "21.80"),
                includes_tax=True,
            ),
            "Min vijf": self._list("Min vijf", percent=Percent.parse("-5")),
            "Oud": self._list("Oud", ("UUR", "0", "50.00"), valid_to=dt.date(2025, 12, 31)),
            "Concept": self._list("Concept", ("UUR", "0", "40.00"), is_draft=True),
        }

    def write(self, operation, work, **values):
        return self.administration.write(operation, partial(work, **values))[0]

    def _list(self, name, *prices, **values):
        data = PriceListData(name=name, **values)
        made = self.write(price_lists.ADD, price_lists.add, data=data)
        for code, quantity, amount in prices:
            self.write(
                list_prices.SET_PRICE,
                list_prices.set_price,
                list_id=made,
                item_id=self.items[code],
                price=UnitPrice.parse(amount),
                min_quantity=Quantity.parse(quantity),
            )
        return made

    def customer(self, **values):
        name = values.pop("list", None)
        if name is not None:
            values["price_list_id"] = self.lists[name]
        if isinstance(values.get("discount"), str):
            values["discount"] = Percent.parse(values["discount"])
        return self.shop.customer(**values)

    def contract(self, customer, **values):
        prices = values.pop("prices", ())
        values["prices"] = tuple(
            agreed(self.items[code], amount, quantity) for code, quantity, amount in prices
        )
        if values.pop("books", None):
            discount = GroupDiscount(group_id=self.group, percent=Percent.parse("15"))
            values["group_discounts"] = (discount,)
        return agreements.add(self.administration, customer, **values)

    def draft(self, customer, code="UUR", quantity="1", day=TODAY, **values):
        typed = {name: values.pop(name) for name in ("unit_price", "discount") if name in values}
        line = LineInput(item_id=self.items[code], quantity=Quantity.parse(quantity), **typed)
        if "list" in values:
            values["price_list_id"] = self.lists[values.pop("list")]
        return self.shop.draft(customer, line, date=day, **values)

    def view(self, document):
        return self.administration.read(lambda s: view.view(s, document, TODAY))

    def line(self, document):
        (line,) = self.view(document).lines
        discount = str(line.discount_percent) if line.discount_percent else None
        return str(line.unit_price), discount, line.price_source, str(line.net)


def _group(session, item_id):
    group = ItemGroup(name="Boeken")
    session.add(group)
    session.flush()
    session.get_one(Item, item_id).item_group_id = group.id
    return group.id


@pytest.fixture
def world(administration):
    with clock.stopped(TODAY):
        yield World(administration)


CONTRACT = {
    "prices": (("UUR", "0", "62.00"), ("UUR", "20", "58.00"), ("KABEL", "100", "0.9900")),
    "discount": "2.5",
    "books": True,
}
M = UnitPrice.parse("70.00")
FIVE = Percent.parse("5")

RENEWS = CONTRACT | {"at_end": "renew"}
WITHOUT_BOOKS = CONTRACT | {"books": False}
CONSUMER = {"kind": "consumer", "list": "Particulier"}
REVERSED = {
    "list": "Particulier",
    "tax_treatment": "reverse_charge",
    "vat_id": "NL123456782B90",
}
LAST, AFTER = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
SUPPLIED = {"day": dt.date(2027, 1, 5), "supply_to": LAST}
PRICE, DISCOUNT, LIST = "contract", "contract_discount", "price_list"

# customer, contract, line and document -> price, discount, source, net
TABLE = [
    # Nothing is agreed: the item's own price, with the customer's discount.
    ({}, None, {}, ("68.00", None, "item", "68.00")),
    ({"discount": "3"}, None, {}, ("68.00", "3", "item", "65.96")),
    ({}, None, {"code": "KABEL", "quantity": "3"}, ("1.2345", None, "item", "3.70")),
    # The customer's price list, its tiers, and what is not on it.
    ({"list": "Zakelijk"}, None, {}, ("65.00", None, LIST, "65.00")),
    ({"list": "Zakelijk"}, None, {"quantity": "9.99"}, ("65.00", None, LIST, "649.35")),
    ({"list": "Zakelijk"}, None, {"quantity": "10"}, ("60.00", None, LIST, "600.00")),
    ({"list": "Zakelijk"}, None, {"code": "BOEK"}, ("20.00", None, "item", "20.00")),
    ({"list": "Zakelijk", "discount": "3"}, None, {}, ("65.00", "3", LIST, "63.05")),
    # A percentage list follows the items.
    ({"list": "Min vijf"}, None, {}, ("64.60", None, LIST, "64.60")),
    ({"list": "Min vijf"}, None, {"code": "KABEL"}, ("1.17", None, LIST, "1.17")),
    # Dates at both edges, and a draft that prices nothing.
    ({"list": "Oud"}, None, {"day": dt.date(2025, 12, 31)}, ("50.00", None, LIST, "50.00")),
    ({"list": "Oud"}, None, {"day": dt.date(2026, 1, 1)}, ("68.00", None, "item", "68.00")),
    ({"list": "Concept"}, None, {}, ("68.00", None, "item", "68.00")),
    # The list of the document goes before the customer's.
    ({"list": "Zakelijk"}, None, {"list": "Min vijf"}, ("64.60", None, LIST, "64.60")),
    # The contract's price: net of everything, by quantity and by day.
    ({}, CONTRACT, {}, ("62.00", None, PRICE, "62.00")),
    ({"list": "Zakelijk", "discount": "3"}, CONTRACT, {}, ("62.00", None, PRICE, "62.00")),
    ({}, CONTRACT, {"quantity": "19.5"}, ("62.00", None, PRICE, "1209.00")),
    ({}, CONTRACT, {"quantity": "20"}, ("58.00", None, PRICE, "1160.00")),
    ({}, CONTRACT, {"day": dt.date(2025, 12, 31)}, ("68.00", None, "item", "68.00")),
    ({}, CONTRACT, {"day": dt.date(2026, 1, 1)}, ("62.00", None, PRICE, "62.00")),
    ({}, CONTRACT, {"day": LAST}, ("62.00", None, PRICE, "62.00")),
    ({}, CONTRACT, {"day": AFTER}, ("68.00", None, "item", "68.00")),
    ({}, RENEWS, {"day": AFTER}, ("62.00", None, PRICE, "62.00")),
    ({}, CONTRACT | {"is_draft": True}, {}, ("68.00", None, "item", "68.00")),
    ({"list": "Zakelijk"}, CONTRACT, {"list": "Min vijf"}, ("62.00", None, PRICE, "62.00")),
    # The day of supply chooses, not the date of the document.
    ({}, CONTRACT, SUPPLIED, ("62.00", None, PRICE, "62.00")),
    # The contract's discounts: the group's first, the rest else, never on an agreed item.
    ({}, CONTRACT, {"code": "BOEK"}, ("20.00", "15", DISCOUNT, "17.00")),
    ({"discount": "3"}, CONTRACT, {"code": "BOEK"}, ("20.00", "15", DISCOUNT, "17.00")),
    ({}, WITHOUT_BOOKS, {"code": "BOEK"}, ("20.00", "2.5", DISCOUNT, "19.50")),
    (
        {"list": "Zakelijk"},
        {"discount": "10"},
        {"quantity": "10"},
        ("60.00", "10", DISCOUNT, "540.00"),
    ),
    ({}, CONTRACT, {"code": "KABEL", "quantity": "99"}, ("1.2345", None, "item", "122.22")),
    ({}, CONTRACT, {"code": "KABEL", "quantity": "100"}, ("0.99", None, PRICE, "99.00")),
    # Typed by hand: price and discount each replace their own.
    ({}, CONTRACT, {"unit_price": M}, ("70.00", None, "manual", "70.00")),
    ({}, CONTRACT, {"unit_price": M, "discount": FIVE}, ("70.00", "5", "manual", "66.50")),
    ({}, CONTRACT, {"discount": FIVE}, ("62.00", "5", PRICE, "58.90")),
    ({}, CONTRACT, {"code": "BOEK", "discount": Percent(0)}, ("20.00", None, DISCOUNT, "20.00")),
    ({"list": "Oud"}, None, {"code": "LOS", "unit_price": M}, ("70.00", None, "manual", "70.00")),
    # Consumers see prices with tax; the gross price leads.
    ({"kind": "consumer"}, None, {}, ("82.28", None, "item", "68.00")),
    (CONSUMER, None, {}, ("79.95", None, LIST, "66.07")),
    (CONSUMER, None, {"code": "BOEK"}, ("21.80", None, LIST, "20.00")),
    ({"kind": "consumer", "list": "Zakelijk"}, None, {}, ("78.65", None, LIST, "65.00")),
    ({"kind": "consumer"}, CONTRACT, {}, ("75.02", None, PRICE, "62.00")),
    ({"list": "Particulier"}, None, {}, ("79.95", None, LIST, "66.07")),
    # Under another treatment a price with tax becomes one without.
    (REVERSED, None, {}, ("66.0744", None, LIST, "66.07")),
]


def test_a_line_costs_what_was_agreed_and_says_why(world):
    found = []
    for customer, contract, draft, _expected in TABLE:
        customer_id = world.customer(**customer)
        if contract:
            world.contract(customer_id, **contract)
        found.append((customer, contract, draft, world.line(world.draft(customer_id, **draft))))
    assert found == TABLE


# treatment -> item, customer, category, percent, tax on 100 of the item at 10.00
TREATMENTS = [
    ("domestic", "UUR", {}, "S", "21", "210.00"),
    ("domestic", "BOEK", {}, "S", "9", "90.00"),
    ("reverse_charge", "UUR", {"vat_id": "NL123456782B90"}, "AE", "0", "0.00"),
    ("intra_eu", "BOEK", {"vat_id": "DE136695976", "addresses": (GERMAN,)}, "K", "0", "0.00"),
    ("intra_eu", "UUR", {"vat_id": "DE136695976", "addresses": (GERMAN,)}, "AE", "0", "0.00"),
    ("export", "BOEK", {"addresses": (AMERICAN,)}, "G", "0", "0.00"),
    ("export", "UUR", {"addresses": (AMERICAN,)}, "O", None, "0.00"),
    ("exempt", "UUR", {}, "E", "0", "0.00"),
    ("outside_scope", "UUR", {}, "O", None, "0.00"),
    ("fixed", "UUR", {}, "S", "9", "90.00"),
]


def test_the_contract_s_tax_treatment_is_on_the_issued_invoice(world):
    found = []
    for treatment, code, customer, *_expected in TREATMENTS:
        customer_id = world.customer(**customer)
        values = {
            "fixed": {"fixed_tax_percent": "9"},
            "exempt": {"exemption_reason": "o"},
        }.get(treatment, {})
        world.contract(
            customer_id, prices=((code, "0", "10.00"),), tax_treatment=treatment, **values
        )
        issued = world.shop.issue(world.draft(customer_id, code, "100"))
        document = world.view(issued.document_id)
        (line,) = document.lines
        percent = str(line.tax_percent) if line.tax_percent is not None else None
        tax = str(document.tax_total)
        found.append((treatment, code, customer, line.tax_category, percent, tax))
        assert (line.price_source, str(document.net_total)) == ("contract", "1000.00")
    assert found == TREATMENTS


def test_the_contract_s_discount_on_the_total_is_on_the_invoice(world):
    customer = world.customer()
    world.contract(customer, prices=(("UUR", "0", "62.00"),), total_discount="10")
    issued = world.shop.issue(world.draft(customer, quantity="10"))
    found = world.view(issued.document_id)
    assert (str(found.net_total), str(found.tax_total), str(found.total)) == (
        "558.00",
        "117.18",
        "675.18",
    )


def test_a_small_business_charges_no_tax_on_agreed_prices(world):
    kor = replace(administrations.BUSINESS, tax_scheme="kor")
    world.write(business.CHANGE, business.change, data=kor)
    customer = world.customer()
    world.contract(customer, prices=(("UUR", "0", "62.00"),))
    issued = world.shop.issue(world.draft(customer))
    found = world.view(issued.document_id)
    assert (str(found.tax_total), found.lines[0].tax_category) == ("0.00", "E")


def test_the_business_list_prices_who_has_none_of_their_own(world):
    def choose(session):
        session.get_one(Business, 1).price_list_id = world.lists["Zakelijk"]

    world.administration.write(business.CHANGE, choose)
    customer = world.customer()
    assert world.line(world.draft(customer))[::2] == ("65.00", "price_list")
    own = world.customer(list="Min vijf")
    assert world.line(world.draft(own))[::2] == ("64.60", "price_list")


def test_changing_an_agreement_changes_drafts_and_never_what_is_issued(world):
    customer = world.customer(list="Zakelijk")
    contract = world.contract(customer, prices=(("UUR", "0", "62.00"),))
    issued = world.shop.issue(world.draft(customer)).document_id
    draft = world.draft(customer)
    before = world.view(issued)
    data = world.administration.read(lambda s: contracts.read(s, contract))
    data = replace(data, prices=(agreed(world.items["UUR"], "59.00"),), tax_treatment="exempt")
    world.write(contracts.CHANGE, contracts.change, contract_id=contract, data=data)
    assert world.line(draft) == ("59.00", None, "contract", "59.00")
    assert world.view(draft).lines[0].tax_category == "E"
    world.write(contracts.DELETE, contracts.delete, contract_id=world.contract(world.customer()))
    world.write(
        list_prices.SET_PRICE,
        list_prices.set_price,
        list_id=world.lists["Zakelijk"],
        item_id=world.items["UUR"],
        price=UnitPrice.parse("1.00"),
    )
    world.write(
        customers.CHANGE, customers.change, customer_id=customer, values={"price_list_id": None}
    )
    world.write(
        items.CHANGE,
        items.change,
        item_id=world.items["UUR"],
        values={"price": UnitPrice.parse("2.00"), "name": "Anders"},
    )
    assert world.view(issued) == before
