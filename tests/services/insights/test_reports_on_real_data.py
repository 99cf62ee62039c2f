"""Reports on the example and on real sales: as plain Python, and as other programs read them."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
from dataclasses import replace
from functools import partial

import pytest
from tests.factories import administrations
from tests.real_files import real_file
from tests.services.insights import plain
from tests.services.insights.comparing import everything
from tests.services.insights.stored import Rows

from klantenapp import i18n
from klantenapp.models.values import Days, Money, Percent, Quantity, UnitPrice
from klantenapp.services.care import demo
from klantenapp.services.exports import report_file, report_pdf
from klantenapp.services.imports import invoices, reading
from klantenapp.services.imports.source import Source
from klantenapp.services.insights import reports
from klantenapp.services.insights.table import without_details
from klantenapp.services.insights.wanted import Wanted
from klantenapp.services.store import clock

TODAY = dt.date(2026, 11, 23)
ASKED = (
    plain.Asked(TODAY),
    plain.Asked(TODAY, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    plain.Asked(dt.date(2026, 6, 30), dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A small example administration with every chapter in it, opened."""
    path = tmp_path_factory.mktemp("example") / "voorbeeld.klantenapp"
    with clock.stopped(TODAY):
        demo.make(path, demo.Wanted(customers=20, invoices=40, seed=3))
        opened = administrations.opened(path)
        yield opened
    opened.close()


def compared(administration, asked):
    """Look at everything as asked, and at one customer alone."""

    def look(session):
        rows = Rows.of(session)
        everything(session, rows, asked)
        everything(session, rows, replace(asked, customer=rows.customer[0]["id"]))

    with clock.stopped(TODAY):
        administration.read(look)


@pytest.mark.parametrize("asked", ASKED[:2])
def test_reports_of_the_example_are_what_plain_python_makes(example, asked):
    compared(example, asked)


@pytest.mark.full
def test_reports_of_the_whole_example_are_what_plain_python_makes(tmp_path):
    path = tmp_path / "voorbeeld.klantenapp"
    with clock.stopped(TODAY):
        demo.make(path, demo.Wanted())
    opened = administrations.opened(path)
    for asked in ASKED:
        compared(opened, asked)
    opened.close()


@pytest.mark.full
def test_reports_of_real_sales_are_what_plain_python_makes(administration):
    source = Source.of(real_file("sales/online-retail-sample.xlsx"))
    work = partial(
        invoices.run,
        records=reading.invoice_records(source, reading.Stated(), None),
        file_name=source.name,
        file_digest=source.digest(),
        choices=invoices.Choices(credit_prefix="C"),
    )
    with clock.stopped(TODAY):
        assert administration.write(invoices.IMPORT, work)[0].created == 12_065
    table = administration.read(partial(reports.make, name="revenue", wanted=Wanted(as_of=TODAY)))
    assert table.totals[2:4] == (12_065, Money(58_003_285))
    rows = administration.read(Rows.of)
    with clock.stopped(TODAY):
        for asked in (
            plain.Asked(TODAY),
            plain.Asked(dt.date(2011, 6, 30), dt.date(2011, 1, 1), dt.date(2011, 6, 30)),
        ):
            administration.read(partial(everything, rows=rows, asked=asked))


# --- read by other programs ------------------------------------------------------------------


def made(administration):
    """Every report on the example, over all of history."""
    wanted = Wanted(as_of=TODAY)
    return [
        administration.read(partial(reports.make, name=name, wanted=wanted))
        for name in reports.REPORTS
    ]


def test_csv_of_every_report_reads_back_equal(example, tmp_path):
    i18n.set_number_format("nl")
    for table in made(example):
        path = tmp_path / f"{table.name}.csv"
        report_file.write(table, path, "", plain=True)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream, delimiter=";"))[1:]
        for line, row in zip(lines, table.rows, strict=False):
            assert [understood(text, cell) for text, cell in zip(line, row, strict=True)] == [
                cell if cell is not None else "" for cell in row
            ], table.name


def test_every_report_fits_on_its_page(example):
    for table in made(example):
        page = report_pdf._Report(without_details(table), "Noordkade", TODAY)
        assert page._places[-1].right <= page._right + 1, table.name


def understood(text, like):
    """A cell of the file as the value that was written."""
    if like is None or isinstance(like, str):
        return text[1:] if isinstance(like, str) and text != like and text[:1] == "'" else text
    if isinstance(like, dt.date):
        return dt.date.fromisoformat(text)
    if isinstance(like, Days):
        return Days(round(float(text.replace(",", ".")) * 100))
    if isinstance(like, Money | Percent | Quantity | UnitPrice):
        return type(like).parse(text.replace(",", "."))
    return int(text)


@pytest.mark.full
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_recalculates_every_report_to_the_same_totals(example, tmp_path, kind):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (packaging/system-libraries.txt)")
    i18n.set_number_format("en")
    tables = made(example)
    for table in tables:
        report_file.write(table, tmp_path / f"{table.name}.{kind}", "")
    out = tmp_path / "out"
    done = subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false",
            "--outdir",
            str(out),
            *(str(path) for path in sorted(tmp_path.glob(f"*.{kind}"))),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert len(list(out.glob("*.csv"))) == len(tables), done.stderr
    for table in tables:
        with (out / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            lines = list(csv.reader(stream))
        if table.totals is not None:
            for text, cell in zip(lines[-1], table.totals, strict=False):
                if isinstance(cell, Money):
                    assert round(float(text) * 100) == cell.cents, (table.name, lines[-1])
        rows = lines[-len(table.rows) - (table.totals is not None) :] if table.rows else []
        for line, row in zip(rows, table.rows, strict=False):
            for text, cell in zip(line, row, strict=False):
                if isinstance(cell, Money):
                    assert round(float(text) * 100) == cell.cents, (table.name, line)
