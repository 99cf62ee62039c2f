"""What is collected, comes in, and is taken back by the bank: each day stays what it was."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from lxml import etree
from sepaxml.validation import try_valid_xml
from sqlalchemy import select
from tests.factories.sales import Shop
from tests.factories.statements import camt, entry
from tests.services.imports.test_bank import bring

from klantenapp.models.business import Business
from klantenapp.models.catalogue import PaymentMethod
from klantenapp.models.message import Message
from klantenapp.models.payment import CollectionBatch, CollectionItem, Mandate
from klantenapp.models.values import ZERO, Money
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors import direct_debit as errors
from klantenapp.services.errors.business import IbanWrong
from klantenapp.services.ledger import balances
from klantenapp.services.ledger.past import open_items_on
from klantenapp.services.receivables import (
    accepting,
    announcing,
    bank_lines,
    direct_debit,
    mandates,
    returns,
)
from klantenapp.services.sales import documents
from klantenapp.services.store import clock, files, settings

TODAY = dt.date(2026, 11, 23)
COLLECTED = dt.date(2026, 11, 26)
IBAN = "NL91ABNA0417164300"


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        made = Shop(administration)

        def creditor(session):
            session.get_one(Business, 1).creditor_id = "NL13ZZZ012345670000"

        administration.write(settings.CHANGE, creditor)
        yield made


def collecting(shop, name="Jansen B.V.", email=None, **values):
    """A customer who pays by direct debit, with a mandate."""
    query = select(PaymentMethod.id).where(PaymentMethod.kind == "direct_debit")
    method = shop.administration.read(lambda s: s.scalars(query).first())
    customer = shop.customer(name, payment_method_id=method, email=email)
    mandate(shop, customer, **values)
    return customer


def mandate(shop, customer, **values):
    data = mandates.MandateData(
        **{
            "customer_id": customer,
            "iban": IBAN,
            "account_name": "Jansen & Zoon",
            "signed_on": dt.date(2026, 1, 5),
        }
        | values
    )
    return shop.administration.write(mandates.ADD, partial(mandates.add, data=data))[0]


def make(shop, *document_ids, day=COLLECTED):
    work = partial(direct_debit.make, document_ids=document_ids, collection_date=day)
    return shop.administration.write(direct_debit.MAKE, work)[0]


def send(shop, batch):
    shop.administration.write(direct_debit.SEND, partial(direct_debit.send, batch_id=batch))


def batch_of(shop, batch):
    def read(session):
        found = session.get_one(CollectionBatch, batch)
        return found.reference, found.state, files.content(session, found.file_id)

    return shop.administration.read(read)


def status(shop, document_id, day=TODAY):
    return shop.administration.read(lambda s: documents.row(s, document_id, day)).status


def test_the_file_is_valid_and_says_what_is_collected(shop):
    customer = collecting(shop)
    one, two = (shop.invoice(customer, net) for net in ("100.00", "50.00"))
    (batch,) = make(shop, one.document_id, two.document_id)
    reference, state, content = batch_of(shop, batch)
    try_valid_xml(content, "pain.008.001.08")
    root = etree.fromstring(content)
    space = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}

    def told(path):
        return root.xpath(f"//p:{path}/text()", namespaces=space)

    assert state == "made"
    assert told("GrpHdr/p:MsgId") == [reference]
    assert told("GrpHdr/p:CtrlSum") == ["181.50"]
    assert told("InstdAmt") == ["121.00", "60.50"]
    assert told("EndToEndId") == [f"{reference}-1", f"{reference}-2"]
    assert told("ReqdColltnDt") == ["2026-11-26"]
    assert set(told("SeqTp")) == {"FRST"}
    assert told("Ustrd") == [one.number, two.number]
    assert shop.administration.read(direct_debit.collectable) == []
    with pytest.raises(errors.NothingToCollect):
        make(shop, one.document_id)


def test_the_next_collection_is_recurring_and_undo_makes_it_the_first_again(shop):
    customer = collecting(shop)
    make(shop, shop.invoice(customer).document_id)
    query = select(Mandate.sequence)
    assert shop.administration.read(lambda s: s.scalars(query).all()) == ["RCUR"]
    shop.administration.undo()
    assert shop.administration.read(lambda s: s.scalars(query).all()) == ["FRST"]
    assert len(shop.administration.read(direct_debit.collectable)) == 1


def test_a_collection_comes_in_is_returned_and_the_invoice_is_open_again(shop):
    customer = collecting(shop)
    one, two = (shop.invoice(customer, net) for net in ("100.00", "50.00"))
    (batch,) = make(shop, one.document_id, two.document_id)
    send(shop, batch)
    reference = batch_of(shop, batch)[0]
    with clock.stopped(dt.date(2026, 12, 4)):
        returned = entry("2026-12-03", "-121.00", "storno", more=REASON).replace(
            "NOTPROVIDED", f"{reference}-1"
        )
        bring(shop.administration, camt(entry("2026-11-26", "181.50", f"{reference}-1"), returned))
        lines = shop.administration.read(bank_lines.rows)
        known = shop.administration.read(partial(returns.recognise, rows=lines))
        assert {line: one.kind for line, one in known.items()} == {lines[0].id: "batch"}
        accept(shop, lines[0].id)
        assert (status(shop, one.document_id), status(shop, two.document_id)) == ("paid", "paid")
        assert batch_of(shop, batch)[1] == "booked"
        known = shop.administration.read(partial(returns.recognise, rows=lines[1:]))
        assert known[lines[1].id].code == "MD06"
        accept(shop, lines[1].id)
        assert status(shop, one.document_id) == "sent"
        balance = shop.administration.read(
            lambda s: balances.balance(s, customer, dt.date(2026, 12, 4))
        )
        assert (balance.balance, balance.credit) == (Money(12100), ZERO)
        # Insight still sees that it was paid in the week between.
        between = partial(open_items_on, day=dt.date(2026, 12, 1), customer_id=customer)
        assert shop.administration.read(between) == []
        query = select(CollectionItem.return_code).order_by(CollectionItem.id)
        assert shop.administration.read(lambda s: s.scalars(query).all()) == ["MD06", None]
        shop.administration.undo()
        assert status(shop, one.document_id) == "paid"
        shop.administration.undo()
        assert status(shop, two.document_id) == "sent"
        assert batch_of(shop, batch)[1] == "sent"
        assert len(shop.administration.read(bank_lines.rows)) == 2


REASON = "<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>"


def accept(shop, line):
    work = partial(returns.accept, line_id=line)
    return shop.administration.write(accepting.ACCEPT, work)[0]


def test_what_cannot_be_collected_is_refused_with_the_reason(shop):
    customer = collecting(shop)
    invoice = shop.invoice(customer).document_id
    with pytest.raises(errors.CollectionTooSoon) as caught:
        make(shop, invoice, day=TODAY)
    assert caught.value.first == dt.date(2026, 11, 25)
    with pytest.raises(errors.CollectionTooSoon):
        make(shop, invoice, day=dt.date(2026, 12, 25))
    with pytest.raises(errors.CollectionTooSoon):
        make(shop, invoice, day=dt.date(2026, 11, 28))
    held = shop.administration.read(partial(mandates.of_customer, customer_id=customer))[0]
    shop.administration.write(mandates.END, partial(mandates.end, mandate_id=held.id))
    with pytest.raises(errors.NoMandate):
        make(shop, invoice)
    mandate(shop, customer)

    def forget(session):
        session.get_one(Business, 1).creditor_id = None

    shop.administration.write(settings.CHANGE, forget)
    with pytest.raises(errors.CreditorIncomplete):
        make(shop, invoice)


@pytest.mark.parametrize(
    ("values", "failure"),
    [
        ({"iban": "NL91ABNA0417164301"}, IbanWrong),
        ({"account_name": " "}, errors.AccountNameMissing),
        ({"signed_on": dt.date(2026, 11, 24)}, errors.SignedInFuture),
        ({"reference": "x" * 36}, errors.MandateReferenceWrong),
        ({"reference": "spaties niet"}, errors.MandateReferenceWrong),
    ],
)
def test_a_wrong_mandate_is_refused(shop, values, failure):
    with pytest.raises(failure):
        mandate(shop, shop.customer(), **values)


def test_a_reference_exists_once_and_a_new_mandate_ends_the_one_before(shop):
    customer = shop.customer()
    mandate(shop, customer, reference="M-1")
    with pytest.raises(errors.MandateReferenceTaken):
        mandate(shop, customer, reference="M-1")
    mandate(shop, customer, reference="M-2")
    rows = shop.administration.read(partial(mandates.of_customer, customer_id=customer))
    assert [(row.reference, row.ended_on) for row in rows] == [("M-2", None), ("M-1", TODAY)]


def announce(shop, *batches):
    work = partial(announcing.announce, batch_ids=batches)
    return shop.administration.write(announcing.ANNOUNCE, work)[0]


def test_customers_are_mailed_beforehand_once_and_undo_stops_it(shop):
    customer = collecting(shop, email="jan@jansen.example")
    numbers = [shop.invoice(customer, net).number for net in ("100.00", "50.00")]
    ids = shop.administration.read(
        lambda s: [row.document_id for row in direct_debit.collectable(s)]
    )
    batches = make(shop, *ids)
    without = collecting(shop, "Zonder Post", reference="M-2")
    other = make(shop, shop.invoice(without).document_id)
    assert announce(shop, *batches, *other) == announcing.Announced(1, ("Zonder Post",))
    mail = shop.administration.read(lambda s: s.scalars(select(Message)).one())
    for part in ("26 november 2026", "181,50", *numbers, "NL91 ABNA", "NL13ZZZ012345670000"):
        assert part in f"{mail.subject} {mail.body}"
    assert announce(shop, *batches).mails == 0
    shop.administration.undo()
    shop.administration.undo()
    assert shop.administration.read(lambda s: s.scalars(select(Message.status)).one()) == "draft"
    assert announce(shop, *batches).mails == 1


def test_the_first_day_leaves_the_days_of_notice(shop):
    first = partial(announcing.first_day, today=TODAY)
    assert shop.administration.read(first) == dt.date(2026, 12, 7)
    change = partial(settings.write, key=announcing.NOTICE_DAYS, value=1)
    shop.administration.write(settings.CHANGE, change)
    assert shop.administration.read(first) == dt.date(2026, 11, 25)
    (batch,) = make(shop, shop.invoice(collecting(shop)).document_id)
    late = partial(announcing.too_late, batch_ids=(batch,))
    assert not shop.administration.read(late)
    change = partial(settings.write, key=announcing.NOTICE_DAYS, value=5)
    shop.administration.write(settings.CHANGE, change)
    assert shop.administration.read(late)


def test_nothing_is_collected_under_a_mandate_that_is_not_signed_or_lapsed(shop):
    customer = collecting(shop, signed_on=None, reference="M-1")
    invoice = shop.invoice(customer)
    (row,) = shop.administration.read(direct_debit.collectable)
    assert row.standing == "unsigned"
    with pytest.raises(errors.MandateNotSigned) as caught:
        make(shop, invoice.document_id)
    assert sentence(caught.value).startswith("Jansen B.V. heeft machtiging M-1")
    (held,) = shop.administration.read(partial(mandates.of_customer, customer_id=customer))
    for day in (dt.date(2026, 11, 24), dt.date(2023, 11, 26)):
        work = partial(mandates.sign, mandate_id=held.id, signed_on=day)
        if day > TODAY:
            with pytest.raises(errors.SignedInFuture):
                shop.administration.write(mandates.SIGN, work)
        else:
            shop.administration.write(mandates.SIGN, work)
    with pytest.raises(errors.MandateExpired) as expired:
        make(shop, invoice.document_id)
    assert expired.value.expired_on == dt.date(2026, 11, 26)
    (batch,) = make(shop, invoice.document_id, day=dt.date(2026, 11, 25))
    (held,) = shop.administration.read(partial(mandates.of_customer, customer_id=customer))
    assert held.expires_on == dt.date(2029, 11, 25)
    shop.administration.write(direct_debit.CANCEL, partial(direct_debit.cancel, batch_id=batch))


def test_a_mandate_that_waits_for_its_signature_ends_the_one_before_only_then(shop):
    customer = collecting(shop, reference="M-1")
    mandate(shop, customer, reference="M-2", signed_on=None)
    rows = shop.administration.read(partial(mandates.of_customer, customer_id=customer))
    assert [row.state_on(TODAY) for row in rows] == ["holds", "unsigned"]
    work = partial(mandates.sign, mandate_id=rows[1].id, signed_on=TODAY)
    shop.administration.write(mandates.SIGN, work)
    rows = shop.administration.read(partial(mandates.of_customer, customer_id=customer))
    assert [(row.reference, row.state_on(TODAY)) for row in rows] == [
        ("M-2", "holds"),
        ("M-1", "ended"),
    ]


def test_a_cancelled_collection_lets_its_invoices_go(shop):
    customer = collecting(shop)
    invoice = shop.invoice(customer).document_id
    (batch,) = make(shop, invoice)
    shop.administration.write(direct_debit.CANCEL, partial(direct_debit.cancel, batch_id=batch))
    with pytest.raises(errors.BatchStateWrong):
        send(shop, batch)
    assert len(make(shop, invoice)) == 1
