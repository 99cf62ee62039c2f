from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from tests.real_files import real_file

from klantenapp.models.values import Money, Percent, Quantity, UnitPrice
from klantenapp.services.errors import imports as errors
from klantenapp.services.errors.base import Invalid
from klantenapp.services.imports import days, mapping, numerals, tabular
from klantenapp.services.imports.fields import (
    CUSTOMER_FIELDS,
    INVOICE_FIELDS,
    ITEM_FIELDS,
    Field,
    Kind,
)
from klantenapp.services.imports.numerals import Decimals
from klantenapp.services.imports.source import Source, encoding_of
from klantenapp.services.imports.table import open_table


def table_of(text: str | bytes, name: str = "klanten.csv", **options):
    data = text.encode() if isinstance(text, str) else text
    return open_table(Source.of_bytes(name, data), **options)


def records_of(text, fields=CUSTOMER_FIELDS, *, maps=(), **options):
    table = table_of(text)
    chosen = mapping.stated(maps, table, fields)
    links = mapping.propose(table, fields, chosen)
    links.verify()
    formats = tabular.formats_of(table, links, fields, **options)
    return list(tabular.records(table, links, fields, formats))


def workbook(*rows, **cells) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, value in cells.items():
        book.active[name] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_out(encoding, found):
    text = "Naam;Plaats\r\nCafé Zoë – € 5;Zürich\r\n"
    source = Source.of_bytes("x.csv", text.encode(encoding))
    assert encoding_of(source) == found
    record = records_of(text.encode(encoding))[0]
    assert record.values == {"name": "Café Zoë – € 5", "city": "Zürich"}


def test_mixed_encodings_are_refused_with_the_line():
    data = "naam\nZoë\n".encode() + "Renée\n".encode("cp1252")
    with pytest.raises(errors.EncodingsMixed) as caught:
        table_of(data)
    assert (caught.value.file, caught.value.line) == ("klanten.csv", 3)


def test_bytes_that_are_no_text_are_refused_with_the_line():
    with pytest.raises(errors.EncodingUnknown) as caught:
        table_of(b"naam\nabc\n\x81\x8d\n")
    assert caught.value.line == 3
    with pytest.raises(errors.EncodingUnknown) as caught:
        table_of(b"naam;plaats\nab\0c;x\n")
    assert caught.value.line == 2


def test_a_line_of_ten_megabytes_is_refused_by_line():
    with pytest.raises(errors.LineTooLong) as caught:
        table_of(b"naam;plaats\nJan;Zwolle\n" + b"x" * 10_000_000)
    assert caught.value.line == 3


def test_a_cell_beyond_the_limit_is_refused_by_line():
    with pytest.raises(errors.LineTooLong) as caught:
        list(table_of("naam;plaats\n" + "a;b\n" * 300 + f'"{"x" * 200_000}";b\n').rows())
    assert caught.value.line == 302


def test_nothing_and_names_only_are_refused():
    with pytest.raises(errors.FileEmpty):
        table_of(b"")
    with pytest.raises(errors.NoRows):
        table_of("naam;plaats\n")
    with pytest.raises(errors.NoRows):
        table_of("\n\n \n")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(errors.FileUnreadable):
        Source.of(tmp_path / "weg.csv")
    with pytest.raises(errors.FileUnreadable):
        Source.of(tmp_path)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_out(separator):
    rows = [["Naam", "Plaats", "IBAN"], ["Jan", "Zwolle", ""], ["Els", "", ""]]
    text = "\n".join(separator.join(row) for row in rows)
    assert table_of(text).separator == separator


def test_two_separators_that_fit_are_refused():
    with pytest.raises(errors.SeparatorAmbiguous):
        table_of("naam, voornaam;plaats\nJansen, Piet;Zwolle\nBakker, Els;Kampen\n")


def test_the_line_that_names_the_separator_is_obeyed():
    table = table_of("sep=;\nnaam;plaats\na,b;c\n")
    assert (table.separator, table.sample[0].line) == (";", 3)
    assert table.sample[0].cells == ("a,b", "c")


