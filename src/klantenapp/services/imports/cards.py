"""A contact from an address book, and the customer that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.imports import CardWithoutName
from klantenapp.services.imports import countries
from klantenapp.services.imports.convert import clean
from klantenapp.services.imports.result import RefusedLine
from klantenapp.services.imports.tabular import Record

if TYPE_CHECKING:
    from klantenapp.services.imports.convert import Value

#: The longest text of each field; a card that has more is cut at a word, not refused.
_LONGEST = 200
_LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True)
class Reachable:
    """An e-mail address or phone number.

    Attributes:
        value: as written.
        kinds: lower-case words: home, work, cell, fax, pref ...
    """

    value: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CardAddress:
    """A postal address; parts that the card lacks are empty."""

    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    kinds: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.street or self.city or self.postal_code)


@dataclass(frozen=True, slots=True)
class Card:
    """One contact.

    Attributes:
        line: where it starts in the file, from 1.
        name: the name as the card shows it.
        given, family: parts of the name.
        organisation: company, without its departments.
        title: what the person does there.
        categories: groups that the contact is in.
    """

    line: int
    name: str = ""
    given: str = ""
    family: str = ""
    organisation: str = ""
    department: str = ""
    title: str = ""
    note: str = ""
    emails: tuple[Reachable, ...] = ()
    phones: tuple[Reachable, ...] = ()
    addresses: tuple[CardAddress, ...] = ()
    urls: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def person(self) -> str:
        """The person's name, or an empty text on the card of a company."""
        name = self.name or " ".join(part for part in (self.given, self.family) if part)
        return "" if name == self.organisation and not (self.given or self.family) else name


def customer_of(card: Card) -> Record:
    """The customer fields of a contact.

    A card with a company becomes that company with the person as its contact, any other a
    consumer. A card with neither name, company nor e-mail address is refused in the record.
    """
    email = _best(card.emails, ("pref", "work"))
    name = card.organisation or card.person or email
    if not name:
        failure = RefusedLine(card.line, "name", CardWithoutName())
        return Record(card.line, {}, (failure,))
    found: dict[str, str] = {
        "name": name,
        "kind": "business" if card.organisation else "consumer",
        "contact": card.person if card.organisation else "",
        "email": email,
        "phone": _best(
            tuple(phone for phone in card.phones if not phone.kinds & {"fax", "pager"}),
            ("pref", "work", "cell"),
        ),
        "website": card.urls[0] if card.urls else "",
        "note": card.note[:_LONGEST_NOTE],
    }
    address = _address(card)
    if address:
        found |= {
            "street": address.street,
            "postal_code": address.postal_code,
            "city": address.city,
            "country": countries.code_of(address.country) or "",
        }
    values: dict[str, Value] = {
        key: text
        for key, raw in found.items()
        if (text := clean(raw, lines=key == "note")[: _LONGEST_NOTE if key == "note" else _LONGEST])
    }
    if card.categories:
        values["labels"] = tuple(dict.fromkeys(clean(word) for word in card.categories))
    return Record(card.line, values)


def _best(ways: tuple[Reachable, ...], order: tuple[str, ...]) -> str:
    for kind in order:
        for way in ways:
            if kind in way.kinds:
                return way.value
    return ways[0].value if ways else ""


def _address(card: Card) -> CardAddress | None:
    there = [address for address in card.addresses if not address.is_empty]
    for kind in ("pref", "work" if card.organisation else "home"):
        for address in there:
            if kind in address.kinds:
                return address
    return there[0] if there else None
