"""Contacts, addresses, labels, marks and numbers of a customer."""

from __future__ import annotations

import datetime as dt
import io
from functools import partial

import pytest
from PIL import Image
from tests.factories.sales import Shop

from klantenapp.models.customer import Contact, Customer
from klantenapp.models.values import Money
from klantenapp.services.customers import (
    addresses,
    checks,
    contacts,
    customers,
    labels,
    listing,
    marks,
    paying,
    profile,
    term_limits,
)
from klantenapp.services.customers.customers import AddressData, ContactData
from klantenapp.services.errors.business import UnknownCountry
from klantenapp.services.errors.customers import (
    ContactNameMissing,
    FieldTooLong,
    GovernmentTermTooLong,
    InvoiceAddressNeeded,
    LabelEmpty,
    MarkUnreadable,
    TermNeedsAgreement,
    TermTooLong,
)
from klantenapp.services.messages import notes
from klantenapp.services.receivables import payments
from klantenapp.services.sales import credits as crediting
from klantenapp.services.store import clock, files

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


@pytest.fixture
def customer(shop):
    return shop.customer("Voorbeeld Bouw B.V.")


@pytest.fixture
def write(shop):
    def run(operation, work, **values):
        return shop.administration.write(operation, partial(work, **values))[0]

    return run


def seen(shop, customer):
    return shop.administration.read(partial(profile.profile, customer_id=customer, today=TODAY))


def found(shop, text):
    wanted = listing.Filter(text=text)
    return list(
        shop.administration.read(
            lambda session: listing.list_ids(session, wanted, ("name", False), TODAY)
        )
    )


def test_a_contact_is_found_by_name_and_telephone_and_not_when_gone(shop, customer, write):
    data = ContactData(name="Tess Schets", phone="06-12 34 56 78")
    contact = write(contacts.ADD, contacts.add, customer_id=customer, data=data)
    assert found(shop, "schets 0612345678") == [customer]
    write(contacts.CHANGE, contacts.change, contact_id=contact, values={"name": "Tess Maquet"})
    assert found(shop, "schets") == []
    assert found(shop, "maquet") == [customer]
    write(contacts.REMOVE, contacts.remove, contact_id=contact)
    assert found(shop, "maquet") == []
    shop.administration.undo()
    assert found(shop, "maquet") == [customer]


def test_the_first_contact_is_the_one_that_lists_show(shop, customer, write):
    for name in ("Henk", "Tess", "Ans"):
        write(contacts.ADD, contacts.add, customer_id=customer, data=ContactData(name=name))
    last = seen(shop, customer).contacts[-1]
    assert last.name == "Ans"
    write(contacts.FIRST, contacts.make_first, contact_id=last.id)
    assert [each.name for each in seen(shop, customer).contacts] == ["Ans", "Henk", "Tess"]


def test_a_contact_without_a_name_or_with_an_endless_one_is_refused(customer, write):
    with pytest.raises(ContactNameMissing):
        write(contacts.ADD, contacts.add, customer_id=customer, data=ContactData(name="  "))
    with pytest.raises(FieldTooLong):
        write(contacts.ADD, contacts.add, customer_id=customer, data=ContactData(name="x" * 201))


def test_the_only_invoice_address_cannot_go(shop, customer, write):
    only = seen(shop, customer).addresses[0]
    with pytest.raises(InvoiceAddressNeeded):
        write(addresses.REMOVE, addresses.remove, address_id=only.id)
    with pytest.raises(InvoiceAddressNeeded):
        write(addresses.CHANGE, addresses.change, address_id=only.id, values={"kind": "visit"})
    other = AddressData(street="Schetslaan 2", postal_code="8012zz", city="Zwolle")
    write(addresses.ADD, addresses.add, customer_id=customer, data=other)
    write(addresses.REMOVE, addresses.remove, address_id=only.id)
    assert seen(shop, customer).address.postal_code == "8012 ZZ"


