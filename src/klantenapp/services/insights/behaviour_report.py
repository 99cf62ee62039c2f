"""Payment behaviour as a report: every customer and all together, with what they say of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp import i18n
from klantenapp.i18n import _, ngettext
from klantenapp.models.customer import Customer
from klantenapp.models.values import WHOLE, Days, Percent, divide_half_up
from klantenapp.services.insights import reminders
from klantenapp.services.insights.behaviour import describe, dso
from klantenapp.services.insights.paid import paid_invoices
from klantenapp.services.insights.promises import broken_promises
from klantenapp.services.insights.table import Column, ReportTable, figure, shown
from klantenapp.services.insights.wanted import told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.insights.behaviour import Behaviour
    from klantenapp.services.insights.paid import Paid
    from klantenapp.services.insights.table import Figure, Row
    from klantenapp.services.insights.wanted import Wanted

NAME: Final = "payment-behaviour"
_ONE: Final = 100


def report(session: Session, wanted: Wanted) -> ReportTable:
    """Payment behaviour per customer and of all together, the latest payers first.

    Beside it: days of sales outstanding on the day, and what followed on reminders.
    """
    day = min(wanted.end, wanted.as_of) if wanted.end is not None else wanted.as_of
    paid = paid_invoices(session, day, wanted.customer_id, wanted.start, wanted.group_id)
    by_customer: dict[int, list[Paid]] = defaultdict(list)
    for each in paid:
        by_customer[each.customer_id].append(each)
    names = _names(session, list(by_customer))
    broken = broken_promises(session, wanted, day)
    found = [
        (*names[customer_id], customer_id, describe(theirs, day))
        for customer_id, theirs in by_customer.items()
    ]
    found.sort(key=lambda row: (-(row[3].mean_days_from_due or Days(0)).hundredths, row[0]))
    overall = describe(paid, day)
    return ReportTable(
        NAME,
        _("Payment behaviour"),
        _(
            "Invoices paid in full, by the day of the last payment; days late count an early"
            " payment as 0, days from due count it as negative. Weighted counts each invoice for"
            " its amount; slower compares the last year with the year before."
        ),
        told(session, wanted, period=True),
        _columns(),
        tuple(
            (number, name, *_cells(row, broken.get(customer_id, 0)))
            for number, name, customer_id, row in found
        ),
        (_("Total"), None, *_cells(overall, sum(broken.values()))),
        tuple(("customer", customer_id) for _number, _name, customer_id, _row in found),
        _figures(session, wanted, overall, day),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("customer_number", _("Number")),
        Column("customer", _("Customer")),
        Column("paid_invoices", _("Paid invoices"), "int"),
        Column("mean_days_to_pay", _("Days to pay"), "days", chart=True),
        Column("mean_days_late", _("Days late"), "days"),
        Column("median_days_late", _("Median days late"), "days"),
        Column("mean_days_from_due", _("Days from due"), "days"),
        Column("late_share_percent", _("Paid late"), "percent"),
        Column("weighted_days_late", _("Days late, weighted"), "days"),
        Column("trend_days", _("Slower than a year ago"), "days"),
        Column("in_parts", _("In parts"), "int"),
        Column("broken_promises", _("Broken promises"), "int"),
        Column("median_days_to_pay", _("Median days to pay"), "days", detail=True),
        Column("weighted_days_to_pay", _("Days to pay, weighted"), "days", detail=True),
        Column("days_to_pay_low", _("Days to pay, lower quartile"), "int", detail=True),
        Column("days_to_pay_high", _("Days to pay, upper quartile"), "int", detail=True),
        Column("days_late_low", _("Days late, lower quartile"), "int", detail=True),
        Column("days_late_high", _("Days late, upper quartile"), "int", detail=True),
    )


def _cells(found: Behaviour, broken: int) -> Row:
    return (
        found.paid_invoices,
        found.mean_days_to_pay,
        found.mean_days_late,
        found.median_days_late,
        found.mean_days_from_due,
        found.late_share,
        found.weighted_late,
        found.trend,
        found.in_parts,
        broken,
        found.median_days_to_pay,
        found.weighted_days_to_pay,
        *(found.spread or (None, None)),
        *(found.late_spread or (None, None)),
    )


def _figures(
    session: Session, wanted: Wanted, overall: Behaviour, day: dt.date
) -> tuple[Figure, ...]:
    found = dso(session, wanted.on(day))
    effect = reminders.effect(session, wanted.on(day))
    figures = [
        _days("dso_by_balance", _("DSO by balance"), found.by_balance),
        _days("dso_by_count_back", _("DSO by count-back"), found.count_back),
        _days("dso_best_possible", _("Best possible DSO"), found.best_possible),
    ]
    if overall.spread is not None:
        low, high = overall.spread
        words = _("{low} to {high} days").format(low=low, high=high)
        figures.append(figure("middle_half", _("Middle half pays in"), words, f"{low}/{high}"))
    if effect.sent:
        words = _("{paid} of {sent} ({percent})").format(
            paid=effect.paid, sent=effect.sent, percent=_share(effect.paid, effect.sent)
        )
        answered = f"{effect.paid}/{effect.sent}"
        label = _("Reminders followed by payment")
        figures.append(figure("reminders_answered", label, words, answered))
    return tuple(figures)


def _days(code: str, label: str, days: Days | None) -> Figure:
    return figure(code, label, days_words(days), days)


def days_words(days: Days | None) -> str:
    """Days in words; a dash where there is nothing to say."""
    if days is None:
        return "–"
    words = ngettext("{days} day", "{days} days", 1 if abs(days.hundredths) == _ONE else 2)
    return words.format(days=shown(days))


def _share(part: int, whole: int) -> str:
    return i18n.percent(Percent(divide_half_up(part * WHOLE, whole)).points, 0)


def _names(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Numbers and names; all are read where many are asked for."""
    query = select(Customer.id, Customer.number, Customer.name)
    few = 500
    if len(ids) <= few:
        query = query.where(Customer.id.in_(ids))
    return {row.id: (row.number, row.name) for row in session.execute(query)}
