"""Customers gone quiet: who used to buy, and has not for longer than usual."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import Integer, case, func, select, type_coerce

from klantenapp.i18n import _
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.values import Money, total
from klantenapp.services.customers.listing import QUIET_DAYS
from klantenapp.services.insights.behaviour import median
from klantenapp.services.insights.table import Column, ReportTable
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Days
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "quiet-customers"
_YEAR: Final = dt.timedelta(days=365)
#: Quiet is more than twice the customer's usual pause, and at least what the list calls quiet.
_PAUSES: Final = 2


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Customers whose last invoice is longer ago than usual for them, the most missed first.

    The usual pause is the median of days between invoices. Missed is what the customer bought in
    the year up to the last invoice, without tax.
    """
    bought = _bought(session, wanted)
    rows = []
    for row in session.execute(
        select(Customer.id, Customer.number, Customer.name).where(
            Customer.archived_at.is_(None), Customer.merged_into_id.is_(None)
        )
    ):
        days = bought.get(row.id)
        if days is None:
            continue
        last, pause = max(days), _pause(sorted(days))
        silent = (wanted.as_of - last).days
        usual = pause.hundredths // 100 if pause is not None else 0
        if silent < max(QUIET_DAYS, _PAUSES * usual):
            continue
        missed = sum(cents for day, cents in days.items() if day > last - _YEAR)
        rows.append((row.id, row.number, row.name, last, silent, pause, Money(missed)))
    rows.sort(key=lambda each: (-each[-1].cents, each[1]))
    return ReportTable(
        NAME,
        _("Customers gone quiet"),
        _(
            "Customers without an invoice for half a year, and for more than twice their usual"
            " pause. Revenue is that of the year up to the last invoice, without tax."
        ),
        told(session, wanted, as_of=True),
        (
            Column("customer_number", _("Number")),
            Column("customer", _("Customer")),
            Column("last_invoice", _("Last invoice"), "date"),
            Column("days_ago", _("Days ago"), "int"),
            Column("usual_pause", _("Usual pause in days"), "days"),
            Column("revenue", _("Revenue before"), "money", chart=True),
        ),
        tuple(each[1:] for each in rows),
        (_("Total"), None, None, None, None, total(each[-1] for each in rows)),
        tuple(("customer", each[0]) for each in rows),
    )


def _bought(session: Session, wanted: Wanted) -> dict[int, dict[dt.date, int]]:
    """Per customer the days of invoices with what was bought."""
    cents = type_coerce(Document.net_total, Integer)
    signed = case((Document.kind == "credit_note", -cents), else_=cents)
    query = (
        select(
            Document.customer_id,
            Document.date,
            func.sum(signed),
            func.sum(case((Document.kind == "invoice", 1), else_=0)),
        )
        .where(
            Document.state == "issued",
            Document.kind.in_(("invoice", "credit_note")),
            Document.date <= wanted.as_of,
        )
        .group_by(Document.customer_id, Document.date)
    )
    query = query.where(*wanted.of(Document.customer_id))
    found: dict[int, dict[dt.date, int]] = defaultdict(dict)
    for customer_id, day, net, invoices in session.execute(query):
        if invoices and customer_id is not None and day is not None:
            found[customer_id][day] = net
    return found


def _pause(days: list[dt.date]) -> Days | None:
    gaps = [(after - before).days for before, after in itertools.pairwise(days)]
    return median(gaps) if gaps else None
