"""Customers are found by what people remember of them, and merging loses nothing."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories import agreements
from tests.factories.sales import Shop

from klantenapp.models.document import Document
from klantenapp.models.values import Money
from klantenapp.services.customers import customers, duplicates, listing, merging, paying
from klantenapp.services.customers.customers import AddressData, ContactData, CustomerData
from klantenapp.services.errors.customers import (
    CustomerInUse,
    CustomerNumberTaken,
    MergeWithItself,
    NameMissing,
)
from klantenapp.services.ledger.balances import balance, history
from klantenapp.services.receivables import payments
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def found(shop, **wanted):
    def look(session):
        ids = listing.list_ids(session, listing.Filter(**wanted), ("name", False), TODAY)
        return [row.name for row in listing.list_rows(session, ids, TODAY)]

    return shop.administration.read(look)


@pytest.mark.parametrize(
    "typed",
    ["zoe", "ZOË", "cafe", "1001", "jansen", "zwolle", "0612345678", "12345678", "info@zoe"],
)
def test_found_by_what_people_type(shop, typed):
    shop.customer(
        "Café Zoë",
        phone="06 1234 5678",
        email="info@zoe.example",
        contacts=(ContactData(name="P. Jansen"),),
    )
    shop.customer("Iemand anders", addresses=())
    assert found(shop, text=typed) == ["Café Zoë"]


def test_found_by_the_number_of_an_invoice(shop):
    customer = shop.customer("Camping De Demo")
    shop.customer("Iemand anders")
    shop.invoice(customer)
    assert found(shop, text="2026-0001") == ["Camping De Demo"]


def test_numbers_count_on_and_are_given_once(shop):
    shop.customer("Een")
    shop.customer("Twee", number="2000")
    third = shop.customer("Drie")
    assert shop.administration.read(lambda s: customers.get(s, third).number) == "2001"
    with pytest.raises(CustomerNumberTaken):
        shop.customer("Vier", number="2000")
    with pytest.raises(NameMissing):
        shop.customer("  ")


def test_open_and_overdue_filters_and_totals(shop):
    late, current = shop.customer("Laat"), shop.customer("Op tijd")
    shop.customer("Niets")
    shop.invoice(late, date=dt.date(2026, 10, 1))
    shop.invoice(current, "10.00")
    assert found(shop, status="open") == ["Laat", "Op tijd"]
    assert found(shop, status="overdue") == ["Laat"]
    totals = shop.administration.read(lambda s: listing.totals(s, listing.Filter(), TODAY))
    assert totals == listing.Totals(3, Money(13310), Money(12100))
    counts = shop.administration.read(lambda s: listing.counts(s, listing.Filter(), TODAY))
    assert counts == {
        "all": 3,
        "open": 2,
        "overdue": 1,
        "contract": 0,
        "quiet": 0,
        "archived": 0,
    }


def test_mean_days_late_is_signed_over_paid_invoices(shop):
    customer = shop.customer()
    for issued, paid in ((dt.date(2026, 8, 1), 10), (dt.date(2026, 9, 1), -3)):
        invoice = shop.invoice(customer, date=issued)
        due = issued + dt.timedelta(days=30)
        pay = partial(
            payments.pay, document_id=invoice.document_id, date=due + dt.timedelta(days=paid)
        )
        shop.administration.write(payments.MARK_PAID, pay)
    found = shop.administration.read(lambda s: paying.paces(s, [customer], TODAY))
    assert found[customer].days_late == 4


def test_the_number_of_one_merged_twice_finds_the_last_heir(shop):
    first, second, third = (shop.customer(name) for name in ("Een", "Twee", "Drie"))
    for source, target in ((first, second), (second, third)):
        work = partial(merging.merge, from_id=source, into_id=target)
        shop.administration.write(merging.MERGE, work)
    for number in ("1001", "1002", "1003"):
        look = partial(customers.find, number=number)
        assert shop.administration.read(look) == third
    shop.administration.undo()
    assert shop.administration.read(partial(customers.find, number="1001")) == second


def test_duplicates_are_named_with_their_reason(shop):
    shop.customer("Bakkerij Het Testbrood", email="Brood@test.example", kvk="12345678")
    look = CustomerData(
        name="Bakkerij het testbrood", addresses=(AddressData(postal_code="8011ab"),)
    )
    assert [
        each.reason for each in shop.administration.read(lambda s: duplicates.duplicates(s, look))
    ] == ["name"]
    same = CustomerData(name="Anders", email="brood@TEST.example", kvk="1234 5678")
    reasons = shop.administration.read(lambda s: duplicates.duplicates(s, same))
    assert [each.reason for each in reasons] == ["kvk"]


def test_merging_moves_everything_and_is_undone_in_one_step(shop):
    keeps, goes = shop.customer("Blijft"), shop.customer("Gaat", email="gaat@test.example")
    issued = shop.invoice(goes)
    pay = partial(payments.pay, document_id=issued.document_id, amount=Money(2100))
    shop.administration.write(payments.MARK_PAID, pay)
    number = shop.administration.read(lambda s: customers.get(s, goes).number)
    merge = partial(merging.merge, from_id=goes, into_id=keeps)
    shop.administration.write(merging.MERGE, merge)

    def owner(session):
        return session.get_one(Document, issued.document_id).customer_id

    assert shop.administration.read(owner) == keeps
    assert shop.administration.read(lambda s: balance(s, keeps, TODAY)).balance == Money(10000)
    assert shop.administration.read(lambda s: customers.find(s, number)) == keeps
    assert found(shop) == ["Blijft"]
    assert shop.administration.read(lambda s: customers.get(s, keeps).email) == "gaat@test.example"
    with pytest.raises(MergeWithItself):
        shop.administration.write(merging.MERGE, merge)

    shop.administration.undo()
    assert shop.administration.read(owner) == goes
    assert len(shop.administration.read(lambda s: history(s, goes))) == 2
    assert shop.administration.read(lambda s: customers.get(s, keeps).email) is None


def test_a_customer_with_invoices_is_archived_not_deleted(shop):
    customer = shop.customer()
    shop.invoice(customer)
    with pytest.raises(CustomerInUse):
        shop.administration.write(customers.DELETE, partial(customers.delete, customer_id=customer))
    shop.administration.write(customers.ARCHIVE, partial(customers.archive, customer_id=customer))
    assert found(shop) == []
    assert found(shop, status="archived") == ["Voorbeeld Bouw B.V."]


def test_deleting_is_undone_with_contacts_and_addresses(shop):
    customer = shop.customer(contacts=(ContactData(name="Henk"),), labels=("Vast",))
    shop.administration.write(customers.DELETE, partial(customers.delete, customer_id=customer))
    assert found(shop) == []
    shop.administration.undo()
    assert found(shop, text="henk") == ["Voorbeeld Bouw B.V."]


def test_a_customer_with_a_contract_is_not_deleted(administration):
    customer = Shop(administration).customer()
    agreements.add(administration, customer)
    with pytest.raises(CustomerInUse):
        administration.write(customers.DELETE, partial(customers.delete, customer_id=customer))
