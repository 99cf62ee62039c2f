import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from klantenapp import i18n, paths

DAY = dt.date(2026, 11, 23)


def test_money_is_written_the_dutch_way_by_default_in_both_languages():
    for code in i18n.LANGUAGES:
        i18n.set_language(code)
        assert i18n.money(123456) == "€\u00a01.234,56"
        assert i18n.money(-123456) == "€\u00a0−1.234,56"
        assert i18n.amount(-5) == "−0,05"


def test_the_english_number_format_is_a_setting_of_its_own():
    i18n.set_number_format("en")
    assert i18n.money(-123456) == "−€1,234.56"
    assert i18n.language() == "nl"
    i18n.set_language("en")
    assert i18n.number_format() == "en"


@pytest.mark.parametrize(
    ("units", "expected"),
    [(125000, "12,50"), (1250, "0,125"), (123450000, "12.345,00"), (1, "0,0001"), (0, "0,00")],
)
def test_a_price_has_two_to_four_decimals(units, expected):
    assert i18n.price(units) == expected


@pytest.mark.parametrize(
    ("units", "expected"), [(25000, "2,5"), (10000, "1"), (-15000, "−1,5"), (100000000, "10.000")]
)
def test_a_quantity_has_the_decimals_that_it_has(units, expected):
    assert i18n.quantity(units) == expected


def test_percentages_have_no_space_and_may_have_fixed_decimals():
    assert i18n.percent(2100) == "21%"
    assert i18n.percent(1250) == "12,5%"
    assert i18n.percent(-880, 1) == "−8,8%"
    assert i18n.percent(-500, 1) == "−5,0%"
    assert i18n.percent(1995, 1) == "20,0%"
    assert i18n.percent(-4, 1) == "0,0%"
    assert i18n.percent(1250, 0) == "13%"
    assert i18n.percent(1205, 2) == "12,05%"


def test_whole_euros_round_half_up():
    assert i18n.euros(1487049) == "€\u00a014.870"
    assert i18n.euros(150) == "€\u00a02"
    assert i18n.euros(-150) == "€\u00a0−2"
    assert i18n.euros(-49) == "€\u00a00"
    assert i18n.euros(150, symbol=False) == "2"
    i18n.set_number_format("en")
    assert i18n.euros(-123456) == "−€1,235"


def test_dates_are_written_in_the_language():
    assert i18n.date(DAY) == "23-11-2026"
    assert i18n.long_date(DAY) == "23 november 2026"
    assert i18n.month(DAY) == "november 2026"
    assert i18n.short_month(DAY) == "nov"
    i18n.set_language("en")
    assert i18n.date(DAY) == "23-11-2026"
    assert i18n.long_date(DAY) == "23 November 2026"
    assert i18n.short_month(dt.date(2026, 3, 1)) == "Mar"


def test_days_near_today_are_told_in_words():
    def written(away):
        return i18n.relative(DAY + dt.timedelta(away), DAY)

    assert [written(away) for away in (-2, -1, 0, 1, 2)] == [
        "2 dagen geleden",
        "gisteren",
        "vandaag",
        "morgen",
        "over 2 dagen",
    ]
    assert written(31) == "24-12-2026"
    i18n.set_language("en")
    assert written(-30) == "30 days ago"


@given(st.integers(-(10**13), 10**13), st.sampled_from(["nl", "en"]))
def test_amounts_agree_with_the_locale_data(cents, numbers):
    expected = format_decimal(Decimal(cents) / 100, format="#,##0.00", locale=numbers)
    written = i18n.translator("nl", numbers).amount(cents)
    assert written == expected.replace("-", "−")


@given(st.dates(dt.date(1900, 1, 1)), st.sampled_from(["nl", "en"]))
def test_long_dates_agree_with_the_locale_data(day, code):
    assert i18n.translator(code).long_date(day) == format_date(day, "d MMMM y", locale=code)


def test_a_document_speaks_its_own_language_whatever_the_interface_does():
    i18n.set_language("en")
    dutch = i18n.translator("nl")
    assert dutch.gettext("today") == "vandaag"
    assert i18n._("today") == "today"
    assert i18n.translator("nl") is dutch
    assert dutch.ngettext("in {days} day", "in {days} days", 1) == "over {days} dag"


def test_the_language_switches_at_once():
    assert i18n._("today") == "vandaag"
    assert i18n.ngettext("{days} day ago", "{days} days ago", 2) == "{days} dagen geleden"
    i18n.set_language("en")
    assert i18n._("today") == "today"
    assert i18n.pgettext("nowhere", "today") == "today"
    assert i18n._("") == ""


@pytest.mark.parametrize("code", ["de", "fr-BE", "NL"])
def test_a_language_that_we_do_not_speak_is_an_error(code):
    with pytest.raises(ValueError, match=code):
        i18n.set_language(code)
    with pytest.raises(ValueError, match=code):
        i18n.set_number_format(code)
    assert i18n.language() == "nl"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["en-GB"], "en"),
        (["de_DE.UTF-8", "en_US"], "en"),
        (["C"], "nl"),
        ([], "nl"),
        (["nl_BE", "en"], "nl"),
        (["fr"], "nl"),
    ],
)
def test_the_interface_follows_the_system_and_is_dutch_where_that_is_neither(tags, expected):
    assert i18n.choose_language(tags) == expected


def test_the_environment_names_the_language(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert i18n.system_language() == "en"


def test_languages_and_formats_start_without_babel():
    """The window paints before Babel is imported (22 ms)."""
    code = (
        "import sys; from klantenapp import i18n, paths; i18n.set_language('nl');"
        "i18n.money(5); i18n.parse_money('5'); i18n.date(__import__('datetime').date(2026, 1, 1));"
        "paths.resource('x'); "
        "assert not {'babel', 'platformdirs'} & set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_folders_of_the_user_stand_below_the_home_that_is_asked_for(own_home):
    assert paths.data_folder() == own_home / "data"
    assert paths.backup_folder().is_dir()
    assert paths.config_folder() != paths.cache_folder()
    assert paths.own_administration().parent == paths.data_folder()


def test_without_it_the_folders_are_those_of_the_system(tmp_path, monkeypatch):
    monkeypatch.delenv("KLANTENAPP_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert paths.data_folder() == tmp_path / "klantenapp"


def test_translations_are_found():
    assert (paths.translations() / "nl" / "LC_MESSAGES").is_dir()
    assert paths.resource("fonts").name == "fonts"
