"""Whatever is agreed: sums add up, gross prices survive, repricing repeats, the expired never win.

Every case goes through the services: contracts and lists are stored, a draft is saved and read.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from tests.factories import administrations, agreements
from tests.factories.agreements import agreed
from tests.factories.sales import Shop

from klantenapp.models.values import Money, Percent, Quantity, UnitPrice, divide_half_up
from klantenapp.services.catalogue import contracts, list_prices, price_lists
from klantenapp.services.catalogue.price_lists import PriceListData
from klantenapp.services.catalogue.pricing import Reason
from klantenapp.services.customers import customers
from klantenapp.services.customers.customers import CustomerData
from klantenapp.services.sales import drafts, repricing
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import DraftInput, LineInput
from klantenapp.services.store import clock

TODAY = dt.date(2026, 6, 15)
DAYS = [TODAY + dt.timedelta(days=days) for days in (-400, -1, 0, 1, 400)]
TREATMENTS = (None, "domestic", "reverse_charge", "exempt", "outside_scope", "fixed")

prices = st.integers(0, 2_000_000).map(lambda cents: UnitPrice(cents * 100))
percents = st.none() | st.integers(0, 10_000).map(Percent)
days = st.sampled_from(DAYS)
quantities = st.sampled_from(["0.5", "1", "3", "9.9999", "10", "250"])


@st.composite
def periods(draw):
    start, end = sorted((draw(days), draw(days)))
    return start, draw(st.sampled_from([end, None]))


@st.composite
def agreement(draw):
    """What is agreed with one customer, and the lines of a draft."""
    start, end = draw(periods())
    return {
        "contract": {
            "valid_from": start,
            "valid_to": end,
            "at_end": draw(st.sampled_from(["remind", "renew", "stop"])),
            "discount": draw(percents),
            "total_discount": draw(percents),
            "tax_treatment": draw(st.sampled_from(TREATMENTS)),
        },
        "tiers": draw(st.lists(st.tuples(st.integers(1, 3), quantities, prices), max_size=4)),
        "list": draw(periods()),
        "listed": draw(st.lists(st.tuples(st.integers(1, 3), quantities, prices), max_size=4)),
        "percent": draw(st.none() | st.integers(-9_000, 9_000).map(Percent)),
        "includes_tax": draw(st.booleans()),
        "consumer": draw(st.booleans()),
        "customer_discount": draw(percents),
        "lines": draw(
            st.lists(
                st.tuples(st.integers(1, 3), quantities, st.none() | prices, percents),
                min_size=1,
                max_size=5,
            )
        ),
    }


class Undone(Exception):  # noqa: N818 - it takes back what a case stored
    """A case was held; the next one begins with the same file."""


class World:
    """One file in which a case is stored and taken back."""

    def __init__(self, path):
        self.administration = administrations.opened(path)
        shop = Shop(self.administration)
        for code, tax in (("A", "high"), ("B", "low"), ("C", "high")):
            shop.item(code, "12.34", tax=tax)

    def inside(self, check):
        """Run a check in a transaction that leaves nothing behind."""

        def work(session):
            check(session)
            raise Undone

        with pytest.raises(Undone):
            self.administration.write(drafts.ADD, work)


def store(session, case):
    """Everything of a case, through the services; id of its draft."""
    start, end = case["list"]
    data = PriceListData(
        name="Lijst",
        includes_tax=case["includes_tax"],
        valid_from=start,
        valid_to=end,
        percent=case["percent"],
    )
    list_id = price_lists.add(session, data)
    for item, quantity, price in case["listed"]:
        list_prices.set_price(session, list_id, item, price, Quantity.parse(quantity))
    customer = customers.add(
        session,
        CustomerData(
            name="Klant",
            kind="consumer" if case["consumer"] else "business",
            price_list_id=list_id,
            discount=case["customer_discount"],
        ),
    )
    tiers = {(item, quantity): price for item, quantity, price in case["tiers"]}
    fixed = case["contract"]["tax_treatment"] == "fixed"
    contract = agreements.data(
        customer,
        prices=tuple(
            agreed(item, str(price), quantity) for (item, quantity), price in tiers.items()
        ),
        fixed_tax_percent="9" if fixed else None,
        **case["contract"],
    )
    contracts.add(session, contract)
    lines = tuple(
        LineInput(
            item_id=item, quantity=Quantity.parse(quantity), unit_price=price, discount=discount
        )
        for item, quantity, price, discount in case["lines"]
    )
    draft = DraftInput(customer_id=customer, date=TODAY, lines=lines)
    return drafts.add(session, "invoice", draft)


def calculated(session, document):
    return calculate(session, drafts.read(session, document))


@pytest.fixture(scope="module")
def world(template):
    with tempfile.TemporaryDirectory() as folder, clock.stopped(TODAY):
        path = Path(folder) / "eigenschappen.klantenapp"
        shutil.copyfile(template, path)
        made = World(path)
        yield made
        administrations.require_sound(made.administration)
        made.administration.close()


def hold(session, case):
    """Every property of one case."""
    document = store(session, case)
    found = calculated(session, document)
    one_source_and_no_expired(found)
    sums_add_up(found)
    repricing_repeats(session, document)


def one_source_and_no_expired(found):
    for line in found.lines:
        chosen = [each for each in line.candidates if each.reason is Reason.CHOSEN]
        assert len(chosen) == 1
        assert (chosen[0].source, chosen[0].source_id) == (line.source, line.source_id)
        assert chosen[0].period is None or TODAY in chosen[0].period


def sums_add_up(found):
    """Totals are recomputed here from the lines, with integers alone."""
    totals = found.totals
    assert totals.net + totals.tax == totals.total
    assert sum(tax.base.cents for tax in totals.rates) == totals.net.cents
    assert sum(tax.tax.cents for tax in totals.rates) == totals.tax.cents
    for tax in totals.rates:
        if not found.context.prices_include_tax:
            points = tax.percent.points if tax.percent else 0
            assert tax.tax.cents == divide_half_up(tax.base.cents * points, 10_000)
    if found.context.terms.total_discount.value:
        return
    lines = defaultdict(int)
    for line in found.lines:
        lines[line.rule.category, line.rule.percent] += line.net.cents
    taxes = {(tax.category, tax.percent): tax.base.cents for tax in totals.rates}
    assert {key: cents for key, cents in lines.items() if cents} == {
        key: cents for key, cents in taxes.items() if cents
    }
    if found.context.prices_include_tax:
        assert totals.total == Money(sum(line.amount.cents for line in found.lines))


def repricing_repeats(session, document):
    """What was just saved holds already; after another discount, twice is as once."""
    assert repricing.reprice(session, [document]).lines == 0
    draft = drafts.read(session, document)
    customers.change(session, draft.customer_id, {"discount": Percent(321)})
    repricing.reprice(session, [document])
    once = calculated(session, document)
    assert repricing.reprice(session, [document]).lines == 0
    assert calculated(session, document) == once
    typed = [(line.unit_price, line.discount) for line in draft.lines]
    after = [(line.unit_price, line.discount) for line in drafts.read(session, document).lines]
    assert typed == after


SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(case=agreement())
def test_agreements_hold_their_properties(world, case):
    world.inside(partial(hold, case=case))


@pytest.mark.full
@pytest.mark.parametrize("part", range(20))
def test_agreements_hold_their_properties_ten_thousand_times(world, part):
    """In twenty parts of five hundred, each within the time of one test."""

    @seed(part)
    @settings(max_examples=500, deadline=None, suppress_health_check=SLOW, database=None)
    @given(case=agreement())
    def run(case):
        world.inside(partial(hold, case=case))

    run()


@pytest.mark.parametrize(
    "step", [pytest.param(1, marks=pytest.mark.full), pytest.param(997, id="sample")]
)
def test_a_gross_list_price_is_on_the_draft_to_the_cent(world, step):
    """Every price from 0.01 to 1,000.00 with tax is what the consumer pays."""

    def check(session):
        data = PriceListData(name="Bruto", includes_tax=True)
        list_id = price_lists.add(session, data)
        customer = customers.add(
            session, CustomerData(name="Klant", kind="consumer", price_list_id=list_id)
        )
        draft = DraftInput(customer_id=customer, date=TODAY, lines=(LineInput(item_id=1),))
        for cents in range(1, 100_001, step):
            price = UnitPrice.of(Money(cents))
            list_prices.set_price(session, list_id, 1, price)
            found = calculate(session, draft)
            assert found.totals.total == Money(cents)
            assert found.lines[0].unit_price == price

    world.inside(check)
