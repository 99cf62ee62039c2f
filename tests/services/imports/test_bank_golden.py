"""Figures of every real bank file, read from the raw file and not by running the program.

MT940: statements are the lines that start with `:25:`, lines those with `:61:`; the sum of their
amounts by sign and the difference `:62:` − `:60:` − sum by a Perl one-liner. CAMT.053 and CSV: by
awk over `<Ntry>` with its first `<Amt>` and mark, and over the columns. Amounts in cents.
"""

from __future__ import annotations

import pytest
from tests.real_files import real_file

from klantenapp.models.values import ZERO
from klantenapp.services.errors import bank_files, imports
from klantenapp.services.imports import bank_file
from klantenapp.services.imports.source import Source

#: file, statements, lines, sum, difference (None: no balances, or in two currencies)
GOLDEN = [
    ("camt053/genkgo/camt053.v2.all-balance-types.xml", 1, 1, 885, -582),
    ("camt053/genkgo/camt053.v2.five.decimals.xml", 1, 1, 885, 5),
    ("camt053/genkgo/camt053.v2.minimal.ultimate.xml", 1, 1, 885, None),
    ("camt053/genkgo/camt053.v2.minimal.xml", 1, 1, 885, None),
    ("camt053/genkgo/camt053.v2.multi.statement.xml", 2, 2, 185, 0),
    ("camt053/genkgo/camt053.v2.with-account-name.xml", 1, 1, 885, None),
    ("camt053/genkgo/camt053.v2.with-party-ids.xml", 1, 1, 885, None),
    ("camt053/genkgo/camt053.v3.xml", 1, 1, 885, None),
    ("camt053/genkgo/camt053.v4.xml", 1, 1, 885, None),
    ("camt053/genkgo/camt053.v8.xml", 1, 1, 885, None),
    ("bankcsv/ing/Alle_rekeningen_eng.csv", 3, 151, -39255, 0),
    ("bankcsv/ing/ING_Enkele.csv", 1, 2, -117802, 0),
    ("bankcsv/ing/ING_Enkele_spaar.csv", 1, 3, 225075, -115075),
    ("mt940/fruitl00p/Abn__issue48", 1, 2, 4702, 0),
    ("mt940/fruitl00p/Abn__sample", 4, 5, 2385322, 0),
    ("mt940/fruitl00p/Abn__sample2", 1, 4, -81200, 60150),
    ("mt940/fruitl00p/Asn__sample", 7, 3, -208178, 0),
    ("mt940/fruitl00p/Bunq__sample", 1, 111, -2667, 0),
    ("mt940/fruitl00p/Hsbc__sample", 1, 1, -2000000, 2000000),
    ("mt940/fruitl00p/Ing__sample", 1, 7, 715, -368),
    ("mt940/fruitl00p/Kbs__sample", 1, 3, 187000, 0),
    ("mt940/fruitl00p/Kbs__sample2", 1, 7, 2275500, 0),
    ("mt940/fruitl00p/Knab__sample", 1, 5, -15184, 9684),
    ("mt940/fruitl00p/Knab__sample2", 1, 1, 56742, 0),
    ("mt940/fruitl00p/Knab__sample3", 1, 1, 10000000, -10000000),
    ("mt940/fruitl00p/Kontist__sample", 1, 6, 39576, 0),
    ("mt940/fruitl00p/Penta__sample", 1, 30, -1057630, 0),
    ("mt940/fruitl00p/Rabo__sample", 39, 39, 135110182, -17179460),
    ("mt940/fruitl00p/Rabo__sample3", 2, 12, 1842830, -72991),
    ("mt940/fruitl00p/Rabo__sample4", 1, 3, -177939, 1947778),
    ("mt940/fruitl00p/Spk__sample", 4, 10, 91532, 0),
    ("mt940/fruitl00p/Triodos__sample", 2, 8, -9098, 0),
    ("mt940/fruitl00p/Zetb__sample", 1, 8, -374391, 0),
    ("mt940/jejik/document__abnamro.txt", 2, 10, -34593, -304060),
    ("mt940/jejik/document__generic.txt", 2, 2, -2000, 0),
    ("mt940/jejik/document__ing-dos.txt", 1, 7, -4559, 4906),
    ("mt940/jejik/document__ing-unix.txt", 1, 7, -4559, 4906),
    ("mt940/jejik/document__knab.txt", 2, 3, -626000, 450000),
    ("mt940/jejik/document__rabobank-iban.txt", 2, 4, -7000, 0),
    ("mt940/jejik/document__rabobank.txt", 4, 5, -158909, 137249),
    ("mt940/jejik/document__sns.txt", 2, 2, -2500, 0),
    ("mt940/jejik/document__triodos.txt", 1, 2, -71570, 11140),
    ("mt940/wolph/ASNB__0708271685_09022020_164516.940.txt", 31, 8, 5694, 0),
    ("mt940/wolph/betterplace__sepa_mt9401.sta", 26, 97, -926913590, 0),
    ("mt940/wolph/betterplace__sepa_snippet.sta", 2, 11, -214332339, 30008),
    ("mt940/wolph/betterplace__with_binary_character.sta", 2, 4, -17906675, 0),
    ("mt940/wolph/jejik__abnamro.sta", 2, 10, -34593, -304060),
    ("mt940/wolph/jejik__generic.sta", 2, 2, -2000, 0),
    ("mt940/wolph/jejik__ing.sta", 1, 7, -4559, 4906),
    ("mt940/wolph/jejik__knab.sta", 2, 3, -626000, 450000),
    ("mt940/wolph/jejik__postfinance.sta", 2, 4, 15940, 20),
    ("mt940/wolph/jejik__rabobank-iban.sta", 2, 4, -7000, 0),
    ("mt940/wolph/jejik__rabobank.sta", 4, 5, -158909, 137249),
    ("mt940/wolph/jejik__sns.sta", 2, 2, -2500, 0),
    ("mt940/wolph/jejik__triodos.sta", 1, 2, -71570, 11140),
    ("mt940/wolph/self-provided__details_60-63.sta", 1, 1, -23315, 23401),
    ("mt940/wolph/self-provided__february_30.sta", 1, 1, -600, 0),
    ("mt940/wolph/self-provided__long_statement_number.sta", 1, 0, 0, 0),
    ("mt940/wolph/self-provided__malformed_details.sta", 1, 1, -23315, 23401),
    ("mt940/wolph/self-provided__overly_long_details.sta", 1, 1, -23315, 23401),
    ("mt940/wolph/self-provided__raiffeisen-cmi.sta", 1, 7, -101221350, 112326400),
    ("mt940/wolph/self-provided__raphaelm.sta", 3, 9, 9500000, 0),
    ("mt940/wolph/self-provided__transaction_details_wrapped.sta", 1, 1, -600, 0),
    ("mt940/wolph/self-provided__whitespace.sta", 1, 1, -23315, 23401),
    ("mt940/wolph/self-provided__wrapped_timestamp.sta", 1, 1, -600, 0),
]

