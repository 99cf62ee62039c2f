from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from klantenapp import i18n
from klantenapp.models.values import Money
from klantenapp.sentences.speak import sentence
from klantenapp.services.errors import bank_files
from klantenapp.services.errors import imports as errors
from klantenapp.services.imports import bank_file, bank_table, mapping, tabular
from klantenapp.services.imports.bank_model import account_key
from klantenapp.services.imports.source import Source
from klantenapp.services.imports.table import open_table

OWN = "NL71RABO0123456789"
OTHER = "NL91ABNA0417164300"


def read(data: str | bytes, name: str = "bank.dat"):
    return bank_file.read(Source.of_bytes(name, data.encode() if isinstance(data, str) else data))


def lines(found):
    return [line for statement in found.statements for line in statement.lines]


def entry(amount="121.00", mark="CRDT", currency="EUR", details="", status="<Sts>BOOK</Sts>"):
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>2026-01-05</Dt></BookgDt><ValDt><Dt>2026-01-05</Dt></ValDt>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def payment(amount, text, account=OTHER, name="Jansen B.V.", extra=""):
    return (
        f'<TxDtls><Refs><EndToEndId>E-{text}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt>'
        f"<RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{account}</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>{extra}</TxDtls>"
    )


def camt(*entries, opening="1000.00", closing="1121.00", account=OWN):
    def balance(code, amount):
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
            f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
            "<Dt><Dt>2026-01-05</Dt></Dt></Bal>"
        )

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr/><Stmt><Id>1</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{balance('OPBD', opening)}{balance('CLBD', closing)}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    )


def mt940(*pairs, account=OWN, opening="1000,00", closing="1121,00"):
    body = "".join(f":61:{entry_}\r\n:86:{text}\r\n" for entry_, text in pairs)
    return (
        f":20:X\r\n:25:{account}\r\n:28C:1\r\n:60F:C260104EUR{opening}\r\n{body}"
        f":62F:C260105EUR{closing}\r\n-\r\n"
    )


CODED = f"/TRTP/SEPA OVERBOEKING/IBAN/{OTHER}/BIC/ABNANL2A/NAME/Jansen B.V./REMI/Factuur 1/EREF/E1"

RABO_HEADER = (
    '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",'
    '"Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij",'
    '"Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie",'
    '"Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2",'
    '"Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"\r\n'
)
RABO = (
    RABO_HEADER + f'"{OWN}","EUR","RABONL2U","000000000000000001","2026-01-05","2026-01-05",'
    f'"+121,00","+1121,00","{OTHER}","Jansen B.V.","","","ABNANL2A","cb","","E1","M1","NL1",'
    '"8000000000000000","Factuur","2026-0001"," ","MD06","","",""\r\n'
    f'"{OWN}","EUR","RABONL2U","000000000000000002","2026-01-06","2026-01-06","-21,50","+1099,50",'
    '"","Zoë","","","","ba","","","","","","x"," "," ","","","",""\r\n'
)


# --- CAMT.053 -------------------------------------------------------------------------------


def test_a_collective_line_has_its_parts():
    parts = payment("100.00", "Factuur 1") + payment("21.00", "Factuur 2", name="Els")
    found = read(camt(entry(details=parts)))
    (line,) = lines(found)
    assert [(part.amount, part.details.text) for part in line.parts] == [
        (Money(10_000), "Factuur 1"),
        (Money(2_100), "Factuur 2"),
    ]
    assert line.parts[1].details.counterparty == "Els"
    assert found.balanced is True


def test_parts_that_do_not_sum_to_the_line_are_not_believed():
    parts = payment("100.00", "a") + payment("22.00", "b")
    assert lines(read(camt(entry(details=parts))))[0].parts == ()


def test_a_returned_payment_has_its_reason_and_mandate():
    extra = "<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>"
    details = payment("121.00", "x", extra=extra).replace(
        "</EndToEndId>", "</EndToEndId><MndtId>M1</MndtId>"
    )
    (line,) = lines(read(camt(entry(details=details))))
    assert (line.details.return_reason, line.details.mandate) == ("MD06", "M1")


def test_a_statement_that_does_not_add_up_says_by_how_much():
    found = read(camt(entry(), closing="1121.05"))
    assert found.balanced is False
    (account,) = found.accounts()
    assert (account.iban, account.read, account.sum) == (OWN, 1, Money(12_100))
    assert account.difference == Money(5)


