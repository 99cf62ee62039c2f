"""The legal tables of the administration: statutory interest and collection costs, by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from klantenapp.models.business import Business
from klantenapp.models.catalogue import TaxCode, TaxRate
from klantenapp.models.reminder import CostScale, InterestRate
from klantenapp.models.values import ZERO
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.reminders import (
    RateAlreadyThere,
    RateLeavesHole,
    RateOutOfRange,
    ScaleBoundsWrong,
    ScaleLimitsWrong,
    ScaleTooEarly,
)
from klantenapp.services.reminders.collection_costs import Bracket, Scale
from klantenapp.services.reminders.interest import Kind, RateRow
from klantenapp.services.reminders.waiting import DELIVERY_DAYS
from klantenapp.services.store import settings
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Percent

ADD_RATE: Final = register("rate.add", REVERSIBLE)
CHANGE_RATE: Final = register("rate.change", REVERSIBLE)
REMOVE_RATE: Final = register("rate.remove", REVERSIBLE)
ADD_SCALE: Final = register("scale.add", REVERSIBLE)
REMOVE_SCALE: Final = register("scale.remove", REVERSIBLE)

#: Delivery days that pass before a letter counts as delivered; the law's two, or more.
DELIVERY: Final = settings.Key("reminders.delivery_days", DELIVERY_DAYS)
#: Whether the due date on the invoice puts a consumer in default by itself. Only where it was
#: agreed does it certainly; the fact sheet (4.1) leaves the printed term open.
TERM_IS_FATAL: Final = settings.Key("reminders.term_is_fatal", default=True)
#: Whether invoices that one letter is about are added up before the scale is applied. The fact
#: sheet (4.2, art. 6:96 par. 7 BW) knows it from hearsay, and the sum is what a debtor owes least.
COSTS_TOGETHER: Final = settings.Key("reminders.costs_together", default=True)
#: Tax on top of costs: "auto" where the seller is in the small-business scheme; "always" for one
#: who cannot deduct it for another reason, such as exempt supplies; or "never".
TAX_ON_COSTS: Final = settings.Key("reminders.tax_on_costs", "auto")
_MOST: Final = 10_000
_HALF_YEAR: Final = dt.timedelta(days=184)


@dataclass(frozen=True)
class Tables:
    """Everything that amounts are computed with.

    Attributes:
        tax_percent: on top of costs, only where the seller cannot deduct tax.
        delivery_days: before a letter counts as delivered.
        costs_together: the scale is applied to the invoices of a letter together.
    """

    rates: dict[Kind, tuple[RateRow, ...]]
    scales: tuple[Scale, ...]
    tax_percent: Percent | None
    delivery_days: int
    term_is_fatal: bool
    costs_together: bool = True


def read(session: Session, day: dt.date) -> Tables:
    """The tables as they stand, with the tax rate of a day."""
    return Tables(
        rates={kind: tuple(rates(session, kind)) for kind in Kind},
        scales=tuple(scales(session)),
        tax_percent=_tax_on_costs(session, day),
        delivery_days=delivery_days(session),
        term_is_fatal=settings.read(session, TERM_IS_FATAL),
        costs_together=settings.read(session, COSTS_TOGETHER),
    )


def delivery_days(session: Session) -> int:
    """Delivery days that pass before a letter counts as delivered; never fewer than the law's."""
    return max(settings.read(session, DELIVERY), DELIVERY_DAYS)


def rates(session: Session, kind: Kind) -> list[RateRow]:
    """One table of interest, oldest first."""
    rows = session.execute(
        select(InterestRate.valid_from, InterestRate.percent, InterestRate.certainty)
        .where(InterestRate.kind == kind.value)
        .order_by(InterestRate.valid_from)
    )
    return [RateRow(row.valid_from, row.percent, row.certainty or "") for row in rows]


def scales(session: Session) -> Iterable[Scale]:
    """The scales of collection costs, oldest first."""
    rows = session.scalars(select(CostScale).order_by(CostScale.valid_from, CostScale.position))
    for since, group in groupby(rows, key=lambda row: row.valid_from):
        brackets = list(group)
        yield Scale(
            since,
            tuple(Bracket(row.up_to, row.percent) for row in brackets),
            brackets[0].minimum,
            brackets[0].maximum,
        )


