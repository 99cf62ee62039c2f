"""The example is sound, ends today, and one seed gives one story."""

import datetime as dt

import pytest
from sqlalchemy import func, select, text
from tests.factories import administrations

from klantenapp.models.bank import BankLine
from klantenapp.models.catalogue import PriceList
from klantenapp.models.contract import Contract
from klantenapp.models.document import Document, QuoteDecision, Recurring
from klantenapp.models.message import Outbox
from klantenapp.models.reminder import Reminder
from klantenapp.services.care import demo
from klantenapp.services.customers import business
from klantenapp.services.errors.store import FileExists
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
SMALL = demo.Wanted(customers=12, invoices=20, seed=7)


def story(path, wanted=SMALL):
    """What happened, in words that do not hold the random identity of the file."""
    with clock.stopped(TODAY):
        demo.make(path, wanted)
    opened = administrations.opened(path)
    administrations.require_sound(opened)
    assert opened.read(business.read).is_example
    found = opened.read(
        lambda s: s.execute(
            text(
                "SELECT number, date, total, (SELECT name FROM customer WHERE id = customer_id)"
                " FROM document UNION ALL SELECT operation, at, 0, '' FROM audit_entry"
            )
        ).all()
    )
    dates = opened.read(lambda s: s.scalars(select(Document.date)).all())
    opened.close()
    assert max(day for day in dates if day) <= TODAY
    return found


def test_one_seed_gives_one_story(tmp_path):
    one = story(tmp_path / "one.klantenapp")
    assert one == story(tmp_path / "two.klantenapp")
    assert len(one) > 60
    # It may be made again over itself.
    assert story(tmp_path / "one.klantenapp") == one


def test_another_seed_gives_another(tmp_path):
    one = story(tmp_path / "one.klantenapp")
    assert one != story(tmp_path / "two.klantenapp", demo.Wanted(12, 20, seed=8))


def test_the_example_has_something_of_every_chapter(tmp_path):
    path = tmp_path / "whole.klantenapp"
    story(path, demo.Wanted(customers=30, invoices=70, seed=7))
    opened = administrations.opened(path)
    counts = {
        kind.__tablename__: opened.read(
            lambda session, kind=kind: session.scalar(select(func.count()).select_from(kind))
        )
        for kind in (PriceList, Contract, Recurring, QuoteDecision, BankLine, Reminder)
    }
    waiting = opened.read(
        lambda session: session.scalar(
            select(func.count()).select_from(BankLine).where(BankLine.state == "open")
        )
    )
    mails = dict(
        opened.read(
            lambda session: session.execute(
                select(Outbox.state, func.count()).group_by(Outbox.state)
            ).all()
        )
    )
    opened.close()
    assert list(mails) == ["sent"]  # nothing of the example can ever go out
    assert [name for name, count in counts.items() if not count] == []
    # Something is left to match for who tries it.
    assert waiting


def test_what_is_not_the_example_is_never_replaced(path):
    before = path.read_bytes()
    with pytest.raises(FileExists):
        demo.make(path, SMALL)
    assert path.read_bytes() == before


def test_an_example_that_fails_half_way_leaves_nothing(tmp_path):
    def give_up(share):
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), clock.stopped(TODAY):
        demo.make(tmp_path / "one.klantenapp", SMALL, give_up)
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []
