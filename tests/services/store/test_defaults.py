"""A new administration starts with what the law and custom say."""

import datetime as dt
import itertools

import pytest
from sqlalchemy import select

from klantenapp.models.catalogue import PaymentMethod, PaymentTerm, TaxCode, TaxRate
from klantenapp.models.reminder import CostScale, InterestRate, ReminderStep
from klantenapp.models.values import Money, Percent
from klantenapp.services.catalogue.tax import DUTCH_CODES
from klantenapp.services.store import defaults


def rate_on(session, code, day):
    return session.execute(
        select(TaxRate.percent)
        .join(TaxCode, TaxCode.id == TaxRate.tax_code_id)
        .where(
            TaxCode.code == code,
            TaxRate.valid_from <= day,
            (TaxRate.valid_to.is_(None)) | (TaxRate.valid_to >= day),
        )
    ).scalar_one()


@pytest.mark.parametrize(
    ("code", "day", "points"),
    [
        ("high", dt.date(2012, 9, 30), 1900),
        ("high", dt.date(2012, 10, 1), 2100),
        ("low", dt.date(2018, 12, 31), 600),
        ("low", dt.date(2019, 1, 1), 900),
        ("lodging", dt.date(2018, 12, 31), 600),
        ("lodging", dt.date(2025, 12, 31), 900),
        ("lodging", dt.date(2026, 1, 1), 2100),
        ("zero", dt.date(2026, 11, 23), 0),
    ],
)
def test_every_tax_code_has_the_rate_of_the_day(administration, code, day, points):
    assert administration.read(lambda s: rate_on(s, code, day)) == Percent(points)


def test_no_day_has_two_rates(administration):
    rows = administration.read(
        lambda s: s.execute(
            select(TaxRate.tax_code_id, TaxRate.valid_from, TaxRate.valid_to).order_by(
                TaxRate.tax_code_id, TaxRate.valid_from
            )
        ).all()
    )
    for one, next_one in itertools.pairwise(rows):
        if one.tax_code_id == next_one.tax_code_id:
            assert one.valid_to + dt.timedelta(days=1) == next_one.valid_from


def test_the_rows_say_what_the_pure_tax_rules_start_from(administration):
    for code in DUTCH_CODES:
        for rate in code.rates:
            day = rate.period.start or dt.date(1990, 1, 1)
            assert administration.read(lambda s, c=code.key, d=day: rate_on(s, c, d)) == (
                rate.percent
            )


def test_terms_and_methods_are_there_to_choose_from(administration):
    days = administration.read(lambda s: s.scalars(select(PaymentTerm.days)).all())
    kinds = administration.read(lambda s: s.scalars(select(PaymentMethod.kind)).all())

    assert {7, 14, 30} <= set(days)
    assert set(kinds) == {"transfer", "direct_debit", "cash", "card", "other"}


def test_the_default_policy_reminds_after_7_21_and_35_days(administration):
    rows = administration.read(
        lambda s: s.execute(
            select(ReminderStep.days, ReminderStep.kind, ReminderStep.with_costs)
            .where(ReminderStep.kind != "handover")
            .order_by(ReminderStep.position)
        ).all()
    )

    assert sorted({row.days for row in rows}) == [7, 21, 35]
    assert [row.kind for row in rows if row.with_costs] == ["notice"]


def test_statutory_interest_of_today_is_the_published_one(administration):
    rows = administration.read(
        lambda s: s.execute(
            select(InterestRate.kind, InterestRate.percent).where(
                InterestRate.valid_from == dt.date(2026, 7, 1)
            )
        ).all()
    )

    assert {row.kind: row.percent for row in rows} == {
        "consumer": Percent(400),
        "commercial": Percent(1040),
    }


@pytest.mark.parametrize(
    ("principal", "costs"),
    [(100_00, 40_00), (1000_00, 150_00), (5000_00, 625_00), (200_000_00, 2775_00)],
)
def test_the_cost_scale_gives_the_amounts_of_the_decree(administration, principal, costs):
    rows = administration.read(
        lambda s: s.execute(select(CostScale).order_by(CostScale.position)).scalars().all()
    )
    below, amount = 0, 0
    for row in rows:
        upper = principal if row.up_to is None else min(principal, row.up_to.cents)
        amount += max(0, upper - below) * row.percent.points // 10_000
        below = upper

    assert max(Money(amount), rows[0].minimum) == Money(costs)


def test_filling_a_second_time_changes_nothing(administration):
    _, changes = administration.write("business.change", defaults.fill)

    assert changes.tables == {}
