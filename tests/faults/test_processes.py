"""Several processes at once: every number once, none lost, nobody turned away."""

import pytest
from sqlalchemy import select
from tests.factories import administrations
from tests.factories.sales import Shop, line
from tests.faults import harness

from klantenapp.models.document import Document


def issue(path, number, say):
    administration = administrations.opened(path)
    shop = Shop(administration)
    for _ in range(number):
        say(shop.issue(shop.draft(1, line("37.50"), line("12.50"))).number)
    administration.close()


def four_at_once(path, each):
    administration = administrations.opened(path)
    Shop(administration).customer()
    administration.close()
    children = [harness.fork(lambda say: issue(path, each, say)) for _ in range(4)]
    told = [harness.wait_for(*child) for child in children]
    assert [one.code for one in told] == [0, 0, 0, 0], [one.lines[-5:] for one in told]
    administration = administrations.opened(path)
    administrations.require_sound(administration)
    rows = administration.read(
        lambda s: s.scalars(select(Document.series_number).order_by(Document.series_number)).all()
    )
    administration.close()
    assert rows == list(range(1, 4 * each + 1))
    said = [number for one in told for number in one.lines]
    assert len(set(said)) == 4 * each


def test_four_processes_give_out_every_number_once(path):
    four_at_once(path, 8)


@pytest.mark.full
def test_four_processes_issue_a_thousand_invoices(path):
    four_at_once(path, 250)
