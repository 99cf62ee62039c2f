"""Every trigger of the database as SQL text: what freezes, what only grows, what keeps sums.

The names are stable: they are compared with the file at every start. RAISE messages are codes that
`services/store/administration.py` turns into failures.
"""

from __future__ import annotations

from typing import Final

from klantenapp.models.tables import metadata

#: Rows of an import batch may go while that batch is being undone, as a whole.
_NOT_UNDOING: Final = (
    "NOT EXISTS (SELECT 1 FROM import_batch WHERE id = OLD.batch_id AND state = 'undoing')"
)
#: A customer row that was merged may hand its rows over, and take them back when that is undone.
_MERGING: Final = """EXISTS (SELECT 1 FROM customer AS c WHERE
        (c.id = OLD.customer_id AND c.merged_into_id = NEW.customer_id)
        OR (c.id = NEW.customer_id AND c.merged_into_id = OLD.customer_id))"""


def _append_only(table: str, *, moves: bool = False, kept: tuple[str, ...] = ()) -> dict[str, str]:
    """No update and no delete; rows with a customer may move when customers are merged."""
    names = [column.name for column in metadata.tables[table].columns]
    frozen = [name for name in names if name not in kept and not (moves and name == "customer_id")]
    condition = f"WHEN {_NOT_UNDOING}\n" if "batch_id" in names and table != "audit_entry" else ""
    triggers = {
        f"{table}_no_update": (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {', '.join(frozen)} ON {table}\n"
            f"BEGIN SELECT RAISE(ABORT, 'frozen:{table}'); END"
        ),
        f"{table}_no_delete": (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}\n{condition}"
            f"BEGIN SELECT RAISE(ABORT, 'frozen:{table}'); END"
        ),
    }
    if moves:
        triggers[f"{table}_moves"] = (
            f"CREATE TRIGGER {table}_moves BEFORE UPDATE OF customer_id ON {table}\n"
            f"WHEN NOT {_MERGING}\n"
            f"BEGIN SELECT RAISE(ABORT, 'frozen:{table}'); END"
        )
    return triggers


def _frozen_document() -> dict[str, str]:
    names = [column.name for column in metadata.tables["document"].columns]
    frozen = ", ".join(name for name in names if name != "customer_id")
    return {
        "document_frozen": (
            f"CREATE TRIGGER document_frozen BEFORE UPDATE OF {frozen} ON document\n"
            "WHEN OLD.state = 'issued'\n"
            "BEGIN SELECT RAISE(ABORT, 'frozen:document'); END"
        ),
        "document_moves": (
            "CREATE TRIGGER document_moves BEFORE UPDATE OF customer_id ON document\n"
            f"WHEN OLD.state = 'issued' AND NOT {_MERGING}\n"
            "BEGIN SELECT RAISE(ABORT, 'frozen:document'); END"
        ),
        "document_no_delete": (
            "CREATE TRIGGER document_no_delete BEFORE DELETE ON document\n"
            f"WHEN OLD.state = 'issued' AND {_NOT_UNDOING}\n"
            "BEGIN SELECT RAISE(ABORT, 'frozen:document'); END"
        ),
    }


def _frozen_part(table: str) -> dict[str, str]:
    """Lines and taxes are frozen with their document; a draft's come and go."""
    state = "(SELECT state FROM document WHERE id = {row}.document_id) = 'issued'"
    imported = "(SELECT is_imported FROM document WHERE id = NEW.document_id) = 1"
    conditions = {
        "INSERT": f"{state.format(row='NEW')} AND NOT {imported}",
        # A draft's line may not be slipped under an issued document either.
        "UPDATE": f"{state.format(row='OLD')} OR {state.format(row='NEW')}",
        "DELETE": f"{state.format(row='OLD')} AND {_NOT_UNDOING}",
    }
    triggers = {}
    for verb, condition in conditions.items():
        name = f"{table}_frozen_{verb.lower()}"
        triggers[name] = (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table}\nWHEN {condition}\n"
            f"BEGIN SELECT RAISE(ABORT, 'frozen:{table}'); END"
        )
    return triggers


def _no_replacing() -> dict[str, str]:
    """No INSERT OR REPLACE: it deletes the row in its way without asking the delete triggers.

    An id is never given twice, and a NEW.id that SQLite still has to give is -1 here.
    """
    same = {
        "document": "d.id = NEW.id OR (d.series_id = NEW.series_id AND (d.number = NEW.number"
        " OR (d.series_year = NEW.series_year AND d.series_number = NEW.series_number)))",
        "stored_file": "d.id = NEW.id OR d.digest = NEW.digest",
        "audit_entry": "d.id = NEW.id OR d.hash = NEW.hash OR d.key = NEW.key",
        "settlement": "d.id = NEW.id OR d.counters_id = NEW.counters_id",
        "ledger_entry": "d.id = NEW.id OR d.voids_id = NEW.voids_id",
        "number_counter": "d.id = NEW.id OR (d.series_id = NEW.series_id AND d.year = NEW.year)",
    }
    issued = {"document": " AND d.state = 'issued'"}
    by_id = ("payment", "audit_image", "document_line", "document_tax")
    same_id = {
        f"{table}_same_id": (
            f"CREATE TRIGGER {table}_same_id BEFORE UPDATE OF id ON {table}\n"
            f"WHEN NEW.id <> OLD.id\nBEGIN SELECT RAISE(ABORT, 'frozen:{table}'); END"
        )
        for table in ("document", "document_line", "document_tax")
    }
    columns = "series_id, number, series_year, series_number"
    taken = f"d.id <> OLD.id AND d.state = 'issued' AND ({same['document']})"
    numbers = _when_there(
        "document_number_taken", f"UPDATE OF {columns}", "document", taken, frozen="document"
    )
    inserts: dict[str, str] = {}
    for table, condition in (same | dict.fromkeys(by_id, "d.id = NEW.id")).items():
        there = f"({condition}){issued.get(table, '')}"
        inserts |= _when_there(f"{table}_no_replace", "INSERT", table, there, frozen=table)
    return same_id | numbers | inserts


