"""The lists that the user edits: added, changed, archived, joined, never lost while used."""

from __future__ import annotations

from functools import partial

import pytest
from tests.factories.sales import Shop

from klantenapp.models.catalogue import Item, PaymentMethod, PaymentTerm
from klantenapp.models.values import Percent
from klantenapp.services.catalogue import choices, items, lists
from klantenapp.services.catalogue.lists import MethodData, TermData
from klantenapp.services.customers import labels
from klantenapp.services.errors.lists import (
    ChoiceInUse,
    ChoiceIsDefault,
    ChoiceNameMissing,
    ChoiceNameTaken,
    TermDaysWrong,
    TermDiscountIncomplete,
    TermTaken,
)


@pytest.fixture
def shop(administration):
    return Shop(administration)


def rows(shop, noun):
    return shop.administration.read(partial(lists.rows, noun=noun))


def row(shop, noun, name):
    return next(each for each in rows(shop, noun) if each.name == name)


def add_term(shop, **values):
    data = TermData(**values)
    return shop.administration.write(lists.ADD, partial(lists.add_term, data=data))[0]


def test_terms_stand_by_their_days_and_the_default_is_known(shop):
    found = rows(shop, "payment_term")
    assert [each.days for each in found] == sorted(each.days for each in found)
    assert [each.name for each in found if each.is_default] == ["30 dagen"]


def test_a_term_names_itself_and_is_offered_at_once(shop):
    made = add_term(shop, days=14, end_of_month=True)
    found = row(shop, "payment_term", "14 dagen, einde maand")
    assert (found.id, found.name_en) == (made, "14 days, end of month")
    offered = shop.administration.read(choices.choices).payment_terms
    assert made in {each.id for each in offered}


@pytest.mark.parametrize(
    ("values", "failure"),
    [
        ({"days": 366}, TermDaysWrong),
        ({"days": -1}, TermDaysWrong),
        ({"days": 30}, TermTaken),
        ({"days": 30, "discount": Percent(200)}, TermDiscountIncomplete),
        ({"days": 30, "discount_days": 8}, TermDiscountIncomplete),
        ({"days": 30, "discount": Percent(200), "discount_days": 31}, TermDiscountIncomplete),
        ({"days": 30, "discount": Percent(10000), "discount_days": 8}, TermDiscountIncomplete),
    ],
)
def test_a_term_that_makes_no_sense_is_refused(shop, values, failure):
    with pytest.raises(failure):
        add_term(shop, **values)


def test_a_term_changes_for_drafts_and_keeps_issued_days(shop):
    made = add_term(shop, days=10)
    customer = shop.customer(payment_term_id=made)
    issued = shop.invoice(customer)
    data = TermData(days=20, discount=Percent(200), discount_days=8)
    work = partial(lists.change_term, term_id=made, data=data)
    shop.administration.write(lists.CHANGE, work)
    changed = shop.administration.read(lambda s: s.get_one(PaymentTerm, made))
    assert (changed.days, changed.discount_days) == (20, 8)
    found = row(shop, "payment_term", changed.name)
    assert found.uses >= 2
    assert issued.document_id


def test_what_is_used_is_archived_and_stays_where_it_is(shop):
    made = add_term(shop, days=10)
    shop.customer(payment_term_id=made)
    with pytest.raises(ChoiceInUse) as refused:
        shop.administration.write(
            lists.DELETE, partial(lists.delete, noun="payment_term", row_id=made)
        )
    assert refused.value.count == 1
    archive = partial(lists.archive, noun="payment_term", row_id=made)
    shop.administration.write(lists.ARCHIVE, archive)
    offered = shop.administration.read(choices.choices).payment_terms
    assert made not in {each.id for each in offered}
    assert rows(shop, "payment_term")[-1].archived
    restore = partial(lists.restore, noun="payment_term", row_id=made)
    shop.administration.write(lists.RESTORE, restore)
    assert not row(shop, "payment_term", "10 dagen").archived


