import pytest

from klantenapp.services.ledger.references import creditor_reference, payment_reference
from klantenapp.services.receivables.numbers import How, NumberIndex

NUMBERS = [
    ("2026-0041", 1),
    ("2026-0042", 1),
    ("2026-0043", 2),
    ("2025-0042", 3),
    ("F2026-0099", 4),
    ("536365", 5),
    ("17", 6),
]
INDEX = NumberIndex(NUMBERS)


def found(text, reference=""):
    named = INDEX.find(text, reference)
    return [NUMBERS[each][0] for each in named.sure]


@pytest.mark.parametrize(
    "text",
    [
        "2026-0042",
        "Factuur 2026-0042",
        "factuur2026-0042",
        "FACTUURNR:2026-0042.",
        "20260042",
        "2026 0042",
        "2026 - 0042",
        "2026/0042",
        "2026.0042",
        "2026-00\n42",
        "2026 00 42",
        "/REMI/2026-0042/EREF/NOTPROVIDED",
        "24-11-2026 2026-0042 d.d. 20-10-2026",
        "F2026-0042",
    ],
)
def test_a_number_is_found_however_it_is_written(text):
    assert found(text) == ["2026-0042"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2026-0041 en 2026-0042", ["2026-0041", "2026-0042"]),
        ("facturen 2026-0042, 2026-0041", ["2026-0042", "2026-0041"]),
        ("2026-0041, 0042", ["2026-0041", "2026-0042"]),
        ("2026-0041 en 0042", ["2026-0041", "2026-0042"]),
        ("2026-0041/42", ["2026-0041", "2026-0042"]),
        # Of another customer, or after other words, a short number stays vague.
        ("2026-0041, 0043", ["2026-0041"]),
        ("2026-0041 Dorpsstraat 42", ["2026-0041"]),
        ("536365", ["536365"]),
        ("F 2026 0099", ["F2026-0099"]),
    ],
)
def test_several_numbers_are_found_in_their_order(text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "120260042",
        "202600421",
        "IBAN NL91ABNA2026004200",
        "2026-1142",
        "0042",
        "17",
        "2026 blauwe 0042",
        "",
    ],
)
def test_what_is_not_the_number_is_not_found(text):
    assert found(text) == []


def test_a_number_without_its_year_is_vague():
    named = INDEX.find("factuur 0042")
    assert sorted(NUMBERS[each][0] for each in named.vague) == ["2025-0042", "2026-0042"]
    assert [NUMBERS[each][0] for each in INDEX.find("nr 17").vague] == ["17"]
    assert not named.unknown


def test_a_date_or_a_time_is_no_part_of_a_number():
    index = NumberIndex([("2026-1332", 1), ("2411-2026", 2)])
    assert index.find("20-11-2026 13:32:17").sure == []
    assert index.find("24-11-2026").sure == []


def test_a_number_of_ours_that_is_not_open_is_noticed():
    named = INDEX.find("factuur 2026-0789")
    assert named.unknown
    assert named.mistyped == []


@pytest.mark.parametrize(
    "text", ["2026-0052", "2026-0142", "2062-0042", "2026-042", "2026-00442", "20260024"]
)
def test_one_digit_off_is_a_typo(text):
    named = INDEX.find(text)
    assert named.sure == []
    assert named.unknown
    assert "2026-0042" in [NUMBERS[each][0] for each in named.mistyped]


def test_references_name_their_invoice():
    named = INDEX.find("", "RF73 2026 0042")  # the check digits are wrong, the number stands
    assert [named.how[each] for each in named.sure] == [How.NUMBER]
    for text, reference in (
        (creditor_reference("2026-0042"), ""),
        ("", creditor_reference("2026-0042")),
    ):
        named = INDEX.find(text, reference)
        assert [named.how[each] for each in named.sure] == [How.CREDITOR_REFERENCE]
    dutch = payment_reference("2026-0042")
    for text in (dutch, f"{dutch[:4]} {dutch[4:8]} {dutch[8:12]} {dutch[12:]}"):
        named = INDEX.find(text)
        assert [named.how[each] for each in named.sure] == [How.PAYMENT_REFERENCE]
        assert [NUMBERS[each][0] for each in named.sure] == ["2026-0042"]
