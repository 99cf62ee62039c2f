import datetime as dt
from dataclasses import replace

import pytest

from klantenapp.models.values import Percent
from klantenapp.services.catalogue.tax import DUTCH_CODES, Nature, Terms, Treatment
from klantenapp.services.catalogue.tax_problems import Parties, problems

HIGH, LOW, ZERO, EXEMPT = DUTCH_CODES
GOODS, SERVICE = Nature.GOODS, Nature.SERVICE
SELLER = "NL002455799B11"
DUTCH = Parties(SELLER, "NL123456789B01", country="NL")
GERMAN = Parties(SELLER, "DE136695976", country="DE")
AMERICAN = Parties(SELLER, country="US")


def names(lines, parties, treatment="domestic", day=dt.date(2026, 11, 24), **more):
    found = problems(lines, Terms(day, treatment=Treatment(treatment), **more), parties)
    assert all(field == failure.field for field, failure in found)
    return [type(failure).__name__ for _, failure in found]


@pytest.mark.parametrize(
    ("line", "parties", "treatment", "more", "expected"),
    [
        ((HIGH, SERVICE), Parties(), "domestic", {}, []),
        ((HIGH, SERVICE), DUTCH, "reverse_charge", {}, []),
        ((HIGH, SERVICE), replace(DUTCH, vat_id=""), "reverse_charge", {}, ["VatIdMissing"]),
        (
            (HIGH, SERVICE),
            replace(DUTCH, vat_id="NL1", vat_id_valid=False),
            "reverse_charge",
            {},
            ["VatIdMalformed"],
        ),
        (
            (HIGH, SERVICE),
            Parties(vat_id="NL123456789B01"),
            "reverse_charge",
            {},
            ["SellerVatIdMissing"],
        ),
        ((HIGH, GOODS), GERMAN, "intra_eu", {}, []),
        ((HIGH, SERVICE), GERMAN, "intra_eu", {}, []),
        (
            (HIGH, SERVICE),
            replace(GERMAN, country="NL"),
            "intra_eu",
            {},
            ["IntraEuToDutchAddress"],
        ),
        (
            (HIGH, GOODS),
            replace(GERMAN, delivery_country="NL"),
            "intra_eu",
            {},
            ["IntraEuToDutchAddress"],
        ),
        ((HIGH, GOODS), replace(GERMAN, country="NL", delivery_country="FR"), "intra_eu", {}, []),
        ((HIGH, GOODS), DUTCH, "intra_eu", {}, ["VatIdNotForeign", "IntraEuToDutchAddress"]),
        (
            (HIGH, SERVICE),
            replace(GERMAN, country="CH"),
            "intra_eu",
            {},
            ["IntraEuOutsideEu"],
        ),
        ((HIGH, SERVICE), replace(GERMAN, country="GR", vat_id="EL094259216"), "intra_eu", {}, []),
        (
            (HIGH, GOODS),
            Parties(SELLER, "XI123456789", country="XI"),
            "intra_eu",
            {},
            [],
        ),
        (
            (HIGH, SERVICE),
            Parties(SELLER, "XI123456789", country="XI"),
            "intra_eu",
            {},
            ["VatIdNotForeign", "IntraEuOutsideEu"],
        ),
        ((HIGH, GOODS), AMERICAN, "export", {}, []),
        ((HIGH, SERVICE), AMERICAN, "export", {}, []),
        ((HIGH, GOODS), replace(AMERICAN, delivery_country="NL"), "export", {}, ["ExportInsideEu"]),
        ((HIGH, SERVICE), GERMAN, "export", {}, ["ExportInsideEu"]),
        ((HIGH, SERVICE), DUTCH, "exempt", {}, ["ExemptionReasonMissing"]),
        ((HIGH, SERVICE), DUTCH, "exempt", {"exemption": "o"}, []),
        ((EXEMPT, SERVICE), DUTCH, "domestic", {}, ["ExemptionReasonMissing"]),
        ((HIGH, SERVICE), DUTCH, "fixed", {}, ["NoFixedRate"]),
        ((HIGH, SERVICE), DUTCH, "fixed", {"fixed": Percent(1300)}, []),
        ((HIGH, SERVICE), DUTCH, "domestic", {"day": dt.date(1999, 1, 1)}, ["NoRateAtDate"]),
    ],
)
def test_each_missing_piece_is_named(line, parties, treatment, more, expected):
    assert names([line], parties, treatment, **more) == expected


@pytest.mark.parametrize("treatment", ["reverse_charge", "intra_eu", "fixed"])
def test_the_small_business_scheme_forbids_reverse_charge_intra_eu_and_a_fixed_rate(treatment):
    found = names([(HIGH, SERVICE)], GERMAN, treatment, small_business=True)
    assert found == ["ForbiddenBySmallBusinessScheme"]


@pytest.mark.parametrize("treatment", ["domestic", "exempt", "export", "outside_scope"])
def test_the_small_business_scheme_needs_nothing_else(treatment):
    assert names([(HIGH, SERVICE), (LOW, GOODS)], Parties(), treatment, small_business=True) == []


def test_outside_the_scope_never_stands_beside_another_category():
    found = problems(
        [(HIGH, GOODS), (HIGH, SERVICE)],
        Terms(dt.date(2026, 11, 24), treatment=Treatment.EXPORT),
        AMERICAN,
    )
    assert [(field, type(failure).__name__, failure.line) for field, failure in found] == [
        ("lines", "OutsideScopeMixed", 2)
    ]


def test_one_failure_is_said_once_however_many_lines_have_it():
    lines = [(HIGH, SERVICE), (HIGH, GOODS), (LOW, SERVICE)]
    found = names(lines, replace(GERMAN, vat_id=""), "intra_eu")
    assert found == ["VatIdMissing"]
