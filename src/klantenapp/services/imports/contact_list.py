"""Contact lists in CSV as Google, Outlook and Thunderbird write them: several columns per card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from klantenapp.services.imports.cards import Card, CardAddress, Reachable
from klantenapp.services.imports.fields import folded
from klantenapp.services.imports.table import as_text
from klantenapp.services.imports.vcard import kinds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from klantenapp.services.imports.rows import Row
    from klantenapp.services.imports.table import Table

#: Slot -> folded column names, English and Dutch.
_NAMES = {
    "name": "displayname weergavenaam schermnaam",
    "given": "givenname firstname voornaam",
    "middle": "additionalname middlename middelstenaam",
    "family": "familyname lastname achternaam",
    "prefix": "nameprefix aanspreektitel",
    "suffix": "namesuffix suffix achtervoegsel",
    "organisation": "company organization organizationname bedrijf organisatie",
    "department": "department organizationdepartment afdeling",
    "title": "jobtitle organizationtitle functie",
    "note": "notes notities opmerkingen",
    "categories": "categories groupmembership labels categorieen",
    "email:home": "emailaddress primaryemail emailadres primairemailadres",
    "email:": "email2address email3address secondaryemail emailadres2 emailadres3 email2adres "
    "email3adres secundairemailadres",
    "phone:work": "businessphone businessphone2 workphone companymainphone telefoonopwerk "
    "telefoonnummerwerk zakelijketelefoon",
    "phone:home": "homephone homephone2 telefoonthuis huistelefoon telefoonnummerthuis",
    "phone:cell": "mobilephone mobilenumber mobieletelefoon mobielnummer",
    "phone:homefax": "faxnumber homefax faxthuis",
    "phone:workfax": "businessfax faxopwerk faxwerk",
    "phone:pager": "pager pagernumber",
    "phone:": "otherphone primaryphone",
    "url": "webpage webpage1 webpage2 webpagina personalwebpage",
    "work:street": "businessstreet businessstreet2 workaddress workaddress2 werkadresstraat "
    "werkadres2straat straatwerk werkadres",
    "work:city": "businesscity workcity werkadresplaats plaatswerk",
    "work:region": "businessstate workstate werkadresprovincie",
    "work:postal_code": "businesspostalcode workzipcode werkadrespostcode postcodewerk",
    "work:country": "businesscountryregion businesscountry workcountry werkadreslandregio "
    "landregiowerk",
    "home:street": "homestreet homestreet2 homeaddress homeaddress2 huisadresstraat "
    "straatthuis huisadres",
    "home:city": "homecity huisadresplaats plaatsthuis",
    "home:region": "homestate huisadresprovincie",
    "home:postal_code": "homepostalcode homezipcode huisadrespostcode postcodethuis",
    "home:country": "homecountryregion homecountry huisadreslandregio landregiothuis",
}
_SLOTS = {name: slot for slot, names in _NAMES.items() for name in names.split()}
#: Google numbers its columns: "E-mail 1 - Value", "Address 2 - Postal Code".
_GOOGLE = re.compile(r"(email|phone|address|organization|website)(\d+)(\w+)")
_GOOGLE_PARTS = {
    "type": "type",
    "label": "type",
    "value": "value",
    "street": "street",
    "extendedaddress": "street",
    "city": "city",
    "region": "region",
    "postalcode": "postal_code",
    "country": "country",
    "name": "name",
    "title": "title",
    "department": "department",
}
_GOOGLE_KINDS = {"mobile": "cell", "work fax": "workfax", "home fax": "homefax", "other": ""}
_ENOUGH = 4


def is_contact_list(table: Table) -> bool:
    """Whether the columns are those of an address book."""
    slots = {_slot(column.header) for column in table.columns} - {None}
    people = {"given", "family", "name"} & slots
    ways = any(slot and slot.startswith(("email", "phone")) for slot in slots)
    return bool(people) and ways and len(slots) >= _ENOUGH and "given" in slots


def _slot(header: str) -> str | None:
    plain = folded(header)
    google = _GOOGLE.fullmatch(plain)
    if google and google[3] in _GOOGLE_PARTS:
        return f"{google[1]}{google[2]}:{_GOOGLE_PARTS[google[3]]}"
    return _SLOTS.get(plain)


def cards_of(table: Table) -> Iterator[Card]:
    """Stream the contacts of an address book."""
    slots = [(column.index, slot) for column in table.columns if (slot := _slot(column.header))]
    for row in table.rows():
        yield _card(row, slots)


def _card(row: Row, slots: list[tuple[int, str]]) -> Card:
    cells: dict[str, list[str]] = {}
    for index, slot in slots:
        text = as_text(row.cells[index]).strip() if index < len(row.cells) else ""
        if text:
            cells.setdefault(slot, []).append(text)

    def first(slot: str, *others: str) -> str:
        return next((cells[name][0] for name in (slot, *others) if name in cells), "")

    parts = (first("prefix"), first("given"), first("middle"), first("family"), first("suffix"))
    return Card(
        line=row.line,
        name=first("name") or " ".join(part for part in parts if part),
        given=first("given"),
        family=first("family"),
        organisation=first("organisation", "organization1:name"),
        department=first("department", "organization1:department"),
        title=first("title", "organization1:title"),
        note=first("note"),
        emails=_reachable(cells, "email"),
        phones=_reachable(cells, "phone"),
        addresses=tuple(_addresses(cells)),
        urls=tuple(cells.get("url", ())) + tuple(way.value for way in _reachable(cells, "website")),
        categories=tuple(_categories(cells)),
    )


def _reachable(cells: dict[str, list[str]], noun: str) -> tuple[Reachable, ...]:
    ways: list[Reachable] = []
    for slot, values in cells.items():
        plain, colon, kind = slot.partition(":")
        if plain == noun and colon:
            ways += [Reachable(value, kinds_of(frozenset({kind}))) for value in values]
        elif colon and kind == "value" and plain.removeprefix(noun).isdigit():
            kinds = _google_kinds(cells, plain)
            ways += [
                Reachable(part.strip(), kinds) for value in values for part in value.split(":::")
            ]
    return tuple(way for way in ways if way.value)


def _google_kinds(cells: dict[str, list[str]], numbered: str) -> frozenset[str]:
    """Kinds from the column beside it; a star marks the first choice."""
    text = cells.get(f"{numbered}:type", [""])[0]
    words = {_GOOGLE_KINDS.get(plain := text.removeprefix("*").strip().lower(), plain)}
    return kinds_of(frozenset(words | ({"pref"} if text.startswith("*") else set())))


def _addresses(cells: dict[str, list[str]]) -> Iterator[CardAddress]:
    numbered = sorted({slot.partition(":")[0] for slot in cells if slot.startswith("address")})
    for noun in ("home", "work", *numbered):
        kinds = frozenset({noun}) if noun in {"home", "work"} else _google_kinds(cells, noun)
        address = CardAddress(
            street=", ".join(" ".join(cells.get(f"{noun}:street", ())).split("\n")),
            city=" ".join(cells.get(f"{noun}:city", ())),
            region=" ".join(cells.get(f"{noun}:region", ())),
            postal_code=" ".join(cells.get(f"{noun}:postal_code", ())),
            country=" ".join(cells.get(f"{noun}:country", ())),
            kinds=kinds,
        )
        if not address.is_empty:
            yield address


def _categories(cells: dict[str, list[str]]) -> Iterator[str]:
    for text in cells.get("categories", ()):
        for word in text.replace(":::", ";").split(";"):
            plain = word.strip().removeprefix("*").strip()
            if plain:
                yield plain
