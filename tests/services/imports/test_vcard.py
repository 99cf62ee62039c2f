from __future__ import annotations

from dataclasses import replace

import pytest
from tests.real_files import real_file

from klantenapp.services.errors import imports as errors
from klantenapp.services.imports import contact_list, vcard
from klantenapp.services.imports.cards import customer_of
from klantenapp.services.imports.source import Source
from klantenapp.services.imports.table import open_table

#: Per file, as counted with grep and read with the eye: cards, and name, e-mail, phone of the last.
GOLDEN = {
    "John_Doe_ANDROID.vcf": (6, "Ñ" * 44, "henry@company.com", "55556666"),
    "John_Doe_BLACK_BERRY.vcf": (1, "Acme Solutions", None, "+96123456789"),
    "John_Doe_EVOLUTION.vcf": (1, "IBM", "john.doe@ibm.com", "905-555-1234"),
    "John_Doe_GMAIL.vcf": (1, "IBM", "john.doe@ibm.com", "905-555-1234"),
    "John_Doe_IPHONE.vcf": (1, "IBM", "john.doe@ibm.com", "905-555-1234"),
    "John_Doe_LOTUS_NOTES.vcf": (1, "IBM", "john.doe@ibm.com", "+1 (212) 204-34456"),
    "John_Doe_MAC_ADDRESS_BOOK.vcf": (1, "IBM", "john.doe@ibm.com", "905-777-1234"),
    "John_Doe_MS_OUTLOOK.vcf": (1, "IBM", "john.doe@ibm.cm", "(905) 555-1234"),
    "fullcontact.vcf": (1, "Organization1", "work@example.com", "555-555-1112"),
    "gmail-list.vcf": (3, "Doug White", "dwhite@gmail.com", None),
    "gmail-single.vcf": (1, "TheCompany", "gdartmouth@hotmail.com", "555 555 1111"),
    "gmail-single2.vcf": (1, "TheCompany", "workemail@example.com", "5555551113"),
    "outlook-2003.vcf": (1, "Company, The", "jdoe@hotmail.com", "BusinessPhone"),
    "outlook-2007.vcf": (1, "TheCompany", "mike.angstadt@gmail.com", "(111) 555-1111"),
    "rfc2426-example.vcf": (
        2,
        "Netscape Communications Corp.",
        "howes@netscape.com",
        "+1-415-937-3419",
    ),
    "rfc6350-example.vcf": (
        1,
        "Viagenie",
        "simon.perreault@viagenie.ca",
        "+1-418-656-9254 ext. 102",
    ),
    "thunderbird-MoreFunctionsForAddressBook-extension.vcf": (
        1,
        "TheOrganization",
        "doe.john@hotmail.com",
        "555-555-1111",
    ),
}