def test_an_address_is_written_neatly_and_its_place_is_found(shop, customer, write):
    data = AddressData(kind="work", name=" Blok C ", city=" Kampen ", country="nl")
    address = write(addresses.ADD, addresses.add, customer_id=customer, data=data)
    work = next(each for each in seen(shop, customer).addresses if each.id == address)
    assert (work.name, work.city, work.country) == ("Blok C", "Kampen", "NL")
    assert found(shop, "kampen") == [customer]
    with pytest.raises(UnknownCountry):
        write(
            addresses.CHANGE, addresses.change, address_id=address, values={"country": "Nederland"}
        )


def test_a_label_is_one_whatever_its_case_and_is_counted(shop, customer, write):
    other = shop.customer("Camping De Demo")
    write(labels.PUT, labels.put, customer_ids=[customer], name="Aannemer")
    write(labels.PUT, labels.put, customer_ids=[customer, other], name=" aannemer ")
    rows = shop.administration.read(labels.labels)
    assert [(row.name, row.customers) for row in rows] == [("Aannemer", 2)]
    write(labels.PUT, labels.take, customer_ids=[other], name="Aannemer")
    assert seen(shop, other).labels == ()
    with pytest.raises(LabelEmpty):
        write(labels.PUT, labels.put, customer_ids=[other], name="   ")


def test_a_label_that_gets_the_name_of_another_becomes_it(shop, customer, write):
    other = shop.customer("Camping De Demo")
    write(labels.PUT, labels.put, customer_ids=[customer, other], name="Vast")
    write(labels.PUT, labels.put, customer_ids=[customer], name="Vaste klant")
    vast, vaste = shop.administration.read(labels.labels)
    write(labels.RENAME, labels.rename, label_id=vast.id, name="Vaste klant")
    assert seen(shop, customer).labels == seen(shop, other).labels == ("Vaste klant",)
    write(labels.DELETE, labels.delete, label_id=vaste.id)
    assert seen(shop, customer).labels == ()


def png(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_mark_is_shrunk_and_can_go(shop, customer, write):
    write(marks.CHANGE, marks.change, customer_id=customer, content=png(2000, 500))
    mark = seen(shop, customer).own.logo_id
    content = shop.administration.read(partial(files.content, file_id=mark))
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (336, 84)
    write(marks.CHANGE, marks.change, customer_id=customer, content=None)
    assert seen(shop, customer).own.logo_id is None


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", png(9000, 9000)[:400]])
def test_what_is_no_picture_is_no_mark(content):
    with pytest.raises(MarkUnreadable):
        marks.shrunk(content)


@pytest.mark.parametrize(
    ("kind", "value", "ok"),
    [
        ("kvk", "01234568", True),
        ("kvk", "1234567", False),
        ("vat_id", "NL001234567B29", True),
        ("vat_id", "NL001234567B30", False),
        ("iban", "NL91 ABNA 0417 1643 00", True),
        ("iban", "NL91 ABNA 0417 1643 01", False),
        ("email", "henk@voorbeeldbouw.example", True),
        ("email", "henk.voorbeeldbouw.example", False),
        ("phone", "038 000 12 34", True),
        ("phone", "+49 5921 12345", True),
        ("phone", "038", False),
        ("postal_code", "8011 AB", True),
        ("postal_code", "8011 SS", False),
        ("postal_code", "0111 AB", False),
    ],
)
def test_a_number_is_judged_by_form_and_digits(kind, value, ok):
    check = checks.check(kind, value)
    assert check.is_ok is ok
    assert (check.problem is None) is ok


def test_nothing_is_said_of_what_cannot_be_judged():
    for check in (
        checks.check("vat_id", ""),
        checks.check("vat_id", "CHE-123.456.788 MWST"),
        checks.check("postal_code", "EC1A 1BB", "GB"),
    ):
        assert (check.verified, check.problem) == ("", None)


@pytest.mark.parametrize(
    ("kind", "large", "days", "expected"),
    [
        ("business", True, 30, None),
        ("business", True, 31, TermTooLong),
        ("business", False, 60, None),
        ("business", False, 61, TermNeedsAgreement),
        ("government", False, 30, None),
        ("government", False, 45, GovernmentTermTooLong),
        ("consumer", False, 90, None),
    ],
)
def test_a_term_beyond_the_law_warns(kind, large, days, expected):
    warning = term_limits.warning(kind, days, large_company=large)
    assert (warning and type(warning)) == expected


def pay(shop, issued, day):
    with clock.stopped(day):
        shop.administration.write(
            payments.MARK_PAID, partial(payments.pay, document_id=issued.document_id, date=day)
        )


def test_how_a_customer_pays_is_a_signed_mean_over_twelve_months(shop, customer):
    # due after 30 days: 2026-02-09, 2026-03-31 and 2025-10-31
    with clock.stopped(dt.date(2025, 10, 1)):
        old = shop.invoice(customer, date=dt.date(2025, 10, 1))
    pay(shop, old, dt.date(2025, 11, 20))
    for day, paid in (
        (dt.date(2026, 1, 10), dt.date(2026, 2, 19)),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 28)),
    ):
        with clock.stopped(day):
            issued = shop.invoice(customer, date=day)
        pay(shop, issued, paid)
    pace = shop.administration.read(partial(paying.paces, customer_ids=[customer], today=TODAY))
    # ten days late and three early: 3.5, half up; taken 40 and 27: 33.5
    assert pace == {customer: paying.Pace(2, 4, 34)}


