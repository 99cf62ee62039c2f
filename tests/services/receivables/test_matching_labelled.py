"""Matching on lines whose payer, and so the truth, is known."""

import pytest
from tests.factories.bank_lines import KINDS, UNPAID, world

from klantenapp.services.receivables.matching import match_all
from klantenapp.services.receivables.proposals import Certainty


def measure(seed, lines):
    made = world(seed, lines)
    assert len(made.lines) >= 2_000
    assert {labelled.kind for labelled in made.lines} == set(KINDS)
    results = match_all([labelled.line for labelled in made.lines], made.index())
    certain = certain_right = paid = found = 0
    for labelled, result in zip(made.lines, results, strict=True):
        first = result.proposals[0] if result.proposals else None
        parts = {part.item_id: part.amount.cents for part in first.parts} if first else None
        right = first is not None and parts == labelled.truth
        if first is not None and first.certainty is Certainty.CERTAIN:
            certain += 1
            certain_right += right
        if labelled.kind not in UNPAID:
            paid += 1
            found += right and first.certainty is not Certainty.UNSURE
    return certain_right / certain, found / paid, certain / paid


def check(seed, lines):
    precision, recall, share = measure(seed, lines)
    assert precision >= 0.999, precision
    assert recall >= 0.95, recall
    assert share >= 0.6, share  # certain must be worth having


def test_certain_is_right_and_little_is_missed():
    check(2026, 2_400)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20))
def test_certain_is_right_and_little_is_missed_in_many_administrations(seed):
    check(seed, 4_000)
