from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import func, select
from tests.real_files import real_file

from klantenapp.models.customer import Address, Contact, Customer, CustomerLabel, FormerNumber
from klantenapp.services.customers import customers as door
from klantenapp.services.customers.customers import AddressData, CustomerData
from klantenapp.services.errors import imports as errors
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.business import EmailMalformed, IbanTooShort, VatIdWrong
from klantenapp.services.imports import customers, reading
from klantenapp.services.imports.source import Source

HEADER = "Klantnr;Naam;Soort;Contact;E-mail;Straat;Postcode;Plaats;Land;Termijn;Labels;KvK\n"
TWO = (
    HEADER + "K-7;Voorbeeld Bouw B.V.;;Henk;info@bouw.example;Modelweg 8;8011ab;Zwolle;;14;"
    "vip, bouw;01234567\n"
    "007;Zoë Müller;particulier;;zoe@muller.example;;;;Duitsland;;;\n"
)


def load(administration, text, *, stated=reading.Stated(), **options):  # noqa: B008 - frozen
    source = (
        Source.of(text)
        if hasattr(text, "exists")
        else Source.of_bytes("klanten.csv", text.encode())
    )
    found = reading.customer_records(source, stated)
    result, _changes = administration.write(
        customers.IMPORT,
        partial(
            customers.run,
            records=found,
            file_name=source.name,
            file_digest=source.digest(),
            **options,
        ),
    )
    return result


def rows(administration, model=Customer):
    return administration.read(
        lambda session: [
            {column.name: getattr(row, column.name) for column in model.__table__.columns}
            for row in session.scalars(select(model).order_by(model.id))
        ]
    )


def count(administration, model=Customer):
    return administration.read(
        lambda session: session.scalar(select(func.count()).select_from(model))
    )


def numbers(result):
    return result.read, result.created, result.updated, result.skipped, len(result.refused)


def test_customers_come_in_with_all_their_parts(administration):
    assert numbers(load(administration, TWO)) == (2, 2, 0, 0, 0)
    first, second = rows(administration)
    assert (first["number"], first["name"], first["kind"]) == (
        "K-7",
        "Voorbeeld Bouw B.V.",
        "business",
    )
    assert first["kvk"] == "01234567"
    assert first["payment_term_id"] is not None
    assert "voorbeeld bouw" in first["search"]
    assert "henk" in first["search"]
    assert (second["number"], second["kind"]) == ("007", "consumer")
    assert [
        (row["street"], row["postal_code"], row["country"]) for row in rows(administration, Address)
    ] == [
        ("Modelweg 8", "8011 AB", "NL"),
        (None, None, "DE"),
    ]
    assert [row["name"] for row in rows(administration, Contact)] == ["Henk"]
    assert count(administration, CustomerLabel) == 2


def test_the_same_file_again_changes_nothing(administration):
    load(administration, TWO)
    before = rows(administration)
    assert numbers(load(administration, TWO)) == (2, 0, 0, 2, 0)
    assert rows(administration) == before


def test_a_changed_row_updates_and_an_empty_cell_leaves_as_it_is(administration):
    load(administration, TWO)
    again = (
        HEADER + "K-7;Voorbeeld Bouw B.V.;;Els;nieuw@bouw.example;Modelweg 9;;;;14;nieuw;\n"
        "007;Zoë Müller;;;;;;;;;;\n"
    )
    assert numbers(load(administration, again)) == (2, 0, 1, 1, 0)
    first = rows(administration)[0]
    assert (first["email"], first["kvk"]) == ("nieuw@bouw.example", "01234567")
    address = rows(administration, Address)[0]
    assert (address["street"], address["postal_code"]) == ("Modelweg 9", "8011 AB")
    assert [row["name"] for row in rows(administration, Contact)] == ["Henk", "Els"]
    assert count(administration, CustomerLabel) == 3


def test_an_import_is_one_undo_step_also_for_what_it_changed(administration):
    load(administration, TWO)
    before = [rows(administration, model) for model in (Customer, Address, Contact)]
    load(administration, HEADER + "K-7;Anders;;;;;;;;30;x;\nK-8;Nieuw;;;;;;;;;;\n")
    assert count(administration) == 3
    administration.undo()
    assert [rows(administration, model) for model in (Customer, Address, Contact)] == before
    administration.undo()
    assert count(administration) == 0


def test_the_first_import_can_be_taken_back_whole(administration):
    load(administration, TWO)
    administration.undo()
    assert [count(administration, model) for model in (Customer, Address, Contact)] == [0, 0, 0]


def test_one_wrong_row_keeps_everything_out_unless_it_may_be_left_out(administration):
    text = (
        "nummer;naam;btw-id;iban;e-mail\n1;Goed;;;\n2;Btw;NL009876543B01;;\n"
        "3;Bank;;NL91ABNA041716430;\n4;Mail;;;info.voorbeeld\n1;Dubbel;;;\n5;;;;\n"
    )
    result = load(administration, text)
    assert numbers(result) == (6, 0, 0, 0, 5)
    assert count(administration) == 0
    assert [(r.line, r.field, type(r.failure)) for r in result.refused] == [
        (3, "vat_id", VatIdWrong),
        (4, "iban", IbanTooShort),
        (5, "email", EmailMalformed),
        (6, "number", errors.NumberTwice),
        (7, "name", errors.CellMissing),
    ]
    assert result.refused[3].failure.first_line == 2
    assert numbers(load(administration, text, skip_refused=True)) == (6, 1, 0, 0, 5)
    assert count(administration) == 1


