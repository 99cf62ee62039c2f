"""What the history of a customer says, in words and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.models.values import Days
from klantenapp.services.insights.behaviour_report import days_words

if TYPE_CHECKING:
    from klantenapp.services.insights.credit_advice import Advice
    from klantenapp.services.insights.credit_facts import Decision
    from klantenapp.services.insights.customer_view import CustomerInsight


def verdict(advice: Advice) -> str:
    """The advice in a few words; the user's own decision goes before it."""
    if advice.decision is not None:
        return _("Decided on {day}").format(day=i18n.date(advice.decision.date))
    limit, suggested = advice.limit, advice.suggested_limit
    if limit is None and advice.exposure > suggested:
        return _("More at stake than fits")
    if limit is None:
        return _("Limit of {amount} fits").format(amount=i18n.euros(suggested.cents))
    if suggested > limit:
        return _("The limit may go up")
    return (
        _("Do not raise the limit") if suggested.cents * 2 >= limit.cents else _("Lower the limit")
    )


def advice_words(advice: Advice) -> str:
    """What to do, in sentences."""
    decided = advice.decision
    limit = decided.limit if decided is not None else advice.suggested_limit
    term = decided.term_days if decided is not None else advice.suggested_term
    deposit = decided.deposit if decided is not None else advice.deposit
    parts = []
    if limit is not None:
        parts.append(_("Limit {amount}.").format(amount=i18n.euros(limit.cents)))
    if term is not None:
        parts.append(_("Payment term {days} days.").format(days=term))
    if deposit is not None and deposit:
        words = _("Ask {percent} in advance with larger orders.")
        parts.append(words.format(percent=i18n.percent(deposit.points, 0)))
    exposure = _("At stake now: {amount}.").format(amount=i18n.money(advice.exposure.cents))
    parts.append(decided.note if decided is not None else exposure)
    return " ".join(parts)


def decision_words(decision: Decision) -> str:
    """An earlier decision: its day, its limit and why."""
    if decision.limit is None:
        words = _("{day}: {note}")
        return words.format(day=i18n.date(decision.date), note=decision.note)
    words = _("{day}: limit {amount}, {note}")
    amount = i18n.euros(decision.limit.cents)
    return words.format(day=i18n.date(decision.date), amount=amount, note=decision.note)


def paying_pairs(found: CustomerInsight) -> list[tuple[str, str]]:
    """How the customer pays, from the definitions of the report on payment behaviour."""
    pays, effect = found.behaviour, found.reminders
    low_high = pays.late_spread
    pairs = [
        (_("Days late, mean"), days_words(pays.mean_days_late)),
        (_("Days late, median"), days_words(pays.median_days_late)),
        (_("Weighted by amount"), days_words(pays.weighted_late)),
        (
            _("Middle half"),
            _("{low} to {high} days").format(low=low_high[0], high=low_high[1])
            if low_high is not None
            else "–",
        ),
        (
            _("Paid late"),
            i18n.percent(pays.late_share.points, 0) if pays.late_share is not None else "–",
        ),
        (_("Trend in a year"), _trend(pays.trend)),
        (_("Paid in parts"), i18n.count(pays.in_parts)),
        (_("Broken promises"), i18n.count(found.broken_promises)),
        (_("DSO by balance"), days_words(found.dso.by_balance)),
        (_("DSO by count-back"), days_words(found.dso.count_back)),
        (_("Best possible DSO"), days_words(found.dso.best_possible)),
    ]
    if effect.sent:
        words = _("{paid} of {sent} paid in 14 days").format(paid=effect.paid, sent=effect.sent)
        pairs.append((_("After a reminder"), words))
    return pairs


def _trend(trend: Days | None) -> str:
    if trend is None:
        return "–"
    days = days_words(Days(abs(trend.hundredths)))
    if not trend.hundredths:
        return _("the same")
    words = _("{days} slower") if trend.hundredths > 0 else _("{days} faster")
    return words.format(days=days)


def history_pairs(found: CustomerInsight) -> list[tuple[str, str]]:
    """Since when, how much, and how large an invoice is."""
    return [
        (_("Customer since"), i18n.date(found.since) if found.since else "–"),
        (_("Revenue in all"), i18n.euros(found.revenue.cents)),
        (_("Mean invoice"), i18n.euros(found.mean_invoice.cents) if found.mean_invoice else "–"),
    ]
