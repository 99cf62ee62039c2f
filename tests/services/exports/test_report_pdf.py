"""Reports as PDF."""

import datetime as dt

import pytest
from tests.factories.pages import assert_golden, page_images, reader, text, words

from klantenapp import i18n
from klantenapp.models.values import Money, Percent, Quantity
from klantenapp.services.exports.report_pdf import report_pdf
from klantenapp.services.insights.table import Column, ReportTable

TODAY = dt.date(2026, 11, 23)
COLUMNS = (
    Column("customer_number", "Nr."),
    Column("customer", "Klant"),
    Column("documents", "Documenten", "int"),
    Column("net", "Omzet", "money", chart=True),
    Column("share_percent", "Aandeel", "percent"),
    Column("hours", "Uren", "quantity"),
    Column("last", "Laatste", "date"),
)


def table(count=12, **changes):
    rows = tuple(
        (
            f"K-{number:04d}",
            f"Voorbeeldklant {number}",
            number,
            Money(10_000_000 // number),
            Percent(10_000 // number),
            Quantity(12_500 * number),
            dt.date(2026, 1, 1) + dt.timedelta(days=number) if number % 4 else None,
        )
        for number in range(1, count + 1)
    )
    content = {
        "name": "revenue",
        "title": "Omzet per klant",
        "basis": "Zonder btw, op factuurdatum",
        "filters": (("Periode", "01-01-2026 t/m 31-12-2026"),),
        "columns": COLUMNS,
        "rows": rows,
        "totals": ("", "Totaal", count, Money(31_032_106), Percent(10_000), None, None),
    }
    return ReportTable(**(content | changes))


def test_a_report_looks_and_reads_as_it_did():
    assert_golden("report", report_pdf(table(), "Noordkade Installatie", TODAY), [1])


def test_values_read_as_their_kind():
    seen = words(report_pdf(table(), "Noordkade Installatie", TODAY))
    for part in ("Omzet €", "100.000,00", "33,3%", "2,5", "02-01-2026", "Periode: 01-01-2026"):
        assert part in seen


def test_pages_repeat_the_head_and_the_totals_do_not_stand_alone():
    for count in range(18, 60):
        pages = text(report_pdf(table(count), "N", TODAY)).split("\f")
        for number, page in enumerate(pages, 1):
            assert "Klant" in page
            assert f"Pagina {number} van {len(pages)}" in page
        assert "Totaal" in pages[-1]
        assert f"K-{count:04d}" in pages[-1]


def test_few_columns_stand_upright_and_many_lie():
    wide = reader(report_pdf(table(), "N", TODAY)).pages[0].mediabox
    assert wide.width > wide.height
    small = table(columns=COLUMNS[:2], rows=(("1", "a"),), totals=None)
    upright = reader(report_pdf(small, "N", TODAY)).pages[0].mediabox
    assert upright.height > upright.width


def test_long_texts_give_way_and_stay_on_the_page():
    rows = (("1" * 80, "Lange naam " * 40, 1, Money(1), Percent(1), Quantity(1), TODAY),)
    page = page_images(report_pdf(table(rows=rows, totals=None), "N", TODAY), 96)[0]
    assert page[:, -40:].min() == 255


def test_negative_and_empty_values_draw_no_bar():
    rows = tuple(("1", "a", 1, amount, None, None, None) for amount in (Money(-5), Money(0), None))
    assert "−0,05" in words(report_pdf(table(rows=rows, totals=None), "N", TODAY))


def test_an_empty_report_still_has_its_head():
    assert "Klant" in words(report_pdf(table(rows=(), totals=None), "N", TODAY))


def test_an_english_interface_gives_an_english_report():
    i18n.set_language("en")
    assert "Page 1 of 1" in words(report_pdf(table(), "N", TODAY))


def test_rows_have_to_fit_their_columns():
    with pytest.raises(ValueError, match="revenue"):
        table(rows=(("1",),))
