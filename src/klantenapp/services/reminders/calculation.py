"""The calculation behind a letter's amounts: for the screen, for print, kept with the letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klantenapp.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from klantenapp.i18n import Translator
    from klantenapp.models.values import Money
    from klantenapp.services.reminders.amounts import Claim
    from klantenapp.services.reminders.collection_costs import CollectionCosts
    from klantenapp.services.reminders.worklist import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        amount: None for a heading or a remark.
        is_total: a sum of the lines above it.
        is_announced: a sum that nobody owes yet.
    """

    text: str
    amount: Money | None = None
    is_total: bool = False
    is_announced: bool = False


def lines(row: Row, words: Translator) -> list[Line]:
    """The calculation in words: principal, interest per stretch of days, costs per bracket."""
    what = row.claim
    return [
        *_principal(row, words),
        *_interest(what, words),
        *_costs(what, words),
        Line(words.gettext(N_("To be paid now")), what.total, is_total=True),
    ]


def as_data(row: Row) -> dict[str, Any]:
    """The calculation as plain data, amounts in cents and rates in basis points."""
    what = row.claim
    return {
        "day": what.day.isoformat(),
        "principal": [
            {"invoice": item.number, "amount": item.amount.cents, "open": item.left.cents}
            for item in row.items
        ],
        "interest": [
            {
                "invoice": one.number,
                "kind": one.kind.value,
                "lines": [
                    {
                        "since": line.since.isoformat(),
                        "through": line.through.isoformat(),
                        "days": line.days,
                        "principal": line.principal.cents,
                        "rate": line.percent.points,
                        "amount": line.amount.cents,
                        "assumed": line.assumed,
                    }
                    for line in one.found.lines
                ],
                "total": one.found.open.cents,
            }
            for one in what.interest_of
        ],
        "costs": _costs_data(what.costs_of),
        "paid_costs": what.paid_costs.cents,
        "announced": what.announces,
        "total": what.total.cents,
    }


def _costs_data(found: CollectionCosts | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "principal": found.principal.cents,
        "lines": [
            {"part": line.part.cents, "rate": line.percent.points, "amount": line.amount.cents}
            for line in found.lines
        ],
        "by_scale": found.by_scale.cents,
        "costs": found.costs.cents,
        "tax": found.tax.cents,
    }


def _principal(row: Row, words: Translator) -> Iterator[Line]:
    for item in row.items:
        text = words.gettext(N_("Invoice {number}, {amount}, open since {date}")).format(
            number=item.number,
            amount=words.money(item.amount.cents),
            date=words.date(item.due),
        )
        yield Line(text, item.left)
    yield Line(words.gettext(N_("Principal")), row.claim.principal, is_total=True)


def _interest(what: Claim, words: Translator) -> Iterator[Line]:
    for one in what.interest_of:
        for line in one.found.lines:
            text = words.gettext(
                N_("{number}: {since} through {through}, {days} days, {rate} of {amount}")
            ).format(
                number=one.number,
                since=words.date(line.since),
                through=words.date(line.through),
                days=line.days,
                rate=words.percent(line.percent.points),
                amount=words.money(line.principal.cents),
            )
            if line.assumed:
                text = words.gettext(N_("{text} (last known rate)")).format(text=text)
            yield Line(text, line.amount)
        if one.found.paid:
            text = words.gettext(N_("{number}: paid already of the interest"))
            yield Line(text.format(number=one.number), -one.found.paid)
    if what.interest_of:
        consumer = what.interest_of[0].kind.value == "consumer"
        name = N_("Statutory interest (6:119)") if consumer else N_("Commercial interest (6:119a)")
        yield Line(words.gettext(name), what.interest, is_total=True)


def _costs(what: Claim, words: Translator) -> Iterator[Line]:
    found = what.costs_of
    if found is None:
        return
    for part in found.parts or (found,):
        yield from _scale(part, words)
    if what.above_told:
        yield Line(words.gettext(N_("Not more than the letter announced")), -what.above_told)
    if what.paid_costs:
        paid = min(what.paid_costs, found.total - what.above_told)
        yield Line(words.gettext(N_("Paid already of the collection costs")), -paid)
    name = N_("Collection costs, announced only") if what.announces else N_("Collection costs")
    left = what.announced if what.announces else what.costs
    yield Line(words.gettext(name), left, is_total=True, is_announced=what.announces)


def _scale(found: CollectionCosts, words: Translator) -> Iterator[Line]:
    """One application of the scale, with what its bounds and tax do."""
    for line in found.lines:
        text = words.gettext(N_("Collection costs: {percent} of {amount}")).format(
            percent=words.percent(line.percent.points), amount=words.money(line.part.cents)
        )
        yield Line(text, line.amount)
    if found.costs > found.by_scale:
        text = words.gettext(N_("Legal minimum of {amount}"))
        yield Line(text.format(amount=words.money(found.costs.cents)), found.costs - found.by_scale)
    elif found.costs < found.by_scale:
        text = words.gettext(N_("Legal maximum of {amount}"))
        yield Line(text.format(amount=words.money(found.costs.cents)), found.costs - found.by_scale)
    if found.tax and found.tax_percent:
        text = words.gettext(N_("{percent} VAT, which you cannot deduct"))
        yield Line(text.format(percent=words.percent(found.tax_percent.points)), found.tax)