def test_a_quote_that_is_not_closed_is_refused_where_it_opens():
    with pytest.raises(errors.QuotesBroken) as caught:
        table_of('naam;plaats\nJan;Zwolle\n"Piet;Kampen\nKlaas;Ommen\n', separator=";")
    assert caught.value.line == 3


def test_line_numbers_survive_line_breaks_inside_quotes_and_blank_lines():
    table = table_of('naam;notitie\n"Jan";"een\ntwee"\n\nEls;x\n')
    assert [row.line for row in table.rows()] == [2, 5]


def test_a_ragged_line_is_refused_by_line_and_the_rest_is_read():
    found = records_of("naam;plaats\nJan;Zwolle\nEls\nPiet;Kampen;x;y\nAn;Ommen;\n")
    assert [record.line for record in found if record.refused] == [3, 4]
    failure = found[2].refused[0].failure
    assert (failure.found, failure.expected) == (4, 2)
    assert found[3].values["city"] == "Ommen"


# --- spreadsheets ---------------------------------------------------------------------------


def test_a_workbook_gives_typed_cells():
    data = workbook(
        ["code", "name", "price", "tax"],
        [7, "Uur", 92.5, "21"],
        ["007", "Set", 0.1 + 0.2, 0.21],
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active["D3"].number_format = "0%"
    stream = io.BytesIO()
    book.save(stream)
    first, second = records_of(stream.getvalue(), ITEM_FIELDS)
    assert first.values == {"code": "7", "name": "Uur", "price": UnitPrice(925_000), "tax": "21"}
    assert second.values == {"code": "007", "name": "Set", "price": UnitPrice(3_000), "tax": "21"}


def test_dates_of_both_epochs_are_the_same_days():
    for epoch in (openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH):
        book = openpyxl.Workbook()
        book.epoch = epoch
        book.active.append(["factuurnummer", "factuurdatum"])
        book.active.append([1, dt.date(2026, 11, 23)])
        stream = io.BytesIO()
        book.save(stream)
        record = records_of(stream.getvalue(), INVOICE_FIELDS)[0]
        assert record.values["date"] == dt.date(2026, 11, 23)


def test_a_formula_without_outcome_and_an_error_are_named_and_nothing_is_computed():
    data = workbook(["naam", "plaats"], ["Jan", "=1+1"], ["Els", "#REF!"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active["B3"].data_type = "e"
    stream = io.BytesIO()
    book.save(stream)
    first, second = records_of(stream.getvalue())
    assert isinstance(first.refused[0].failure, errors.FormulaWithoutResult)
    assert (first.refused[0].line, first.refused[0].field) == (2, "city")
    assert second.refused[0].failure.value == "#REF!"


def test_text_that_looks_like_a_formula_stays_text():
    assert records_of("naam;plaats\n=1+1;@SUM(1)\n")[0].values == {
        "name": "=1+1",
        "city": "@SUM(1)",
    }


def test_a_sheet_is_chosen_by_name():
    book = openpyxl.Workbook()
    book.active.append(["naam"])
    book.active.append(["Jan"])
    book.create_sheet("Meer").append(["naam"])
    book["Meer"].append(["Els"])
    stream = io.BytesIO()
    book.save(stream)
    table = table_of(stream.getvalue(), sheet="Meer")
    assert table.sheets == ("Sheet", "Meer")
    assert [row.cells for row in table.rows()] == [("Els",)]
    with pytest.raises(errors.SheetUnknown):
        table_of(stream.getvalue(), sheet="Weg")


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped(xl__workbook_xml=b"<workbook/>", xl__sheet_xml=b" " * 150_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(errors.ArchiveTooLarge):
        table_of(bomb)


def test_damaged_and_old_and_other_files_are_refused():
    whole = workbook(["naam"], ["Jan"])
    with pytest.raises(errors.ArchiveDamaged):
        table_of(whole[: len(whole) // 2])
    with pytest.raises(errors.SpreadsheetTooOld):
        table_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(errors.UnknownFormat):
        table_of(zipped(readme_txt=b"x"))
    with pytest.raises(errors.UnknownFormat):
        table_of(b"%PDF-1.7 ...")
    doctype = b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'
    with pytest.raises(errors.XmlForbidden):
        table_of(zipped(xl__workbook_xml=doctype))


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Klanten"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Naam</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Datum</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Bedrag</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="2">
<table:table-cell office:value-type="string">
<text:p>A<text:s text:c="2"/>B</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-11-23"/>
<table:table-cell office:value-type="float" office:value="12.345"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="string">
<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
</table:table><table:table table:name="Leeg"/></office:spreadsheet></office:body>
</office:document-content>"""


def ods(content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    return stream.getvalue()


def test_an_ods_gives_typed_cells_with_repeats_and_errors():
    table = table_of(ods(ODS))
    rows = list(table.rows())
    assert table.sheets == ("Klanten", "Leeg")
    assert rows[0].cells == ("A  B", dt.date(2026, 11, 23), Decimal("12.345"))
    assert [row.line for row in rows] == [2, 3, 1_048_004]
    assert rows[2].cells[0].error == "#DIV/0!"
    with pytest.raises(errors.XmlForbidden):
        table_of(ods(ODS.replace("?><office", "?><!DOCTYPE a><office", 1)))
    with pytest.raises(errors.XmlDamaged):
        table_of(ods(ODS[:-40]))


def test_two_million_rows_stream_in_flat_memory(tmp_path):
    path = tmp_path / "groot.csv"
    count = 200_000  # the claim is that memory does not grow with the rows; see below
    with path.open("w") as stream:
        stream.write("naam;plaats\n")
        stream.writelines(f"Klant {number};Zwolle\n" for number in range(count))
    table = open_table(Source.of(path))
    tracemalloc.start()
    assert sum(1 for _ in table.rows()) == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


# --- numbers and dates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [
        ("1.234,56", "1234.56", None),
        ("1,234.56", None, "1234.56"),
        ("1.234", "1234", "1.234"),
        ("1,50", "1.50", None),
        ("12", "12", "12"),
        ("-12,50", "-12.50", None),
        ("12,50-", "-12.50", None),
        ("(12,50)", "-12.50", None),
        ("−12,50", "-12.50", None),
        ("€ 1.234,56", "1234.56", None),
        ("1 234,56", "1234.56", None),
        ("1'234.56", None, "1234.56"),
        ("12,-", "12.00", None),
        (",50", "0.50", None),
        ("12,345,678.9", None, "12345678.9"),
        ("1.2.3", None, None),
        ("NaN", None, None),
        ("Infinity", None, None),
        ("1e308", None, None),
        ("٣", None, None),
        ("", None, None),
        (",", None, None),
        ("12a", None, None),
    ],
)
def test_a_number_reads_with_one_sign_or_the_other(text, comma, point):
    def expected(value):
        return None if value is None else Decimal(value)

    assert numerals.read(text, Decimals.COMMA) == expected(comma)
    assert numerals.read(text, Decimals.POINT) == expected(point)


AMOUNTS = (Field("amount", Kind.AMOUNT, ("bedrag",)), Field("price", Kind.PRICE, ("prijs",)))


def test_the_decimal_sign_is_learnt_over_the_whole_column():
    found = records_of("bedrag;x\n1.234;a\n12,50;b\n", AMOUNTS)
    assert [record.values["amount"] for record in found] == [Money(123_400), Money(1_250)]


def test_a_column_that_both_signs_fit_is_refused_and_may_be_told():
    with pytest.raises(errors.DecimalsAmbiguous) as caught:
        records_of("bedrag;x\n1.234;a\n2.345;b\n", AMOUNTS)
    assert (caught.value.column, caught.value.example) == ("bedrag", "1.234")
    found = records_of("bedrag;x\n1.234;a\n", AMOUNTS, decimals=Decimals.COMMA)
    assert found[0].values["amount"] == Money(123_400)


def test_a_column_with_both_signs_is_refused_with_both_lines():
    with pytest.raises(errors.DecimalsMixed) as caught:
        records_of("bedrag;x\n12,50;a\n12.50;b\n", AMOUNTS)
    assert (caught.value.comma_line, caught.value.point_line) == (2, 3)


def test_a_wrong_number_is_refused_by_line_and_field():
    found = records_of("bedrag;prijs\n12,345;1,2345\nveel;1\n1,00;99999999999999999\n", AMOUNTS)
    failures = [(r.line, r.field, type(r.failure)) for record in found for r in record.refused]
    assert failures == [
        (2, "amount", errors.TooManyDecimals),
        (3, "amount", errors.NotAnAmount),
        (4, "price", errors.NumberTooLarge),
    ]


DATES = (Field("date", Kind.DATE, ("datum",)),)


def test_a_date_pattern_is_learnt_over_the_whole_column():
    found = records_of("datum;x\n01-02-2026;a\n23-02-2026;b\n30-02-2026;c\n", DATES)
    assert found[0].values["date"] == dt.date(2026, 2, 1)
    assert isinstance(found[2].refused[0].failure, errors.NotADay)


def test_dates_that_fit_two_patterns_are_asked_never_guessed():
    with pytest.raises(errors.DatesAmbiguous) as caught:
        records_of("datum;x\n05-05-2026;a\n01-02-2026;b\n", DATES)
    assert (caught.value.first, caught.value.second) == ("%d-%m-%Y", "%m-%d-%Y")
    assert caught.value.example == "01-02-2026"
    found = records_of("datum;x\n01-02-2026;a\n", DATES, date_pattern="%m-%d-%Y")
    assert found[0].values["date"] == dt.date(2026, 1, 2)


def test_dates_that_mean_the_same_in_both_patterns_are_no_question():
    assert records_of("datum;x\n05-05-2026;a\n", DATES)[0].values["date"] == dt.date(2026, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "23-11-2026",
        "2026-11-23",
        "23/11/2026",
        "11/23/2026",
        "23.11.2026",
        "20261123",
        "23 nov 2026",
        "23 november 2026",
        "23-11-2026 14:05",
        "2026-11-23T14:05:00Z",
        "23-11-26",
    ],
)
def test_the_usual_ways_to_write_a_day_are_read(text):
    assert records_of(f"datum;x\n{text};a\n", DATES)[0].values["date"] == dt.date(2026, 11, 23)


def test_a_stated_pattern_must_read_a_whole_day():
    assert days.checked("%d/%m/%y") == "%d/%m/%y"
    for pattern in ("%d-%m", "dd-mm-jjjj", "%Q", ""):
        with pytest.raises(errors.DatePatternInvalid):
            days.checked(pattern)


# --- mapping --------------------------------------------------------------------------------


def test_columns_are_recognised_by_name_and_by_content():
    table = table_of(
        "Klantnr;Bedrijfsnaam;Mail facturen;Straat + nr;PC;Termijn;BTW nr.;Vrij veld\n"
        "K-0007;Voorbeeld Bouw B.V.;a@voorbeeld.example;Modelweg 8;8011 AB;30;NL009876543B01;"
        "NL91ABNA0417164300\n"
    )
    links = mapping.propose(table, CUSTOMER_FIELDS)
    assert {table.columns[link.column].header: (link.field, link.by) for link in links.links} == {
        "Klantnr": ("number", "name"),
        "Bedrijfsnaam": ("name", "name"),
        "Mail facturen": ("email", "name"),
        "Straat + nr": ("street", "name"),
        "PC": ("postal_code", "name"),
        "Termijn": ("payment_terms_days", "name"),
        "BTW nr.": ("vat_id", "name"),
        "Vrij veld": ("iban", "content"),
    }
    assert links.problems == ()


def test_the_columns_of_the_retail_sample_are_recognised():
    header = "InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country"
    table = table_of(header + "\n1;2;x;3;2011-01-01;1.25;12;Norway\n")
    links = mapping.propose(table, INVOICE_FIELDS)
    assert [link.field for link in links.links] == [
        "number",
        "item",
        "description",
        "quantity",
        "date",
        "unit_price",
        "customer",
        "country",
    ]


def test_what_the_user_says_goes_before_names():
    table = table_of("Naam;Bedrijf;X\nJan;Bouw;Zwolle\n")
    chosen = mapping.stated(["name=Bedrijf", "city=C", "contact=naam"], table, CUSTOMER_FIELDS)
    links = mapping.propose(table, CUSTOMER_FIELDS, chosen)
    assert [(link.column, link.field) for link in links.links] == [
        (0, "contact"),
        (1, "name"),
        (2, "city"),
    ]
    links.verify()


def test_one_field_twice_is_an_error_and_so_is_one_column_twice():
    table = table_of("A;B;C\nx;y;z\n")
    chosen = mapping.stated(["name=A", "name=B", "city=C", "phone=C"], table, CUSTOMER_FIELDS)
    with pytest.raises(Invalid) as caught:
        mapping.propose(table, CUSTOMER_FIELDS, chosen).verify()
    kinds = [type(failure) for _field, failure in caught.value.problems]
    assert kinds == [errors.FieldMappedTwice, errors.ColumnMappedTwice]


def test_two_columns_of_one_name_are_named_with_their_letters():
    table = table_of("Naam;Plaats;Naam\nx;y;z\n")
    with pytest.raises(errors.HeaderTwice) as caught:
        mapping.propose(table, CUSTOMER_FIELDS).verify()
    assert (caught.value.first, caught.value.second) == ("A", "C")
    with pytest.raises(errors.HeaderTwice):
        mapping.stated(["name=Naam"], table, CUSTOMER_FIELDS)
    chosen = mapping.stated(["name=C"], table, CUSTOMER_FIELDS) | {0: []}
    mapping.propose(table, CUSTOMER_FIELDS, chosen).verify()


def test_a_missing_required_field_and_unknown_words_are_named():
    table = table_of("Plaats;X\nZwolle;1\n")
    with pytest.raises(errors.FieldMissing) as caught:
        mapping.propose(table, CUSTOMER_FIELDS).verify()
    assert caught.value.name == "name"
    with pytest.raises(errors.FieldUnknown):
        mapping.stated(["naam=Plaats"], table, CUSTOMER_FIELDS)
    with pytest.raises(errors.ColumnUnknown) as caught:
        mapping.stated(["name=Weg"], table, CUSTOMER_FIELDS)
    assert caught.value.known == "Plaats, X"
    with pytest.raises(errors.MappingUnclear):
        mapping.stated(["name"], table, CUSTOMER_FIELDS)


def test_a_table_without_names_uses_letters():
    table = table_of("1;Jan;jan@voorbeeld.example\n2;Els;els@voorbeeld.example\n")
    assert not table.has_header
    assert len(list(table.rows())) == 2
    chosen = mapping.stated(["name=B"], table, CUSTOMER_FIELDS)
    links = mapping.propose(table, CUSTOMER_FIELDS, chosen)
    assert [(link.column, link.field) for link in links.links] == [(1, "name"), (2, "email")]


# --- cells ----------------------------------------------------------------------------------


def test_cells_become_the_values_of_their_fields():
    record = records_of(
        "naam;soort;land;taal;labels;termijn;iban;btw-id;betaalwijze\n"
        ' Jan\u200b  de\tBoer ;Particulier;Duitsland;Engels;"vip, nieuw, vip";30 dagen;'
        "nl91 abna 0417 1643 00;nl 0012 B01;incasso\n"
    )[0]
    assert record.refused == ()
    assert record.values == {
        "name": "Jan de Boer",
        "kind": "consumer",
        "country": "DE",
        "language": "en",
        "labels": ("vip", "nieuw"),
        "payment_terms_days": 30,
        "iban": "NL91ABNA0417164300",
        "vat_id": "NL0012B01",
        "payment_method": "direct_debit",
    }


def test_wrong_cells_are_refused_by_line_and_field():
    found = records_of(
        f"naam;soort;land;termijn\nJan;vreemd;Atlantis;-3\n;;;\n;;NL;2,5\n{'x' * 201};;;\n"
    )
    failures = [(r.line, r.field, type(r.failure)) for record in found for r in record.refused]
    assert failures == [
        (2, "kind", errors.NotAChoice),
        (2, "country", errors.NotAChoice),
        (2, "payment_terms_days", errors.NotWhole),
        (4, "payment_terms_days", errors.NotWhole),
        (4, "name", errors.CellMissing),
        (5, "name", errors.CellTooLong),
    ]


def test_percentages_and_quantities_are_exact():
    fields = (Field("p", Kind.PERCENT, ("p",)), Field("q", Kind.QUANTITY, ("q",)))
    record = records_of("p;q\n21 %;2,5\n", fields)[0]
    assert record.values == {"p": Percent(2100), "q": Quantity(25_000)}


def test_the_retail_sample_reads_whole():
    table = open_table(Source.of(real_file("sales/online-retail-sample.xlsx")))
    links = mapping.propose(table, INVOICE_FIELDS)
    links.verify()
    formats = tabular.formats_of(table, links, INVOICE_FIELDS)
    found = list(tabular.records(table, links, INVOICE_FIELDS, formats))
    with_customer = [record for record in found if "customer" in record.values]
    assert (len(found), len(with_customer)) == (40_000, 29_943)
    assert not any(record.refused for record in found)
    assert len({record.values["number"] for record in with_customer}) == 12_065
    assert len({record.values["number"] for record in found}) == 13_199
    total = sum(
        (r.values["unit_price"].times(r.values["quantity"]).cents for r in with_customer), 0
    )
    assert total == 58_003_285


def test_an_ods_that_is_no_whole_spreadsheet_is_refused():
    with pytest.raises(errors.SheetUnknown):
        table_of(ods(ODS), sheet="Weg")
    wide = ODS.replace(
        '<table:table-cell table:number-columns-repeated="16000"/>',
        '<table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p>'
        "</table:table-cell>",
    )
    with pytest.raises(errors.TooManyColumns):
        table_of(ods(wide))
    whole = ods(ODS)
    middle = whole.index(b"content.xml") + 40
    with pytest.raises((errors.ArchiveDamaged, errors.XmlDamaged)):
        list(table_of(whole[:middle] + b"\xff" * 30 + whole[middle + 30 :]).rows())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(errors.UnknownFormat):
        table_of(stream.getvalue())


def test_every_kind_of_cell_of_an_ods_is_read():
    row = (
        '<table:table-cell office:value-type="percentage" office:value="0.21"/>'
        '<table:table-cell office:value-type="currency" office:value="-12.5"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-11-23T14:05:00"/>'
        '<table:table-cell office:value-type="date" office:date-value="ooit"/>'
        '<table:table-cell office:value-type="string"><text:p>a<text:tab/>b<text:line-break/>'
        "<text:span>c</text:span>d</text:p><text:p>e</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=A1"/><table:table-cell office:value-type="float" '
        'office:value="x"/>'
    )
    content = (
        ODS.split("<table:table-row>", maxsplit=1)[0] + f"<table:table-row>{row}</table:table-row>"
    )
    table = table_of(
        ods(content + "</table:table></office:spreadsheet></office:body></office:document-content>")
    )
    (only,) = table.rows()
    assert only.cells[:4] == (
        Decimal(21),
        Decimal("-12.5"),
        True,
        dt.datetime(2026, 11, 23, 14, 5),  # noqa: DTZ001 - a sheet has no time zone
    )
    assert only.cells[4:6] == (None, "a\tb\ncd\ne")
    assert only.cells[6].error is None
    assert only.cells[7] == "x"


def test_a_workbook_with_too_much_is_refused():
    with pytest.raises(errors.TooManyColumns):
        table_of(workbook(["x"] * 1_001))
    whole = workbook(["naam", "x"], ["Jan", True])
    assert next(table_of(whole).rows()).cells == ("Jan", True)
    parts = {}
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for broken in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as packed:
            for name, content in parts.items():
                packed.writestr(name, content[:-60] if name == broken else content)
        with pytest.raises(errors.ArchiveDamaged):
            list(table_of(stream.getvalue()).rows())
