import random

import pytest
from stdnum import iso11649

from klantenapp.services.ledger import references


def test_the_reference_of_the_fact_sheet():
    assert references.creditor_reference("2026000012") == "RF362026000012"


@pytest.mark.parametrize("number", ["2026-0042", "F 2026/0042", "1", "é7", "X" * 21])
def test_a_creditor_reference_is_valid_by_another_library(number):
    made = references.creditor_reference(number)
    assert iso11649.is_valid(made)
    assert references.is_creditor_reference(made)


def test_a_number_that_does_not_fit_has_no_reference():
    assert references.creditor_reference("") is None
    assert references.creditor_reference("X" * 22) is None
    assert references.payment_reference("F") is None
    assert references.payment_reference("1" * 16) is None


def test_a_creditor_reference_with_one_wrong_character_is_refused():
    made = references.creditor_reference("2026-0042")
    for at in range(2, len(made)):
        wrong = made[:at] + ("1" if made[at] != "1" else "2") + made[at + 1 :]
        assert not references.is_creditor_reference(wrong)


def test_creditor_references_are_found_in_groups_and_in_text():
    made = references.creditor_reference("2026-0042")
    grouped = " ".join(made[at : at + 4] for at in range(0, len(made), 4))
    assert "20260042" in references.creditor_references_in(f"betaling {grouped.lower()} dank")
    assert references.creditor_references_in("SURF12 en verder niets") == []
    assert references.creditor_references_in("niets") == []


@pytest.mark.parametrize("reference", ["5000056789012345", "12 2345 3462 2567", "1223.4534.622567"])
def test_the_payment_references_of_the_specification_are_valid(reference):
    assert references.is_payment_reference(reference)


def test_a_payment_reference_is_made_as_the_specification_does():
    assert references.payment_reference("000056789012345") == "5000056789012345"
    assert references.payment_reference_body("5000056789012345") == "56789012345"
    assert references.payment_reference_body("12 2345 3462 2567") == "234534622567"
    assert references.payment_reference_body("12 2345 3462 2569") is None


@pytest.mark.parametrize("wrong", ["", "1234567", "abc", "13 2345 3462 2567", "5" * 15, "5" * 17])
def test_what_is_no_payment_reference_is_refused(wrong):
    assert not references.is_payment_reference(wrong)


def test_one_wrong_digit_spoils_most_payment_references():
    # Weights of 2 to 10 modulo 11 find every single wrong digit, except where check digit 1
    # stands for both 1 and 10.
    made = references.payment_reference("2026-0042")
    chance = random.Random(1)
    wrong = 0
    for _ in range(300):
        at = chance.randrange(16)
        other = made[:at] + str((int(made[at]) + chance.randrange(1, 10)) % 10) + made[at + 1 :]
        wrong += not references.is_payment_reference(other)
    assert wrong >= 290
