"""Quotes become invoices at the quoted prices; deposits come off the final invoice."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop, line

from klantenapp.models.values import Money, Percent
from klantenapp.services.errors.sales import QuoteDeclined, QuoteExpired, WrongKind
from klantenapp.services.sales import documents, drafts, quotes, view
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def quote(shop, *lines, **values):
    values.setdefault("valid_until", dt.date(2026, 12, 23))
    return shop.issue(shop.draft(shop.customer(), *lines, kind="quote", **values)).document_id


def run(shop, operation, work, *args, **values):
    return shop.administration.write(operation, lambda s: work(s, *args, **values))[0]


def row(shop, document_id, day=TODAY):
    return shop.administration.read(lambda s: documents.row(s, document_id, day))


def test_a_quote_has_its_own_numbers_and_owes_nothing(shop):
    document = quote(shop, line("100.00"))
    found = row(shop, document)
    assert (found.number, found.status, found.open_amount) == ("O2026-0001", "sent", Money(0))
    assert row(shop, document, dt.date(2026, 12, 24)).status == "expired"


def test_the_answer_can_be_taken_back(shop):
    document = quote(shop, line("100.00"))
    run(shop, quotes.ACCEPT, quotes.accept, document)
    assert row(shop, document).status == "accepted"
    shop.administration.undo()
    assert row(shop, document).status == "sent"
    run(shop, quotes.DECLINE, quotes.decline, document)
    with pytest.raises(QuoteDeclined):
        run(shop, quotes.TO_INVOICE, quotes.to_invoice, document)
    with pytest.raises(QuoteExpired):
        run(shop, quotes.ACCEPT, quotes.accept, document, dt.date(2027, 1, 1))


def test_the_quoted_price_holds_whatever_the_item_costs_now(shop):
    from klantenapp.models.values import UnitPrice  # noqa: PLC0415 - as above
    from klantenapp.services.catalogue import items  # noqa: PLC0415 - only this test changes an item

    item = shop.item(price="62.00")
    document = quote(shop, LineInput(item_id=item))
    change = partial(items.change, item_id=item, values={"price": UnitPrice.parse("99")})
    shop.administration.write(items.CHANGE, change)
    draft = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document)
    issued = shop.issue(draft)
    assert issued.total == Money(7502)
    links = shop.administration.read(lambda s: quotes.links(s, document))
    assert links == [(draft, "quote", "2026-0001")]


def test_optional_lines_count_only_when_they_are_chosen(shop):
    document = quote(shop, line("100.00"), line("40.00", optional=True))
    assert row(shop, document).total == Money(12100)
    typed = shop.administration.read(lambda s: drafts.read(s, document))
    both = [each.id for each in typed.lines]
    draft = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document, both)
    assert shop.issue(draft).total == Money(16940)


@pytest.mark.parametrize("discount", [None, Percent.parse("7.5")])
def test_deposit_and_final_invoice_together_are_the_quote(shop, discount):
    low = shop.tax_code("low")
    document = quote(shop, line("333.33"), line("77.77", tax_code_id=low), total_discount=discount)
    whole = row(shop, document).total
    deposit = run(shop, quotes.TO_DEPOSIT, quotes.to_deposit, document, Percent.parse("30"))
    first = shop.issue(deposit).total
    final = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document)
    second = shop.issue(final).total
    assert abs((first + second - whole).cents) <= 1, "at most a cent, where tax rounds twice"
    shown = shop.administration.read(lambda s: view.view(s, final, TODAY))
    assert any("2026-0001" in each.description for each in shown.lines)


def test_an_invoice_is_no_quote(shop):
    issued = shop.invoice(shop.customer())
    with pytest.raises(WrongKind):
        run(shop, quotes.ACCEPT, quotes.accept, issued.document_id)