def _when_there(name: str, verb: str, table: str, condition: str, *, frozen: str) -> dict[str, str]:
    """A trigger that refuses while a row d of the table meets the condition."""
    query = f"SELECT 1 FROM {table} AS d WHERE {condition}"  # noqa: S608 - our own names
    return {
        name: (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table}\nWHEN EXISTS ({query})\n"
            f"BEGIN SELECT RAISE(ABORT, 'frozen:{frozen}'); END"
        )
    }


_OPEN_AMOUNT: Final = {
    "ledger_entry_opens": """CREATE TRIGGER ledger_entry_opens AFTER INSERT ON ledger_entry
BEGIN UPDATE ledger_entry SET open_amount = NEW.amount WHERE id = NEW.id; END""",
    "ledger_entry_open_amount": """CREATE TRIGGER ledger_entry_open_amount
BEFORE UPDATE OF open_amount ON ledger_entry
WHEN NEW.open_amount <> NEW.amount
    - (SELECT COALESCE(SUM(amount), 0) FROM settlement WHERE debit_id = NEW.id)
    + (SELECT COALESCE(SUM(amount), 0) FROM settlement WHERE credit_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'open_amount:ledger_entry'); END""",
    "settlement_sides": """CREATE TRIGGER settlement_sides BEFORE INSERT ON settlement
WHEN (SELECT amount FROM ledger_entry WHERE id = NEW.debit_id) <= 0
    OR (SELECT amount FROM ledger_entry WHERE id = NEW.credit_id) >= 0
    OR (SELECT customer_id FROM ledger_entry WHERE id = NEW.debit_id)
        <> (SELECT customer_id FROM ledger_entry WHERE id = NEW.credit_id)
BEGIN SELECT RAISE(ABORT, 'sides:settlement'); END""",
    "settlement_exceeds": """CREATE TRIGGER settlement_exceeds BEFORE INSERT ON settlement
WHEN NEW.amount > 0 AND (
    NEW.amount > (SELECT open_amount FROM ledger_entry WHERE id = NEW.debit_id)
    OR NEW.amount > -(SELECT open_amount FROM ledger_entry WHERE id = NEW.credit_id))
BEGIN SELECT RAISE(ABORT, 'exceeds:settlement'); END""",
    "settlement_counters": """CREATE TRIGGER settlement_counters BEFORE INSERT ON settlement
WHEN NEW.amount < 0 AND NOT EXISTS (SELECT 1 FROM settlement AS s WHERE s.id = NEW.counters_id
    AND s.amount = -NEW.amount AND s.debit_id = NEW.debit_id AND s.credit_id = NEW.credit_id)
BEGIN SELECT RAISE(ABORT, 'counters:settlement'); END""",
    "settlement_settles": """CREATE TRIGGER settlement_settles AFTER INSERT ON settlement
BEGIN
    UPDATE ledger_entry SET open_amount = open_amount - NEW.amount WHERE id = NEW.debit_id;
    UPDATE ledger_entry SET open_amount = open_amount + NEW.amount WHERE id = NEW.credit_id;
END""",
}

_NUMBERS: Final = {
    "number_counter_steps": """CREATE TRIGGER number_counter_steps BEFORE UPDATE ON number_counter
WHEN NOT (
    (NEW.first = OLD.first AND NEW.last = OLD.last + 1)
    OR (OLD.last = OLD.first - 1 AND NEW.last = NEW.first - 1)
) OR NEW.series_id <> OLD.series_id OR NEW.year <> OLD.year
BEGIN SELECT RAISE(ABORT, 'steps:number_counter'); END""",
    "number_counter_no_delete": """CREATE TRIGGER number_counter_no_delete
BEFORE DELETE ON number_counter WHEN OLD.last >= OLD.first
BEGIN SELECT RAISE(ABORT, 'frozen:number_counter'); END""",
}

#: A batch is whole, then being undone, then undone; what it says of itself stays.
_BATCHES: Final = {
    "import_batch_states": """CREATE TRIGGER import_batch_states BEFORE UPDATE ON import_batch
WHEN (OLD.state, NEW.state) NOT IN (VALUES ('whole', 'undoing'), ('undoing', 'undone'))
    OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.at <> OLD.at
    OR NEW.counts <> OLD.counts OR NEW.digest <> OLD.digest
BEGIN SELECT RAISE(ABORT, 'frozen:import_batch'); END""",
    "import_batch_no_delete": """CREATE TRIGGER import_batch_no_delete
BEFORE DELETE ON import_batch
BEGIN SELECT RAISE(ABORT, 'frozen:import_batch'); END""",
}

TRIGGERS: Final[dict[str, str]] = {
    **_frozen_document(),
    **_frozen_part("document_line"),
    **_frozen_part("document_tax"),
    **_append_only("ledger_entry", moves=True, kept=("open_amount",)),
    **_append_only("settlement"),
    **_append_only("payment", moves=True),
    **_append_only("stored_file"),
    **_append_only("audit_entry"),
    **_append_only("audit_image"),
    **_no_replacing(),
    **_OPEN_AMOUNT,
    **_NUMBERS,
    **_BATCHES,
}
# A file that nothing refers to any more may go (foreign keys hold the others).
del TRIGGERS["stored_file_no_delete"]
