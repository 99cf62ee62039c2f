"""Letters that go by mail: through the outbox, on the timeline, and counted only when they went."""

from __future__ import annotations

import datetime as dt
from email import policy as mail_policy
from email.parser import BytesParser
from functools import partial

import pytest
from sqlalchemy import select
from tests.factories.collecting import Debts

from klantenapp.models.message import Outbox
from klantenapp.services.messages import outbox, timeline
from klantenapp.services.reminders import sending
from klantenapp.services.reminders.waiting import waiting
from klantenapp.services.store import clock
from klantenapp.services.store.operations import FINAL, register

TOUCH = register("test.outbox", FINAL)
D = dt.date
ISSUED, DUE = D(2026, 7, 1), D(2026, 7, 31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def debts(administration):
    return Debts(administration)


@pytest.fixture
def customer(debts):
    return debts.customer("Familie Proefstra", kind="consumer", email="t@proefstra.example")


def queued(debts):
    return debts.administration.read(lambda s: list(s.scalars(select(Outbox.id))))


def took(debts, outbox_id, day):
    """A server took the mail on a day."""
    with clock.stopped(day):
        debts.administration.write(TOUCH, partial(outbox.finish, outbox_id=outbox_id))


def test_a_reminder_by_mail_waits_in_the_outbox_and_stands_on_the_timeline(debts, customer):
    debts.owed(customer, "544.50", ISSUED)
    (sent,) = debts.send(DUE + 7 * DAY)
    assert sent.channel == "mail"
    (waits,) = queued(debts)
    raw, envelope = debts.administration.read(partial(outbox.envelope, outbox_id=waits))
    mail = BytesParser(policy=mail_policy.default).parsebytes(raw)
    assert envelope.recipients == ("t@proefstra.example",)
    assert mail["Subject"] == "Herinnering: factuur 2026-0001"
    body = mail.get_body(("plain",)).get_content()
    assert "544,50" in body.replace("\xa0", " ")
    assert "NL02 ABNA 0123 4567 89" in body
    assert [part.get_filename() for part in mail.iter_attachments()] == ["Factuur-2026-0001.pdf"]
    (entry,) = debts.administration.read(
        lambda s: [e for e in timeline.page(s, customer_id=customer) if e.kind == "reminder"]
    )
    assert (entry.direction, entry.status) == ("out", "queued")


def test_a_mail_that_was_stopped_took_no_step(debts, customer):
    debts.owed(customer, "544.50", ISSUED)
    debts.send(DUE + 7 * DAY)
    (waits,) = queued(debts)
    assert debts.row(DUE + 8 * DAY).step.kind == "second_reminder"
    debts.administration.write(TOUCH, partial(outbox.stop, outbox_id=waits))
    row = debts.row(DUE + 8 * DAY)
    assert (row.step.kind, row.is_ready) == ("reminder", True)


def test_the_days_of_the_letter_run_from_when_its_mail_went_out(debts, customer):
    debts.owed(customer, "544.50", ISSUED)
    for days in (7, 21):
        debts.send(DUE + days * DAY)
        took(debts, queued(debts)[-1], DUE + days * DAY)
    posted = DUE + 35 * DAY
    with clock.stopped(posted):
        wanted = debts.administration.read(partial(sending.ready, day=posted))
        by_mail = [
            sending.Wanted(w.customer_id, w.step, w.document_ids, None, "mail") for w in wanted
        ]
        work = partial(sending.send, wanted=by_mail, day=posted)
        (sent,) = debts.administration.write(sending.SEND, work)[0]
    assert (sent.step, sent.channel) == ("fourteen_day_letter", "mail")
    assert sent.locked_until == waiting(posted, frozenset()).costs_from
    # It waits for a connection: on no day would costs be owed.
    late = posted + 40 * DAY
    row = debts.row(late)
    assert (row.reason, row.claim.costs.cents) == ("letter", 0)
    assert row.locked_until == waiting(late, frozenset()).costs_from
    went = posted + 5 * DAY
    took(debts, queued(debts)[-1], went)
    first = waiting(went, frozenset()).costs_from
    assert not debts.row(first - DAY).is_ready
    row = debts.row(first)
    assert (row.step.kind, row.is_ready, row.claim.costs.cents) == ("handover", True, 8168)


def test_who_gets_papers_by_post_is_reminded_by_post(debts):
    customer = debts.customer("Oud & Zn.", email="info@oud.example", delivery="post")
    debts.owed(customer, "100.00", ISSUED)
    assert debts.row(DUE + 7 * DAY).channel == "letter"
    (sent,) = debts.send(DUE + 7 * DAY)
    assert (sent.channel, queued(debts)) == ("letter", [])
