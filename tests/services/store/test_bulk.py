"""The door for imports: whole or absent, one entry in history, undone by its batch."""

import datetime as dt
import json

import pytest
from sqlalchemy import select, text
from tests.services.store.test_undo import CHANGE, customer, names, rename

from klantenapp.models.audit import AuditEntry, ImportBatch
from klantenapp.models.bank import BankAccount
from klantenapp.models.customer import Contact, Customer, CustomerLabel, Label
from klantenapp.models.values import Money
from klantenapp.services.care import check
from klantenapp.services.errors.store import ImportInUse, ImportUndone, UndoConflict
from klantenapp.services.store import bulk, clock
from klantenapp.services.store.operations import REVERSIBLE, register

IMPORT = register("test.import", bulk.BY_BATCH)
DAY = dt.date(2026, 11, 23)


def person(number):
    return {
        "number": f"K{number}",
        "name": f"Klant {number}",
        "sort_name": f"klant {number}",
        "search": f"klant {number}",
        "created_at": clock.now(),
    }


def import_customers(session, count=3):
    with bulk.batch(session, "customers", "klanten.csv", "f" * 64) as batch:
        ids = batch.add("customer", [person(number) for number in range(count)])
        batch.add("contact", [{"customer_id": one, "name": "Henk"} for one in ids])
    return batch.id


def import_invoices(session, *, paid=True, customer_id=1):
    entry = {"customer_id": customer_id, "date": DAY, "created_at": clock.now()}
    with bulk.batch(session, "invoices", "facturen.csv", "e" * 64) as batch:
        (document_id,) = batch.add(
            "document",
            [
                {
                    "kind": "invoice",
                    "state": "issued",
                    "customer_id": customer_id,
                    "number": "2019-1",
                    "date": DAY,
                    "is_imported": True,
                    "total": Money(10000),
                    "net_total": Money(10000),
                    "created_at": clock.now(),
                    "changed_at": clock.now(),
                }
            ],
        )
        batch.add("document_line", [{"document_id": document_id, "position": 1}])
        batch.add(
            "document_tax",
            [
                {
                    "document_id": document_id,
                    "category": "O",
                    "percent": 0,
                    "box": "none",
                    "base": Money(10000),
                    "tax": Money(0),
                }
            ],
        )
        (debit,) = batch.add(
            "ledger_entry",
            [entry | {"kind": "invoice", "amount": Money(10000), "document_id": document_id}],
        )
        if paid:
            (payment,) = batch.add(
                "payment",
                [
                    {
                        "customer_id": customer_id,
                        "date": DAY,
                        "amount": Money(10000),
                        "created_at": clock.now(),
                    }
                ],
            )
            (credit,) = batch.add(
                "ledger_entry",
                [entry | {"kind": "payment", "amount": Money(-10000), "payment_id": payment}],
            )
            batch.add(
                "settlement",
                [
                    {
                        "debit_id": debit,
                        "credit_id": credit,
                        "amount": Money(10000),
                        "date": DAY,
                        "created_at": clock.now(),
                    }
                ],
            )
    return batch.id


def total_rows(session):
    return sum(bulk.counts(session, 1).values())


def test_rows_come_in_with_their_batch_and_one_entry(administration):
    batch_id, changes = administration.write(IMPORT, import_customers)

    assert changes.touches("customer", "contact")
    assert changes.touches_row("customer", 1)
    entry = administration.read(lambda s: s.get_one(AuditEntry, changes.entry_id))
    assert entry.batch_id == batch_id
    assert json.loads(entry.detail)["counts"] == {"contact": 3, "customer": 3}
    assert names(administration) == ["Klant 0", "Klant 1", "Klant 2"]


def test_undo_takes_the_whole_batch_out(administration):
    administration.write(IMPORT, import_customers)

    changes = administration.undo()

    assert changes.operation == "import.undo"
    assert changes.touches("customer")
    assert names(administration) == []
    state = administration.read(lambda s: s.scalars(select(ImportBatch.state)).one())
    assert state == "undone"


def test_ids_are_not_given_twice(administration):
    administration.write(IMPORT, import_customers)
    administration.undo()
    administration.write(CHANGE, customer)
    assert administration.read(lambda s: s.scalars(select(Customer.id)).one()) == 4


