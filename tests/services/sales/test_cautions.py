"""What deserves a look before a document is final: limits, long terms, lost characters."""

import datetime as dt
from functools import partial

import pytest
from tests.factories import pages
from tests.factories.sales import Shop, line

from klantenapp.models.document import Document
from klantenapp.models.values import Money, Percent
from klantenapp.services.catalogue import choosing
from klantenapp.services.customers import addresses, contacts, credit, customers
from klantenapp.services.customers.customers import AddressData, ContactData
from klantenapp.services.customers.terms import Level
from klantenapp.services.errors.agreements import DiscountOutOfRange
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.catalogue import IntraEuToDutchAddress
from klantenapp.services.errors.customers import AddressInUse, TermTooLong
from klantenapp.services.errors.sales import (
    AmountTooLarge,
    CharactersLost,
    CreditLimitPassed,
    StillADraft,
)
from klantenapp.services.rendering.pdf import invoice
from klantenapp.services.sales import cautions, delivery, documents, drafts, snapshots
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.inputs import DraftInput
from klantenapp.services.store import settings

INVOICE = AddressData(street="Modelweg 8", postal_code="8011 AB", city="Zwolle")
SITE = AddressData(
    kind="delivery", name="Werf 3", street="Kade 1", postal_code="1011 AB", city="Amsterdam"
)


@pytest.fixture
def shop(administration):
    return Shop(administration)


def found(shop, document_id):
    problems = shop.administration.read(lambda session: cautions.of_document(session, document_id))
    return [problem for _field, problem in problems]


def setting(shop, key, value):
    work = partial(settings.write, key=key, value=value)
    shop.administration.write(settings.CHANGE, work)


def snapshot(shop, document_id):
    def read(session):
        typed = drafts.read(session, document_id)
        frame = snapshots.Frame(kind="invoice")
        return snapshots.build(session, typed, calculate(session, typed), frame)

    return shop.administration.read(read)


def change(shop, customer_id, **values):
    work = partial(customers.change, customer_id=customer_id, values=values)
    shop.administration.write(customers.CHANGE, work)


def test_the_limit_of_the_business_holds_where_the_customer_has_none(shop):
    customer = shop.customer()
    setting(shop, credit.LIMIT, 10_000)
    draft = shop.draft(customer, line("100.00"))
    (passed,) = found(shop, draft)
    assert isinstance(passed, CreditLimitPassed)
    assert (passed.limit, passed.exposure) == (Money(10_000), Money(12_100))

    change(shop, customer, credit_limit=Money(20_000))
    assert found(shop, draft) == []
    terms = shop.administration.read(lambda session: credit.terms(session, customer))
    assert (terms.limit, terms.level) == (Money(20_000), Level.CUSTOMER)
    assert terms.business_limit == Money(10_000)


def test_a_limit_warns_and_blocks_only_where_that_is_chosen(shop):
    customer = shop.customer()
    setting(shop, credit.LIMIT, 10_000)
    shop.issue(shop.draft(customer, line("100.00")))

    setting(shop, credit.BLOCK_AT_LIMIT, value=True)
    draft = shop.draft(customer, line("1.00"))
    with pytest.raises(Invalid) as refused:
        shop.issue(draft)
    assert [type(problem) for _field, problem in refused.value.problems] == [CreditLimitPassed]

    change(shop, customer, credit_block=False)
    shop.issue(draft)


def test_a_long_term_of_a_large_company_deserves_a_look(shop):
    customer = shop.customer(large_company=True)
    term = shop.administration.write(
        drafts.SAVE, lambda session: choosing.payment_term(session, 45)
    )[0]
    problem = found(shop, shop.draft(customer, line(), payment_term_id=term))[0]
    assert isinstance(problem, TermTooLong)
    assert found(shop, shop.draft(customer, line())) == []


def test_characters_that_paper_cannot_show_are_named_once(shop):
    customer = shop.customer("Café 你好")
    draft = shop.draft(customer, line(description="Werk 你 🙂"))
    (lost,) = found(shop, draft)
    assert isinstance(lost, CharactersLost)
    assert lost.characters.split() == ["你", "好", "🙂"]


def test_nothing_of_an_issued_document_deserves_a_look(shop):
    customer = shop.customer()
    setting(shop, credit.LIMIT, 1)
    assert found(shop, shop.invoice(customer).document_id) == []


def test_goods_go_to_the_customers_delivery_address_and_paper_says_so(shop):
    customer = shop.customer(addresses=(INVOICE, SITE))
    item = shop.item("BUIS", nature="goods")
    goods = shop.draft(customer, line(item_id=item))
    assert snapshot(shop, goods).delivery.street == "Kade 1"
    services = shop.draft(customer, line())
    assert snapshot(shop, services).delivery is None