def cards(text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return list(vcard.cards_of(Source.of_bytes("kaarten.vcf", data)))


@pytest.mark.parametrize("name", GOLDEN)
def test_every_real_card_gives_its_customer(name):
    count, customer, email, phone = GOLDEN[name]
    source = Source.of(real_file(f"vcard/ez-vcard/{name}"))
    assert vcard.is_vcard(source.head())
    found = [customer_of(card) for card in vcard.cards_of(source)]
    assert len(found) == count
    assert not any(record.refused for record in found)
    values = found[-1].values
    assert (values["name"], values.get("email"), values.get("phone")) == (customer, email, phone)


def test_a_whole_card_reads_as_the_eye_does():
    source = Source.of(real_file("vcard/ez-vcard/outlook-2007.vcf"))
    assert customer_of(next(vcard.cards_of(source))).values == {
        "name": "TheCompany",
        "kind": "business",
        "contact": "Mr. Michael Angstadt Jr.",
        "email": "mike.angstadt@gmail.com",
        "phone": "(111) 555-1111",
        "website": "http://mikeangstadt.name",
        "street": "222 Broadway, TheOffice",
        "postal_code": "99999",
        "city": "New York",
        "country": "US",
        "note": "This is the NOTE field\n"
        "I assume it encodes this text inside a NOTE vCard type.\n"
        "But I'm not sure because there's text formatting going on here.\n"
        "It does not preserve the formatting",
    }


@pytest.mark.parametrize("name", ["gmail", "tb_plain"])
def test_a_contact_list_gives_the_cards_expected_from_it(name):
    table = open_table(Source.of(real_file(f"contactscsv/roundcube/{name}.csv")))
    assert contact_list.is_contact_list(table)
    found = list(contact_list.cards_of(table))
    expected = list(vcard.cards_of(Source.of(real_file(f"contactscsv/roundcube/{name}.vcf"))))
    assert len(found) == len(expected) == 1

    def plain(card):
        # which address is first choice, the department and the line are not in that vCard
        ways = [replace(way, kinds=way.kinds - {"pref"}) for way in card.emails]
        return replace(card, line=0, department="", emails=tuple(ways))

    assert plain(found[0]) == plain(expected[0])


def test_an_outlook_list_in_dutch_is_recognised():
    table = open_table(
        Source.of_bytes(
            "contacten.csv",
            "Voornaam,Achternaam,Bedrijf,E-mailadres,Telefoon op werk,Mobiele telefoon,"
            '"Werkadres, straat","Werkadres, plaats","Werkadres, postcode"\r\n'
            "Henk,Voorbeeld,Voorbeeld Bouw B.V.,henk@voorbeeld.example,038-1234567,,"
            "Modelweg 8,Zwolle,8011 AB\r\n".encode("cp1252"),
        )
    )
    assert contact_list.is_contact_list(table)
    assert customer_of(next(contact_list.cards_of(table))).values == {
        "name": "Voorbeeld Bouw B.V.",
        "kind": "business",
        "contact": "Henk Voorbeeld",
        "email": "henk@voorbeeld.example",
        "phone": "038-1234567",
        "street": "Modelweg 8",
        "city": "Zwolle",
        "postal_code": "8011 AB",
    }


def test_a_list_of_customers_is_no_contact_list():
    source = Source.of_bytes("k.csv", b"Klantnr;Naam;E-mail;Plaats\n1;Jan;j@x.example;Zwolle\n")
    assert not contact_list.is_contact_list(open_table(source))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_legacy_encodings_are_read(encoding):
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Müller\r\nEND:VCARD\r\n"
    assert cards(text.encode(encoding))[0].name == "Zoë Müller"


def test_a_charset_per_property_is_obeyed_and_an_unknown_one_is_no_disaster():
    data = (
        b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-5:\xb8\xd2\xd0\xdd\n"
        b"ORG;CHARSET=X-ONZIN:Bouw\nEND:VCARD\n"
    )
    assert (cards(data)[0].name, cards(data)[0].organisation) == ("Иван", "Bouw")


def test_a_card_inside_a_card_is_not_a_customer():
    text = (
        "BEGIN:VCARD\nFN:Baas\nAGENT:\nBEGIN:VCARD\nFN:Secretaris\nEND:VCARD\n"
        "TEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:Ander\nEND:VCARD\n"
    )
    assert [(card.name, len(card.phones)) for card in cards(text)] == [("Baas", 1), ("Ander", 0)]


def test_base64_that_runs_on_without_indent_is_skipped():
    text = "BEGIN:VCARD\nPHOTO;ENCODING=BASE64;JPEG:/9j/\nAAQS\nkZJR==\n\nFN:Jan\nEND:VCARD\n"
    assert cards(text)[0].name == "Jan"


def test_a_card_that_is_cut_off_is_refused_where_it_starts():
    with pytest.raises(errors.CardCutOff) as caught:
        cards("BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n")
    assert caught.value.line == 4
    with pytest.raises(errors.NoCards):
        cards("dit is geen kaart\n")


def test_a_card_without_any_name_is_refused_by_line():
    record = customer_of(cards("BEGIN:VCARD\nTEL:1\nEND:VCARD\n")[0])
    assert (record.refused[0].line, record.refused[0].field) == (1, "name")
    assert isinstance(record.refused[0].failure, errors.CardWithoutName)
