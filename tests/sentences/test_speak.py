import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from klantenapp import i18n
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.sentences import common, speak
from klantenapp.services.errors.base import Invalid, NotFound, Refusal


@dataclass(eq=False)
class Everything(Refusal):
    money: Money
    quantity: Quantity
    price: UnitPrice
    percent: Percent
    day: dt.date
    nothing: None
    number: int
    names: tuple[str, ...]
    count: int


@pytest.fixture
def known(monkeypatch):
    table = dict(speak._table("SENTENCES"))
    original = speak._table
    monkeypatch.setattr(
        speak, "_table", lambda name: table if name == "SENTENCES" else original(name)
    )
    return table


def failure(count=1):
    return Everything(
        Money(123456),
        Quantity(25000),
        UnitPrice(1250),
        Percent(2100),
        dt.date(2026, 11, 23),
        None,
        2026,
        ("a", "b"),
        count,
    )


def test_attributes_are_written_by_their_type(known):
    known[Everything] = "{money}|{quantity}|{price}|{percent}|{day}|{nothing}|{number}|{names}"
    expected = "€\u00a01.234,56|2,5|0,125|21%|23-11-2026||2026|a, b"
    assert speak.sentence(failure()) == expected


def test_a_plural_follows_its_count(known):
    known[Everything] = ("{count} day ago", "{count} days ago")
    i18n.set_language("en")
    assert speak.sentence(failure(1)) == "1 day ago"
    assert speak.sentence(failure(3)) == "3 days ago"


def test_not_found_speaks_of_the_noun_in_the_language():
    dutch = speak.sentence(NotFound("customer", "K-9"))
    i18n.set_language("en")
    english = speak.sentence(NotFound("customer", "K-9"))
    assert "lant" in dutch
    assert "ustomer" in english
    assert "K-9" in dutch
    assert "K-9" in english


def test_an_unknown_noun_has_a_sentence_too():
    assert "“x”" in speak.sentence(NotFound("something", "x"))


def test_braces_in_what_the_user_typed_stay_as_they_are():
    assert "“{key}”" in speak.sentence(i18n.NotANumber("{key}"))


def test_several_problems_are_one_line_each():
    problems = (("a", NotFound("item", "1")), (None, NotFound("item", "2")))
    assert len(speak.sentence(Invalid(problems)).splitlines()) == 2


def test_a_failure_nobody_expected_has_no_sentence():
    with pytest.raises(KeyError):
        speak.sentence(RuntimeError("x"))


def test_an_operation_nobody_named_has_no_label():
    with pytest.raises(KeyError):
        speak.operation_label("no.such")


def test_every_label_is_a_text():
    for name in speak.known_operations():
        assert speak.operation_label(name)


def test_two_modules_may_not_claim_the_same_failure(monkeypatch):
    monkeypatch.setattr(speak, "_chapters", lambda: iter([common, common]))
    with pytest.raises(ValueError, match="common"):
        speak._table.__wrapped__("SENTENCES")


def test_a_chapter_says_it_better_than_the_common_sentence(monkeypatch):
    chapter = SimpleNamespace(__name__="chapter", NOT_FOUND={"customer": "mine"})
    monkeypatch.setattr(speak, "_chapters", lambda: iter([chapter]))
    assert speak._table.__wrapped__("NOT_FOUND")["customer"] == "mine"