def test_zero_foreign_and_pending_lines_are_set_aside_by_line():
    found = read(
        camt(
            entry(),
            entry(amount="0.00"),
            entry(amount="5.125", currency="KWD"),
            entry(status="<Sts><Cd>PDNG</Cd></Sts>"),
        )
    )
    assert [type(line.aside) for line in lines(found)] == [
        type(None),
        bank_files.BankLineZero,
        bank_files.BankLineForeign,
        bank_files.BankLinePending,
    ]
    assert (found.read, found.balanced) == (4, True)


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><Document/>", errors.XmlForbidden),
        ("<?xml version='1.0'?>\n" + "<a>" * 1_000_000, errors.XmlTooDeep),
        (camt(entry())[:-60], errors.XmlDamaged),
        ("<html><body>Log in</body></html>", bank_files.NotABankFile),
        ("<Document><GetAcct/></Document>", bank_files.NotABankFile),
        ("<Document><BkToCstmrDbtCdtNtfctn/></Document>", bank_files.OtherMessage),
        ("<Document><BkToCstmrStmt/></Document>", bank_files.NoStatement),
        ("<Document><BkToCstmrStmt><Stmt/></BkToCstmrStmt></Document>", bank_files.StatementCutOff),
        (camt(entry(amount="1,00")), bank_files.StatementFieldBroken),
        (camt(entry(amount="1.005")), bank_files.StatementFieldBroken),
        (camt(entry(amount="9" * 25)), bank_files.StatementFieldBroken),
        (camt(entry(mark="X")), bank_files.StatementFieldBroken),
        (camt(entry().replace("2026-01-05", "2026-13-05")), bank_files.StatementFieldBroken),
        (camt(entry()).encode("utf-8").replace(b"<Id>1", b"<Id>\xff"), errors.EncodingUnknown),
    ],
)
def test_xml_that_is_no_whole_statement_is_refused(data, failure):
    with pytest.raises(failure) as caught:
        read(data)
    assert caught.value.file == "bank.dat"


# --- MT940 ----------------------------------------------------------------------------------


def test_the_coded_text_of_the_large_banks_is_read():
    (line,) = lines(read(mt940(("2601050105C121,00NTRFNONREF//B1", CODED))))
    assert line.amount == Money(12_100)
    assert line.details.counterparty == "Jansen B.V."
    assert (line.details.iban, line.details.text) == (OTHER, "Factuur 1")
    assert (line.details.end_to_end_id, line.details.bank_reference) == ("E1", "B1")


def test_the_newer_text_of_ing_is_read():
    text = (
        f"/EREF/E1//MARF/M1//CSID/NL1//CNTP/{OTHER}/ABNANL2A/Jansen B.V./Zwolle//"
        "REMI/USTD//Factuur 2026-0001/"
    )
    (line,) = lines(read(mt940(("260105C121,00NTRFNONREF", text))))
    assert line.details.counterparty == "Jansen B.V."
    assert (line.details.iban, line.details.text) == (OTHER, "Factuur 2026-0001")
    assert (line.details.mandate, line.details.end_to_end_id) == ("M1", "E1")
    structured = text.replace("USTD//Factuur 2026-0001/", "STRD/CUR/5000056789012345/")
    (line,) = lines(read(mt940(("260105C121,00NTRFNONREF", structured))))
    assert line.details.structured_reference == "5000056789012345"


def test_a_number_split_over_two_lines_does_not_matter():
    data = mt940(("260105C121,00NTRFNONREF", CODED)).replace(":28C:1", ":28C:\r\n00001")
    assert read(data).statements[0].number == "00001"


def test_reversals_turn_the_sign():
    found = read(mt940(("260105RC1,00N", "x"), ("260105RD2,00N", "y"), closing="1001,00"))
    assert [line.amount.cents for line in lines(found)] == [-100, 200]
    assert found.balanced is True


def test_a_day_booked_in_another_year_than_its_value_is_found():
    found = read(mt940(("2512310102C1,00N", "x"), ("2601011231C1,00N", "x")))
    assert [line.booked for line in lines(found)] == [
        dt.date(2026, 1, 2),
        dt.date(2025, 12, 31),
    ]


@pytest.mark.parametrize(
    ("old", "new", "failure", "line"),
    [
        (":62F:C260105EUR1121,00\r\n-\r\n", "", bank_files.StatementCutOff, 6),
        (":62F:", ":62:", bank_files.StatementCutOff, 7),
        (":60F:C260104EUR1000,00\r\n", "", bank_files.StatementCutOff, 6),
        ("C121,00", "X121,00", bank_files.StatementFieldBroken, 5),
        ("260105C", "261305C", bank_files.StatementFieldBroken, 5),
        ("1000,00", "1000,0x", bank_files.StatementFieldBroken, 4),
    ],
)
def test_a_statement_that_is_cut_off_or_broken_is_refused_by_line(old, new, failure, line):
    data = mt940(("260105C121,00NTRFNONREF", CODED))
    assert old in data
    with pytest.raises(failure) as caught:
        read(data.replace(old, new))
    assert (caught.value.file, caught.value.line) == ("bank.dat", line)


