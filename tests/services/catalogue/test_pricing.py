import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantenapp.models.values import ONE, Money, Percent, Period, Quantity, UnitPrice
from klantenapp.services.catalogue.price_book import (
    Agreement,
    PriceBook,
    PricedItem,
    PriceList,
    Tier,
    refuse_circle,
)
from klantenapp.services.catalogue.pricing import Level, Reason, Request, Source, price
from klantenapp.services.catalogue.tax import Category
from klantenapp.services.catalogue.tax_totals import TaxedAmount, totals
from klantenapp.services.errors.catalogue import NoPrice, PriceListCircle

DAY = dt.date(2026, 6, 1)
HIGH = Percent(2100)
NONE = Quantity(0)


def one(amount):
    return (Tier(NONE, UnitPrice.parse(amount)),)


def test_every_candidate_is_told_why_it_lost():
    item = PricedItem(1, 10, UnitPrice.parse("95"), HIGH)
    book = PriceBook(
        agreements=(
            Agreement(
                7,
                "Nu",
                Period(dt.date(2026, 1, 1), None),
                {1: (Tier(Quantity.parse("10"), UnitPrice.parse("70")),)},
                discount=Percent(500),
            ),
            Agreement(6, "Vorig", Period(None, dt.date(2025, 12, 31)), {1: one("60")}),
        ),
        lists={
            1: PriceList(1, "Straks", period=Period(dt.date(2027, 1, 1)), prices={1: one("50")}),
            2: PriceList(2, "Leeg"),
            3: PriceList(
                3, "Staffel", prices={1: (Tier(Quantity.parse("5"), UnitPrice.parse("40")),)}
            ),
        },
        document_list=1,
        contract_list=2,
        customer_list=3,
        business_list=2,
        customer_discount=Percent(300),
    )
    found = price(Request(item, ONE, DAY), book)
    told = [(each.source, each.level, each.name, each.reason) for each in found.candidates]
    assert told == [
        (Source.CONTRACT, None, "Nu", Reason.BELOW_QUANTITY),
        (Source.CONTRACT, None, "Vorig", Reason.EXPIRED),
        (Source.CONTRACT_DISCOUNT, None, "Nu", Reason.HAS_CONTRACT_PRICE),
        (Source.CONTRACT_DISCOUNT, None, "Vorig", Reason.NO_DISCOUNT),
        (Source.PRICE_LIST, Level.DOCUMENT, "Straks", Reason.NOT_YET_VALID),
        (Source.PRICE_LIST, Level.CONTRACT, "Leeg", Reason.NO_PRICE),
        (Source.PRICE_LIST, Level.CUSTOMER, "Staffel", Reason.BELOW_QUANTITY),
        (Source.ITEM, None, "", Reason.CHOSEN),
    ]
    assert (found.price, found.discount) == (UnitPrice.parse("95"), Percent(300))
    # The prices that lost are there too, so that the user can still take one.
    assert [each.price and str(each.price) for each in found.candidates] == [
        "70.00",
        "60.00",
        "95.00",
        "95.00",
        "50.00",
        None,
        "40.00",
        "95.00",
    ]
    assert found.candidates[0].min_quantity == Quantity.parse("10")


def test_a_price_that_was_typed_outranks_all_that_would_have_held():
    book = PriceBook(
        agreements=(Agreement(7, "Nu", prices={1: one("70")}),),
        lists={1: PriceList(1, "Lijst", prices={1: one("80")})},
        business_list=1,
    )
    item = PricedItem(1, price=UnitPrice.parse("95"), tax=HIGH)
    found = price(Request(item, ONE, DAY, manual_price=UnitPrice.parse("1")), book)
    assert [each.reason for each in found.candidates] == [
        Reason.CHOSEN,
        Reason.OUTRANKED,
        Reason.NO_DISCOUNT,
        Reason.OUTRANKED,
        Reason.OUTRANKED,
    ]


def test_an_explicit_zero_for_a_group_takes_it_out_of_the_contract_discount():
    agreement = Agreement(7, "Nu", discount=Percent(500), group_discounts={10: Percent(0)})
    book = PriceBook(agreements=(agreement,))
    item = PricedItem(1, 10, UnitPrice.parse("95"), HIGH)
    assert price(Request(item, ONE, DAY), book).source is Source.ITEM


def test_an_item_without_any_price_is_refused_by_its_code():
    with pytest.raises(NoPrice) as caught:
        price(Request(PricedItem(1, code="UUR"), ONE, DAY), PriceBook())
    assert caught.value.item == "UUR"


def test_a_price_below_its_rounding_is_not_rounded_to_nothing():
    lists = {1: PriceList(1, "Lijst", percent=Percent(-1000), rounding=5)}
    item = PricedItem(1, price=UnitPrice.parse("0.0025"), tax=HIGH)
    found = price(Request(item, ONE, DAY), PriceBook(lists=lists, business_list=1))
    assert str(found.price) == "0.0023"  # 0.00225


def test_a_circle_of_base_lists_is_refused_with_its_names():
    lists = {
        1: PriceList(1, "Een", base_id=2),
        2: PriceList(2, "Twee", base_id=3),
        3: PriceList(3, "Drie", base_id=1),
        4: PriceList(4, "Vier", base_id=1),
        5: PriceList(5, "Vijf", base_id=6),
        6: PriceList(6, "Zes"),
    }
    with pytest.raises(PriceListCircle) as caught:
        refuse_circle(lists[1], lists)
    assert caught.value.names == ("Een", "Twee", "Drie")
    refuse_circle(lists[4], lists)
    refuse_circle(lists[5], lists)
    item = PricedItem(1, price=UnitPrice.parse("1"), tax=HIGH)
    with pytest.raises(PriceListCircle):
        price(Request(item, ONE, DAY), PriceBook(lists=lists, customer_list=4))


