import datetime as dt

import pytest

from klantenapp.models.values import Period
from klantenapp.services.errors.sales import UnknownPlaceholder
from klantenapp.services.sales.period_text import check_template, period_text


def period(start, end):
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("template", "start", "end", "language", "text"),
    [
        ("Onderhoud {month} {year}", "2026-11-01", "2026-11-30", "nl", "Onderhoud november 2026"),
        ("Service {month} {year}", "2026-05-01", "2026-05-31", "en", "Service May 2026"),
        ("Service {maand} {jaar}", "2026-05-01", "2026-05-31", "nl", "Service mei 2026"),
        ("{year}-Q{quarter}", "2026-10-01", "2026-12-31", "nl", "2026-Q4"),
        ("week {week}", "2026-11-23", "2026-11-29", "nl", "week 48"),
        ("{from} t/m {to}", "2026-11-23", "2026-12-06", "nl", "23-11-2026 t/m 06-12-2026"),
        ("{period}", "2026-11-01", "2026-11-30", "nl", "november 2026"),
        ("{period}", "2026-10-01", "2026-12-31", "nl", "oktober – december 2026"),
        ("{period}", "2026-12-01", "2027-02-28", "en", "December 2026 – February 2027"),
        ("{period}", "2026-01-01", "2026-12-31", "nl", "2026"),
        ("{periode}", "2026-03-15", "2027-03-14", "nl", "15-03-2026 – 14-03-2027"),
        ("Hosting", "2026-11-01", "2026-11-30", "nl", "Hosting"),
        ("{{vast}} {month}", "2026-11-01", "2026-11-30", "nl", "{vast} november"),
        ("", "2026-11-01", "2026-11-30", "nl", ""),
    ],
)
def test_the_period_is_filled_in_in_the_language_of_the_customer(
    template, start, end, language, text
):
    check_template(template)
    assert period_text(template, period(start, end), language) == text


@pytest.mark.parametrize("template", ["{mnd}", "{", "}", "{}", "{month.year}", "{0}"])
def test_what_cannot_be_filled_in_is_refused(template):
    with pytest.raises(UnknownPlaceholder):
        check_template(template)


def test_an_open_period_cannot_be_filled_in():
    with pytest.raises(ValueError, match="Period"):
        period_text("{month}", Period(), "nl")
