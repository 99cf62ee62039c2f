import datetime as dt

import pytest

from klantenapp import i18n
from klantenapp.models.values import Period, Quantity
from klantenapp.sentences import reasons
from klantenapp.services.catalogue.pricing import Candidate, Level, Reason, Source
from klantenapp.services.receivables import proposals


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (reasons.PRICE_SOURCES, Source),
        (reasons.PRICE_LEVELS, Level),
        (reasons.PRICE_REASONS, Reason),
        (reasons.CERTAINTIES, proposals.Certainty),
        (reasons.MATCH_REASONS, proposals.Reason),
        (reasons.MATCH_DOUBTS, proposals.Doubt),
    ],
)
def test_every_code_has_its_words(table, codes):
    assert set(table) == set(codes)


def test_a_price_that_lost_says_why_with_its_day_or_quantity():
    period = Period(dt.date(2026, 2, 1), dt.date(2026, 11, 30))
    told = [
        reasons.price_reason(
            Candidate(Source.CONTRACT, reason, period=period, min_quantity=Quantity(105_000))
        )
        for reason in (Reason.NOT_YET_VALID, Reason.EXPIRED, Reason.BELOW_QUANTITY)
    ]
    assert told == [
        "Geldig vanaf 01-02-2026",
        "Geldig tot en met 30-11-2026",
        "Vanaf aantal 10,5",
    ]
    bare = Candidate(Source.ITEM, Reason.NO_PRICE)
    assert reasons.price_reason(bare) == "Heeft geen prijs voor dit artikel"
    listed = Candidate(Source.PRICE_LIST, Reason.OUTRANKED, level=Level.CUSTOMER)
    assert reasons.price_origin(listed) == "Prijslijst van de klant"
    assert reasons.price_origin(bare) == "Standaardprijs"


def test_a_proposal_is_told_in_the_language_of_the_interface():
    assert reasons.certainty(proposals.Certainty.LIKELY) == "Waarschijnlijk"
    i18n.set_language("en")
    assert reasons.certainty(proposals.Certainty.LIKELY) == "Likely"
    assert reasons.match_reason(proposals.Doubt.SEVERAL_FIT) == "Several invoices fit"
    assert reasons.match_reason(proposals.Reason.NUMBER) == "Invoice number in the text"
