"""The example beside a contract says what a line becomes, and what its tax needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from tests.factories import administrations, agreements
from tests.factories.agreements import agreed
from tests.factories.sales import ADDRESS, Shop

from klantenapp.models.contract import Contract
from klantenapp.services.catalogue.tax import REVERSE_CHARGED
from klantenapp.services.customers import business
from klantenapp.services.errors.catalogue import (
    ExemptionReasonMissing,
    ForbiddenBySmallBusinessScheme,
    IntraEuToDutchAddress,
    VatIdMissing,
    VatIdNotForeign,
)
from klantenapp.services.sales.contract_example import example, warnings
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def told(shop, data, *arguments):
    return shop.administration.read(lambda s: example(s, data, *arguments))


def test_the_picture_s_own_example_eight_hours_with_tax_reversed(shop):
    customer = shop.customer(vat_id="NL123456782B90")
    hour = shop.item("UUR", "68.00")
    data = agreements.data(
        customer, prices=(agreed(hour, "62.00"),), tax_treatment="reverse_charge"
    )
    found = told(shop, data)
    before, after = found.without, found.with_contract
    assert (str(before.unit_price), str(before.net), str(before.tax), str(before.total)) == (
        "68.00",
        "544.00",
        "114.24",
        "658.24",
    )
    assert (str(after.unit_price), str(after.net), str(after.tax), str(after.total)) == (
        "62.00",
        "496.00",
        "0.00",
        "496.00",
    )
    assert (before.tax_percent.points, after.tax_percent) == (2100, None)
    assert found.wordings == (REVERSE_CHARGED.nl,)
    assert found.vat_id == "NL123456782B90"
    assert [(need.key, need.met) for need in found.needs] == [
        ("buyer_vat_id", True),
        ("seller_vat_id", True),
    ]


def test_nothing_is_stored_by_an_example_and_a_stored_contract_does_not_count_twice(shop):
    customer, hour = shop.customer(), shop.item("UUR", "68.00")
    prices = (agreed(hour, "62.00"),)
    agreements.add(shop.administration, customer, prices=prices, total_discount="10")
    data = agreements.data(customer, prices=(agreed(hour, "50.00"),), discount="5")
    found = told(shop, data, hour)
    assert str(found.without.net) == "544.00"
    assert (str(found.with_contract.net), found.with_contract.total_discount) == ("400.00", None)
    count = shop.administration.read(lambda s: s.query(Contract).count())
    assert count == 1


def test_a_tier_that_begins_later_is_shown_at_its_own_quantity(shop):
    customer, hour = shop.customer(), shop.item("UUR", "68.00")
    data = agreements.data(customer, prices=(agreed(hour, "60.00", "10"),))
    found = told(shop, data)
    assert (str(found.with_contract.quantity), str(found.with_contract.net)) == ("10", "600.00")


def test_an_item_outside_the_contract_shows_its_discount(shop):
    customer, hour = shop.customer(), shop.item("UUR", "68.00")
    found = told(shop, agreements.data(customer, discount="2.5"), hour)
    assert (found.with_contract.source, str(found.with_contract.net)) == (
        "contract_discount",
        "530.40",
    )


def test_without_items_there_is_no_line_and_nothing_fails(shop):
    customer = shop.customer()
    backwards = agreements.data(customer, valid_to=dt.date(2020, 1, 1))
    found = told(shop, backwards)
    assert (found.without, found.with_contract) == (None, None)


@pytest.mark.parametrize(
    ("customer", "values", "needs", "failures"),
    [
        (
            {},
            {"tax_treatment": "reverse_charge"},
            [("buyer_vat_id", False), ("seller_vat_id", True)],
            [VatIdMissing],
        ),
        (
            {"vat_id": "NL123456782B90"},
            {"tax_treatment": "intra_eu"},
            [
                ("buyer_vat_id", False),
                ("country", False),
                ("seller_vat_id", True),
                ("transport_proof", None),
            ],
            [VatIdNotForeign, IntraEuToDutchAddress],
        ),
        (
            {"vat_id": "DE136695976", "addresses": (replace(ADDRESS, country="DE"),)},
            {"tax_treatment": "intra_eu"},
            [
                ("buyer_vat_id", True),
                ("country", True),
                ("seller_vat_id", True),
                ("transport_proof", None),
            ],
            [],
        ),
        (
            {},
            {"tax_treatment": "exempt"},
            [("exemption_reason", False)],
            [ExemptionReasonMissing],
        ),
        (
            {},
            {"tax_treatment": "exempt", "exemption_reason": "o"},
            [("exemption_reason", True)],
            [],
        ),
        ({}, {"tax_treatment": "domestic"}, [], []),
        ({}, {}, [], []),
    ],
)
def test_what_the_tax_treatment_needs_is_named(shop, customer, values, needs, failures):
    customer_id = shop.customer(**customer)
    book = shop.item("BOEK", "20.00", nature="goods")
    data = agreements.data(customer_id, prices=(agreed(book, "18.00"),), **values)
    found = told(shop, data)
    assert [(need.key, need.met) for need in found.needs] == needs
    missing = shop.administration.read(lambda s: warnings(s, data))
    assert [type(failure) for failure in missing] == failures


def test_the_small_business_scheme_forbids_a_reverse_charge(shop):
    kor = replace(administrations.BUSINESS, tax_scheme="kor")
    work = partial(business.change, data=kor)
    shop.administration.write(business.CHANGE, work)
    data = agreements.data(shop.customer(vat_id="NL123456782B90"), tax_treatment="reverse_charge")
    missing = shop.administration.read(lambda s: warnings(s, data))
    assert [type(failure) for failure in missing] == [ForbiddenBySmallBusinessScheme]