def test_rows_of_the_session_go_between_those_of_the_batch(administration):
    def work(session):
        customer(session)
        session.add(Label(id=1, name="vast"))
        with bulk.batch(session, "customers", "k.csv", "f" * 64) as batch:
            (one,) = batch.add("customer", [person(1)])
        session.add(CustomerLabel(customer_id=one, label_id=1))
        session.scalars(select(Customer).where(Customer.number == "1")).one().name = "Bijgewerkt"

    administration.write(CHANGE, lambda s: customer(s, "9", "Stond er al"))
    administration.write(IMPORT, work)
    administration.undo()

    assert names(administration) == ["Stond er al"]
    assert administration.read(lambda s: s.scalars(select(Label.name)).all()) == []


def test_what_an_import_updated_is_put_back(administration):
    administration.write(CHANGE, customer)

    def work(session):
        rename("Bijgewerkt")(session)
        return import_customers(session)

    administration.write(IMPORT, work)
    assert names(administration)[0] == "Bijgewerkt"
    administration.undo()
    assert names(administration) == ["Voorbeeld Bouw B.V."]


def test_an_import_that_fails_leaves_nothing(administration):
    def work(session):
        import_customers(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        administration.write(IMPORT, work)
    assert names(administration) == []
    assert administration.read(lambda s: s.scalars(select(ImportBatch.id)).all()) == []


@pytest.mark.parametrize("paid", [False, True])
def test_imported_invoices_are_frozen_and_go_as_a_whole(administration, paid):
    administration.write(CHANGE, customer)
    administration.write(IMPORT, lambda s: import_invoices(s, paid=paid))
    assert administration.read(check.run) == []

    administration.undo()

    assert administration.read(total_rows) == 0


def test_an_import_of_which_a_customer_was_changed_is_not_undone(administration):
    administration.write(IMPORT, import_customers)
    administration.write(register("test.rename", REVERSIBLE), rename("Anders", "K1"))
    administration.stack.done.pop()

    with pytest.raises(UndoConflict) as conflict:
        administration.undo()

    assert conflict.value.operation == "test.rename"
    assert len(names(administration)) == 3


def test_an_import_that_is_used_is_not_undone_and_names_by_what(administration):
    administration.write(IMPORT, lambda s: import_customers(s, 1))
    administration.write(CHANGE, lambda s: import_invoices(s, customer_id=1))
    administration.stack.done.pop()

    with pytest.raises(ImportInUse) as refused:
        administration.undo()

    assert refused.value.used_by == ("2019-1",)
    assert names(administration) == ["Klant 0"]


def test_a_contact_added_by_hand_names_its_customer(administration):
    administration.write(IMPORT, lambda s: import_customers(s, 1))
    administration.write(CHANGE, lambda s: s.add(Contact(customer_id=1, name="Piet")))

    with pytest.raises(ImportInUse) as refused:
        administration.write(bulk.UNDO, lambda s: bulk.undo(s, 1))

    assert refused.value.used_by == ("K0 Klant 0",)


def test_an_import_is_undone_once(administration):
    administration.write(IMPORT, import_customers)
    administration.write(bulk.UNDO, lambda s: bulk.undo(s, 1))
    with pytest.raises(ImportUndone):
        administration.write(bulk.UNDO, lambda s: bulk.undo(s, 1))


def test_what_has_no_batches_is_refused(administration):
    def work(session):
        with bulk.batch(session, "bank", "x", "x") as batch:
            batch.add(BankAccount.__tablename__, [{"iban": "x"}])

    with pytest.raises(ValueError, match="bank_account"):
        administration.write(IMPORT, work)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("DELETE FROM document_line", "batch"),
        ("UPDATE document SET number = '2019-2'", "batch_changed"),
        ("UPDATE payment SET reference = 'x'", "batch_changed"),
        ("UPDATE import_batch SET state = 'undoing'", "batch"),
        ("UPDATE import_batch SET counts = '{}'", "batch"),
    ],
)
def test_a_batch_that_is_not_whole_is_found(administration, sql, what):
    administration.write(CHANGE, customer)
    administration.write(IMPORT, import_invoices)

    def tamper(session):
        connection = session.connection()
        for (name,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(sql))
        return {finding.what for finding in check.run(session) if finding.invariant == "I7"}

    assert administration.read(tamper) == {what}


def test_ten_thousand_rows_come_in_and_go_out(administration):
    administration.write(IMPORT, lambda s: import_customers(s, 5000))
    assert administration.read(total_rows) == 10_000
    administration.undo()
    assert administration.read(total_rows) == 0
