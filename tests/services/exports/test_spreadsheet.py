"""A report as a spreadsheet: typed cells, sums that are formulas, and text that stays text."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import pathlib
import tracemalloc
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from tests.factories.disks import room_for

from klantenapp import i18n
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.services.errors.exports import (
    FormatUnknown,
    MayNotChange,
    OpenElsewhere,
    TooLongForSheet,
)
from klantenapp.services.errors.store import DiskFull
from klantenapp.services.exports import report_file, spreadsheet
from klantenapp.services.imports.source import Source
from klantenapp.services.imports.table import open_table
from klantenapp.services.insights.table import Column, ReportTable

DAY = dt.date(2026, 11, 23)
TABLE = ReportTable(
    "example",
    "Voor/beeld: [lijst]",
    "Waarop het berust",
    (("Periode", "2026"),),
    (
        Column("name", "Naam"),
        Column("amount", "Bedrag", "money"),
        Column("price", "Prijs", "price"),
        Column("quantity", "Aantal", "quantity"),
        Column("share", "Aandeel", "percent"),
        Column("count", "Keer", "int"),
        Column("day", "Datum", "date"),
    ),
    (
        ("=1+1", Money(123456), UnitPrice(12345), Quantity(25000), Percent(250), 3, DAY),
        ("+31 6 <a&b>", Money(-1), None, None, None, None, None),
    ),
    ("Totaal", Money(123455), None, None, None, 3, None),
)


def test_excel_gets_numbers_days_and_text_with_a_sum_that_it_computes_itself(tmp_path):
    path = tmp_path / "a.xlsx"
    spreadsheet.write_xlsx(TABLE, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows[:5]] == [
        TABLE.title,
        TABLE.basis,
        "Periode: 2026",
        None,
        "Naam",
    ]
    assert rows[5] == ["=1+1", 1234.56, 1.2345, 2.5, 0.025, 3, sheet["G6"].value]
    assert (sheet["G6"].is_date, sheet["G6"].value.date()) == (True, DAY)
    assert sheet["A6"].data_type == "s"
    assert sheet["B6"].number_format.startswith('"€"')
    assert rows[6][:2] == ["+31 6 <a&b>", -0.01]
    assert rows[7][:2] == ["Totaal", "=SUM(B6:B7)"]
    assert sheet.freeze_panes == "A6"
    kept = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    assert kept["B8"].value == 1234.55


def test_a_total_that_is_no_sum_stays_a_number(tmp_path):
    table = ReportTable("a", "A", "", (), TABLE.columns[1:2], ((Money(1),),), (Money(5),))
    spreadsheet.write_xlsx(table, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.cell(sheet.max_row, 1).value == 0.05


def test_opendocument_holds_the_same_and_stays_well_formed(tmp_path):
    path = tmp_path / "a.ods"
    spreadsheet.write_ods(TABLE, path)
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        root = etree.fromstring(archive.read("content.xml"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    rows = [list(row) for row in root.iter(f"{table}table-row")]
    assert rows[5][0].get(f"{office}value-type") == "string"
    assert "".join(rows[5][0].itertext()) == "=1+1"
    assert rows[5][1].get(f"{office}value") == "1234.56"
    assert rows[5][6].get(f"{office}date-value") == "2026-11-23"
    assert rows[7][1].get(f"{table}formula") == "of:=SUM([.B6:.B7])"


@pytest.mark.parametrize(
    ("numbers", "delimiter", "line"),
    [
        ("nl", ";", ["'=1+1", "1234,56", "1,2345", "2,5", "2,5", "3", "2026-11-23"]),
        ("en", ",", ["'=1+1", "1234.56", "1.2345", "2.5", "2.5", "3", "2026-11-23"]),
    ],
)
def test_csv_follows_the_way_numbers_are_written(tmp_path, numbers, delimiter, line):
    i18n.set_number_format(numbers)
    spreadsheet.write_csv(TABLE, tmp_path / "a.csv", plain=True)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream, delimiter=delimiter))
    assert lines[0][0] == "Naam"
    assert lines[1] == line


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_plain_file_reads_back_as_a_table(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    report_file.write(TABLE, path, "Noordkade", plain=True)
    table = open_table(Source.of(path))
    assert [column.header for column in table.columns] == [each.title for each in TABLE.columns]


def test_another_ending_is_refused_and_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    with pytest.raises(FormatUnknown):
        report_file.write(TABLE, tmp_path / "a.txt", "")
    path = tmp_path / "a.csv"
    path.write_text("oud")

    def full(*_arguments, **_values):
        raise OSError(errno.ENOSPC, "vol")

    monkeypatch.setattr(spreadsheet, "write_csv", full)
    with pytest.raises(DiskFull):
        report_file.write(TABLE, path, "")
    assert path.read_text() == "oud"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


# The library leaves its own files open when a write fails; they are removed all the same.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv", "pdf"])
@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_fills_up_halfway_leaves_no_half_file(tmp_path, kind, there):
    row = (Money(1), None, None, None, 1, DAY)
    lines = tuple((f"Klant {at} {at * 7919}", *row) for at in range(900))
    path = tmp_path / f"a.{kind}"
    if there:
        path.write_text("oud")
    with room_for(8_000), pytest.raises(DiskFull):
        report_file.write(replace(TABLE, rows=lines), path, "")
    assert path.exists() == there
    assert not there or path.read_text() == "oud"
    assert [each.name for each in tmp_path.iterdir()] == ([path.name] if there else [])


@pytest.mark.parametrize("lock", [".~lock.a.xlsx#", "~$a.xlsx"])
def test_a_file_that_a_spreadsheet_program_has_open_is_not_replaced(tmp_path, lock):
    path = tmp_path / "a.xlsx"
    path.write_text("oud")
    (tmp_path / lock).touch()
    with pytest.raises(OpenElsewhere):
        report_file.write(TABLE, path, "")
    assert path.read_text() == "oud"


def test_a_file_that_may_not_be_changed_is_not_replaced(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("oud")
    path.chmod(0o444)
    with pytest.raises(MayNotChange):
        report_file.write(TABLE, path, "")
    assert path.read_text() == "oud"


def test_a_file_that_the_system_holds_is_said_to_be_open(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("oud")

    def held(*_arguments):
        raise PermissionError(errno.EACCES, "in gebruik")

    monkeypatch.setattr(pathlib.Path, "replace", held)
    with pytest.raises(OpenElsewhere):
        report_file.write(TABLE, path, "")
    assert path.read_text() == "oud"


def test_more_rows_than_a_sheet_holds_are_refused_or_go_to_a_next_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1)
    for kind in ("xlsx", "ods"):
        with pytest.raises(TooLongForSheet):
            report_file.write(TABLE, tmp_path / f"a.{kind}", "")
    report_file.write(TABLE, tmp_path / "a.csv", "")
    spreadsheet.write_rows("A", TABLE.columns, TABLE.rows, tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["A", "A 2"]


def test_a_hundred_thousand_rows_take_the_memory_of_a_thousand(tmp_path):
    def peak(size):
        lines = ((f"Klant {at}", Money(at), None, None, None, at, DAY) for at in range(size))
        tracemalloc.start()
        spreadsheet.write_rows("A", TABLE.columns, lines, tmp_path / "a.xlsx")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    # The names of rows are not shared between cells, so nothing grows with the file.
    assert peak(6_000) < peak(1_000) * 1.5
