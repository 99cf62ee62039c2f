"""The statement of account as a report: movements with the balance after each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from klantenapp import i18n
from klantenapp.i18n import _, pgettext
from klantenapp.models.customer import Customer
from klantenapp.models.values import ZERO
from klantenapp.services.insights.table import Column, ReportTable, Word
from klantenapp.services.insights.wanted import members, told
from klantenapp.services.ledger.balances import history
from klantenapp.services.receivables import statements

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import Link, Row
    from klantenapp.services.insights.wanted import Wanted
    from klantenapp.services.rendering.snapshot import StatementRow

NAME: Final = "statement"


def words(kind: str) -> str:
    """What a row of a statement is called."""
    return {
        "opening": _("Opening balance"),
        "invoice": _("Invoice"),
        "credit_note": _("Credit note"),
        "payment": _("Payment"),
        "refund": _("Refund"),
        "write_off": _("Write-off"),
        "costs": _("Collection costs"),
        "interest": _("Interest"),
        "void": _("Taken back"),
    }.get(kind, "")


def report(
    session: Session,
    asked: Wanted,
) -> ReportTable:
    """Movements of one customer, or of all who owe something or have a credit.

    Without a first day from the beginning.
    """
    as_of, start, end = asked.as_of, asked.start, asked.end
    wanted = statements.Wanted("movements", as_of, start, end)
    chosen = (
        [asked.customer_id]
        if asked.customer_id is not None
        else statements.with_balance(session, end or as_of)
    )
    of = members(session, asked)
    rows: list[Row] = []
    links: list[Link | None] = []
    for each in chosen:
        if of is None or each in of:
            rows += _rows(session, each, wanted)
            links += [("customer", each)] * (len(rows) - len(links))
    return ReportTable(
        NAME,
        _("Statement of account"),
        _("Every movement with the balance after it; what was taken back is left out."),
        told(session, asked, as_of=True, period=True),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("date", _("Date"), "date"),
            Column("kind", _("Kind")),
            Column("reference", _("Reference")),
            Column("due_date", _("Due date"), "date"),
            Column("debit", pgettext("statement", "Charged"), "money"),
            Column("credit", pgettext("statement", "Paid"), "money"),
            Column("balance", _("Balance"), "money"),
        ),
        tuple(rows),
        links=tuple(links),
    )


def _rows(session: Session, customer_id: int, wanted: statements.Wanted) -> list[Row]:
    customer = session.get_one(Customer, customer_id)
    through = min(wanted.end or wanted.as_of, wanted.as_of)
    moved = [each for each in history(session, customer_id) if each.date <= through]
    found = statements.movement_rows(moved, wanted, i18n.language())
    return [_cells(customer.number, customer.name, row) for row in found]


def _cells(number: str, name: str, row: StatementRow) -> Row:
    return (
        number,
        name,
        row.date,
        row.text or Word(words(row.kind), row.kind),
        row.number or None,
        row.due_date,
        row.debit or (None if row.credit else ZERO),
        row.credit,
        row.balance,
    )