def test_mixed_encodings_are_refused_by_line():
    data = mt940(("260105C121,00N", "Zoë")).encode() + mt940(("260105C1,00N", "Renée")).encode(
        "cp1252"
    )
    with pytest.raises(errors.EncodingsMixed) as caught:
        read(data)
    assert caught.value.line == 14


# --- CSV ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_rabobank(encoding):
    found = read(RABO.encode(encoding))
    first, second = lines(found)
    assert found.format == "CSV Rabobank"
    assert found.balanced is True
    assert found.statements[0].opening == Money(100_000)
    assert (first.amount, second.amount) == (Money(12_100), Money(-2_150))
    assert first.details.text == "Factuur 2026-0001"
    assert first.details.structured_reference == "8000000000000000"
    assert (first.details.mandate, first.details.return_reason) == ("M1", "MD06")
    assert second.details.counterparty == "Zoë"


def test_abn_amro():
    found = read(
        f"123456789\tEUR\t20260105\t1000,00\t1121,00\t20260105\t121,00\t{CODED}\n"
        "123456789\tEUR\t20260106\t1121,00\t1099,50\t20260106\t-21,50\tBEA   NR:X1   WINKEL\n"
    )
    first, second = lines(found)
    assert (found.format, found.balanced) == ("CSV ABN AMRO", True)
    assert (first.details.iban, first.details.counterparty) == (OTHER, "Jansen B.V.")
    assert second.amount == Money(-2_150)


def test_knab():
    found = read(
        "KNAB EXPORT;;;;;;;;;;;;;;;;\n"
        "Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;"
        "Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Type betaling;"
        "Machtigingsnummer;Incassant ID;Adres;Referentie;Boekdatum;\n"
        f'"NL52KNAB0326203011";"05-01-2026";"EUR";"C";"121,00";"{OTHER}";"Jansen B.V.";'
        '"05-01-2026";"Overboeking";"Factuur 1";"";"";"";"";"C5F0";"06-01-2026";\n'
        '"NL52KNAB0326203011";"07-01-2026";"EUR";"D";"1,50";"";"Winkel";"07-01-2026";"Pin";"x";'
        '"";"";"";"";"";"";\n'
    )
    first, second = lines(found)
    assert (found.format, found.balanced) == ("CSV Knab", None)
    assert (first.booked, first.amount) == (dt.date(2026, 1, 6), Money(12_100))
    assert (second.booked, second.amount) == (dt.date(2026, 1, 7), Money(-150))


@pytest.mark.parametrize(("one", "two"), [("1.034,75", "-34,75"), ("1,034.75", "-34.75")])
def test_bunq_with_either_decimal_sign(one, two):
    found = read(
        '"Date","Interest Date","Amount","Account","Counterparty","Name","Description"\n'
        f'"2026-01-05","2026-01-05","{one}","NL10BUNQ2290325473","{OTHER}","Jansen","F 1"\n'
        f'"2026-01-06","2026-01-06","{two}","NL10BUNQ2290325473","","Winkel","x, y"\n'
    )
    assert [line.amount.cents for line in lines(found)] == [103_475, -3_475]
    assert found.format == "CSV bunq"


def test_asn_and_sns_with_a_comma_inside_apostrophes():
    found = read(
        f"05-01-2026,NL53ASNB0781269733,{OTHER},jansen b.v.,,,,EUR,1000.00,EUR,121.00,"
        "05-01-2026,05-01-2026,9713,IOB,12345,,'Factuur 1',1\n"
        "06-01-2026,NL53ASNB0781269733,,winkel,,,,EUR,1121.00,EUR,-21.50,"
        "06-01-2026,06-01-2026,9713,BEA,12346,,'pas 1, kassa 2',1\n"
    )
    assert (found.format, found.balanced) == ("CSV ASN, SNS", True)
    assert [line.details.text for line in lines(found)] == ["Factuur 1", "pas 1, kassa 2"]


def test_triodos_also_where_whole_lines_stand_in_quotes():
    plain = (
        f'"05-01-2026","NL10TRIO0390123456","1.121,00","Credit","Jansen","{OTHER}","ET","F 1",'
        '"2.121,00"\n"06-01-2026","NL10TRIO0390123456","21,00","Debet","Winkel","","BA","x",'
        '"2.100,00"\n'
    )
    wrapped = "".join('"{}";;\n'.format(row.replace('"', '""')) for row in plain.splitlines())
    for data in (plain, wrapped):
        found = read(data)
        assert (found.format, found.balanced) == ("CSV Triodos", True)
        assert [line.amount.cents for line in lines(found)] == [112_100, -2_100]


