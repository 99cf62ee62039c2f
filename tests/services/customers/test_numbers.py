"""Numbers of companies, by form and check digits."""

from __future__ import annotations

import pytest

from klantenapp.services.customers import numbers
from klantenapp.services.errors.business import VatIdWrong


@pytest.mark.parametrize("right", ["NL001234567B29", "nl 0012.34.567 b29", "DE136695976"])
def test_a_vat_id_with_right_digits_is_not_remarked_upon(right):
    assert numbers.vat_id_problem(right) is None


@pytest.mark.parametrize("short", ["NL1234567B29", "NL00123456B29", "NL01234567B29"])
def test_a_dutch_vat_id_needs_all_its_digits(short):
    assert isinstance(numbers.vat_id_problem(short), VatIdWrong)
