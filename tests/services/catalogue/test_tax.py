import datetime as dt
from dataclasses import replace

import pytest

from klantenapp.models.values import NO_PERCENT, Percent, Period
from klantenapp.services.catalogue import tax
from klantenapp.services.catalogue.tax import Box, Category, Nature, TaxCode, Terms, Treatment
from klantenapp.services.errors.catalogue import NoFixedRate, NoRateAtDate

HIGH, LOW, ZERO, EXEMPT = tax.DUTCH_CODES
TODAY = dt.date(2026, 11, 24)
GOODS, SERVICE = Nature.GOODS, Nature.SERVICE


def terms(treatment="domestic", **more):
    return Terms(TODAY, treatment=Treatment(treatment), **more)


# Written from the fact sheet 2.1, 2.2, 6.4 before the code: code, nature, treatment, more terms,
# then category, percent, box, first words of the Dutch sentence.
TABLE = [
    (HIGH, SERVICE, "domestic", {}, "S", "21", "1a", None),
    (HIGH, GOODS, "domestic", {}, "S", "21", "1a", None),
    (LOW, GOODS, "domestic", {}, "S", "9", "1b", None),
    (ZERO, GOODS, "domestic", {}, "Z", "0", "1e", None),
    (EXEMPT, SERVICE, "domestic", {}, "E", "0", None, None),
    (HIGH, SERVICE, "reverse_charge", {}, "AE", "0", "1e", "Btw verlegd"),
    (LOW, GOODS, "reverse_charge", {}, "AE", "0", "1e", "Btw verlegd"),
    (HIGH, GOODS, "intra_eu", {}, "K", "0", "3b", "Intracommunautaire levering – 0% btw"),
    (HIGH, SERVICE, "intra_eu", {}, "AE", "0", "3b", "Btw verlegd"),
    (ZERO, GOODS, "intra_eu", {}, "K", "0", "3b", "Intracommunautaire levering – 0% btw"),
    (HIGH, GOODS, "export", {}, "G", "0", "3a", "Uitvoer buiten de EU – 0% btw"),
    (LOW, SERVICE, "export", {}, "O", None, None, "Dienst buiten de EU"),
    (HIGH, SERVICE, "outside_scope", {}, "O", None, None, "Valt buiten de heffing"),
    (EXEMPT, GOODS, "outside_scope", {}, "O", None, None, "Valt buiten de heffing"),
    (HIGH, SERVICE, "exempt", {"exemption": "o"}, "E", "0", None, "Vrijgesteld van btw – artikel"),
    (HIGH, SERVICE, "exempt", {"exemption": "Eigen zin hier."}, "E", "0", None, "Eigen zin hier."),
    (HIGH, SERVICE, "fixed", {"fixed": Percent(1300)}, "S", "13", "1c", None),
    (HIGH, SERVICE, "fixed", {"fixed": Percent(900)}, "S", "9", "1b", None),
    (LOW, SERVICE, "fixed", {"fixed": Percent(2100)}, "S", "21", "1a", None),
    (LOW, SERVICE, "fixed", {"fixed": NO_PERCENT}, "Z", "0", "1e", None),
    (EXEMPT, SERVICE, "fixed", {"fixed": Percent(1300)}, "E", "0", None, None),
    (EXEMPT, SERVICE, "reverse_charge", {}, "E", "0", None, None),
    (HIGH, SERVICE, "domestic", {"small_business": True}, "E", "0", None, "Vrijgesteld van omzet"),
    (EXEMPT, GOODS, "export", {"small_business": True}, "E", "0", None, "Vrijgesteld van omzet"),
]


@pytest.mark.parametrize(
    ("code", "nature", "treatment", "more", "category", "percent", "box", "words"), TABLE
)
def test_code_and_treatment_give_category_rate_box_and_sentence(
    code, nature, treatment, more, category, percent, box, words
):
    rule = tax.resolve(code, nature, terms(treatment, **more))
    assert rule.category == category
    assert rule.percent == (None if percent is None else Percent.parse(percent))
    assert rule.box == box
    assert (rule.wording is None) == (words is None)
    if words:
        assert rule.wording.nl.startswith(words)
        assert rule.wording.en