def test_a_row_with_another_banks_columns_is_refused_by_line():
    with pytest.raises(bank_files.OtherBanksColumns) as caught:
        read(RABO + "20260105;Jansen;NL1\n")
    assert (caught.value.line, caught.value.bank) == (4, "Rabobank")
    with pytest.raises(bank_files.OtherBanksColumns):
        read(RABO.replace("2026-01-06", "06-01-2026"))
    with pytest.raises(bank_files.StatementFieldBroken) as caught:
        read(RABO.replace("2026-01-06", "2026-01-36"))
    i18n.set_language("nl")
    assert "regel 3: Datum “2026-01-36”" in sentence(caught.value)
    with pytest.raises(bank_files.StatementFieldBroken) as caught:
        read(RABO.replace("-21,50", "-21.5O"))
    assert caught.value.line == 3


def test_a_pdf_is_called_by_its_name():
    with pytest.raises(bank_files.BankFileIsPdf):
        read("%PDF-1.7")


def test_a_table_of_no_bank_is_refused():
    with pytest.raises(bank_files.NotABankFile):
        read("Klantnr;Naam\n1;Jan\n")


# --- across formats -------------------------------------------------------------------------


def test_a_column_that_a_bank_never_wrote_is_no_broken_quote():
    head = '"Datum";"Naam / Omschrijving";"Rekening";"Debit";"Bedrag (EUR)"\n'
    with pytest.raises(bank_files.NotABankFile):
        read(head + f'"20261101";"Jansen";"{OWN}";"Bij";"121,00"\n', "vreemd.csv")


def test_one_line_has_one_fingerprint_in_every_format():
    from_camt = lines(read(camt(entry(details=payment("121.00", "Factuur 1")))))[0]
    from_mt940 = lines(read(mt940(("2601050105C121,00NTRFNONREF", CODED))))[0]
    from_csv = lines(read(RABO))[0]
    assert from_camt.fingerprint == from_mt940.fingerprint == from_csv.fingerprint != ""


def test_an_old_number_and_an_iban_are_the_same_account():
    assert account_key("0123456789") == account_key(OWN) == account_key("NL71 RABO 0123 4567 89")
    assert account_key("DE14508800500194785000") == "DE14508800500194785000"


def test_two_real_payments_that_are_equal_stay_two():
    twice = read(camt(entry(), entry(), closing="1242.00"))
    one, two = (line.fingerprint for line in lines(twice))
    assert one != two
    assert one == lines(read(camt(entry())))[0].fingerprint


def test_a_zip_of_files_is_one_import():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("jan/1.xml", camt(entry()))
        packed.writestr("feb.940", mt940(("2602050205C1,00NTRFNONREF", CODED), closing="1001,00"))
        packed.writestr("lees mij.txt", "hallo")
        packed.writestr("__MACOSX/._1.xml", b"\0\0")
        packed.writestr("plaatje.png", b"\x89PNG\0\0")
    found = read(stream.getvalue())
    assert (found.read, found.format, found.balanced) == (2, "CAMT.053, MT940", True)


def test_a_zip_with_one_broken_statement_is_refused_whole_and_names_it():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("1.xml", camt(entry()))
        packed.writestr("2.xml", camt(entry())[:-80])
    with pytest.raises(errors.XmlDamaged) as caught:
        read(stream.getvalue())
    assert caught.value.file == "2.xml"
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(bank_files.BankZipWithoutStatements):
        read(empty.getvalue())


# --- any table ------------------------------------------------------------------------------


def generic(text, *, account=None, maps=()):
    table = open_table(Source.of_bytes("mijn.csv", text.encode()))
    chosen = mapping.stated(maps, table, bank_table.BANK_FIELDS)
    links = mapping.propose(table, bank_table.BANK_FIELDS, chosen)
    links.verify()
    formats = tabular.formats_of(table, links, bank_table.BANK_FIELDS)
    return bank_table.read(table, links, formats, account)


def test_any_table_is_read_with_the_columns_the_user_links():
    found, refused = generic(
        "Wanneer;Hoeveel;Af of bij;Van;Saldo\n"
        "23-01-2026;121,00;Bij;Jansen;1.121,00\n24-01-2026;21,50;Af;Winkel;1.099,50\n",
        account=OWN,
        maps=["date=Wanneer", "amount=Hoeveel", "direction=C", "counterparty=Van"],
    )
    assert refused == ()
    assert (found.read, found.balanced) == (2, True)
    assert [line.amount.cents for line in lines(found)] == [12_100, -2_150]


def test_a_table_needs_an_account_and_names_its_broken_rows():
    with pytest.raises(errors.FieldMissing):
        generic("datum;bedrag\n23-01-2026;1,00\n")
    _found, refused = generic("datum;bedrag\n23-01-2026;1,00\nx;y\n", account=OWN)
    assert [(line.line, line.field) for line in refused] == [(3, "date"), (3, "amount")]
