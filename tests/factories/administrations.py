"""Administrations for tests: fresh, opened, and proved sound."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from klantenapp.services.care import check
from klantenapp.services.customers import business
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.store.administration import Administration

if TYPE_CHECKING:
    from pathlib import Path

BUSINESS = BusinessData(
    legal_name="S. de Wilde",
    trade_name="Noordkade Installatie",
    contact_name="Sanne de Wilde",
    street="Noordkade 7",
    postal_code="8011 ZZ",
    city="Zwolle",
    kvk="01234567",
    vat_id="NL001234567B29",
    iban="NL02ABNA0123456789",
    email="administratie@noordkade.example",
    phone="038 000 45 67",
)


def fresh(path: Path, data: BusinessData = BUSINESS) -> Administration:
    """A new file with the defaults and a business, open."""
    made = Administration.create(path)
    made.write(business.CREATE, partial(business.create, data=data))
    return made


def opened(path: Path) -> Administration:
    """The file, open, as a command-line process has it."""
    return Administration.open_file(path)


def require_sound(administration: Administration) -> None:
    """Fail where an invariant does not hold."""
    findings = administration.read(check.run)
    assert findings == []
