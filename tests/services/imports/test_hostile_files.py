"""Files that were damaged on the way: a result or a refusal, never anything else, and in time."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantenapp.services.errors.base import Refusal
from klantenapp.services.imports import (
    bank_file,
    bank_table,
    contact_list,
    eml,
    mapping,
    tabular,
    vcard,
)
from klantenapp.services.imports.cards import customer_of
from klantenapp.services.imports.fields import CUSTOMER_FIELDS, INVOICE_FIELDS
from klantenapp.services.imports.source import Source
from klantenapp.services.imports.table import open_table

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds of the processor that any damaged file may take.
LIMIT = 5


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["factuurnummer", "klantnr", "datum", "bedrag", "btw", "land"])
    for number in range(1, 6):
        book.active.append([number, "K1", "23-11-2026", 12.5 * number, "21%", "NL"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def document() -> bytes:
    stream = io.BytesIO()
    content = (
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:spreadsheet>'
        '<t:table t:name="A"><t:table-row><t:table-cell><x:p>naam</x:p></t:table-cell>'
        '<t:table-cell t:number-columns-repeated="3"><x:p>plaats</x:p></t:table-cell>'
        '</t:table-row><t:table-row t:number-rows-repeated="2"><t:table-cell '
        'o:value-type="date" o:date-value="2026-11-23"/><t:table-cell o:value-type="float" '
        'o:value="1.5"/></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>'
    )
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    return stream.getvalue()


CSV = (
    "Klantnr;Naam;E-mail;Postcode;Termijn;IBAN;Land\r\n"
    '1;"Jansen; Zoë";j@x.example;8011 AB;30;NL91ABNA0417164300;Nederland\r\n'
    "2;Els;;;14 dagen;;DE\r\n"
).encode()
GOOGLE = (
    b"Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Value,"
    b"Address 1 - Street,Organization 1 - Name,Group Membership\n"
    b'Jan B,Jan,B,* Work,j@x.example ::: k@x.example,038,"Weg 8\nx",Bouw,* My ::: Test\n'
)
CARDS = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=\r\n=20x;y\r\n"
    b"TEL;WORK;VOICE:038\r\nADR;WORK:;;Weg 8;Zwolle;;8011 AB;NL\r\nNOTE:a\\nb\r\n c\r\n"
    b"PHOTO;ENCODING=BASE64:/9j/\r\n  AAAA\r\n\r\nEND:VCARD\r\n"
    b'BEGIN:VCARD\r\nitem1.EMAIL;type="work,pref":j@x.example\r\nORG:B\\;v;Afd\r\nEND:VCARD\r\n'
)
CAMT = (
    b'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:x:camt.053.001.02">'
    b"<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>NL71RABO0123456789</IBAN></Id></Acct>"
    b'<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt>'
    b"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>"
    b'<Ntry><Amt Ccy="EUR">8.85</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
    b"<BookgDt><Dt>2026-01-05</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>1</EndToEndId>"
    b"</Refs><RltdPties><Dbtr><Nm>Jan</Nm></Dbtr></RltdPties><RmtInf><Ustrd>F 1</Ustrd></RmtInf>"
    b"</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"
)
MT940 = (
    "{1:F01INGBNL2AXXXX00001}\r\n:20:X\r\n:25:NL71RABO0123456789\r\n:28C:1\r\n"
    ":60F:C260104EUR1000,00\r\n:61:2601050105C121,00NTRFNONREF//B1\r\n"
    ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/NAME/Jansen/REMI/Zoë 1/EREF/E1\r\n"
    ":61:260106D1,50N123NONREF\r\n:86:166?00A?20EREF+1?21SVWZ+x?31NL91ABNA0417164300?32Jan\r\n"
    ":62F:C260106EUR1119,50\r\n-}\r\n"
).encode()
ING = (
    '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";'
    '"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"\n'
    '"20260105";"Zoë";"NL90INGB0445266309";"";"GT";"Af";"2000,00";"x";"Naam: Z Omschrijving: y '
    'IBAN: NL91ABNA0417164300 Valutadatum: 05-01-2026";"446,38";""\n'
).encode()
MAIL = (
    "From jan@x.nl Mon Nov 23 10:00:00 2026\nFrom: =?utf-8?q?Zo=C3=AB?= <z@x.nl>\nTo: a@x.nl\n"
    "Subject: =?utf-8?B?SMOp?=\nDate: Mon, 23 Nov 2026 10:00:00 +0100\nMessage-ID: <1@x.nl>\n"
    'Content-Type: multipart/mixed; boundary="g"\n\n--g\nContent-Type: text/html; charset=x\n\n'
    '<p>Hé</p>\n--g\nContent-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\n'
    "AAAA\n--g--\n"
).encode()


def read_table(data: bytes) -> None:
    for fields in (CUSTOMER_FIELDS, INVOICE_FIELDS, bank_table.BANK_FIELDS):
        table = open_table(Source.of_bytes("x", data))
        if contact_list.is_contact_list(table):
            for card in contact_list.cards_of(table):
                customer_of(card)
        links = mapping.propose(table, fields)
        formats = tabular.formats_of(table, links, fields)
        for record in tabular.records(table, links, fields, formats):
            assert record.line >= 1


def read_cards(data: bytes) -> None:
    source = Source.of_bytes("x.vcf", data)
    vcard.is_vcard(source.head())
    for card in vcard.cards_of(source):
        customer_of(card)


def read_bank(data: bytes) -> None:
    found = bank_file.read(Source.of_bytes("x", data))
    found.accounts()
    for statement in found.statements:
        for line in statement.lines:
            assert line.fingerprint
            _ = line.aside


def read_mail(data: bytes) -> None:
    for found in eml.mails_of(Source.of_bytes("x.eml", data)):
        if isinstance(found, eml.Mail):
            assert found.digest


WHOLE: dict[str, tuple[bytes, Callable[[bytes], None]]] = {
    "csv": (CSV, read_table),
    "google": (GOOGLE, read_table),
    "xlsx": (sheet(), read_table),
    "ods": (document(), read_table),
    "vcard": (CARDS, read_cards),
    "camt": (CAMT, read_bank),
    "mt940": (MT940, read_bank),
    "ing": (ING, read_bank),
    "mail": (MAIL, read_mail),
}

_PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [
            b"\0", b"\n", b"\r", b'"', b";", b",", b"=", b":", b"\xff\xfe", b"\xc3", b"\x81",
            b"<", b">", b"&lt;", b"<!DOCTYPE a>", b"--g", b"BEGIN:VCARD\n", b"END:VCARD\n",
            b"-}\n", b":20:", b":61:", b":86:", b"?20", b">20", b"/REMI/", b"9" * 40, b"1e308",
            b"NaN", b"-0,00", b"31-02-2026", b"=?utf-8?B?", b"\xe2\x80\xae", b"A" * 5_000,
        ]
    ),
)  # fmt: skip


@st.composite
def damage(draw: st.DrawFn, whole: bytes) -> bytes:
    """Some cuts, repeats, flips and insertions; sometimes the end is missing."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["cut", "repeat", "insert", "replace", "flip", "truncate"]))
        if kind == "cut":
            del data[start:end]
        elif kind == "repeat":
            data[start:start] = data[start:end] * draw(st.integers(1, 20))
        elif kind == "insert":
            data[start:start] = draw(_PIECES)
        elif kind == "replace":
            data[start:end] = draw(_PIECES)
        elif kind == "flip" and start < len(data):
            data[start] ^= 1 << draw(st.integers(0, 7))
        elif kind == "truncate":
            del data[start:]
    return bytes(data)