def test_a_customer_is_found_by_each_way(administration):
    administration.write(
        door.ADD,
        partial(
            door.add,
            data=CustomerData(
                name="Bakkerij De Korenaar",
                number="1001",
                email="info@korenaar.example",
                kvk="12345678",
                addresses=(AddressData(street="Dorp 1", postal_code="8011 AB", city="Zwolle"),),
            ),
        ),
    )
    for text in (
        "nummer;naam;telefoon\n1001;Korenaar;1\n",
        "naam;kvk;telefoon\nKorenaar BV;12345678;2\n",
        "naam;e-mail;telefoon\nKorenaar;INFO@korenaar.example;3\n",
        "naam;postcode;telefoon\nKorenaar;8011ab;4\n",
    ):
        assert numbers(load(administration, text)) == (1, 0, 1, 0, 0), text
    assert count(administration) == 1


def test_another_number_of_a_known_customer_is_kept_as_a_way_to_find_it(administration):
    load(administration, "nummer;naam;e-mail\n1001;Jan;jan@x.example\n")
    assert numbers(load(administration, "nummer;naam;e-mail\nK1;Jan;jan@x.example\n"))[2] == 1
    assert count(administration) == 1
    assert [row["number"] for row in rows(administration, FormerNumber)] == ["K1"]
    assert administration.read(partial(door.find, number="K1")) == rows(administration)[0]["id"]
    assert numbers(load(administration, "nummer;naam;e-mail\nK1;Jan;jan@x.example\n"))[3] == 1


def test_two_that_share_an_address_stay_two_however_often_they_come(administration):
    text = "naam;e-mail\nJan;info@x.example\nEls;info@x.example\n"
    assert numbers(load(administration, text)) == (2, 2, 0, 0, 0)
    assert numbers(load(administration, text)) == (2, 0, 0, 2, 0)
    assert count(administration) == 2


def test_two_companies_with_another_chamber_number_are_never_one(administration):
    load(administration, "naam;e-mail;kvk\nA;info@x.example;12345678\n")
    load(administration, "naam;e-mail;kvk\nA;info@x.example;87654321\n")
    assert count(administration) == 2


def test_a_number_of_the_file_is_not_given_to_another_row(administration):
    text = "nummer;naam\n;Zonder\n1001;Met\n;Ook zonder\n"
    load(administration, text)
    assert [row["number"] for row in rows(administration)] == ["1002", "1001", "1003"]


def test_a_line_that_the_user_leaves_out_is_skipped(administration):
    result = load(administration, TWO, left_out=frozenset({3}))
    assert numbers(result) == (2, 1, 0, 1, 0)


def test_an_unknown_price_list_is_refused_at_its_field(administration):
    result = load(administration, "naam;prijslijst\nJan;Bestaat niet\n")
    assert result.refused[0].field == "price_list"
    assert isinstance(result.refused[0].failure, NotFound)


def test_a_plan_writes_nothing_and_shows_old_and_new(administration):
    load(administration, TWO)
    records = reading.customer_records(
        Source.of_bytes("k.csv", b"nummer;naam;termijn\nK-7;Anders;30\nX;Nieuw;\n"),
        reading.Stated(),
    )
    planned = administration.read(partial(customers.plan, records=records))
    assert [(c.field, c.old, c.new) for c in planned.rows[0].changes] == [
        ("name", "Voorbeeld Bouw B.V.", "Anders"),
        ("payment_terms_days", None, "30"),
    ]
    assert numbers(planned.result) == (2, 1, 1, 0, 0)
    assert isinstance(planned.warnings[0].failure, errors.PostalCodeAbsent)


#: file -> rows, as counted with grep and the eye
REAL = {
    "vcard/ez-vcard/John_Doe_ANDROID.vcf": 6,
    "vcard/ez-vcard/John_Doe_BLACK_BERRY.vcf": 1,
    "vcard/ez-vcard/John_Doe_EVOLUTION.vcf": 1,
    "vcard/ez-vcard/John_Doe_GMAIL.vcf": 1,
    "vcard/ez-vcard/John_Doe_IPHONE.vcf": 1,
    "vcard/ez-vcard/John_Doe_LOTUS_NOTES.vcf": 1,
    "vcard/ez-vcard/John_Doe_MAC_ADDRESS_BOOK.vcf": 1,
    "vcard/ez-vcard/John_Doe_MS_OUTLOOK.vcf": 1,
    "vcard/ez-vcard/fullcontact.vcf": 1,
    "vcard/ez-vcard/gmail-list.vcf": 3,
    "vcard/ez-vcard/gmail-single.vcf": 1,
    "vcard/ez-vcard/gmail-single2.vcf": 1,
    "vcard/ez-vcard/outlook-2003.vcf": 1,
    "vcard/ez-vcard/outlook-2007.vcf": 1,
    "vcard/ez-vcard/rfc2426-example.vcf": 2,
    "vcard/ez-vcard/rfc6350-example.vcf": 1,
    "vcard/ez-vcard/thunderbird-MoreFunctionsForAddressBook-extension.vcf": 1,
    "contactscsv/roundcube/gmail.csv": 1,
    "contactscsv/roundcube/gmail.vcf": 1,
    "contactscsv/roundcube/tb_plain.csv": 1,
    "contactscsv/roundcube/tb_plain.vcf": 1,
}


@pytest.mark.parametrize("name", REAL)
def test_every_real_customer_file_comes_in_and_comes_in_only_once(name, administration):
    expected = REAL[name]
    assert numbers(load(administration, real_file(name))) == (expected, expected, 0, 0, 0)
    assert numbers(load(administration, real_file(name))) == (expected, 0, 0, expected, 0)
    assert count(administration) == expected
