"""The chain of history: whatever is changed in it afterwards shows."""

import pytest
from sqlalchemy import text

from klantenapp.models.catalogue import Unit
from klantenapp.services.store import audit
from klantenapp.services.store.operations import REVERSIBLE, register

CHANGE = register("test.change", REVERSIBLE)


@pytest.fixture
def history(administration):
    """An administration with some history, and a way to tamper with it."""
    for name in ("een", "twee", "drie"):
        administration.write(CHANGE, lambda s, n=name: s.add(Unit(name=f"eenheid {n}")))

    def broken_after(sql):
        def tamper(session):
            connection = session.connection()
            for trigger in ("audit_entry_no_update", "audit_entry_no_delete"):
                connection.execute(text(f"DROP TRIGGER {trigger}"))
            for trigger in ("audit_image_no_update", "audit_image_no_delete"):
                connection.execute(text(f"DROP TRIGGER {trigger}"))
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            connection.execute(text(sql))
            return audit.broken_entry(session)

        # What a read session does is rolled back at the end.
        return administration.read(tamper)

    return broken_after


def test_an_untouched_history_holds(history):
    assert history("SELECT 1") is None


@pytest.mark.parametrize(
    ("sql", "entry"),
    [
        ("UPDATE audit_entry SET operation = 'test.other' WHERE id = 3", 3),
        ("UPDATE audit_entry SET at = '2020-01-01T00:00:00.000000' WHERE id = 2", 2),
        ("UPDATE audit_entry SET origin = 'window' WHERE id = 4", 4),
        ("UPDATE audit_image SET after = replace(after, 'twee', 'nul') WHERE entry_id = 3", 3),
        ("UPDATE audit_image SET after_digest = 'x' WHERE entry_id = 3", 3),
        ("UPDATE audit_image SET after = NULL, after_digest = NULL WHERE entry_id = 3", 3),
        ("UPDATE audit_image SET row_id = 999 WHERE entry_id = 3", 3),
        ("UPDATE audit_image SET entry_id = 4 WHERE entry_id = 3", 3),
        ("DELETE FROM audit_image WHERE entry_id = 4", 4),
        ("DELETE FROM audit_entry WHERE id = 2", 2),
        ("DELETE FROM audit_entry WHERE id = 4", 4),
        ("DELETE FROM audit_entry WHERE id >= 2", 2),
        ("UPDATE audit_entry SET id = 99 WHERE id = 4", 4),
        (
            "INSERT INTO audit_image (entry_id, table_name, row_id) VALUES (2, 'unit', 1)",
            2,
        ),
    ],
)
def test_tampering_is_found_at_its_entry(history, sql, entry):
    assert history(sql) == entry


def test_an_image_that_was_erased_for_privacy_leaves_the_chain_whole(history):
    assert history("UPDATE audit_image SET before = NULL, after = NULL WHERE entry_id = 3") is None
