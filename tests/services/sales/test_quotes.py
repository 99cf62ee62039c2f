"""Quotes become invoices at the quoted prices; deposits come off the final invoice."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.sales import Shop, line

from klantenapp.models.document import Document
from klantenapp.models.values import ONE, Money, Percent, Quantity
from klantenapp.services.errors.sales import QuoteDeclined, QuoteExpired, QuoteInvoiced, WrongKind
from klantenapp.services.rendering import canonical
from klantenapp.services.sales import credits as credits_
from klantenapp.services.sales import (
    documents,
    drafts,
    links,
    quote_lines,
    quotes,
    standard_texts,
    view,
)
from klantenapp.services.sales.inputs import ALTERNATIVE, LineInput
from klantenapp.services.sales.standard_texts import Texts
from klantenapp.services.store import clock, settings

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
    found = shop.administration.read(lambda s: links.related(s, document))
    assert [(one.document_id, one.link, one.forward, one.number) for one in found] == [
        (draft, "quote", True, "2026-0001")
    ]


def test_optional_lines_count_only_when_they_are_chosen(shop):
    document = quote(shop, line("100.00"), line("40.00", optional=True))
    assert row(shop, document).total == Money(12100)
    typed = shop.administration.read(lambda s: drafts.read(s, document))
    both = {each.id: each.quantity for each in typed.lines}
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


def lines_of(shop, document_id):
    return shop.administration.read(lambda s: quote_lines.quote_lines(s, document_id))


def totals(shop, *documents_):
    return sum(row(shop, each).total.cents for each in documents_)


def test_a_part_is_invoiced_first_and_the_rest_later_and_nothing_twice(shop):
    document = quote(shop, line("10.00", "5"), line("100.00"))
    first, second = (each.line_id for each in lines_of(shop, document))
    part = {first: Quantity.parse("2")}
    one = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document, part)
    assert [each.left for each in lines_of(shop, document)] == [Quantity.parse("3"), ONE]
    shop.issue(one)
    two = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document)
    assert totals(shop, one, two) == row(shop, document).total.cents
    with pytest.raises(QuoteInvoiced):
        run(shop, quotes.TO_INVOICE, quotes.to_invoice, document)
    # A draft that is deleted gives its lines back; lines can be invoiced once more by choice.
    shop.administration.undo()
    assert [each.left for each in lines_of(shop, document)] == [Quantity.parse("3"), ONE]
    again = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document, {second: ONE})
    assert row(shop, again).total == Money(12100)


def test_what_was_credited_in_full_can_be_invoiced_again(shop):
    document = quote(shop, line("100.00"))
    made = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document)
    shop.issue(made)
    run(shop, credits_.CREDIT, credits_.credit, made, credits_.Wanted())
    assert [each.left for each in lines_of(shop, document)] == [ONE]


def test_a_deposit_is_taken_off_once_by_the_invoice_that_settles_it(shop):
    document = quote(shop, line("600.00"), line("400.00"))
    first, second = (each.line_id for each in lines_of(shop, document))
    deposit = run(shop, quotes.TO_DEPOSIT, quotes.to_deposit, document, Percent.parse("25"))
    shop.issue(deposit)
    part = run(
        shop, quotes.TO_INVOICE, quotes.to_invoice, document, {first: ONE}, settle_deposits=False
    )
    final = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document)
    assert totals(shop, deposit, part, final) == row(shop, document).total.cents
    assert row(shop, part).total == Money(72600)
    again = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document, {second: ONE})
    assert row(shop, again).total == Money(48400), "the deposit is not taken off a second time"
    seen = shop.administration.read(lambda s: links.related(s, deposit))
    assert [(one.document_id, one.link, one.forward) for one in seen] == [
        (document, "deposit", False),
        (final, "deposit", True),
    ]


def test_an_alternative_takes_the_place_of_the_line_before_it(shop):
    document = quote(shop, line("100.00"), line("150.00", alternative=ALTERNATIVE))
    assert row(shop, document).total == Money(12100)
    _base, other = lines_of(shop, document)
    assert (other.mark, other.amount) == ("alternative", Money(15000))
    draft = run(shop, quotes.TO_INVOICE, quotes.to_invoice, document, {other.line_id: ONE})
    assert shop.issue(draft).total == Money(18150)


def test_a_quote_without_a_last_day_is_valid_for_thirty_days(shop):
    document = quote(shop, line("100.00"), valid_until=None)
    assert row(shop, document).valid_until == dt.date(2026, 12, 23)


def test_a_copy_of_a_quote_is_a_quote_with_its_options(shop):
    document = quote(shop, line("100.00"), line("40.00", optional=True))
    new = run(shop, drafts.COPY, drafts.copy, document)
    found = row(shop, new)
    assert (found.kind, found.status, found.total) == ("quote", "draft", Money(12100))
    assert shop.administration.read(lambda s: drafts.read(s, new)).lines[1].optional


def test_own_texts_stand_above_and_below_the_lines_in_the_language_of_the_document(shop):
    texts = {
        ("quote", "nl"): Texts("Dank voor uw aanvraag.", "Graag tot ziens."),
        ("quote", "en"): Texts("Thank you for asking.", ""),
    }
    run(shop, settings.CHANGE, standard_texts.write, texts)

    def shown(**values):
        document = quote(shop, line("100.00"), **values)
        read = lambda s: canonical.from_json(s.get_one(Document, document).snapshot or "")  # noqa: E731
        found = shop.administration.read(read)
        return found.intro, found.closing

    assert shown() == ("Dank voor uw aanvraag.", "Graag tot ziens.")
    assert shown(language="en") == ("Thank you for asking.", "")
    assert shown(intro="Anders.") == ("Anders.", "Graag tot ziens.")
