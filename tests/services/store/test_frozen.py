"""What was issued or posted does not change, whoever asks and however."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.factories import administrations
from tests.services.store.test_undo import customer

from klantenapp.models.document import Document, DocumentLine, DocumentTax, NumberCounter
from klantenapp.models.file import StoredFile
from klantenapp.models.ledger import LedgerEntry, Settlement
from klantenapp.models.payment import Payment
from klantenapp.models.values import Money, Percent
from klantenapp.services.errors.store import Frozen, SettlementExceeds
from klantenapp.services.store import clock
from klantenapp.services.store.operations import FINAL, register

TEST = register("test.frozen", FINAL)
DAY = dt.date(2026, 11, 23)


@pytest.fixture
def posted(path):
    """An issued invoice (document 1) of 100.00, a payment of 60.00, and a draft (document 2).

    Put together by hand, so it is not sound as a whole.
    """

    def work(session):
        customer(session)
        for number in (1, 2):
            session.add(
                Document(
                    id=number,
                    kind="invoice",
                    customer_id=1,
                    created_at=clock.now(),
                    changed_at=clock.now(),
                )
            )
            session.flush()
            session.add(DocumentLine(id=number, document_id=number, position=1))
            session.add(
                DocumentTax(
                    id=number,
                    document_id=number,
                    category="S",
                    percent=Percent(2100),
                    box="1a",
                    base=Money(0),
                    tax=Money(0),
                )
            )
        session.add(NumberCounter(id=1, series_id=1, year=2026, first=1, last=0))
        session.flush()
        document = session.get_one(Document, 1)
        document.series_id, document.series_year, document.series_number = 1, 2026, 1
        document.state, document.number, document.date = "issued", "2026-0001", DAY
        session.add(
            StoredFile(
                id=1,
                digest="d" * 64,
                size=1,
                media_type="text/plain",
                content=b"x",
                created_at=clock.now(),
            )
        )
        session.add(
            Payment(id=1, customer_id=1, date=DAY, amount=Money(6000), created_at=clock.now())
        )
        session.flush()
        for number, kind, amount in ((1, "invoice", 10000), (2, "payment", -6000)):
            session.add(
                LedgerEntry(
                    id=number,
                    customer_id=1,
                    kind=kind,
                    date=DAY,
                    amount=Money(amount),
                    created_at=clock.now(),
                )
            )
        session.flush()
        settle(session, 4000)

    administration = administrations.opened(path)
    administration.write(TEST, work)
    yield administration
    administration.close()


def settle(session, cents, debit=1, credit=2, counters=None):
    session.add(
        Settlement(
            debit_id=debit,
            credit_id=credit,
            amount=Money(cents),
            date=DAY,
            counters_id=counters,
            created_at=clock.now(),
        )
    )
    session.flush()


def opens(session):
    return dict(session.execute(text("SELECT id, open_amount FROM ledger_entry")).all())


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("UPDATE document SET total = 1 WHERE id = 1", "document"),
        ("UPDATE document SET state = 'draft' WHERE id = 1", "document"),
        ("UPDATE document SET number = '2026-0002' WHERE id = 1", "document"),
        ("UPDATE document SET snapshot = '{}' WHERE id = 1", "document"),
        ("UPDATE document SET pdf_id = 1 WHERE id = 1", "document"),
        ("UPDATE document SET customer_id = NULL WHERE id = 1", "document"),
        ("UPDATE document SET is_imported = 1 WHERE id = 1", "document"),
        ("UPDATE document SET id = 9 WHERE id = 1", "document"),
        ("UPDATE document SET id = 9 WHERE id = 2", "document"),
        ("UPDATE OR REPLACE document SET id = 1 WHERE id = 2", "document"),
        (
            "UPDATE OR REPLACE document SET series_id = 1, number = '2026-0001' WHERE id = 2",
            "document",
        ),
        (
            (
                "UPDATE OR REPLACE document SET series_id = 1, series_year = 2026,"
                " series_number = 1 "
                "WHERE id = 2"
            ),
            "document",
        ),
        ("DELETE FROM document WHERE id = 1", "document"),
        (
            (
                "INSERT OR REPLACE INTO document (id, kind, state, net_total, tax_total, total,"
                " small_business, is_imported, created_at, changed_at, revision)"
                " VALUES (1, 'invoice', 'draft', 0, 0, 0, 0, 0, 'x', 'x', 0)"
            ),
            "document",
        ),
        ("UPDATE document_line SET net = 5 WHERE id = 1", "document_line"),
        ("UPDATE document_line SET document_id = 2 WHERE id = 1", "document_line"),
        ("UPDATE document_line SET document_id = 1 WHERE id = 2", "document_line"),
        ("UPDATE OR REPLACE document_line SET id = 1 WHERE id = 2", "document_line"),
        ("DELETE FROM document_line WHERE id = 1", "document_line"),
        (
            (
                "INSERT INTO document_line (document_id, position, description,"
                " quantity, unit_price,"
                " is_manual_price, is_manual_discount, source, nature, net, optional)"
                " VALUES (1, 2, '', 1, 1, 0, 0, 'manual', 'service', 0, 0)"
            ),
            "document_line",
        ),
        ("UPDATE document_tax SET tax = 5 WHERE id = 1", "document_tax"),
        ("UPDATE document_tax SET document_id = 1 WHERE id = 2", "document_tax"),
        ("DELETE FROM document_tax WHERE id = 1", "document_tax"),
        ("UPDATE ledger_entry SET amount = 1 WHERE id = 1", "ledger_entry"),
        ("UPDATE ledger_entry SET date = '2020-01-01' WHERE id = 1", "ledger_entry"),
        ("DELETE FROM ledger_entry WHERE id = 2", "ledger_entry"),
        (
            (
                "INSERT OR REPLACE INTO ledger_entry (id, customer_id, kind, date,"
                " amount, created_at)"
                " VALUES (1, 1, 'invoice', '2026-11-23', 1, 'x')"
            ),
            "ledger_entry",
        ),
        ("UPDATE settlement SET amount = 1", "settlement"),
        ("DELETE FROM settlement", "settlement"),
        ("UPDATE payment SET amount = 1", "payment"),
        ("DELETE FROM payment", "payment"),
        ("UPDATE stored_file SET content = x'00'", "stored_file"),
        (
            (
                "INSERT OR REPLACE INTO stored_file (digest, size, media_type, content, created_at)"
                " SELECT digest, size, media_type, x'00', created_at FROM stored_file"
            ),
            "stored_file",
        ),
        ("UPDATE audit_entry SET operation = 'x'", "audit_entry"),
        ("DELETE FROM audit_entry", "audit_entry"),
        (
            "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE id = 1",
            "audit_entry",
        ),
        ("UPDATE audit_image SET before = NULL", "audit_image"),
        ("DELETE FROM audit_image", "audit_image"),
    ],
)
def test_sql_on_what_is_final_is_refused(posted, sql, table):
    with pytest.raises(Frozen) as refused:
        posted.write(TEST, lambda s: s.execute(text(sql)))

    assert refused.value.table == table


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entry SET open_amount = 1 WHERE id = 1",
        "UPDATE ledger_entry SET open_amount = amount WHERE id = 1",
        "UPDATE number_counter SET last = 5",
        "UPDATE number_counter SET first = 5",
        "UPDATE import_batch SET state = 'whole'",
    ],
)
def test_sums_and_counters_only_step_by_their_rules(posted, sql):
    posted.write(
        TEST,
        lambda s: s.execute(
            text(
                "INSERT INTO import_batch (kind, file_name, file_digest, at, state, counts, digest)"
                " VALUES ('items', 'x', 'x', 'x', 'whole', '{}', 'x')"
            )
        ),
    )
    posted.write(TEST, lambda s: s.execute(text("UPDATE number_counter SET last = 1")))

    with pytest.raises((DBAPIError, Frozen)):
        posted.write(TEST, lambda s: s.execute(text(sql)))


def test_a_draft_stays_free(posted):
    posted.write(TEST, lambda s: s.execute(text("UPDATE document SET total = 5 WHERE id = 2")))
    posted.write(TEST, lambda s: s.execute(text("DELETE FROM document_tax WHERE id = 2")))
    posted.write(TEST, lambda s: s.execute(text("DELETE FROM document_line WHERE id = 2")))
    posted.write(TEST, lambda s: s.execute(text("DELETE FROM document WHERE id = 2")))


def test_the_open_amount_follows_the_settlements(posted):
    assert posted.read(opens) == {1: 6000, 2: -2000}

    posted.write(TEST, lambda s: settle(s, 2000))
    assert posted.read(opens) == {1: 4000, 2: 0}

    posted.write(TEST, lambda s: settle(s, -4000, counters=1))
    assert posted.read(opens) == {1: 8000, 2: -4000}


@pytest.mark.parametrize("cents", [2001, 10_000, 10**15])
def test_more_than_is_open_is_not_settled(posted, cents):
    with pytest.raises(SettlementExceeds):
        posted.write(TEST, lambda s: settle(s, cents))
    assert posted.read(opens) == {1: 6000, 2: -2000}


@pytest.mark.parametrize(
    "values",
    [
        {"cents": 100, "debit": 2, "credit": 1},
        {"cents": 100, "debit": 1, "credit": 1},
        {"cents": -100, "counters": 1},
        {"cents": -4000},
        {"cents": 4000, "counters": 1},
        {"cents": 0},
    ],
)
def test_a_settlement_of_the_wrong_shape_is_refused(posted, values):
    with pytest.raises((DBAPIError, SettlementExceeds)):
        posted.write(TEST, lambda s: settle(s, **values))


def test_a_settlement_is_taken_back_once(posted):
    posted.write(TEST, lambda s: settle(s, -4000, counters=1))
    with pytest.raises((DBAPIError, Frozen)):
        posted.write(TEST, lambda s: settle(s, -4000, counters=1))


def test_the_open_amount_is_never_written_from_the_program(posted):
    def work(session):
        session.get_one(LedgerEntry, 1).open_amount = Money(0)

    with pytest.raises(AttributeError):
        posted.write(TEST, work)


def test_the_open_amount_is_fresh_within_one_operation(posted):
    def work(session):
        entry = session.get_one(LedgerEntry, 1)
        assert entry.open_amount == Money(6000)
        settle(session, 1000)
        return entry.open_amount

    result, changes = posted.write(TEST, work)

    assert result == Money(5000)
    assert changes.tables["ledger_entry"] == {1, 2}
