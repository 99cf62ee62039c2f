"""Every letter as it is read: what the law wants in it, and nothing that makes it void.

The list is that of `facts/dutch-rules.md` 4.3: sent in default, free of charge, the principal, at
least fourteen days from the day after delivery, and the exact costs that follow.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

import pytest
from tests.factories.collecting import Debts
from tests.factories.pages import reader, words

from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.models.values import Money
from klantenapp.services.messages import templates
from klantenapp.services.messages.templates import Text
from klantenapp.services.reminders import letters, policy, worklist
from klantenapp.services.reminders.policy import Step
from klantenapp.services.store.operations import FINAL, register

TOUCH = register("test.touch", FINAL)
DAY = dt.timedelta(days=1)
DUE = dt.date(2026, 7, 31)
DAYS = (7, 21, 35, 56)
#: Wording that the courts accept, and words that make a fourteen-day letter void.
ACCEPTED = {
    "nl": "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd",
    "en": "within fourteen days from the day after this letter was delivered to you",
}
VOID = ("na heden", "dagtekening", "na verzending", "date of this letter", "uiterlijk", "no later")
IN_DEFAULT = {"nl": "U bent in verzuim", "en": "You are in default"}


def written(administration, kind, language, scheme=None):
    """Texts of the letters to a customer with two invoices who paid a part of each."""
    debts = Debts(administration)
    name = "Familie Proefstra" if kind == "consumer" else "Garage Fictief & Zn."
    customer = debts.customer(name, kind=kind, language=language)
    if scheme:
        administration.write(TOUCH, lambda session: _scheme(session, scheme))
    first = debts.owed(customer, "1200.00", DUE - 40 * DAY)
    second = debts.owed(customer, "544.50", DUE - 30 * DAY)
    debts.pay(first, "200.00", DUE - 5 * DAY)
    found = {}
    for days in DAYS:
        if days == 35:
            debts.pay(second, "100.00", DUE + 23 * DAY)
        (row,) = (row for row in debts.rows(DUE + days * DAY) if row.is_ready)
        _letter, content = administration.read(partial(letters.preview, row=row))
        assert len(reader(content).pages) == 1
        found[row.step.kind] = words(content).replace("\xa0", " ")
        debts.send(DUE + days * DAY)
    return found


def _scheme(session, scheme):
    session.get(Business, 1).tax_scheme = scheme


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("scheme", [None, "kor"])
def test_the_letters_to_a_consumer_say_what_the_law_wants(administration, language, scheme):
    found = written(administration, "consumer", language, scheme)
    assert list(found) == ["reminder", "second_reminder", "fourteen_day_letter", "handover"]
    for text in (found["reminder"], found["second_reminder"]):
        assert "6:96" not in text  # friendly: no costs, not even announced
    letter = found["fourteen_day_letter"]
    assert IN_DEFAULT[language] in letter
    # Worked out by hand: 1,000.00 + 444.50; 5 days on 1,200, 40 on 1,000; 23 on 544.50, 12 on
    # 444.50, all at 4 %: 5.04 + 1.96. Costs are not in what is to be paid.
    assert "€ 1.444,50" in letter
    assert "€ 1.451,50" in letter
    assert ACCEPTED[language] in letter
    assert not any(wording in letter for wording in VOID)
    posted = DUE + 35 * DAY
    named = [dt.date(int(y), int(m), int(d)) for d, m, y in re.findall(_DATE, letter)]
    assert named
    assert max(named) <= posted  # a fixed last day could fall too early
    # 15 % of 1,444.50 is 216.675; 21 % of 216.68 is 45.50.
    assert "€ 216,68" in letter
    assert ("€ 262,18" in letter) == ("€ 45,50" in letter) == (scheme == "kor")
    for part in ("6:119", "6:96", "3:317", "2026-0001", "2026-0002", "NL02 ABNA 0123 4567 89"):
        assert part in letter
    last = found["handover"]
    assert "216,68" in last
    assert ("45,50" in last) == (scheme == "kor")


_DATE = r"\b(\d\d)-(\d\d)-(\d{4})\b"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_letters_to_a_business_say_what_the_law_wants(administration, language):
    found = written(administration, "business", language)
    assert list(found) == ["reminder", "second_reminder", "notice", "handover"]
    demand = found["notice"]
    title = {"nl": "Sommatie", "en": "Demand for payment"}[language]
    assert f"{title}:" in demand
    # 1,252.00 + 558.85; 15 % of 1,810.85 is 271.6275; interest at 10.4 % over the days above.
    for part in ("1.252,00", "558,85", "271,63", "22,57", "€ 2.105,05", "6:119a", "6:96", "3:317"):
        assert part in demand
    term = {"nl": "binnen acht dagen na de datum", "en": "within eight days of the date"}[language]
    reserved = {"nl": "ondubbelzinnig het recht op nakoming", "en": "unambiguously reserve"}
    assert term in demand
    assert reserved[language] in demand
    assert IN_DEFAULT[language].lower()[2:] in demand.lower()
    assert "NL02 ABNA 0123 4567 89" in demand
    owe = {"nl": "Wat u verschuldigd bent", "en": "What you owe"}[language]
    assert owe in found["handover"]  # whom to pay is up to who collects it


def test_a_demand_says_only_what_its_total_holds(administration):
    debts = Debts(administration)
    chosen = administration.read(policy.default)
    steps = (Step("notice", 5, "business"),)
    work = partial(policy.change, policy_id=chosen.id, steps=steps)
    administration.write(policy.CHANGE, work)
    debts.owed(debts.customer("Garage Fictief & Zn."), "100.00", DUE - 30 * DAY)
    (row,) = administration.read(partial(worklist.read, day=DUE + 5 * DAY))
    letter, _content = administration.read(partial(letters.preview, row=row))
    assert row.claim.total == Money(12100)
    assert "6:119" not in letter.text.body
    assert "6:96" not in letter.text.body
    assert "brief. Betaalt u niet" in letter.text.body


def test_many_invoices_still_make_one_page_with_a_short_title(administration):
    debts = Debts(administration)
    customer = debts.customer("Familie Proefstra", kind="consumer")
    for number in range(7):
        debts.owed(customer, "100.00", DUE - (30 - number) * DAY)
    for days in (14, 28):
        debts.send(DUE + days * DAY)
    (row,) = debts.rows(DUE + 50 * DAY)
    letter, content = administration.read(partial(letters.preview, row=row))
    assert len(row.items) == 7
    assert len(reader(content).pages) == 1
    assert letter.text.subject.endswith("2026-0004 +3")
    assert all(item.number in words(content) for item in row.items)
    # More than a transfer can mention: the customer's own number.
    assert administration.read(lambda s: s.get(Customer, customer).number) in letter.payment


def test_other_rules_may_have_their_own_text_for_a_step(administration):
    debts = Debts(administration)
    steps = (Step("reminder", 5),)
    other = administration.write(policy.ADD, partial(policy.add, name="Vast", steps=steps))[0]
    one, two = debts.customer("Garage Fictief & Zn."), debts.customer("Bakkerij De Proef")
    work = partial(policy.choose, customer_id=one, policy_id=other)
    administration.write(policy.CHOOSE, work)
    for customer in (one, two):
        debts.owed(customer, "100.00", DUE - 30 * DAY)
    kind = templates.of_policy("reminder", other)
    usual = Text("Herinnering {numbers}", "{salutation},\n\nAlgemeen.")
    own = Text("Even {numbers}", "{salutation},\n\nAls vaste klant.")

    def subjects():
        rows = debts.rows(DUE + 7 * DAY)
        found = [administration.read(partial(letters.write, row=row)) for row in rows]
        return {row.debtor.name: each.text.subject for row, each in zip(rows, found, strict=True)}

    def wrote(which, text):
        change = partial(templates.write, kind=which, language="nl", text=text)
        administration.write(templates.CHANGE, change)

    wrote("reminder", usual)
    assert set(subjects().values()) == {"Herinnering 2026-0001", "Herinnering 2026-0002"}
    wrote(kind, own)
    assert subjects() == {
        "Garage Fictief & Zn.": "Even 2026-0001",
        "Bakkerij De Proef": "Herinnering 2026-0002",
    }
    wrote(kind, usual)
    assert kind not in administration.read(templates.own_kinds)
    wrote(kind, own)
    administration.write(policy.REMOVE, partial(policy.remove, policy_id=other))
    assert administration.read(templates.own_kinds) == {"reminder"}
