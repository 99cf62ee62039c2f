"""A copy for next year takes the place of its original, from its own first day on."""

import datetime as dt
from functools import partial

import pytest
from tests.factories import agreements
from tests.factories.sales import Shop

from klantenapp.models.values import Percent, UnitPrice
from klantenapp.services.catalogue import (
    list_prices,
    price_list_view,
    price_lists,
    succession,
)
from klantenapp.services.catalogue.price_lists import CopyData, PriceListData
from klantenapp.services.customers import customers, listing
from klantenapp.services.errors.agreements import PriceListInUse
from klantenapp.services.insights import price_agreements
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.sales import drafts
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock
from klantenapp.services.store import succession as store_succession

OLD_END = dt.date(2026, 12, 31)
NEW_START = dt.date(2027, 1, 1)


class Lists(Shop):
    def make(self, name, **values):
        data = PriceListData(name=name, **values)
        return self.administration.write(price_lists.ADD, partial(price_lists.add, data=data))[0]

    def price(self, list_id, item_id, amount):
        work = partial(
            list_prices.set_price,
            list_id=list_id,
            item_id=item_id,
            price=UnitPrice.parse(amount),
        )
        self.administration.write(list_prices.SET_PRICE, work)

    def copy(self, list_id, **values):
        data = CopyData(**{"name": "VvE 2027", "valid_from": NEW_START} | values)
        work = partial(price_lists.copy, list_id=list_id, data=data)
        return self.administration.write(price_lists.COPY, work)[0]

    def act(self, name, work, list_id):
        self.administration.write(name, partial(work, list_id=list_id))

    def costs(self, customer, item, day):
        """Price and list of a line of this customer on a day."""

        def read(session):
            typed = drafts.read(session, draft)
            (found,) = calculate(session, typed).lines
            return str(found.unit_price), found.source_name

        draft = self.draft(customer, LineInput(item_id=item), date=day)
        return self.administration.read(read)


@pytest.fixture
def lists(administration):
    with clock.stopped(dt.date(2026, 11, 24)):
        yield Lists(administration)


@pytest.fixture
def made(lists):
    """Item, old list that ends with the year, customer who has it."""
    item = lists.item("UUR", "62.00")
    old = lists.make("VvE 2026", valid_from=dt.date(2026, 1, 1), valid_to=OLD_END)
    lists.price(old, item, "50.00")
    return item, old, lists.customer(price_list_id=old)


def test_the_copy_prices_whoever_has_the_original_from_its_first_day_on(lists, made):
    item, old, customer = made
    new = lists.copy(old, percent=Percent.parse("4"), replaces=True)
    assert lists.costs(customer, item, NEW_START) == ("62.00", "")  # still a draft
    lists.act(price_lists.CONFIRM, price_lists.confirm, new)

    assert lists.costs(customer, item, OLD_END) == ("50.00", "VvE 2026")
    assert lists.costs(customer, item, NEW_START) == ("52.00", "VvE 2027")

    lists.act(succession.RELEASE, succession.release, new)
    assert lists.costs(customer, item, NEW_START) == ("62.00", "")
    lists.administration.undo()  # the draft that the price was asked for
    lists.administration.undo()
    assert lists.costs(customer, item, NEW_START) == ("52.00", "VvE 2027")


def test_a_copy_of_a_copy_goes_on_and_an_open_end_gives_way(lists, made):
    item, _old, _customer = made
    always = lists.make("Vast")
    lists.price(always, item, "10.00")
    customer = lists.customer("Ander", price_list_id=always)
    second = lists.copy(always, name="Vast 2027", percent=Percent.parse("10"), replaces=True)
    lists.act(price_lists.CONFIRM, price_lists.confirm, second)
    third = lists.copy(
        second,
        name="Vast 2028",
        valid_from=dt.date(2028, 1, 1),
        percent=Percent.parse("10"),
        replaces=True,
    )
    lists.act(price_lists.CONFIRM, price_lists.confirm, third)
    days = (OLD_END, NEW_START, dt.date(2027, 12, 31), dt.date(2028, 1, 1))
    assert [lists.costs(customer, item, day)[0] for day in days] == [
        "10.00",
        "11.00",
        "11.00",
        "12.10",
    ]
    kept = lists.administration.read(lambda session: store_succession.replaced(session, third))
    assert kept == {always, second}


def test_contracts_and_the_business_come_along_too(lists, made):
    item, old, _customer = made
    other = lists.customer("Met contract")
    agreements.add(lists.administration, other, valid_to=None, price_list_id=old)
    found = lists.administration.read(partial(succession.followers, list_id=old))
    assert (found.customers, found.contracts, found.business) == (1, 1, False)
    new = lists.copy(old, replaces=True, percent=Percent.parse("-10"))
    lists.act(price_lists.CONFIRM, price_lists.confirm, new)
    assert lists.costs(other, item, NEW_START)[0] == "45.00"
    touched = lists.administration.read(partial(price_lists.customers_of, list_id=new))
    assert other in touched


def test_a_plain_copy_takes_nobody_along(lists, made):
    item, old, customer = made
    new = lists.copy(old, percent=Percent.parse("4"))
    lists.act(price_lists.CONFIRM, price_lists.confirm, new)
    assert lists.costs(customer, item, NEW_START)[0] == "62.00"
    page = lists.administration.read(partial(price_list_view.page, list_id=new, day=NEW_START))
    assert page.replaces == ""


def test_the_new_list_counts_the_customers_and_finds_them(lists, made):
    _item, old, customer = made
    new = lists.copy(old, replaces=True)
    lists.act(price_lists.CONFIRM, price_lists.confirm, new)

    def counted(day):
        rows = lists.administration.read(partial(price_list_view.lists, today=day))
        return {row.id: row.customers for row in rows}

    assert counted(OLD_END) == {old: 1, new: 0}
    assert counted(NEW_START) == {old: 0, new: 1}
    wanted = listing.Filter(price_list_id=new)
    ids = lists.administration.read(
        lambda session: list(listing.list_ids(session, wanted, ("name", False), NEW_START))
    )
    assert ids == [customer]


def test_the_original_can_go_when_nobody_has_it_and_not_before(lists, made):
    item, old, customer = made
    new = lists.copy(old, replaces=True, percent=Percent.parse("4"))
    lists.act(price_lists.CONFIRM, price_lists.confirm, new)
    with pytest.raises(PriceListInUse):
        lists.act(price_lists.DELETE, price_lists.delete, old)
    values = {"price_list_id": new}
    work = partial(customers.change, customer_id=customer, values=values)
    lists.administration.write(customers.CHANGE, work)
    lists.act(price_lists.DELETE, price_lists.delete, old)
    assert lists.costs(customer, item, NEW_START)[0] == "52.00"


def test_the_report_of_price_agreements_follows(lists, made):
    _item, old, _customer = made
    new = lists.copy(old, replaces=True, percent=Percent.parse("4"))
    lists.act(price_lists.CONFIRM, price_lists.confirm, new)

    def names(day):
        table = lists.administration.read(
            lambda session: price_agreements.report(session, Wanted(as_of=day))
        )
        place = [column.key for column in table.columns].index("agreement")
        return {row[place] for row in table.rows}

    assert names(OLD_END) == {"VvE 2026"}
    assert names(NEW_START) == {"VvE 2027"}
