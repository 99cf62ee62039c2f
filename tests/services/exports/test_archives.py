"""The full export and the accountant's set, opened again by another program."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import partial

import openpyxl
import pytest
from tests.factories.disks import room_for
from tests.factories.sales import Shop

from klantenapp.services.errors.agreements import EndBeforeStart
from klantenapp.services.errors.exports import FormatUnknown
from klantenapp.services.errors.store import DiskFull
from klantenapp.services.exports import accountant, everything
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.receivables import payments
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
YEAR = Wanted(as_of=TODAY, start=dt.date(2026, 1, 1), end=TODAY)


@pytest.fixture
def shop(administration):
    with clock.stopped(TODAY):
        yield Shop(administration)


@pytest.fixture
def sold(shop):
    customer = shop.customer("=1+1 & Zn.", number="007")
    first = shop.invoice(customer, "100.00", date=dt.date(2026, 7, 1))
    shop.invoice(customer, "50.00", date=dt.date(2026, 10, 1))
    work = partial(payments.pay, document_id=first.document_id, date=dt.date(2026, 8, 1))
    shop.administration.write(payments.MARK_PAID, work)
    return shop.administration


def sheet(archive, name):
    book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    return [[cell.value for cell in row] for row in book.active.rows]


# The library leaves its own files open when a write fails; nobody hears of it.
@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("export", [everything.export, partial(accountant.export, wanted=YEAR)])
@pytest.mark.parametrize("size", [1, 2_000, 8_000])
def test_a_disk_that_fills_up_halfway_is_told_and_leaves_no_half_zip(sold, tmp_path, export, size):
    path = tmp_path / "all.zip"
    path.write_text("oud")
    with room_for(size), pytest.raises(DiskFull):
        sold.read(partial(export, path=path))
    assert path.read_text() == "oud"
    assert [each.name for each in tmp_path.iterdir() if "all" in each.name] == ["all.zip"]


def test_everything_goes_out_as_typed_rows_and_pdfs(sold, tmp_path):
    found = sold.read(partial(everything.export, path=tmp_path / "all.zip"))
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        heads, row = sheet(archive, "customer.xlsx")
        assert row[heads.index("number")] == "007"
        assert row[heads.index("name")] == "=1+1 & Zn."
        heads, first, second = sheet(archive, "document.xlsx")
        assert [first[heads.index("total")], second[heads.index("total")]] == [121, 60.5]
        assert first[heads.index("date")].date() == dt.date(2026, 7, 1)
        pdfs = [name for name in archive.namelist() if name.startswith("PDF/")]
        assert len(pdfs) == 2
        assert archive.read(pdfs[0]).startswith(b"%PDF")
    assert found.rows["document"] == 2
    assert [each.name for each in tmp_path.glob(".*zip*")] == []


def test_the_accountant_gets_the_period_alone(sold, tmp_path):
    wanted = Wanted(as_of=TODAY, start=dt.date(2026, 7, 1), end=dt.date(2026, 9, 30))
    found = sold.read(partial(accountant.export, path=tmp_path / "q3.zip", wanted=wanted))
    assert found.rows["sales-journal"] == 1
    assert found.rows["receipts"] == 1
    with zipfile.ZipFile(tmp_path / "q3.zip") as archive:
        rows = sheet(archive, "Verkoopjournaal.xlsx")
        assert any(121 in row and "007" in row for row in rows)
        assert len([name for name in archive.namelist() if name.startswith("PDF/")]) == 1
    open_at_end = sold.read(lambda session: accountant.receipts(session, wanted)).totals[-1]
    assert open_at_end.cents == 12_100


def test_what_cannot_be_is_refused_and_leaves_no_file(sold, tmp_path):
    with pytest.raises(FormatUnknown):
        sold.read(partial(everything.export, path=tmp_path / "all.rar"))
    backwards = Wanted(as_of=TODAY, start=TODAY, end=TODAY - dt.timedelta(days=1))
    with pytest.raises(EndBeforeStart):
        sold.read(partial(accountant.export, path=tmp_path / "a.zip", wanted=backwards))
    assert list(tmp_path.glob("a*")) == []
