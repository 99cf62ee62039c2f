import pytest

from klantenapp.models.values import Money
from klantenapp.services.reminders.allocation import allocate


@pytest.mark.parametrize(
    ("payment", "parts"),
    [
        ("0", ("0.00", "0.00", "0.00", "0.00")),
        ("30", ("30.00", "0.00", "0.00", "0.00")),
        ("40", ("40.00", "0.00", "0.00", "0.00")),
        ("45", ("40.00", "5.00", "0.00", "0.00")),
        ("100", ("40.00", "12.34", "47.66", "0.00")),
        ("252.34", ("40.00", "12.34", "200.00", "0.00")),
        ("300", ("40.00", "12.34", "200.00", "47.66")),
    ],
)
def test_costs_go_first_then_interest_then_principal(payment, parts):
    found = allocate(
        Money.parse(payment), Money.parse("40"), Money.parse("12.34"), Money.parse("200")
    )
    assert tuple(map(str, (found.costs, found.interest, found.principal, found.left))) == parts