#: file, failure, line (None: the whole file)
REFUSED = [
    ("mt940/fruitl00p/Rabo__sample2", "StatementCutOff", 7),
    ("mt940/wolph/betterplace__amount_formats.sta", "StatementCutOff", 6),
    ("mt940/wolph/betterplace__currency_in_25.sta", "StatementCutOff", 1),
    ("mt940/wolph/betterplace__empty_86.sta", "StatementCutOff", 1),
    ("mt940/wolph/betterplace__empty_entry_date.sta", "StatementCutOff", 1),
    ("mt940/wolph/betterplace__empty_line.sta", "StatementCutOff", 2),
    ("mt940/wolph/betterplace__missing_crlf_at_end.sta", "StatementCutOff", 1),
    ("mt940/wolph/betterplace__sepa_snippet_broken.sta", "StatementFieldBroken", 6),
    ("mt940/wolph/self-provided__empty_non_swift.sta", "NotABankFile", None),
    ("mt940/wolph/self-provided__gv_codes.sta", "StatementCutOff", 7),
    ("mt940/wolph/self-provided__invalid_statement.sta", "NotABankFile", None),
    ("mt940/wolph/self-provided__mt942.sta", "OtherMessage", None),
    ("mt940/wolph/self-provided__sparkassen.sta", "StatementCutOff", 4),
    ("camt053/genkgo/camt053.v2.wrong.xml", "NoStatement", None),
]


@pytest.mark.parametrize(("name", "statements", "lines", "cents", "difference"), GOLDEN)
def test_a_real_file_gives_what_stands_in_it(name, statements, lines, cents, difference):
    found = bank_file.read(Source.of(real_file(name)))
    every = [line for statement in found.statements for line in statement.lines]
    assert (len(found.statements), found.read, len(every)) == (statements, lines, lines)
    assert sum(line.amount.cents for line in every) == cents
    differences = [s.difference for s in found.statements if s.difference is not None]
    assert (sum(differences, ZERO).cents if differences else None) == difference
    assert found.balanced == (None if difference is None else not any(differences))


@pytest.mark.parametrize(("name", "failure", "line"), REFUSED)
def test_a_real_file_that_is_no_whole_statement_is_refused_by_name_and_line(name, failure, line):
    path = real_file(name)
    kind = getattr(bank_files, failure, None) or getattr(imports, failure)
    with pytest.raises(kind) as caught:
        bank_file.read(Source.of(path))
    assert caught.value.file == path.name
    assert getattr(caught.value, "line", None) == line


def test_every_real_bank_file_is_in_one_of_the_tables():
    real_file("mt940")
    known = {row[0] for row in GOLDEN + REFUSED}
    for folder in ("camt053", "mt940", "bankcsv"):
        root = real_file(folder)
        for path in root.glob("*/*"):
            assert f"{folder}/{path.relative_to(root)}" in known
