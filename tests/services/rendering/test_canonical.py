"""Snapshots as JSON with one spelling."""

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantenapp.models.values import Money, Percent, Period, Quantity, UnitPrice
from klantenapp.services.rendering import snapshot as shapes
from klantenapp.services.rendering.canonical import digest, from_json, to_json
from klantenapp.services.rendering.snapshot import (
    Ageing,
    DocumentSnapshot,
    LetterSnapshot,
    LetterTable,
    Line,
    Look,
    Paragraph,
    Party,
    Reference,
    StatementRow,
    StatementSnapshot,
    TaxTotal,
)

SELLER = Party(legal_name="S. de Wilde", trade_name="Noordkade Installatie", kvk="01234567")
CUSTOMER = Party(legal_name="VvE Modelflat")
LOOK = Look(style="klassiek")


def invoice(**changes):
    content = {
        "kind": "invoice",
        "language": "nl",
        "seller": SELLER,
        "customer": CUSTOMER,
        "number": "2026-0189",
        "date": dt.date(2026, 11, 23),
        "supply": Period(dt.date(2026, 11, 9), dt.date(2026, 11, 16)),
        "lines": (
            Line(
                description="Monteur",
                quantity=Quantity(120_000),
                unit_price=UnitPrice(620_000),
                tax_category="S",
                tax_percent=Percent(2100),
                net=Money(74_400),
            ),
        ),
        "taxes": (
            TaxTotal(category="S", percent=Percent(2100), base=Money(74_400), tax=Money(15_624)),
        ),
        "net_total": Money(74_400),
        "tax_total": Money(15_624),
        "total": Money(90_024),
        "look": LOOK,
        "currency": "EUR",
        "refers_to": Reference(number="O-1", date=dt.date(2026, 1, 2)),
    }
    return DocumentSnapshot(**(content | changes))


def test_an_invoice_comes_back_equal():
    assert from_json(to_json(invoice())) == invoice()


def test_a_statement_comes_back_equal():
    statement = StatementSnapshot(
        kind="movements",
        language="en",
        seller=SELLER,
        customer=CUSTOMER,
        rows=(
            StatementRow(
                date=dt.date(2026, 7, 10), kind="invoice", debit=Money(5), balance=Money(0)
            ),
        ),
        ageing=Ageing(
            not_due=Money(0), d1_30=Money(1), d31_60=Money(0), d61_90=Money(0), d90_plus=Money(-3)
        ),
        balance=Money(-2),
        overdue=Money(0),
        printed=dt.date(2026, 11, 23),
        period=Period(None, dt.date(2026, 11, 23)),
        look=LOOK,
    )
    assert from_json(to_json(statement)) == statement


def test_a_letter_comes_back_equal():
    letter = LetterSnapshot(
        language="nl",
        seller=SELLER,
        customer=CUSTOMER,
        date=dt.date(2026, 11, 23),
        subject="Betaal nu",
        body=(Paragraph.plain("Regel één\nregel twee <b> & 🙂"),),
        table=LetterTable(title="Wat u nu betaalt", rows=(), total=Money(54_927)),
        look=LOOK,
    )
    assert from_json(to_json(letter)) == letter


def test_amounts_are_integers_and_keys_are_sorted():
    text = to_json(invoice())
    content = json.loads(text)
    assert content["total"] == 90_024
    assert content["lines"][0]["quantity"] == 120_000
    assert list(content) == sorted(content)
    assert " " not in text.replace("Noordkade Installatie", "").replace("S. de Wilde", "").replace(
        "VvE Modelflat", ""
    )


def test_an_empty_field_is_left_out_so_that_a_new_field_changes_no_digest():
    assert "closing" not in json.loads(to_json(invoice()))
    assert digest(invoice(closing="")) == digest(invoice())
    assert digest(invoice(closing="Dank")) != digest(invoice())


def test_an_amount_of_zero_is_not_an_empty_field():
    assert json.loads(to_json(invoice(tax_total=Money(0))))["tax_total"] == 0


def test_every_optional_field_is_empty_by_default():
    kinds = [kind for kind in vars(shapes).values() if dataclasses.is_dataclass(kind)]
    for kind in kinds:
        for field in dataclasses.fields(kind):
            assert field.default is dataclasses.MISSING or field.default in (None, "", (), False)
            assert field.default_factory is dataclasses.MISSING


def test_the_digest_of_a_known_document_never_changes():
    assert digest(invoice()) == "b7a6a967f7b0cab1d1ee889d3f7dcbf20cb81bf11dd07c1c840ab3bcb2dee55e"


@pytest.mark.parametrize("text", ["[]", "{}", '{"snapshot":"document","unknown":1}', "nonsense"])
def test_what_is_no_snapshot_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError is the documented refusal
        from_json(text)


@given(
    texts=st.lists(st.text(), min_size=3, max_size=3),
    cents=st.integers(-(10**13), 10**13),
    day=st.none() | st.dates(),
)
def test_any_content_comes_back_equal(texts, cents, day):
    document = invoice(
        intro=texts[0], closing=texts[1], number=texts[2] or None, due_date=day, total=Money(cents)
    )
    assert from_json(to_json(document)) == document
    assert digest(from_json(to_json(document))) == digest(document)