def test_the_legal_sentences_are_the_exact_words_of_the_law():
    def words(code, nature, treatment, **more):
        return tax.resolve(code, nature, terms(treatment, **more)).wording.nl

    assert words(HIGH, SERVICE, "reverse_charge").startswith("Btw verlegd naar afnemer, artikel 12")
    assert words(HIGH, SERVICE, "intra_eu").endswith("artikel 12 Wet OB / art. 196 Btw-richtlijn")
    assert words(HIGH, GOODS, "intra_eu") == (
        "Intracommunautaire levering – 0% btw (art. 9 lid 2 onder b jo. Tabel II a.6 Wet OB 1968)"
    )
    assert words(HIGH, GOODS, "export") == (
        "Uitvoer buiten de EU – 0% btw (Tabel II a.2 Wet OB 1968)"
    )
    assert words(HIGH, GOODS, "exempt", exemption="g") == (
        "Vrijgesteld van btw – artikel 11 lid 1 onder g Wet OB 1968"
    )
    assert words(HIGH, GOODS, "domestic", small_business=True) == (
        "Vrijgesteld van omzetbelasting op grond van artikel 25 Wet op de omzetbelasting 1968"
        " (kleineondernemersregeling)"
    )


def test_a_sentence_is_dutch_for_a_dutch_reader_and_english_for_any_other():
    assert tax.REVERSE_CHARGED.spoken("nl").startswith("Btw verlegd")
    assert tax.REVERSE_CHARGED.spoken("en").startswith("VAT reverse charged")
    assert tax.REVERSE_CHARGED.spoken("de").startswith("VAT reverse charged")


@pytest.mark.parametrize(
    ("code", "day", "percent"),
    [
        (HIGH, dt.date(2012, 9, 30), "19"),
        (HIGH, dt.date(2012, 10, 1), "21"),
        (LOW, dt.date(2018, 12, 31), "6"),
        (LOW, dt.date(2019, 1, 1), "9"),
        (HIGH, TODAY, "21"),
        (LOW, TODAY, "9"),
    ],
)
def test_the_rate_is_that_of_the_day_of_supply(code, day, percent):
    rule = tax.resolve(code, SERVICE, Terms(day))
    assert rule.percent == Percent.parse(percent)


@pytest.mark.parametrize(
    ("supplied", "reported", "box"),
    [
        (dt.date(2018, 12, 20), dt.date(2018, 12, 31), "1b"),
        (dt.date(2018, 12, 20), dt.date(2019, 1, 10), "1c"),
        (dt.date(2019, 1, 1), dt.date(2019, 1, 10), "1b"),
        (dt.date(2019, 1, 5), dt.date(2018, 12, 20), "1b"),
    ],
)
def test_an_old_rate_reported_after_the_change_goes_to_the_box_of_other_rates(
    supplied, reported, box
):
    assert tax.resolve(LOW, SERVICE, Terms(supplied, reported)).box == box


def test_an_old_rate_of_a_code_that_ended_goes_to_the_box_of_other_rates():
    ended = TaxCode("crisis", (Rate2020,), Box.LOW)
    rule = tax.resolve(ended, SERVICE, Terms(dt.date(2020, 6, 1), dt.date(2021, 1, 5)))
    assert rule.box is Box.OTHER


Rate2020 = tax.Rate(Percent(500), Period(dt.date(2020, 1, 1), dt.date(2020, 12, 31)))


def test_a_day_without_a_rate_is_refused_by_name():
    with pytest.raises(NoRateAtDate) as caught:
        tax.resolve(HIGH, SERVICE, Terms(dt.date(2000, 12, 31)))
    assert (caught.value.code, caught.value.day) == ("high", dt.date(2000, 12, 31))


def test_a_fixed_rate_that_is_not_filled_in_is_refused():
    with pytest.raises(NoFixedRate):
        tax.resolve(HIGH, SERVICE, terms("fixed"))


def test_the_box_is_data_that_a_user_can_change():
    exempt = replace(EXEMPT, box=Box.NOT_CHARGED)
    assert tax.resolve(exempt, SERVICE, terms()).box is Box.NOT_CHARGED
    by_treatment = terms("exempt", exemption="o", codes=(HIGH, exempt))
    assert tax.resolve(HIGH, SERVICE, by_treatment).box is Box.NOT_CHARGED


def test_an_exempt_item_prints_its_own_reason_where_the_document_gives_none():
    doctor = replace(EXEMPT, exemption="g")
    assert "onder g" in tax.resolve(doctor, SERVICE, terms()).wording.nl


def test_nothing_under_the_small_business_scheme_prints_a_rate():
    for code in tax.DUTCH_CODES:
        for treatment in Treatment:
            rule = tax.resolve(code, SERVICE, terms(treatment, small_business=True))
            assert rule.category is Category.EXEMPT
            assert not rule.percent
            assert not rule.prints_rate
            assert "verlegd" not in rule.wording.nl


def test_a_rate_is_printed_only_where_tax_is_or_could_be_charged():
    printed = {
        (code.key, treatment)
        for code in tax.DUTCH_CODES
        for treatment in Treatment
        if tax.resolve(code, GOODS, terms(treatment, fixed=Percent(1300))).prints_rate
    }
    taxed = {"high", "low", "zero"}
    assert printed == {(key, way) for key in taxed for way in ("domestic", "fixed")}
