"""Rate tables that the user extends: in order, without a hole."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.collecting import Debts

from klantenapp.i18n import translator
from klantenapp.models.business import Business
from klantenapp.models.values import Money, Percent
from klantenapp.services.errors import reminders as refused
from klantenapp.services.errors.base import NotFound
from klantenapp.services.reminders import calculation, legal_tables
from klantenapp.services.reminders.collection_costs import (
    Bracket,
    Scale,
    collection_costs,
    scale_on,
)
from klantenapp.services.reminders.interest import Kind
from klantenapp.services.store import settings
from klantenapp.services.store.operations import FINAL, register

TOUCH = register("test.scheme", FINAL)

D = dt.date


def add(administration, day, percent="4.00"):
    work = partial(
        legal_tables.add_rate,
        kind=Kind.CONSUMER,
        valid_from=day,
        percent=Percent.parse(percent),
    )
    administration.write(legal_tables.ADD_RATE, work)


def test_the_next_half_year_is_added(administration):
    add(administration, D(2027, 1, 1), "5.00")
    last = administration.read(partial(legal_tables.rates, kind=Kind.CONSUMER))[-1]
    assert (last.valid_from, last.percent) == (D(2027, 1, 1), Percent(500))


@pytest.mark.parametrize(
    ("day", "percent", "failure"),
    [
        (D(2027, 7, 1), "4.00", refused.RateLeavesHole),
        (D(2011, 1, 1), "4.00", refused.RateLeavesHole),
        (D(2026, 7, 1), "4.00", refused.RateAlreadyThere),
        (D(2027, 1, 1), "101.00", refused.RateOutOfRange),
    ],
)
def test_a_hole_or_a_second_rate_for_a_day_is_refused(administration, day, percent, failure):
    with pytest.raises(failure):
        add(administration, day, percent)


def test_only_the_last_row_goes_away(administration):
    remove = partial(legal_tables.remove_rate, kind=Kind.CONSUMER)
    with pytest.raises(refused.RateLeavesHole):
        administration.write(legal_tables.REMOVE_RATE, partial(remove, valid_from=D(2026, 1, 1)))
    administration.write(legal_tables.REMOVE_RATE, partial(remove, valid_from=D(2026, 7, 1)))


def scale(day, *brackets, least="40", most="6775"):
    made = (
        Bracket(None if up_to is None else Money.parse(up_to), Percent.parse(percent))
        for up_to, percent in brackets
    )
    return Scale(day, tuple(made), Money.parse(least), Money.parse(most))


def add_scale(administration, made):
    work = partial(legal_tables.add_scale, scale=made)
    administration.write(legal_tables.ADD_SCALE, work)


def test_a_new_scale_holds_from_its_day_and_goes_away_again(administration):
    made = scale(D(2027, 1, 1), ("1000", "20"), (None, "2"), least="50", most="100")
    add_scale(administration, made)
    before, after = administration.read(lambda session: list(legal_tables.scales(session)))
    assert after == made
    day = D(2026, 12, 31)
    for on, costs in ((day, "150.00"), (D(2027, 1, 1), "100.00")):
        found = collection_costs(Money.parse("1000"), scale_on(on, [before, after]))
        assert str(found.costs) == costs
    remove = partial(legal_tables.remove_scale, valid_from=D(2027, 1, 1))
    administration.write(legal_tables.REMOVE_SCALE, remove)
    with pytest.raises(NotFound):
        administration.write(legal_tables.REMOVE_SCALE, remove)
    only = partial(legal_tables.remove_scale, valid_from=before.valid_from)
    with pytest.raises(refused.RateLeavesHole):
        administration.write(legal_tables.REMOVE_SCALE, only)


@pytest.mark.parametrize(
    ("made", "failure"),
    [
        (scale(D(2012, 7, 1), (None, "5")), refused.ScaleTooEarly),
        (scale(D(2027, 1, 1), ("100", "5")), refused.ScaleBoundsWrong),
        (scale(D(2027, 1, 1), (None, "5"), (None, "5")), refused.ScaleBoundsWrong),
        (scale(D(2027, 1, 1), ("100", "5"), ("100", "4"), (None, "1")), refused.ScaleBoundsWrong),
        (scale(D(2027, 1, 1), (None, "101")), refused.ScaleBoundsWrong),
        (scale(D(2027, 1, 1), (None, "5"), least="41", most="40"), refused.ScaleLimitsWrong),
    ],
)
def test_a_scale_with_a_hole_is_refused(administration, made, failure):
    with pytest.raises(failure):
        add_scale(administration, made)


def test_the_last_rate_of_a_table_stays(administration):
    table = administration.read(partial(legal_tables.rates, kind=Kind.CONSUMER))
    remove = partial(legal_tables.remove_rate, kind=Kind.CONSUMER)
    for row in reversed(table[1:]):
        work = partial(remove, valid_from=row.valid_from)
        administration.write(legal_tables.REMOVE_RATE, work)
    with pytest.raises(refused.RateLeavesHole):
        administration.write(
            legal_tables.REMOVE_RATE, partial(remove, valid_from=table[0].valid_from)
        )


def test_a_rate_of_the_user_has_no_doubt_about_its_source(administration):
    work = partial(
        legal_tables.change_rate,
        kind=Kind.CONSUMER,
        valid_from=D(2026, 7, 1),
        percent=Percent.parse("4.50"),
    )
    administration.write(legal_tables.CHANGE_RATE, work)
    last = administration.read(partial(legal_tables.rates, kind=Kind.CONSUMER))[-1]
    assert (last.percent, last.certainty) == (Percent(450), "")


def test_tax_comes_on_top_of_costs_only_with_the_small_business_scheme(administration):
    day = D(2026, 11, 23)
    assert administration.read(partial(legal_tables.read, day=day)).tax_percent is None
    administration.write(TOUCH, lambda s: setattr(s.get(Business, 1), "tax_scheme", "kor"))
    assert administration.read(partial(legal_tables.read, day=day)).tax_percent == Percent(2100)
    old = administration.read(partial(legal_tables.read, day=D(2012, 9, 30)))
    assert old.tax_percent == Percent(1900)


@pytest.mark.parametrize(
    ("scheme", "chosen", "percent"),
    [
        ("standard", "always", Percent(2100)),
        ("kor", "never", None),
        ("kor", "auto", Percent(2100)),
    ],
)
def test_the_user_may_say_whether_tax_is_deducted(administration, scheme, chosen, percent):
    administration.write(TOUCH, lambda s: setattr(s.get(Business, 1), "tax_scheme", scheme))
    choose = partial(settings.write, key=legal_tables.TAX_ON_COSTS, value=chosen)
    administration.write(settings.CHANGE, choose)
    found = administration.read(partial(legal_tables.read, day=D(2026, 11, 23)))
    assert found.tax_percent == percent


def test_the_scale_over_each_invoice_is_a_choice_with_its_calculation(administration):
    debts = Debts(administration)
    customer = debts.customer("Garage Fictief & Zn.")
    for net in ("100.00", "1000.00"):
        debts.owed(customer, net, D(2026, 7, 1))
    for days in (7, 21):
        debts.send(D(2026, 7, 31) + days * dt.timedelta(days=1))
    day = D(2026, 9, 4)
    # 15 % of 1,331.00 together; each on its own 40.00 (the least) and 15 % of 1,210.00.
    assert debts.row(day).claim.costs == Money(19965)
    choose = partial(settings.write, key=legal_tables.COSTS_TOGETHER, value=False)
    administration.write(settings.CHANGE, choose)
    row = debts.row(day)
    assert row.claim.costs == Money(4000 + 18150)
    lines = [line.amount for line in calculation.lines(row, translator("nl")) if line.amount]
    assert lines[-5:] == [Money(1815), Money(2185), Money(18150), Money(22150), row.claim.total]