@pytest.mark.parametrize(
    "step", [pytest.param(1, marks=pytest.mark.full), pytest.param(37, id="sample")]
)
@pytest.mark.parametrize("tax", [2100, 900])
def test_a_gross_list_price_is_on_the_invoice_to_the_cent(step, tax):
    percent = Percent(tax)
    item = PricedItem(1, tax=percent)
    for cents in range(1, 100_001, step):
        gross = Money(cents)
        lists = {1: PriceList(1, "Winkel", True, prices={1: (Tier(NONE, UnitPrice.of(gross)),)})}  # noqa: FBT003 - the third field is includes_tax
        book = PriceBook(lists=lists, customer_list=1, prices_include_tax=True)
        found = price(Request(item, ONE, DAY), book)
        line = TaxedAmount(found.price.times(ONE, found.discount), Category.STANDARD, percent)
        assert totals([line], prices_include_tax=True).total == gross


days = st.dates(dt.date(2025, 12, 28), dt.date(2026, 1, 5))
edges = st.none() | days
prices = st.integers(0, 2_000_000).map(UnitPrice)
percents = st.none() | st.sampled_from([0, 300, 500, 1500, 10_000]).map(Percent)


@st.composite
def periods(draw):
    start, end = draw(edges), draw(edges)
    if start and end and end < start:
        start, end = end, start
    return Period(start, end)


@st.composite
def tiers(draw):
    starts = sorted(draw(st.sets(st.sampled_from([0, 10_000, 50_000, 100_000]), min_size=1)))
    return tuple(Tier(Quantity(start), draw(prices)) for start in starts)


priced_items = st.dictionaries(st.integers(1, 3), tiers(), max_size=3)


@st.composite
def books(draw):
    agreements = tuple(
        Agreement(
            number,
            f"C{number}",
            draw(periods()),
            draw(priced_items),
            draw(percents),
            draw(st.dictionaries(st.integers(1, 2), percents.filter(bool), max_size=2)),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    lists = {}
    for number in (1, 2, 3):
        base = draw(st.sampled_from([None, *lists]))
        lists[number] = PriceList(
            number,
            f"L{number}",
            draw(st.booleans()),
            draw(periods()),
            draw(priced_items),
            base,
            draw(st.none() | st.sampled_from([-1000, 0, 500]).map(Percent)),
            draw(st.sampled_from([1, 5, 50, 100])),
        )
    chosen = st.sampled_from([None, 1, 2, 3])
    return PriceBook(
        agreements,
        lists,
        draw(chosen),
        draw(chosen),
        draw(chosen),
        draw(chosen),
        draw(percents),
        draw(st.booleans()),
    )


requests = st.builds(
    Request,
    st.builds(
        PricedItem,
        st.integers(1, 3),
        st.none() | st.integers(1, 2),
        st.none() | prices,
        st.sampled_from([2100, 900, 0]).map(Percent),
    ),
    st.integers(-200_000, 200_000).map(Quantity),
    days,
    st.none() | prices,
    percents,
)


def in_force(period, day):
    return (period.start or dt.date.min) <= day <= (period.end or dt.date.max)


def check_price(request, book):
    try:
        found = price(request, book)
    except NoPrice:
        assert request.manual_price is None
        assert request.item.price is None
        return
    chosen = [each for each in found.candidates if each.reason is Reason.CHOSEN]
    assert len(chosen) == 1
    (won,) = chosen
    assert (won.source, won.price, won.name) == (found.source, found.price, found.name)
    assert won.period is None or in_force(won.period, request.day)
    assert (found.source is Source.MANUAL) == (request.manual_price is not None)
    # The order of precedence: nothing that holds stands before the one that won.
    order = list(Source)
    for each in found.candidates:
        if each.reason is Reason.OUTRANKED:
            assert order.index(each.source) >= order.index(won.source)
            assert each.period is None or in_force(each.period, request.day)
        if each.reason is Reason.EXPIRED:
            assert each.period.end < request.day
        if each.reason is Reason.NOT_YET_VALID:
            assert each.period.start > request.day
    # A contract's discount never comes with a contract price, nor the customer's with either.
    if request.manual_discount is None:
        if found.source in {Source.CONTRACT, Source.MANUAL}:
            assert found.discount is None
        elif found.source is Source.CONTRACT_DISCOUNT:
            (agreement,) = (each for each in book.agreements if each.id == found.source_id)
            assert request.item.id not in agreement.prices
            assert found.discount in {agreement.discount, *agreement.group_discounts.values()}
        else:
            assert found.discount == (book.customer_discount or None)
    else:
        assert found.discount == request.manual_discount
    # Repricing what was just priced changes nothing.
    assert price(request, book) == found


@settings(max_examples=300, deadline=None, derandomize=True)
@given(requests, books())
def test_a_line_has_exactly_one_source_and_repricing_changes_nothing(request, book):
    check_price(request, book)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None)
@given(requests, books())
def test_a_line_has_exactly_one_source_ten_thousand_times(request, book):
    check_price(request, book)
