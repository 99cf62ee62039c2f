"""The user's own business: made once, read by every screen and document, changed in settings."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from klantenapp.models.business import Business
from klantenapp.services.customers import numbers
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.business import (
    BusinessExists,
    BusinessMissing,
    LegalNameMissing,
    TextTooLong,
)
from klantenapp.services.store import defaults, files
from klantenapp.services.store.administration import new_identity
from klantenapp.services.store.operations import FINAL, REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal

CREATE: Final = register("business.create", FINAL)
CHANGE: Final = register("business.change", REVERSIBLE)

#: A word of this length still builds a page quickly (facts/reliability.md, ReportLab).
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class BusinessData:
    """What the user fills in about the business; absent is None, never an empty text.

    Attributes:
        tax_scheme, vat_basis, language, invoice_style: see `models.business.Business`.
        locked_through: nothing is issued, voided or dated on or before this day.
    """

    legal_name: str
    trade_name: str | None = None
    contact_name: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str = "NL"
    kvk: str | None = None
    vat_id: str | None = None
    iban: str | None = None
    bic: str | None = None
    creditor_id: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    tax_scheme: str = "standard"
    vat_basis: str = "invoice"
    language: str = "nl"
    invoice_style: str = "klassiek"
    colour: str | None = None
    logo_id: int | None = None
    payment_term_id: int | None = None
    payment_method_id: int | None = None
    price_list_id: int | None = None
    locked_through: dt.date | None = None
    is_example: bool = False

    @property
    def name(self) -> str:
        """What the business is called: the trade name, else the legal one."""
        return self.trade_name or self.legal_name


_COMPACT: Final = ("kvk", "vat_id", "iban", "bic", "creditor_id")


def cleaned(data: BusinessData) -> BusinessData:
    """The data as stored: outer spaces off, empty texts None, numbers compact."""
    changes: dict[str, Any] = {}
    for field in fields(data):
        value = getattr(data, field.name)
        if isinstance(value, str):
            changes[field.name] = value.strip() or None
    for name in _COMPACT:
        changes[name] = numbers.compact(getattr(data, name))
    changes["legal_name"] = changes["legal_name"] or ""
    changes["country"] = (changes["country"] or "NL").upper()
    changes["postal_code"] = numbers.postal_code(changes.get("postal_code"), changes["country"])
    return replace(data, **changes)


def problems(data: BusinessData) -> tuple[tuple[str, Refusal], ...]:
    """What refuses the data, each at its field: no name, no such country, too long a text."""
    found: list[tuple[str, Refusal]] = []
    if not data.legal_name.strip():
        found.append(("legal_name", LegalNameMissing()))
    country = numbers.country_problem(data.country)
    if country is not None:
        found.append(("country", country))
    found += [
        (field.name, TextTooLong(LONGEST))
        for field in fields(data)
        if isinstance(value := getattr(data, field.name), str) and len(value) > LONGEST
    ]
    return tuple(found)


def warnings(data: BusinessData) -> tuple[tuple[str, Refusal], ...]:
    """Numbers that look wrong, each at its field; the user may go on (UI.md 4.10)."""
    checked = (
        ("kvk", numbers.kvk_problem(data.kvk)),
        ("vat_id", numbers.vat_id_problem(data.vat_id)),
        ("iban", numbers.iban_problem(data.iban)),
        ("email", numbers.email_problem(data.email)),
    )
    return tuple((field, problem) for field, problem in checked if problem is not None)


def create(session: Session, data: BusinessData) -> None:
    """Give a new administration its defaults and its business.

    Raises:
        Invalid: with every problem of `problems`.
        BusinessExists: there is one already.
    """
    if session.get(Business, 1) is not None:
        raise BusinessExists
    data = _accepted(data)
    defaults.fill(session)
    session.flush()
    row = Business(id=1, number=new_identity(), **_values(data))
    row.payment_term_id = data.payment_term_id or defaults.default_term(session)
    row.payment_method_id = data.payment_method_id or defaults.default_method(session)
    session.add(row)


def find(session: Session) -> BusinessData | None:
    """The business, or None where the wizard was left before it was made."""
    row = session.get(Business, 1)
    if row is None:
        return None
    return BusinessData(**{field.name: getattr(row, field.name) for field in fields(BusinessData)})


def read(session: Session) -> BusinessData:
    """The business.

    Raises:
        BusinessMissing: there is none yet.
    """
    found = find(session)
    if found is None:
        raise BusinessMissing
    return found


def change(session: Session, data: BusinessData) -> None:
    """Write the whole form; closing the books is for `ledger/closing.py`.

    Raises:
        Invalid, BusinessMissing.
    """
    row = session.get(Business, 1)
    if row is None:
        raise BusinessMissing
    for name, value in _values(_accepted(data)).items():
        if name != "locked_through":
            setattr(row, name, value)


def set_logo(session: Session, png: bytes | None) -> None:
    """Keep a prepared logo (`rendering/pdf/logo.py`); None takes it away.

    Raises:
        BusinessMissing.
    """
    row = session.get(Business, 1)
    if row is None:
        raise BusinessMissing
    row.logo_id = files.store(session, png, "image/png") if png is not None else None


def _accepted(data: BusinessData) -> BusinessData:
    data = cleaned(data)
    wrong = problems(data)
    if wrong:
        raise Invalid(wrong)
    return data


def _values(data: BusinessData) -> dict[str, Any]:
    return {field.name: getattr(data, field.name) for field in fields(data)}
