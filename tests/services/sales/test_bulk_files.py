"""Many PDFs at once: the stored bytes, one after the other, stopped between two of them."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc

import pytest
from tests.factories.sales import Shop, line

from klantenapp.models.document import Document
from klantenapp.services.errors.cli import CannotWrite
from klantenapp.services.errors.sales import StillADraft
from klantenapp.services.sales import bulk_files, issuing
from klantenapp.services.store import clock, files

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "bewaard"
    made.mkdir()
    return made


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


def issued(shop, count):
    customer = shop.customer()

    def work(session):
        ids = []
        for number in range(count):
            draft = bulk_draft(session, customer, number)
            ids.append(issuing.issue(session, draft).document_id)
        return ids

    return shop.administration.write(issuing.ISSUE, work)[0]


def bulk_draft(session, customer, number):
    from klantenapp.services.sales import drafts  # noqa: PLC0415 - only here
    from klantenapp.services.sales.inputs import DraftInput  # noqa: PLC0415 - as above

    text = f"Werk in week {number}"
    draft = DraftInput(customer_id=customer, lines=(line("100.00", description=text),))
    return drafts.add(session, "invoice", draft)


class Stopped(Exception):  # noqa: N818 - what the user does, no error
    """The user stopped it."""


def saved(shop, ids, folder, step=lambda _done, _total: None):
    return shop.administration.read(lambda s: bulk_files.save(s, ids, folder, step))


def test_every_file_has_the_stored_bytes_under_its_number(shop, folder):
    ids = issued(shop, 3)
    steps = []
    assert saved(shop, ids, folder, lambda done, of: steps.append((done, of))) == 3
    assert steps == [(0, 3), (1, 3), (2, 3)]

    def stored(session):
        return {
            f"{session.get_one(Document, each).number}.pdf": files.content(
                session, issuing.pdf_of(session, each)
            )
            for each in ids
        }

    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert kept == shop.administration.read(stored)


def test_nothing_that_is_there_is_overwritten_and_the_same_is_not_doubled(shop, folder):
    ids = issued(shop, 2)
    (folder / "2026-0001.pdf").write_bytes(b"of somebody else")
    saved(shop, ids, folder)
    saved(shop, ids, folder)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["2026-0001 (2).pdf", "2026-0001.pdf", "2026-0002.pdf"]
    assert (folder / "2026-0001.pdf").read_bytes() == b"of somebody else"


def test_it_stops_between_two_files(shop, folder):
    ids = issued(shop, 3)

    def step(done, _total):
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        saved(shop, ids, folder, step)
    assert len(list(folder.iterdir())) == 2


def test_a_draft_or_a_folder_that_is_gone_is_refused(shop, tmp_path):
    draft = shop.draft(shop.customer(), line())
    with pytest.raises(StillADraft):
        saved(shop, [draft], tmp_path)
    with pytest.raises(CannotWrite):
        saved(shop, issued(shop, 1), tmp_path / "gone")


def peak_of(work):
    tracemalloc.start()
    start = time.perf_counter()
    work()
    spent = time.perf_counter() - start
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return spent, peak


@pytest.mark.full
def test_a_thousand_documents_need_no_more_memory_than_ten(shop, tmp_path):
    ids = issued(shop, 1000)
    saved(shop, ids[:2], tmp_path)
    for folder in ("ten", "thousand"):
        (tmp_path / folder).mkdir()
    _spent, ten = peak_of(lambda: saved(shop, ids[:10], tmp_path / "ten"))
    spent, thousand = peak_of(lambda: saved(shop, ids, tmp_path / "thousand"))
    assert len(list((tmp_path / "thousand").iterdir())) == 1000
    assert thousand < ten + 1_000_000
    assert spent < 60