def test_the_default_of_the_business_stays(shop):
    default = next(each for each in rows(shop, "payment_method") if each.is_default)
    for work in (lists.archive, lists.delete):
        with pytest.raises(ChoiceIsDefault):
            shop.administration.write(
                lists.ARCHIVE, partial(work, noun="payment_method", row_id=default.id)
            )


def test_methods_have_a_name_of_their_own(shop):
    data = MethodData(kind="transfer", name=" Spaarrekening ")
    made = shop.administration.write(lists.ADD, partial(lists.add_method, data=data))[0]
    assert row(shop, "payment_method", "Spaarrekening").kind == "transfer"
    with pytest.raises(ChoiceNameTaken):
        shop.administration.write(lists.ADD, partial(lists.add_method, data=data))
    empty = MethodData(kind="cash", name=" ")
    nameless = partial(lists.change_method, method_id=made, data=empty)
    with pytest.raises(ChoiceNameMissing):
        shop.administration.write(lists.CHANGE, nameless)
    other = MethodData(kind="cash", name="Kas")
    work = partial(lists.change_method, method_id=made, data=other)
    shop.administration.write(lists.CHANGE, work)
    assert shop.administration.read(lambda s: s.get_one(PaymentMethod, made)).kind == "cash"
    shop.administration.write(
        lists.DELETE, partial(lists.delete, noun="payment_method", row_id=made)
    )
    assert "Kas" not in {each.name for each in rows(shop, "payment_method")}


def test_units_and_groups_are_renamed_and_joined(shop):
    item = shop.item("A")
    put = partial(items.change, item_id=item, values={"group": "Arbeid", "unit": "uurtje"})
    shop.administration.write(items.CHANGE, put)
    group = row(shop, "item_group", "Arbeid")
    work = partial(lists.rename, noun="item_group", row_id=group.id, name="Loon")
    shop.administration.write(lists.CHANGE, work)
    wanted = items.Filter(text="loon")
    ids = shop.administration.read(lambda s: items.list_ids(s, wanted, ("code", False)))
    assert list(ids) == [item]
    unit, hour = row(shop, "unit", "uurtje"), row(shop, "unit", "uur")
    join = partial(lists.rename, noun="unit", row_id=unit.id, name="UUR")
    kept, _changes = shop.administration.write(lists.CHANGE, join)
    assert kept == hour.id
    assert shop.administration.read(lambda s: s.get_one(Item, item).unit_id) == hour.id
    assert "uurtje" not in {each.name for each in rows(shop, "unit")}
    shop.administration.undo()
    assert shop.administration.read(lambda s: s.get_one(Item, item).unit_id) == unit.id


def test_a_group_of_which_both_have_a_discount_joins_without_a_double(shop):
    item = shop.item("A")
    other = shop.item("B")
    for each, name in ((item, "Arbeid"), (other, "Loon")):
        put = partial(items.change, item_id=each, values={"group": name})
        shop.administration.write(items.CHANGE, put)
    first, second = row(shop, "item_group", "Arbeid"), row(shop, "item_group", "Loon")
    join = partial(lists.rename, noun="item_group", row_id=first.id, name="loon")
    shop.administration.write(lists.CHANGE, join)
    assert shop.administration.read(lambda s: s.get_one(Item, item).item_group_id) == second.id


def test_a_new_unit_and_a_new_label_are_there_once(shop):
    add = partial(lists.add_named, noun="unit", name="pallet", name_en="pallet")
    shop.administration.write(lists.ADD, add)
    with pytest.raises(ChoiceNameTaken):
        shop.administration.write(lists.ADD, add)
    first, _ = shop.administration.write(labels.ADD, partial(labels.make, name="Vaste klant"))
    again, _ = shop.administration.write(labels.ADD, partial(labels.make, name="vaste KLANT"))
    assert first == again
