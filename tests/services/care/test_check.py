"""Every invariant finds what breaks it, and nothing else."""

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import text
from tests.factories.sales import Shop, line

from klantenapp.models.values import Money
from klantenapp.sentences import care
from klantenapp.services.care import check
from klantenapp.services.receivables import payments

DAY = dt.date(2026, 1, 15)


@pytest.fixture
def tampered(administration):
    """A small administration; gives what is found after one statement of SQL."""
    shop = Shop(administration)
    customer_id = shop.customer()
    for net in ("100.00", "37.50", "12.50"):
        shop.invoice(customer_id, net, date=DAY)
    consumer = shop.customer(name="Familie Proefstra", kind="consumer")
    draft = shop.draft(consumer, line("121.00"), line("10.00", "3"), date=DAY)
    shop.issue(draft)
    administration.write(
        payments.MARK_PAID, partial(payments.pay, document_id=1, amount=Money(5000))
    )
    schema = administration.read(
        lambda s: s.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    )

    def found_after(*statements):
        def tamper(session):
            connection = session.connection()
            for (name,) in schema:
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            for statement in statements:
                connection.execute(text(statement))
            return check.run(session)

        # A read session is rolled back, so that the file stays sound.
        findings = administration.read(tamper)
        for finding in findings:
            assert care.told(finding).startswith(finding.invariant)
        return {(f.invariant, f.what) for f in findings if f.invariant != "I10"}

    return found_after


def test_a_sound_administration_has_no_findings(tampered):
    assert tampered() == set()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE contact SET customer_id = 99", None),
        ("UPDATE address SET customer_id = 99 WHERE id = 1", ("I1", "reference")),
        ("UPDATE document SET series_number = 9 WHERE id = 2", ("I2", "numbers")),
        ("UPDATE document SET series_number = NULL WHERE id = 2", ("I2", "no_number")),
        ("UPDATE number_counter SET last = last + 1", ("I2", "numbers")),
        ("UPDATE number_counter SET first = 0", ("I2", "numbers")),
        ("UPDATE document SET number = 'x', series_id = NULL WHERE id < 3", ("I2", "number_twice")),
        ("UPDATE document SET date = '2025-01-01' WHERE id = 2", ("I2", "date_order")),
        ("UPDATE document SET total = total + 1 WHERE id = 2", ("I3", "total")),
        ("UPDATE document SET net_total = net_total + 1 WHERE id = 2", ("I3", "total")),
        ("DELETE FROM document_tax WHERE document_id = 2", ("I3", "total")),
        ("UPDATE document_line SET quantity = 20000 WHERE document_id = 2", ("I3", "recomputed")),
        ("UPDATE document_line SET net = 0 WHERE document_id = 2", ("I3", "recomputed")),
        ("UPDATE document_line SET gross = 0 WHERE document_id = 4", ("I3", "recomputed")),
        ("UPDATE document_tax SET percent = 900 WHERE document_id = 4", ("I3", "recomputed")),
        ("UPDATE document_tax SET base = base + 1, tax = tax - 1", ("I3", "recomputed")),
        ("UPDATE document SET total_discount = 100 WHERE id = 2", ("I3", "recomputed")),
        ("UPDATE ledger_entry SET open_amount = 1 WHERE id = 1", ("I4", "open_amount")),
        ("UPDATE settlement SET amount = amount + 1", ("I4", "open_amount")),
        ("UPDATE ledger_entry SET amount = 1 WHERE id = 2", ("I4", "not_posted")),
        ("UPDATE ledger_entry SET customer_id = 2 WHERE id = 1", ("I4", "settlement")),
        ("UPDATE payment SET amount = 1", ("I4", "payment_not_posted")),
        ("UPDATE ledger_entry SET document_id = NULL WHERE id = 2", ("I4", "no_document")),
        ("UPDATE document SET snapshot = snapshot || ' ' WHERE id = 2", ("I5", "snapshot")),
        ("UPDATE document SET snapshot = '{' WHERE id = 2", ("I5", "snapshot")),
        ("UPDATE document SET snapshot = NULL WHERE id = 2", ("I5", "no_snapshot")),
        ("UPDATE document SET number = '2026-9' WHERE id = 2", ("I5", "snapshot_differs")),
        ("UPDATE document SET pdf_id = NULL WHERE id = 2", ("I6", "no_pdf")),
        ("UPDATE stored_file SET content = x'00' WHERE id = 2", ("I6", "file")),
        ("DELETE FROM audit_image WHERE entry_id = 3", ("I11", "history")),
    ],
)
def test_what_breaks_an_invariant_is_found(tampered, statement, found):
    findings = tampered(statement)

    assert (found in findings) if found else (findings == set())


def test_a_missing_trigger_or_another_table_is_found(administration):
    def tamper(session):
        connection = session.connection()
        connection.execute(text("DROP TRIGGER document_frozen"))
        connection.execute(text("CREATE TABLE extra (id INTEGER)"))
        return [(finding.invariant, finding.where) for finding in check.run(session)]

    assert administration.read(tamper) == [("I10", "document_frozen"), ("I10", "extra")]


def test_a_bank_line_that_gives_more_than_it_brought_is_found(tampered):
    line_of = (
        "INSERT INTO bank_line (id, statement_id, bank_account_id, position, part, fingerprint,"
        " date, amount, currency, text, state, batch_id)"
        " VALUES (1, 1, 1, 1, 0, 'x', '2026-01-15', 5000, 'EUR', 'x', 'matched', 1)"
    )
    assigned = "INSERT INTO bank_assignment (bank_line_id, payment_id, amount) VALUES (1, 1, {})"
    foreign = ("I1", "reference")

    assert tampered(line_of, assigned.format(5000)) == {foreign}
    assert tampered(line_of, assigned.format(5001)) == {foreign, ("I8", "bank_line")}
    assert tampered(line_of, assigned.format(-1)) == {foreign, ("I8", "bank_line")}


def test_every_sentence_has_a_finding_and_every_finding_its_sentence():
    assert all(message for message in care.FINDINGS.values())
