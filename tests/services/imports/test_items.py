from __future__ import annotations

from functools import partial

from klantenapp.models.values import UnitPrice
from klantenapp.services.catalogue import items as door
from klantenapp.services.errors import imports as errors
from klantenapp.services.errors.items import ItemPriceNegative
from klantenapp.services.imports import items, reading
from klantenapp.services.imports.fields import ITEM_FIELDS
from klantenapp.services.imports.source import Source
from klantenapp.services.store import clock

THREE = (
    "Artikelcode;Omschrijving;Naam Engels;Eenheid;Prijs;Btw;Soort;Groep\n"
    "U1;Uur advies;Hour;uur;92,50;hoog;dienst;Advies\n"
    "007;Boek;;stuk;10,00;9%;product;Boeken\n"
    "B;Les;;uur;1.250,0050;vrijgesteld;;\n"
)


def load(administration, text, **options):
    source = Source.of_bytes("artikelen.csv", text.encode())
    found = reading.table_records(source, ITEM_FIELDS, reading.Stated())
    result, _changes = administration.write(
        items.IMPORT,
        partial(
            items.run,
            records=found,
            file_name=source.name,
            file_digest=source.digest(),
            **options,
        ),
    )
    return result


def rows(administration):
    def read(session):
        ids = door.list_ids(session, door.Filter(), ("code", False))
        return sorted(door.list_rows(session, ids, clock.today()), key=lambda row: row.code)

    return administration.read(read)


def numbers(result):
    return result.read, result.created, result.updated, result.skipped, len(result.refused)


def test_items_come_in_with_unit_group_and_tax(administration):
    assert numbers(load(administration, THREE)) == (3, 3, 0, 0, 0)
    found = [
        (row.code, row.name, row.name_en, row.unit, row.price, row.tax, row.nature, row.group)
        for row in rows(administration)
    ]
    assert found == [
        ("007", "Boek", None, "stuk", UnitPrice(100_000), "low", "goods", "Boeken"),
        ("B", "Les", None, "uur", UnitPrice(12_500_050), "exempt", "service", None),
        ("U1", "Uur advies", "Hour", "uur", UnitPrice(925_000), "high", "service", "Advies"),
    ]


def test_the_same_file_again_changes_nothing_and_a_new_price_changes_that(administration):
    load(administration, THREE)
    assert numbers(load(administration, THREE)) == (3, 0, 0, 3, 0)
    again = "code;naam;prijs\nU1;Uur advies;95,00\nnieuw;Nieuw;\n"
    assert numbers(load(administration, again)) == (2, 1, 1, 0, 0)
    hour = rows(administration)[2]
    assert (hour.price, hour.unit, hour.tax) == (UnitPrice(950_000), "uur", "high")
    administration.undo()
    assert [row.price for row in rows(administration)][2] == UnitPrice(925_000)
    assert len(rows(administration)) == 3


def test_wrong_rows_are_named_and_keep_the_rest_out(administration):
    text = "code;naam;prijs;btw\nA;Goed;1,00;21\nA;Dubbel;1,00;21\nB;Min;-1,00;21\nC;X;1,00;19\n"
    result = load(administration, text)
    assert [(r.line, r.field, type(r.failure)) for r in result.refused] == [
        (3, "code", errors.NumberTwice),
        (4, "price", ItemPriceNegative),
        (5, "tax", errors.NotAChoice),
    ]
    assert rows(administration) == []
    assert numbers(load(administration, text, skip_refused=True)) == (4, 1, 0, 0, 3)


def test_an_import_of_items_is_one_undo_step(administration):
    load(administration, THREE)
    administration.undo()
    assert rows(administration) == []
