"""Contacts from vCard files of every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.errors.imports import NoCards
from klantenapp.services.imports.cards import Card, CardAddress, Reachable
from klantenapp.services.imports.vcard_lines import parts_of, properties_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from klantenapp.services.imports.source import Source
    from klantenapp.services.imports.vcard_lines import Property

#: Words that exporters write for one kind of number and mean two.
_COMPOUND = {
    "homefax": ("home", "fax"),
    "workfax": ("work", "fax"),
    "mobile": ("cell",),
    "iphone": ("cell",),
}
#: Words that say nothing about a number or address.
_IDLE = frozenset({"internet", "voice", "postal", "parcel", "msg", "x400", "utf-8"})


def is_vcard(head: bytes) -> bool:
    """Whether a file starts as a file of cards does, in any encoding."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n \t")[:11].upper() == (
        b"BEGIN:VCARD"
    )


def cards_of(source: Source) -> Iterator[Card]:
    """Stream the cards of a file.

    Raises:
        CardCutOff: a card that does not end, with its line.
        NoCards: none at all.
    """
    count = 0
    for count, properties in enumerate(properties_of(source), start=1):  # noqa: B007 - used below
        yield _card(properties)
    if not count:
        raise NoCards(source.name)


def _card(properties: list[Property]) -> Card:
    by_name: dict[str, list[Property]] = {}
    for found in properties:
        by_name.setdefault(found.name, []).append(found)

    def first(name: str) -> str:
        return next((text_of(found.value) for found in by_name.get(name, ()) if found.value), "")

    name_parts = [*parts_of(by_name["N"][0].value), "", ""] if "N" in by_name else ["", ""]
    company = [*parts_of(by_name["ORG"][0].value), ""] if "ORG" in by_name else ["", ""]
    return Card(
        line=properties[0].line - 1 if properties else 1,
        name=first("FN"),
        given=name_parts[1],
        family=name_parts[0],
        organisation=company[0],
        department=company[1],
        title=first("TITLE") or first("ROLE"),
        note="\n\n".join(text_of(note.value) for note in by_name.get("NOTE", ())).strip(),
        emails=_reachable(by_name.get("EMAIL", [])),
        phones=_reachable(by_name.get("TEL", [])),
        addresses=tuple(_address(found) for found in by_name.get("ADR", ())),
        urls=tuple(url for found in by_name.get("URL", ()) if (url := text_of(found.value))),
        categories=tuple(
            word
            for found in by_name.get("CATEGORIES", ())
            for word in parts_of(found.value, ",")
            if word
        ),
    )


def _reachable(properties: list[Property]) -> tuple[Reachable, ...]:
    return tuple(
        Reachable(value, kinds_of(found.kinds))
        for found in properties
        if (value := _without_scheme(text_of(found.value)))
    )


def _without_scheme(value: str) -> str:
    """A phone number of version 4 is an address: tel:+31-20-1234567;ext=102."""
    value = value.strip()
    for scheme in ("tel:", "mailto:"):
        if value.lower().startswith(scheme):
            value = value[len(scheme) :]
    return value.replace(";ext=", " ext. ")


def kinds_of(words: frozenset[str]) -> frozenset[str]:
    """Kinds in one vocabulary, without those that say nothing."""
    return frozenset(
        kind
        for word in words
        for kind in _COMPOUND.get(word, (word,))
        if kind and kind not in _IDLE
    )


def _address(found: Property) -> CardAddress:
    box, extended, street, city, region, postal_code, country = (
        [*parts_of(found.value), *[""] * 7]  # missing parts at the end are left out
    )[:7]
    return CardAddress(
        street=", ".join(_lines(street) + _lines(extended)) or box,
        city=" ".join(_lines(city)),
        region=" ".join(_lines(region)),
        postal_code=" ".join(_lines(postal_code)),
        country=" ".join(_lines(country)),
        kinds=kinds_of(found.kinds),
    )


def _lines(text: str) -> list[str]:
    return [line.strip().rstrip(",") for line in text.split("\n") if line.strip(" ,")]
