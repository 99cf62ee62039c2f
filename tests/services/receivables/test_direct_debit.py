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
from klantenapp.models.payment import CollectionBatch, CollectionItem, Mandate
from klantenapp.models.values import ZERO, Money
from klantenapp.services.errors import direct_debit as errors
from klantenapp.services.errors.business import IbanWrong
from klantenapp.services.ledger import balances
from klantenapp.services.ledger.past import open_items_on
from klantenapp.services.receivables import (
    accepting,
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


def collecting(shop, name="Jansen B.V.", **values):
    """A customer who pays by direct debit, with a mandate."""
    query = select(PaymentMethod.id).where(PaymentMethod.kind == "direct_debit")
    method = shop.administration.read(lambda s: s.scalars(query).first())
    customer = shop.customer(name, payment_method_id=method)
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


def test_the_customer_is_told_beforehand(shop):
    customer = collecting(shop)
    issued = shop.invoice(customer)
    make(shop, issued.document_id)
    item = shop.administration.read(lambda s: s.scalars(select(CollectionItem.id)).one())
    text = shop.administration.read(partial(direct_debit.announcement, item_id=item))
    for part in ("26 november 2026", "121,00", issued.number, IBAN, "NL13ZZZ012345670000"):
        assert part in text


def test_a_cancelled_collection_lets_its_invoices_go(shop):
    customer = collecting(shop)
    invoice = shop.invoice(customer).document_id
    (batch,) = make(shop, invoice)
    shop.administration.write(direct_debit.CANCEL, partial(direct_debit.cancel, batch_id=batch))
    with pytest.raises(errors.BatchStateWrong):
        send(shop, batch)
    assert len(make(shop, invoice)) == 1
