"""Drafts are brought up to today's agreements in one step; typed prices stay."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories import agreements
from tests.factories.agreements import agreed
from tests.factories.sales import Shop, line

from klantenapp.models.document import Document
from klantenapp.models.values import Money, Quantity, UnitPrice
from klantenapp.services.catalogue import items
from klantenapp.services.sales import repricing
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.sales.repricing import Repriced
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def stored(shop, document_id):
    return shop.administration.read(lambda s: s.get_one(Document, document_id).total)


def reprice(shop, *document_ids):
    work = partial(repricing.reprice, document_ids=document_ids)
    return shop.administration.write(repricing.REPRICE, work)[0]


def test_only_lines_that_follow_agreements_change_and_it_is_one_step_back(shop):
    customer = shop.customer()
    hour = shop.item("UUR", "68.00")
    draft = shop.draft(
        customer,
        LineInput(item_id=hour, quantity=Quantity.parse("2")),
        LineInput(item_id=hour, unit_price=UnitPrice.parse("70.00")),
        line("10.00"),
    )
    other = shop.draft(shop.customer("Ander"), LineInput(item_id=hour))
    issued = shop.issue(shop.draft(customer, LineInput(item_id=hour))).document_id
    assert stored(shop, draft) == Money(26136)  # (136 + 70 + 10) × 1,21
    agreements.add(shop.administration, customer, prices=(agreed(hour, "62.00"),))
    assert shop.administration.read(lambda s: repricing.stale(s, [customer])) == {draft: 1}
    assert reprice(shop, draft, other, issued) == Repriced(documents=1, lines=1)
    assert stored(shop, draft) == Money(24684)  # (124 + 70 + 10) × 1,21
    assert stored(shop, issued) == Money(8228)
    assert shop.administration.read(repricing.stale) == {}
    assert reprice(shop, draft, other) == Repriced(0, 0)
    shop.administration.undo()
    assert stored(shop, draft) == Money(26136)


def test_a_draft_whose_item_lost_its_price_is_left_alone(shop):
    customer, hour = shop.customer(), shop.item("UUR", "68.00")
    draft = shop.draft(customer, LineInput(item_id=hour))
    work = partial(items.change, item_id=hour, values={"price": None})
    shop.administration.write(items.CHANGE, work)
    assert shop.administration.read(repricing.stale) == {}
    assert reprice(shop, draft) == Repriced(0, 0)