def add_rate(session: Session, kind: Kind, valid_from: dt.date, percent: Percent) -> None:
    """Extend a table; each half-year is fixed anew, so a table without one has a hole.

    Raises:
        RateAlreadyThere, RateOutOfRange.
        RateLeavesHole: it starts more than a half-year after the last one of the table.
    """
    _refuse(percent)
    table = rates(session, kind)
    if any(row.valid_from == valid_from for row in table):
        raise RateAlreadyThere(valid_from)
    last = table[-1].valid_from if table else valid_from
    if table and valid_from < table[0].valid_from:
        raise RateLeavesHole(valid_from, table[0].valid_from)
    if valid_from - last > _HALF_YEAR:
        raise RateLeavesHole(last, valid_from)
    session.add(InterestRate(kind=kind.value, valid_from=valid_from, percent=percent))


def change_rate(session: Session, kind: Kind, valid_from: dt.date, percent: Percent) -> None:
    """Put another percentage in a row; it is the user's own from then on.

    Raises:
        NotFound, RateOutOfRange.
    """
    _refuse(percent)
    row = _there(session, kind, valid_from)
    row.percent, row.certainty = percent, None


def remove_rate(session: Session, kind: Kind, valid_from: dt.date) -> None:
    """Take the last row away.

    Raises:
        NotFound: no such row.
        RateLeavesHole: there are rows after it, or it is the only one.
    """
    row = _there(session, kind, valid_from)
    table = rates(session, kind)
    if table[-1].valid_from != valid_from or len(table) == 1:
        raise RateLeavesHole(valid_from, table[-1].valid_from)
    session.delete(row)


def add_scale(session: Session, scale: Scale) -> None:
    """Extend the scales of collection costs: one that holds from a later day on.

    Raises:
        ScaleTooEarly, ScaleBoundsWrong, ScaleLimitsWrong.
    """
    last = session.scalar(select(func.max(CostScale.valid_from)))
    if last is not None and scale.valid_from <= last:
        raise ScaleTooEarly(last)
    if scale.minimum < ZERO or scale.minimum > scale.maximum:
        raise ScaleLimitsWrong(scale.minimum, scale.maximum)
    below = ZERO
    for line, bracket in enumerate(scale.brackets, start=1):
        is_last = line == len(scale.brackets)
        top = bracket.up_to
        rises = top is None if is_last else top is not None and top > below
        if not rises or not 0 <= bracket.percent.points <= _MOST:
            raise ScaleBoundsWrong(line)
        below = top or below
    session.add_all(
        CostScale(
            valid_from=scale.valid_from,
            position=position,
            up_to=bracket.up_to,
            percent=bracket.percent,
            minimum=scale.minimum,
            maximum=scale.maximum,
        )
        for position, bracket in enumerate(scale.brackets, start=1)
    )


def remove_scale(session: Session, valid_from: dt.date) -> None:
    """Take the last scale away; the first one stays.

    Raises:
        NotFound: no such scale. RateLeavesHole: it is the only one, or there are later ones.
    """
    days = list(
        session.scalars(select(CostScale.valid_from).distinct().order_by(CostScale.valid_from))
    )
    if valid_from not in days:
        raise NotFound("cost_scale", valid_from.isoformat())
    if len(days) == 1 or days[-1] != valid_from:
        raise RateLeavesHole(valid_from, days[-1])
    for row in session.scalars(select(CostScale).where(CostScale.valid_from == valid_from)):
        session.delete(row)


def _refuse(percent: Percent) -> None:
    if not 0 <= percent.points <= _MOST:
        raise RateOutOfRange


def _there(session: Session, kind: Kind, valid_from: dt.date) -> InterestRate:
    row = session.scalar(
        select(InterestRate).where(
            InterestRate.kind == kind.value, InterestRate.valid_from == valid_from
        )
    )
    if row is None:
        raise NotFound("interest_rate", valid_from.isoformat())
    return row


def _tax_on_costs(session: Session, day: dt.date) -> Percent | None:
    """The high rate where the seller deducts nothing: by the scheme, or as the user says."""
    chosen = settings.read(session, TAX_ON_COSTS)
    by_scheme = session.scalar(select(Business.tax_scheme)) == "kor"
    if chosen == "never" or (chosen != "always" and not by_scheme):
        return None
    return session.scalar(
        select(TaxRate.percent)
        .join(TaxCode, TaxCode.id == TaxRate.tax_code_id)
        .where(
            TaxCode.code == "high",
            TaxRate.valid_from <= day,
            TaxRate.valid_to.is_(None) | (TaxRate.valid_to >= day),
        )
    )