def test_what_was_only_credited_was_not_paid(shop, customer):
    issued = shop.invoice(customer)
    shop.administration.write(
        crediting.CREDIT,
        partial(crediting.credit, document_id=issued.document_id, wanted=crediting.Wanted()),
    )
    pace = shop.administration.read(partial(paying.paces, customer_ids=[customer], today=TODAY))
    assert pace == {}


def test_the_list_sorts_by_lateness_and_last_contact_with_the_unknown_last(shop, customer):
    other = shop.customer("Camping De Demo")
    pay(shop, shop.invoice(other, date=TODAY), TODAY)
    shop.administration.write(
        notes.ADD["note"],
        partial(notes.add, customer_id=other, entry=notes.NewEntry("note", "Gesproken")),
    )

    def order(sort):
        return list(
            shop.administration.read(
                lambda session: listing.list_ids(session, listing.Filter(), sort, TODAY)
            )
        )

    for key in ("late", "last"):
        assert order((key, True)) == order((key, False)) == [other, customer]


def test_a_profile_says_what_holds_and_how_much_there_is(shop, customer, write):
    issued = shop.invoice(customer, net="1000.00")
    write(
        customers.CHANGE,
        customers.change,
        customer_id=customer,
        values={"credit_limit": Money.parse("7500")},
    )
    page = seen(shop, customer)
    assert page.open_amount == Money.parse("1210")
    assert page.overdue == Money(0)
    assert page.counts == {"transactions": 1, "messages": 0, "contracts": 0, "drafts": 0}
    assert page.terms.payment_term.level == "business"
    assert page.own.credit_limit == Money.parse("7500")
    assert issued.number.endswith("0001")


def test_a_customer_whom_nobody_spoke_for_half_a_year_is_quiet(shop):
    with clock.stopped(dt.date(2026, 1, 5)):
        quiet = shop.customer("Stille klant")
        spoken = shop.customer("Vaste klant")
    shop.customer("Nieuwe klant")
    shop.invoice(spoken)
    wanted = listing.Filter(status="quiet")
    ids = shop.administration.read(
        lambda session: listing.list_ids(session, wanted, ("name", False), TODAY)
    )
    assert list(ids) == [quiet]


def test_numbers_of_people_stay_text(shop, customer, write):
    write(
        contacts.ADD, contacts.add, customer_id=customer, data=ContactData(name="Jo", phone="038")
    )
    stored = shop.administration.read(
        lambda session: session.query(Contact.phone).filter_by(customer_id=customer).scalar()
    )
    assert stored == "038"
    assert shop.administration.read(lambda session: session.get(Customer, customer).number)