def survive(name: str, data: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(Refusal):
        WHOLE[name][1](data)
    assert time.process_time() - started < LIMIT


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_file_is_read(name):
    data, read = WHOLE[name]
    read(data)


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_gives_a_result_or_a_refusal(name, data):
    survive(name, data.draw(damage(WHOLE[name][0])))


@pytest.mark.full
@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_ten_thousand_damaged_files_give_a_result_or_a_refusal(name, data):
    survive(name, data.draw(damage(WHOLE[name][0])))


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_off_anywhere_gives_a_result_or_a_refusal(name):
    whole = WHOLE[name][0]
    for part in range(100):
        survive(name, whole[: len(whole) * part // 100])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("csv", b"naam;plaats\n" + b"x;y\n" * 20_000),
        ("csv", b'"' * 500_000),
        ("csv", b"naam\n" + b";" * 400_000),
        ("csv", b"01-02-2026;1.234\n" * 20_000),
        ("vcard", b"BEGIN:VCARD\n" * 100_000),
        ("vcard", b"BEGIN:VCARD\nN:" + b";" * 400_000 + b"\nEND:VCARD"),
        ("vcard", b"BEGIN:VCARD\nNOTE:a\n" + b" b\n" * 200_000 + b"END:VCARD"),
        ("mt940", MT940 + b"x\n" * 200_000),
        ("mt940", MT940.replace(b"Jansen", b"/REMI/" * 50_000)),
        ("mt940", MT940.replace(b"NTRF", b"N" * 400_000)),
        ("ing", ING + b"'" * 400_000),
        ("camt", CAMT.replace(b"<RmtInf>", b"<a>" * 200_000)),
        ("camt", CAMT.replace(b"<Ustrd>", b"<Ustrd>" + b"x" * 900_000)),
        ("camt", CAMT.replace(b"<Sts>", b"<Sts/>" * 100_000 + b"<Sts>")),
        ("mail", MAIL.replace(b"To: ", b"To: " + b"a@x.nl, " * 50_000)),
        ("mail", MAIL.replace(b"To: ", b"To: " + b"(" * 100_000)),
        ("mail", MAIL.replace(b"SMOp", b"A" * 400_000)),
        ("mail", MAIL.replace(b"--g\n", b"--g\n\n" * 20_000)),
        ("mail", b"From: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nx"),
        ("mail", b"Subject: x\nReferences: " + b"<" * 400_000 + b"\n\nx"),
    ],
)
def test_a_file_that_is_made_to_take_long_does_not(name, data):
    survive(name, data)
