"""A schedule makes each date once, at the prices and tax of its own period."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.sales import Shop

from klantenapp.models.document import Document, DocumentLine
from klantenapp.models.values import Money, UnitPrice
from klantenapp.services.errors.mail import AddressMissing, SenderMissing
from klantenapp.services.errors.sales import AlreadyMade, NoLines, PauseInPast, ScheduleEmpty
from klantenapp.services.sales import documents, drafts, recurring, recurring_checks
from klantenapp.services.sales.recurring_data import LineData, RecurringData
from klantenapp.services.store import clock


@pytest.fixture
def shop(administration):
    with clock.stopped(dt.date(2026, 1, 31)):
        made = Shop(administration)
        made.customer()
        made.item("ABO", "25.00")
    return made


def schedule(shop, **values):
    data = RecurringData(
        **{
            "customer_id": 1,
            "name": "Abonnement",
            "first_date": dt.date(2026, 1, 31),
            "day_of_month": 31,
            "period_text": "{month} {year}",
            "lines": (LineData(item_id=1),),
            **values,
        }
    )
    return shop.administration.write(recurring.ADD, lambda s: recurring.add(s, data))[0]


def due(shop, day):
    return [each.date for each in shop.administration.read(lambda s: recurring.due(s, day))]


def make(shop, schedule_id, planned, operation=recurring.MAKE):
    return shop.administration.write(operation, lambda s: recurring.make(s, schedule_id, planned))[
        0
    ]


def test_a_short_month_uses_its_last_day_and_goes_back(shop):
    schedule(shop)
    assert due(shop, dt.date(2026, 4, 1)) == [
        dt.date(2026, 1, 31),
        dt.date(2026, 2, 28),
        dt.date(2026, 3, 31),
    ]


def test_a_date_is_made_once(shop):
    made = schedule(shop)
    day = dt.date(2026, 1, 31)
    with clock.stopped(day):
        make(shop, made, day)
        assert due(shop, day) == []
        coming = shop.administration.read(lambda s: recurring.upcoming(s, made, day, 1))
        assert [each.date for each in coming] == [dt.date(2026, 2, 28)]
        with pytest.raises(AlreadyMade):
            make(shop, made, day)


def test_the_line_says_its_period_in_the_customer_s_language(shop):
    made = schedule(shop)
    with clock.stopped(dt.date(2026, 3, 2)):
        document = make(shop, made, dt.date(2026, 2, 28))

        def read(session):
            line = session.query(DocumentLine).filter_by(document_id=document).one()
            return session.get_one(Document, document), line

        found, line = shop.administration.read(read)
    assert line.details == "februari 2026"
    assert found.date is None, "a missed one is dated on the day it is issued"
    assert (found.supply_from, found.supply_to) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))


def test_prices_are_those_of_the_day_it_is_made(shop):
    from klantenapp.services.catalogue import items  # noqa: PLC0415 - only this test changes an item

    made = schedule(shop)
    with clock.stopped(dt.date(2026, 2, 28)):
        change = {"price": UnitPrice.parse("30")}
        shop.administration.write(items.CHANGE, lambda s: items.change(s, 1, change))
        amount = shop.administration.read(lambda s: recurring.amount(s, made, dt.date(2026, 2, 28)))
    assert amount == Money(3630)


def test_issued_at_once_where_the_schedule_says_so(shop):
    made = schedule(shop, mode="issue")
    with clock.stopped(dt.date(2026, 1, 31)):
        document = make(shop, made, dt.date(2026, 1, 31), recurring.MAKE_FINAL)
        row = shop.administration.read(lambda s: documents.row(s, document, dt.date(2026, 1, 31)))
    assert row.number == "2026-0001"


def test_missed_dates_stay_drafts_even_then(shop):
    made = schedule(shop, mode="issue")
    with clock.stopped(dt.date(2026, 4, 15)):
        document = make(shop, made, dt.date(2026, 1, 31), recurring.MAKE_FINAL)
        row = shop.administration.read(lambda s: documents.row(s, document, dt.date(2026, 4, 15)))
    assert row.status == "draft"


def test_what_fell_in_a_pause_is_passed_over(shop):
    made = schedule(shop)
    shop.administration.write(recurring.PAUSE, lambda s: recurring.pause(s, made))
    assert due(shop, dt.date(2026, 3, 15)) == []
    with clock.stopped(dt.date(2026, 3, 15)):
        shop.administration.write(recurring.RESUME, lambda s: recurring.resume(s, made))
        assert due(shop, dt.date(2026, 3, 31)) == [dt.date(2026, 3, 31)]
    shop.administration.undo()
    assert due(shop, dt.date(2026, 3, 31)) == []


def test_a_failed_date_comes_again_and_never_doubles(shop):
    made = schedule(shop)
    day = dt.date(2026, 1, 31)
    note = recurring.note_failure
    shop.administration.write(recurring.NOTE_FAILURE, lambda s: note(s, made, day, "NoLines"))
    shop.administration.write(recurring.NOTE_FAILURE, lambda s: note(s, made, day, "Again"))
    assert due(shop, day) == [day]
    with clock.stopped(day):
        make(shop, made, day)
    assert due(shop, day) == []


@pytest.mark.parametrize(
    ("values", "failure"),
    [({"lines": ()}, NoLines), ({"end_date": dt.date(2025, 1, 1)}, ScheduleEmpty)],
)
def test_impossible_schedules_are_refused(shop, values, failure):
    with pytest.raises(failure):
        schedule(shop, **values)


def test_a_date_of_yesterday_is_missed_and_stays_a_draft(shop):
    made = schedule(shop, mode="issue")
    with clock.stopped(dt.date(2026, 2, 1)):
        document = make(shop, made, dt.date(2026, 1, 31), recurring.MAKE_FINAL)
        row = shop.administration.read(lambda s: documents.row(s, document, dt.date(2026, 2, 1)))
    assert row.status == "draft"


def test_a_date_that_moved_to_monday_is_not_late_on_monday(shop):
    # 31 January 2026 is a Saturday.
    made = schedule(shop, mode="issue", weekend="after")
    monday = dt.date(2026, 2, 2)
    with clock.stopped(monday):
        document = make(shop, made, dt.date(2026, 1, 31), recurring.MAKE_FINAL)
        row = shop.administration.read(lambda s: documents.row(s, document, monday))
    assert row.number == "2026-0001"


def test_a_pause_with_an_end_resumes_by_itself_and_passes_over_what_fell_in_it(shop):
    made = schedule(shop)
    until = dt.date(2026, 3, 15)
    with clock.stopped(dt.date(2026, 1, 20)):
        shop.administration.write(recurring.PAUSE, lambda s: recurring.pause(s, made, until))
    assert due(shop, dt.date(2026, 3, 14)) == []
    assert due(shop, dt.date(2026, 4, 1)) == [dt.date(2026, 3, 31)]


def test_what_fell_in_a_pause_is_made_afterwards_where_that_was_chosen(shop):
    made = schedule(shop)
    pause = lambda s: recurring.pause(s, made, dt.date(2026, 3, 15), catch_up=True)  # noqa: E731
    with clock.stopped(dt.date(2026, 1, 20)):
        shop.administration.write(recurring.PAUSE, pause)
    assert due(shop, dt.date(2026, 3, 14)) == []
    assert due(shop, dt.date(2026, 3, 15)) == [dt.date(2026, 1, 31), dt.date(2026, 2, 28)]
    with clock.stopped(dt.date(2026, 2, 10)):
        shop.administration.write(recurring.RESUME, lambda s: recurring.resume(s, made))
        assert due(shop, dt.date(2026, 2, 10)) == [dt.date(2026, 1, 31)]


def test_a_pause_ends_after_today(shop):
    made = schedule(shop)
    with clock.stopped(dt.date(2026, 2, 10)), pytest.raises(PauseInPast):
        shop.administration.write(
            recurring.PAUSE, lambda s: recurring.pause(s, made, dt.date(2026, 2, 10))
        )


def test_a_draft_that_is_thrown_away_is_not_made_again_and_undo_brings_both_back(shop):
    made = schedule(shop)
    day = dt.date(2026, 1, 31)
    with clock.stopped(day):
        document = make(shop, made, day)
        shop.administration.write(drafts.DELETE, lambda s: drafts.delete(s, document))
        assert due(shop, day) == []
        shop.administration.undo()
        seen = shop.administration.read(lambda s: recurring_checks.made(s, made))
    assert seen == ((document, None, True),)


def test_the_panel_says_why_a_date_failed_until_nothing_stands_in_its_way(shop):
    made = schedule(shop, mode="send")
    read = lambda: shop.administration.read(  # noqa: E731 - asked twice
        lambda s: recurring_checks.view(s, made, dt.date(2026, 2, 1), failed=True)
    )
    found = read()
    assert isinstance(found.problem, SenderMissing | AddressMissing)
    assert [each.occurrence.date.day for each in found.coming] == [28, 31, 30, 31, 30]
    assert (found.total, found.coming[0].amount) == (Money(3025), Money(3025))
    assert [(line.description, line.amount) for line in found.lines] == [
        ("Artikel ABO", Money(2500))
    ]
