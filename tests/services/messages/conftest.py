"""Customers, documents and contracts for the tests of contact."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from klantenapp.models.customer import Contact, Customer
from klantenapp.models.document import Document, DocumentTax
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.values import Money, Percent
from klantenapp.services.messages import notes
from klantenapp.services.store import clock

SET_UP = notes.CHANGE
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def today():
    with clock.stopped(dt.date(2026, 11, 24)):
        yield


MAIL = "info@voorbeeldbouw.example"


class World:
    """The file of a test, with what is needed to talk to somebody."""

    def __init__(self, administration):
        self.administration = administration
        self.customer = self.do(
            _customer("10045", "Voorbeeld Bouw B.V.", "info@voorbeeldbouw.example")
        )
        self.other = self.do(_customer("10046", "Hotel Voorbeeldzicht", "hotel@zicht.example"))

    def do(self, work, operation=SET_UP):
        """Run one operation and give its result."""
        return self.administration.write(operation, work)[0]

    def ask(self, query):
        return self.administration.read(query)

    def add(self, thing):
        """Store one mapped object and give its id."""

        def work(session):
            session.add(thing)
            session.flush()
            return thing.id

        return self.do(work)

    def contact(self, name, email, customer_id=None, **more):
        return self.add(
            Contact(customer_id=customer_id or self.customer, name=name, email=email, **more)
        )

    def invoice(self, number="2026-0158", customer_id=None, kind="invoice", **more):
        """An issued document of another program, so that nothing has to be drawn."""
        now = clock.now()

        def work(session):
            given = {
                "date": dt.date(2026, 9, 15),
                "due_date": dt.date(2026, 10, 15),
                "total": 348_000,
                "net_total": 348_000,
                "issued_at": now,
            }
            document = Document(
                kind=kind,
                state="issued",
                customer_id=customer_id or self.customer,
                number=number,
                is_imported=True,
                created_at=now,
                changed_at=now,
                language="nl",
                **(given | more),
            )
            session.add(document)
            session.flush()
            session.add(
                DocumentTax(
                    document_id=document.id,
                    category="O",
                    percent=Percent(0),
                    box="",
                    base=Money(document.net_total),
                    tax=Money(0),
                )
            )
            if kind == "invoice":
                session.add(
                    LedgerEntry(
                        kind=kind,
                        customer_id=document.customer_id,
                        date=document.date,
                        due_date=document.due_date,
                        amount=Money(document.total),
                        document_id=document.id,
                        created_at=now,
                    )
                )
            return document.id

        return self.do(work)

    def settle(self, document_id, day, amount=348_000, kind="payment"):
        """Book what settles an invoice."""

        def work(session):
            debit = session.scalar(
                select(LedgerEntry).where(LedgerEntry.document_id == document_id)
            )
            common = {"date": day, "created_at": clock.now()}
            credit = LedgerEntry(
                kind=kind, customer_id=debit.customer_id, amount=Money(-amount), **common
            )
            session.add(credit)
            session.flush()
            session.add(
                Settlement(debit_id=debit.id, credit_id=credit.id, amount=Money(amount), **common)
            )

        self.do(work)


def _customer(number, name, email):
    def work(session):
        customer = Customer(
            number=number,
            name=name,
            sort_name=name.lower(),
            search=name.lower(),
            email=email,
            created_at=clock.now(),
        )
        session.add(customer)
        session.flush()
        return customer.id

    return work


@pytest.fixture
def world(administration):
    return World(administration)
