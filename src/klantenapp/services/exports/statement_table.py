"""Statements of account as rows for a spreadsheet, with the ages of what is open at their foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _, pgettext
from klantenapp.models.customer import Customer
from klantenapp.models.values import ZERO
from klantenapp.services.insights.statement import words
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.insights.wanted import period_words
from klantenapp.services.receivables import statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.table import Row
    from klantenapp.services.receivables.statements import Wanted
    from klantenapp.services.rendering.snapshot import StatementSnapshot


def table(session: Session, customer_ids: Sequence[int], wanted: Wanted) -> ReportTable:
    """The statements of these customers under each other.

    Raises:
        NotFound: no customer under one of the ids.
    """
    rows: list[Row] = []
    for customer_id in customer_ids:
        found = statements.snapshot(session, customer_id, wanted)
        customer = session.get_one(Customer, customer_id)
        rows += _rows(customer.number, customer.name, found)
    is_open = wanted.kind == "open_items"
    basis = (
        _("What is open, and how late it is.")
        if is_open
        else _("Every movement with the balance after it; what was taken back is left out.")
    )
    return ReportTable(
        "statement",
        _("Statement of account"),
        basis,
        (
            (_("As of"), i18n.date(wanted.as_of))
            if is_open
            else (_("Period"), period_words(wanted.start, wanted.end or wanted.as_of)),
        ),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("date", _("Date"), "date"),
            Column("kind", _("Kind")),
            Column("reference", _("Reference")),
            Column("due_date", _("Due date"), "date"),
            Column("debit", pgettext("statement", "Charged"), "money"),
            Column("credit", pgettext("statement", "Paid"), "money"),
            Column("balance", _("Open") if is_open else _("Balance"), "money"),
        ),
        tuple(rows),
    )


def _rows(number: str, name: str, found: StatementSnapshot) -> Iterator[Row]:
    for row in found.rows:
        yield (
            number,
            name,
            row.date,
            row.text or words(row.kind),
            row.number or None,
            row.due_date,
            row.debit or (None if row.credit else ZERO),
            row.credit,
            row.balance,
        )
    yield (number, name, None, _("Outstanding"), None, None, None, None, found.balance)
    ages = (
        (_("Not yet due"), found.ageing.not_due),
        (_("1–30 days late"), found.ageing.d1_30),
        (_("31–60 days late"), found.ageing.d31_60),
        (_("61–90 days late"), found.ageing.d61_90),
        (_("More than 90 days late"), found.ageing.d90_plus),
    )
    for text, amount in ages:
        yield (number, name, None, text, None, None, None, None, amount)
