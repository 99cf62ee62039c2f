"""Policies: lawful by default, and refused where they are not."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from tests.factories.collecting import Debts
from tests.factories.sales import Shop

from klantenapp.models.values import Money
from klantenapp.services.errors import reminders as refused
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.reminders import policy
from klantenapp.services.reminders.policy import Step


def found(*steps: Step) -> list[tuple[str, type]]:
    return [(field, type(problem)) for field, problem in policy.problems(steps)]


def test_the_default_policy_is_lawful(administration):
    steps = administration.read(policy.default).steps
    assert list(policy.problems(steps)) == []
    assert [(step.kind, step.days) for step in steps] == [
        ("reminder", 7),
        ("second_reminder", 21),
        ("fourteen_day_letter", 35),
        ("notice", 35),
        ("handover", 56),
    ]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ((), ("steps", refused.PolicyHasNoSteps)),
        ((Step("reminder", 0),), ("steps.0.days", refused.DaysOutOfRange)),
        (
            (Step("reminder", 9), Step("second_reminder", 8)),
            ("steps.1.days", refused.DaysGoBackwards),
        ),
        (
            (Step("second_reminder", 7), Step("reminder", 8)),
            ("steps.1.kind", refused.StepsOutOfOrder),
        ),
        ((Step("notice", 7),), ("steps.0.audience", refused.StepForOthers)),
        (
            (Step("reminder", 7, with_costs=True),),
            ("steps.0.with_costs", refused.CostsBeforeLetter),
        ),
    ],
)
def test_an_unlawful_or_impossible_policy_is_refused(steps, problem):
    assert found(*steps) == [problem]


def test_consumer_and_business_may_have_steps_on_one_day():
    letter = Step("fourteen_day_letter", 35, "consumer")
    assert found(letter, Step("notice", 35, "business", with_costs=True)) == []


def test_a_policy_is_changed_and_the_change_taken_back(administration):
    before = administration.read(policy.default)
    steps = (Step("reminder", 3, minimum=Money(500)), Step("second_reminder", 10))
    work = partial(policy.change, policy_id=before.id, steps=steps)
    administration.write(policy.CHANGE, work)
    assert administration.read(policy.default).steps == steps
    administration.undo()
    assert administration.read(policy.default) == before
    with pytest.raises(Invalid):
        administration.write(policy.CHANGE, partial(policy.change, policy_id=before.id, steps=()))


STEPS = (Step("reminder", 3), Step("second_reminder", 10))


@pytest.fixture
def mild(administration):
    work = partial(policy.add, name=" Rustig ", steps=STEPS)
    return administration.write(policy.ADD, work)[0]


def test_a_customer_follows_its_own_policy_and_the_default_again_when_that_goes(
    administration, mild
):
    customer = Shop(administration).customer()
    work = partial(policy.choose, customer_id=customer, policy_id=mild)
    administration.write(policy.CHOOSE, work)
    default = administration.read(policy.default)
    ask = partial(policy.choice_of, customer_id=customer)
    offered = ((default.id, default.name), (mild, "Rustig"))
    assert administration.read(ask) == policy.Choice(mild, offered)
    assert administration.read(policy.followers) == {mild: 1}
    administration.write(policy.REMOVE, partial(policy.remove, policy_id=mild))
    assert administration.read(ask) == policy.Choice(None, offered[:1])
    administration.undo()
    assert administration.read(ask).own_id == mild
    with pytest.raises(NotFound):
        administration.write(policy.CHOOSE, partial(work.func, customer_id=customer, policy_id=9))


def test_another_policy_becomes_the_default_and_only_then_the_old_one_goes(administration, mild):
    default = administration.read(policy.default)
    remove = partial(policy.remove, policy_id=default.id)
    with pytest.raises(refused.PolicyIsDefault):
        administration.write(policy.REMOVE, remove)
    administration.write(policy.MAKE_DEFAULT, partial(policy.make_default, policy_id=mild))
    assert administration.read(policy.default).id == mild
    administration.write(policy.REMOVE, remove)
    assert list(administration.read(policy.policies)) == [mild]


@pytest.mark.parametrize(
    ("name", "failure"),
    [("", refused.PolicyNeedsName), ("rustig", refused.PolicyNameTaken)],
)
def test_a_policy_has_a_name_of_its_own(administration, mild, name, failure):
    with pytest.raises(failure):
        administration.write(policy.ADD, partial(policy.add, name=name, steps=STEPS))
    default = administration.read(policy.default)
    with pytest.raises(failure):
        administration.write(policy.RENAME, partial(policy.rename, policy_id=default.id, name=name))
    administration.write(policy.RENAME, partial(policy.rename, policy_id=mild, name="Rustig aan"))
    assert administration.read(policy.policies)[mild].name == "Rustig aan"


def test_steps_are_put_in_the_order_of_the_law():
    last, letter, first = Step("handover", 9), Step("notice", 5, "business"), Step("reminder", 2)
    assert policy.arranged([last, letter, first]) == (first, letter, last)


def test_a_step_below_its_minimum_is_left_out(administration):
    debts = Debts(administration)
    steps = (Step("reminder", 3, minimum=Money(5000)), Step("second_reminder", 10))
    default = administration.read(policy.default)
    work = partial(policy.change, policy_id=default.id, steps=steps)
    administration.write(policy.CHANGE, work)
    for name, net in (("Klein", "10.00"), ("Groot", "100.00")):
        debts.owed(debts.customer(name), net, dt.date(2026, 7, 1))
    rows = {row.debtor.name: row for row in debts.rows(dt.date(2026, 8, 4))}
    assert (rows["Groot"].step.kind, rows["Groot"].is_ready) == ("reminder", True)
    assert (rows["Klein"].step.kind, rows["Klein"].reason) == ("second_reminder", "grace")
