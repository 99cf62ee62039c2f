"""What the import screen needs beside reading: edits, kept mappings, and the lines left out."""

from functools import partial

from klantenapp.services.imports import left_out, mapping, saved_mappings, tabular
from klantenapp.services.imports.fields import CUSTOMER_FIELDS
from klantenapp.services.imports.source import Source
from klantenapp.services.imports.table import open_table


def table_of(text):
    return open_table(Source.of_bytes("k.csv", text.encode()))


def test_an_edited_value_goes_before_the_cell_and_the_file_stays():
    table = table_of("naam;termijn\nJan;veel\nEls;14\n")
    links = mapping.propose(table, CUSTOMER_FIELDS)
    formats = tabular.formats_of(table, links, CUSTOMER_FIELDS)
    edits = {(2, "payment_terms_days"): "30", (3, "name"): ""}
    first, second = tabular.records(table, links, CUSTOMER_FIELDS, formats, edits)
    assert first.values["payment_terms_days"] == 30
    assert (first.refused, second.refused[0].field) == ((), "name")
    assert [row.cells for row in table.rows()] == [("Jan", "veel"), ("Els", "14")]


def test_a_mapping_is_offered_when_the_same_columns_come_again(administration):
    table = table_of("Wie;Waar;Rest\nJan;Zwolle;x\n")
    chosen = mapping.stated(["name=Wie", "city=Waar"], table, CUSTOMER_FIELDS)
    links = mapping.propose(table, CUSTOMER_FIELDS, chosen)

    def keep(session, name):
        saved_mappings.save(session, "customers", name, table, links, {"decimals": "comma"})

    administration.write(saved_mappings.SAVE, partial(keep, name="Oud"))
    administration.write(saved_mappings.SAVE, partial(keep, name="Oude boekhouding"))
    same = table_of("wie;WAAR;rest\nEls;Kampen;y\n")
    found = administration.read(partial(saved_mappings.find, kind="customers", table=same))
    assert found.name == "Oude boekhouding"
    assert found.chosen == {0: ["name"], 1: ["city"], 2: []}
    assert found.options == {"decimals": "comma"}
    assert mapping.propose(same, CUSTOMER_FIELDS, found.chosen).column_of("city") == 1
    for kind, other in (("items", same), ("customers", table_of("Waar;Wie;Rest\na;b;c\n"))):
        assert administration.read(partial(saved_mappings.find, kind=kind, table=other)) is None


def test_the_lines_that_stay_out_are_written_with_their_reason_and_never_as_a_formula():
    table = table_of("naam;bedrag;x\nJan;1;\n=1+1;-5,00;@x\nEls;3;\n")
    written = left_out.as_csv(table, {3: "Fout; echt", 4: "+Ook"}, "Reden").decode("utf-8-sig")
    assert written == ("naam;bedrag;x;Reden\r\n'=1+1;-5,00;'@x;\"Fout; echt\"\r\nEls;3;;'+Ook\r\n")