def test_the_address_of_one_document_wins_and_the_invoice_address_is_not_repeated(shop):
    customer = shop.customer(addresses=(INVOICE, SITE))
    item = shop.item("BUIS", nature="goods")
    places = shop.administration.read(lambda session: delivery.places(session, customer))
    assert [place.kind for place in places] == ["delivery", "invoice"]
    home = places[1].id
    at_home = shop.draft(customer, line(item_id=item), delivery_address_id=home)
    assert snapshot(shop, at_home).delivery is None
    chosen = shop.draft(customer, line(), delivery_address_id=places[0].id)
    assert snapshot(shop, chosen).delivery.legal_name == "Werf 3"


def test_the_delivery_country_decides_whether_goods_leave_the_country(shop):
    customer = shop.customer(
        vat_id="DE136695976",
        tax_treatment="intra_eu",
        addresses=(AddressData(street="Weg 1", postal_code="10115", city="Berlin", country="DE"),),
    )
    item = shop.item("BUIS", nature="goods")
    work = partial(addresses.add, customer_id=customer, data=SITE)
    site = shop.administration.write(addresses.ADD, work)[0]
    draft = shop.draft(customer, line(item_id=item), date=dt.date(2026, 11, 20))
    with pytest.raises(Invalid) as refused:
        shop.issue(draft)
    assert [type(one) for _field, one in refused.value.problems] == [IntraEuToDutchAddress]
    shop.administration.write(addresses.REMOVE, partial(addresses.remove, address_id=site))
    shop.issue(draft)


def test_an_address_of_an_issued_document_stays_and_a_draft_lets_it_go(shop):
    customer = shop.customer(addresses=(INVOICE, SITE))
    place = shop.administration.read(lambda session: delivery.places(session, customer))[0]
    draft = shop.draft(customer, line(), delivery_address_id=place.id)
    remove = partial(addresses.remove, address_id=place.id)
    shop.administration.write(addresses.REMOVE, remove)
    read = shop.administration.read(lambda session: drafts.read(session, draft))
    assert read.delivery_address_id is None
    shop.administration.undo()

    shop.issue(draft)
    with pytest.raises(AddressInUse):
        shop.administration.write(addresses.REMOVE, remove)


def test_a_person_named_on_an_invoice_can_leave(shop):
    customer = shop.customer(contacts=(ContactData(name="Karel"), ContactData(name="Ans")))
    ((_first, _name), (ans, name)) = shop.administration.read(
        lambda session: contacts.names(session, customer)
    )
    assert name == "Ans"
    issued = shop.issue(shop.draft(customer, line(), contact_id=ans))
    waiting = shop.draft(customer, line(), contact_id=ans)
    shop.administration.write(contacts.REMOVE, partial(contacts.remove, contact_id=ans))

    def read(session):
        return (
            session.get_one(Document, issued.document_id).snapshot,
            drafts.read(session, waiting),
        )

    kept, draft = shop.administration.read(read)
    assert "Ans" in kept
    assert draft == DraftInput(customer_id=customer, lines=draft.lines)


def test_paper_shows_codes_and_english_numbers_where_that_is_chosen(shop):
    customer = shop.customer(language="en")
    item = shop.item("UUR")
    setting(shop, snapshots.SHOW_CODES, value=True)
    setting(shop, snapshots.ENGLISH_NUMBERS, value=True)
    drawn = snapshot(shop, shop.draft(customer, line("1234.56", item_id=item)))
    assert drawn.look.columns == ("item_code",)
    assert drawn.look.english_numbers
    text = pages.words(invoice.render(drawn))
    assert "1,234.56" in text
    assert "UUR" in text
    dutch = snapshot(shop, shop.draft(shop.customer(language="nl"), line()))
    assert not dutch.look.english_numbers


@pytest.mark.parametrize(
    ("values", "failure"),
    [
        ({"discount": Percent.parse("120")}, DiscountOutOfRange),
        ({"discount": Percent.parse("-1")}, DiscountOutOfRange),
        ({"price": "99999999.99", "quantity": "99999999"}, AmountTooLarge),
    ],
)
def test_what_no_document_can_carry_is_refused_and_nothing_is_kept(shop, values, failure):
    with pytest.raises(failure):
        shop.draft(shop.customer(), line(**values))


def test_a_discount_on_the_total_is_a_part_of_it(shop):
    with pytest.raises(DiscountOutOfRange):
        shop.draft(shop.customer(), line(), total_discount=Percent.parse("101"))


def test_a_draft_that_is_named_by_its_id_says_that_it_is_one(shop):
    draft = shop.draft(shop.customer(), line())
    with pytest.raises(StillADraft):
        shop.administration.read(lambda session: documents.find(session, str(draft)))
    with pytest.raises(NotFound):
        shop.administration.read(lambda session: documents.find(session, "999"))
