"""A contract holds for a period, alone, and says what happens when it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from tests.factories import agreements
from tests.factories.agreements import END, START, agreed
from tests.factories.sales import Shop

from klantenapp.models.catalogue import ItemGroup
from klantenapp.models.contract import Contract, Span, in_force
from klantenapp.models.values import Percent, Period, Quantity, UnitPrice
from klantenapp.services.catalogue import (
    contract_prices,
    contract_view,
    contracts,
    items,
)
from klantenapp.services.catalogue.contract_data import GroupDiscount
from klantenapp.services.errors.agreements import (
    AgreementNameMissing,
    ChangeOutOfRange,
    ContractInUse,
    ContractIsDraft,
    ContractOverlap,
    ContractOverlapOpen,
    DiscountOutOfRange,
    EndBeforeStart,
    EndOutsideContract,
    GroupTwice,
    PriceNegative,
    QuantityNegative,
    TierTwice,
)
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.catalogue import NoFixedRate
from klantenapp.services.messages import attachments
from klantenapp.services.sales.inputs import LineInput
from klantenapp.services.store import clock, files

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


class World:
    """A customer and items, and contracts written through the door."""

    def __init__(self, administration):
        self.administration = administration
        self.shop = Shop(administration)
        self.customer = self.shop.customer()
        self.hour = self.shop.item("UUR", "68.00")
        self.boiler = self.shop.item("KETEL", "94.50")

    def add(self, **values):
        return agreements.add(self.administration, self.customer, **values)

    def write(self, operation, work, **values):
        return self.administration.write(operation, partial(work, **values))[0]

    def read(self, contract_id):
        return self.administration.read(lambda s: contracts.read(s, contract_id))

    def change(self, contract_id, **values):
        data = replace(self.read(contract_id), **values)
        self.write(contracts.CHANGE, contracts.change, contract_id=contract_id, data=data)

    def rows(self, today=TODAY):
        return self.administration.read(lambda s: contract_view.rows(s, today, self.customer))

    def state(self, contract_id, today=TODAY):
        return next(row.state for row in self.rows(today) if row.id == contract_id)

    def ending(self, today=TODAY):
        return self.administration.read(lambda s: contract_view.ending(s, today))

    def group(self, name):
        return self.administration.write(items.ADD, partial(_group, name=name))[0]


def _group(session, name):
    group = ItemGroup(name=name)
    session.add(group)
    session.flush()
    return group.id


@pytest.fixture
def world(administration):
    with clock.stopped(TODAY):
        yield World(administration)


def problems(call, *arguments, **values):
    """(field, failure) pairs of a refusal."""
    with pytest.raises(Invalid) as caught:
        call(*arguments, **values)
    return [(field, type(failure)) for field, failure in caught.value.problems]


def test_a_contract_is_stored_whole_and_read_back_the_same(world):
    group = world.group("Materiaal")
    values = {
        "reference": "RC-26",
        "prices": (agreed(world.hour, "62.00"), agreed(world.boiler, "84.00", "10")),
        "discount": "2.5",
        "group_discounts": (GroupDiscount(group_id=group, percent=Percent.parse("10")),),
        "total_discount": "1",
        "tax_treatment": "reverse_charge",
        "at_end": "renew",
    }
    found = world.add(**values)
    assert world.read(found) == agreements.data(world.customer, **values)


def test_changing_prices_touches_only_those_that_differ_and_is_undone_in_one_step(world):
    found = world.add(prices=(agreed(world.hour, "62.00"), agreed(world.boiler, "84.00", "10")))
    before = world.read(found)
    world.change(
        found,
        prices=(agreed(world.hour, "62.00"), agreed(world.boiler, "83.00", "12")),
    )
    changed = world.read(found)
    assert [str(price.price) for price in changed.prices] == ["62.00", "83.00"]
    world.administration.undo()
    assert world.read(found) == before
    _result, changes = world.administration.write(
        contracts.CHANGE,
        partial(contracts.change, contract_id=found, data=before),
    )
    assert not changes.touches("contract_price")


def test_what_is_wrong_is_refused_at_its_field(world):
    group = world.group("Materiaal")
    double = GroupDiscount(group_id=group, percent=Percent.parse("10"))
    for values, expected in (
        ({"name": " "}, ("name", AgreementNameMissing)),
        ({"valid_from": END, "valid_to": START}, ("valid_to", EndBeforeStart)),
        ({"discount": "100.01"}, ("discount", DiscountOutOfRange)),
        ({"total_discount": "-1"}, ("total_discount", DiscountOutOfRange)),
        ({"tax_treatment": "fixed"}, ("fixed_tax_percent", NoFixedRate)),
        ({"prices": (agreed(world.hour, "1"), agreed(world.hour, "2"))}, ("prices", TierTwice)),
        ({"prices": (agreed(world.hour, "-1"),)}, ("prices", PriceNegative)),
        ({"prices": (agreed(world.hour, "1", "-1"),)}, ("prices", QuantityNegative)),
        ({"group_discounts": (double, double)}, ("group_discounts", GroupTwice)),
        (
            {"group_discounts": (replace(double, percent=Percent.parse("101")),)},
            ("group_discounts", DiscountOutOfRange),
        ),
    ):
        assert problems(world.add, **values) == [expected]
    with pytest.raises(NotFound):
        world.add(prices=(agreed(999, "1"),))
    with pytest.raises(NotFound):
        world.add(price_list_id=999)
    assert world.rows() == []


def test_several_problems_are_told_at_once(world):
    assert problems(world.add, name="", discount="200") == [
        ("name", AgreementNameMissing),
        ("discount", DiscountOutOfRange),
    ]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (dt.date(2026, 12, 31), dt.date(2027, 6, 30), "valid_from"),
        (dt.date(2025, 6, 1), dt.date(2026, 1, 1), "valid_to"),
        (dt.date(2025, 6, 1), None, "valid_to"),
        (dt.date(2025, 6, 1), dt.date(2027, 1, 1), "valid_to"),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 1), "valid_from"),
    ],
)
def test_an_overlap_is_refused_at_the_date_field_with_the_other_contract_named(
    world, start, end, field
):
    world.add()
    with pytest.raises(Invalid) as caught:
        world.add(name="Ander", valid_from=start, valid_to=end)
    ((at, failure),) = caught.value.problems
    assert (at, type(failure)) == (field, ContractOverlap)
    assert (failure.name, failure.start, failure.end) == ("Raamcontract 2026", START, END)


def test_contracts_that_meet_other_customers_and_drafts_do_not_overlap(world):
    world.add()
    world.add(name="Voor", valid_from=dt.date(2025, 1, 1), valid_to=START - DAY)
    world.add(name="Na", valid_from=END + DAY, valid_to=None)
    agreements.add(world.administration, world.shop.customer("Ander B.V."))
    draft = world.add(name="Concept", is_draft=True)
    assert problems(world.write, contracts.CONFIRM, contracts.confirm, contract_id=draft) == [
        ("valid_from", ContractOverlap)
    ]
    assert problems(world.add, name="X", valid_from=dt.date(2028, 1, 1), valid_to=None) == [
        ("valid_from", ContractOverlapOpen)
    ]


def test_a_contract_that_renews_goes_on_until_a_later_one_begins(world):
    first = world.add(at_end="renew")
    assert world.rows()[0].in_force == Period(START, None)
    second = world.add(name="2028", valid_from=dt.date(2028, 1, 1), valid_to=dt.date(2028, 12, 31))
    periods = world.administration.read(lambda s: contracts.periods(s, world.customer))
    assert periods[first] == Period(START, dt.date(2027, 12, 31))
    assert periods[second].start == dt.date(2028, 1, 1)
    assert problems(world.add, name="Z", valid_from=END, valid_to=END) == [
        ("valid_from", ContractOverlap)
    ]


def test_days_in_force_by_hand():
    d = dt.date
    spans = [
        Span(1, d(2024, 1, 1), d(2024, 12, 31), "renew"),
        Span(2, d(2026, 1, 1), d(2026, 6, 30), "stop"),
        Span(3, d(2026, 7, 1), None, "remind", d(2026, 9, 30)),
        Span(4, d(2027, 1, 1), d(2027, 12, 31), "renew", d(2028, 3, 31)),
    ]
    assert in_force(spans) == {
        1: Period(d(2024, 1, 1), d(2025, 12, 31)),
        2: Period(d(2026, 1, 1), d(2026, 6, 30)),
        3: Period(d(2026, 7, 1), d(2026, 9, 30)),
        4: Period(d(2027, 1, 1), d(2028, 3, 31)),
    }


def test_the_state_follows_the_day_and_what_was_done(world):
    found = world.add(at_end="stop")
    draft = world.add(name="Concept", is_draft=True)
    assert world.state(found, START - DAY) == "planned"
    assert world.state(found, START) == world.state(found, END) == "active"
    assert world.state(found, END + DAY) == "expired"
    assert world.state(draft) == "draft"
    world.write(contracts.END, contracts.end, contract_id=found, day=dt.date(2026, 12, 1))
    assert world.state(found) == "cancelled"
    ended = next(row for row in world.rows() if row.id == found)
    assert ended.in_force.end == dt.date(2026, 12, 1)
    world.administration.undo()
    assert world.state(found) == "active"


def test_a_contract_ends_early_on_its_own_days_only_and_makes_room(world):
    found = world.add()

    def end(day, contract_id=found):
        world.write(contracts.END, contracts.end, contract_id=contract_id, day=day)

    for day in (START - DAY, END + DAY):
        with pytest.raises(EndOutsideContract):
            end(day)
    end(dt.date(2026, 6, 30))
    end(dt.date(2026, 9, 30))  # ended later after all
    world.add(name="Nieuw", valid_from=dt.date(2026, 10, 1), valid_to=None)
    draft = world.add(name="Concept", is_draft=True)
    with pytest.raises(ContractIsDraft):
        end(TODAY, draft)


def test_a_contract_asks_for_attention_so_many_days_before_its_end(world):
    found = world.add(remind_days=30)
    assert world.ending(dt.date(2026, 11, 30)) == []
    (row,) = world.ending(dt.date(2026, 12, 1))
    assert (row.id, row.days, row.name, row.customer) == (
        found,
        30,
        "Raamcontract 2026",
        "Voorbeeld Bouw B.V.",
    )
    assert [row.days for row in world.ending(END)] == [0]
    assert world.ending(END + DAY) == []
    draft = world.add(name="Raamcontract 2027", valid_from=END + DAY, valid_to=None, is_draft=True)
    (row,) = world.ending(END)
    assert (row.successor, row.successor_id) == ("Raamcontract 2027", draft)
    world.write(contracts.CONFIRM, contracts.confirm, contract_id=draft)
    assert world.ending(END) == []


@pytest.mark.parametrize("at_end", ["renew", "stop"])
def test_a_contract_that_renews_or_stops_does_not_ask(world, at_end):
    world.add(at_end=at_end)
    assert world.ending(END) == []


def test_all_prices_change_by_a_percentage_in_one_step(world):
    found = world.add(prices=(agreed(world.hour, "62.00"), agreed(world.boiler, "84.00", "10")))

    def fill(percent, **values):
        return world.write(
            contract_prices.FILL,
            contract_prices.fill,
            contract_id=found,
            percent=Percent.parse(percent),
            **values,
        )

    def amounts():
        return [str(price.price) for price in world.read(found).prices]

    assert fill("3") == 2
    assert amounts() == ["63.86", "86.52"]
    world.administration.undo()
    assert amounts() == ["62.00", "84.00"]
    assert fill("-10", from_standard=True, rounding=50) == 2
    assert amounts() == ["61.00", "85.00"]  # 61,20 and 85,05 to 50 cents
    with pytest.raises(ChangeOutOfRange):
        fill("-100.01")


def test_next_year_is_a_draft_of_the_following_period_with_all_prices_changed(world):
    found = world.add(
        prices=(agreed(world.hour, "62.00"), agreed(world.boiler, "84.00", "10")),
        discount="2.5",
        tax_treatment="reverse_charge",
    )
    made = world.write(
        contract_prices.DUPLICATE,
        contract_prices.duplicate,
        contract_id=found,
        percent=Percent.parse("4"),
    )
    copied = world.read(made)
    assert copied == replace(
        world.read(found),
        name="Raamcontract 2027",
        valid_from=dt.date(2027, 1, 1),
        valid_to=dt.date(2027, 12, 31),
        prices=(agreed(world.hour, "64.48"), agreed(world.boiler, "87.36", "10")),
        is_draft=True,
    )
    world.administration.undo()
    assert [row.id for row in world.rows()] == [found]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-01-01", "2026-12-31", ("2027-01-01", "2027-12-31")),
        ("2026-02-01", "2026-02-28", ("2026-03-01", "2026-03-31")),
        ("2027-03-01", "2028-02-29", ("2028-03-01", "2029-02-28")),
        ("2026-04-15", "2026-10-14", ("2026-10-15", "2027-04-14")),
        ("2026-01-01", "2026-01-10", ("2026-01-11", "2026-01-20")),
        ("2026-05-01", None, ("2027-05-01", None)),
        ("2028-02-29", None, ("2029-02-28", None)),
    ],
)
def test_the_following_period_has_the_same_length(start, end, expected):
    day = dt.date.fromisoformat
    found = contract_prices.next_period(day(start), day(end) if end else None)
    assert found == tuple(day(each) if each else None for each in expected)


def test_the_year_in_a_name_moves_along():
    assert contract_prices.next_name("Raamcontract 2026", 2026, 2027) == "Raamcontract 2027"
    assert contract_prices.next_name("Vast 120261", 2026, 2027) == "Vast 120261"
    assert contract_prices.next_name("Onderhoud", 2026, 2027) == "Onderhoud"


def test_a_contract_that_priced_an_invoice_is_ended_not_deleted(world):
    found = world.add(prices=(agreed(world.hour, "62.00"),))
    world.shop.draft(world.customer, LineInput(item_id=world.hour))
    world.write(contracts.DELETE, contracts.delete, contract_id=found)
    world.administration.undo()
    world.shop.issue(world.shop.draft(world.customer, LineInput(item_id=world.hour)))
    with pytest.raises(ContractInUse):
        world.write(contracts.DELETE, contracts.delete, contract_id=found)
    assert world.administration.read(lambda s: contract_view.invoiced(s, found)) == 1


def test_the_signed_document_is_kept_inside_and_goes_with_the_contract(world):
    found = world.add()
    new = [attachments.NewFile("C:\\map\\getekend-2026.pdf", b"%PDF-1.7 getekend")]
    owner = attachments.Owner("contract", found)
    (attachment,) = world.write(attachments.ADD, attachments.add, owner=owner, new=new)
    (kept,) = world.administration.read(lambda s: contract_view.files(s, found))
    assert (kept.name, kept.size) == ("getekend-2026.pdf", 17)
    content = world.administration.read(lambda s: files.content(s, kept.file_id))
    assert content == b"%PDF-1.7 getekend"
    world.write(attachments.REMOVE, attachments.remove, attachment_id=attachment)
    assert world.administration.read(lambda s: contract_view.files(s, found)) == []
    world.administration.undo()
    assert len(world.administration.read(lambda s: contract_view.files(s, found))) == 1
    world.write(contracts.DELETE, contracts.delete, contract_id=found)
    assert world.administration.read(lambda s: s.get(Contract, found)) is None


def test_contracts_on_the_same_days_after_a_merge_name_each_other(world):
    from klantenapp.services.customers import merging  # noqa: PLC0415 - only this test merges

    other = world.shop.customer("Ander B.V.")
    world.add()
    agreements.add(world.administration, other, name="Van de ander")
    work = partial(merging.merge, from_id=other, into_id=world.customer)
    world.administration.write(merging.MERGE, work)
    assert {row.name: row.conflict for row in world.rows()} == {
        "Raamcontract 2026": "Van de ander",
        "Van de ander": "Raamcontract 2026",
    }


def test_words_of_items_and_groups_come_in_one_query_each(world):
    found = world.administration.read(
        lambda s: contract_view.item_words(s, [world.hour, world.boiler])
    )
    assert found[world.hour].price == UnitPrice.parse("68.00")
    assert (found[world.boiler].code, found[world.boiler].unit) == ("KETEL", None)
    group = world.group("Materiaal")
    assert world.administration.read(contract_view.groups) == {group: "Materiaal"}
    assert Quantity(0) == agreed(1, "1").min_quantity
