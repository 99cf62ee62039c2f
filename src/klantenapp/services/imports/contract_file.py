"""A contract from a file of keys and values, by the words that people use for things."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.models.catalogue import ItemGroup
from klantenapp.models.customer import TREATMENTS
from klantenapp.models.values import Percent, Quantity, UnitPrice
from klantenapp.services.catalogue import choosing
from klantenapp.services.catalogue.contract_data import (
    ALWAYS,
    REMIND_DAYS,
    AgreedPrice,
    ContractData,
    GroupDiscount,
)
from klantenapp.services.customers import customers
from klantenapp.services.errors.agreements import ContractKeyMissing, ContractValueWrong
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.cli import UnknownField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

KEYS: Final = (
    "customer_number",
    "name",
    "reference",
    "valid_from",
    "valid_to",
    "prices",
    "discount_percent",
    "group_discounts",
    "total_discount_percent",
    "at_end",
    "remind_days",
    "tax_treatment",
    "fixed_tax_percent",
    "exemption_reason",
)
PRICE_KEYS: Final = ("item", "price", "min_quantity")
GROUP_KEYS: Final = ("group", "percent")
AT_END: Final = ("remind", "renew", "stop")
_LONGEST: Final = 200
_MAX_DAYS: Final = 3650


class _Values:
    """The values of one object of the file, read one by one; null is absent."""

    def __init__(self, values: object, known: tuple[str, ...], path: str = "") -> None:
        """Take an object with known keys.

        Raises:
            ContractValueWrong: it is no object. UnknownField: it has another key.
        """
        self._path = path
        if not isinstance(values, dict):
            raise ContractValueWrong(path.rstrip("."), _shown(values), ", ".join(known))
        for key in values:
            if key not in known:
                raise UnknownField(path + key, known)
        self._values: Mapping[str, Any] = values

    def _wrong(self, key: str, expected: str) -> ContractValueWrong:
        return ContractValueWrong(f"{self._path}{key}", _shown(self._values[key]), expected)

    def needed(self, key: str, read: Callable[[str], Any]) -> Any:
        """A value that must be there."""
        found = read(key)
        if found is None:
            raise ContractKeyMissing(self._path + key)
        return found

    def text(self, key: str) -> str | None:
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise self._wrong(key, f'"…" (≤ {_LONGEST})')
        return value.strip() or None

    def day(self, key: str) -> dt.date | None:
        value = self._values.get(key)
        if value is None:
            return None
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError) as problem:
            raise self._wrong(key, '"2026-01-31"') from problem

    def price(self, key: str) -> UnitPrice | None:
        found: UnitPrice | None = self._number(key, UnitPrice.parse, '"62.50"')
        return found

    def quantity(self, key: str) -> Quantity | None:
        found: Quantity | None = self._number(key, Quantity.parse, '"10"')
        return found

    def percent(self, key: str) -> Percent | None:
        found: Percent | None = self._number(key, Percent.parse, '"2.5"')
        return found

    def _number(self, key: str, parse: Callable[[str], Any], expected: str) -> Any:
        """An amount as text, or as a number that is exact in the file."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._wrong(key, expected)
        try:
            return parse(str(value))
        except ValueError as problem:
            raise self._wrong(key, expected) from problem

    def whole(self, key: str) -> int | None:
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MAX_DAYS:
            raise self._wrong(key, f"0 … {_MAX_DAYS}")
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        value = self._values.get(key)
        if value is not None and value not in choices:
            raise self._wrong(key, " | ".join(choices))
        return value

    def objects(self, key: str, known: tuple[str, ...]) -> list[_Values]:
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(key, "[…]")
        return [
            _Values(each, known, f"{self._path}{key}[{number}].")
            for number, each in enumerate(value)
        ]


def read(session: Session, values: Mapping[str, Any]) -> ContractData:
    """The contract that a file describes.

    Args:
        values: the object of the file: amounts and percentages as text, days as ISO.

    Raises:
        UnknownField: a key that means nothing, with those that do.
        ContractValueWrong: a value that its key cannot take.
        ContractKeyMissing: a key that must be there.
        NotFound: no such customer, item or group.
    """
    found = _Values(dict(values), KEYS)
    return ContractData(
        customer_id=customers.find(session, found.needed("customer_number", found.text)),
        name=found.needed("name", found.text),
        reference=found.text("reference"),
        valid_from=found.needed("valid_from", found.day),
        valid_to=found.day("valid_to"),
        prices=tuple(_price(session, each) for each in found.objects("prices", PRICE_KEYS)),
        discount=found.percent("discount_percent"),
        group_discounts=tuple(
            _group(session, each) for each in found.objects("group_discounts", GROUP_KEYS)
        ),
        total_discount=found.percent("total_discount_percent"),
        at_end=found.choice("at_end", AT_END) or "remind",
        remind_days=_or(found.whole("remind_days"), REMIND_DAYS),
        tax_treatment=found.choice("tax_treatment", TREATMENTS),
        fixed_tax_percent=found.percent("fixed_tax_percent"),
        exemption_reason=found.text("exemption_reason"),
    )


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _price(session: Session, values: _Values) -> AgreedPrice:
    code = values.needed("item", values.text)
    item_id = choosing.item(session, code)
    if item_id is None:
        raise NotFound("item", code)
    return AgreedPrice(
        item_id=item_id,
        price=values.needed("price", values.price),
        min_quantity=values.quantity("min_quantity") or ALWAYS,
    )


def _group(session: Session, values: _Values) -> GroupDiscount:
    name = values.needed("group", values.text)
    group_id = session.scalar(select(ItemGroup.id).where(ItemGroup.name == name))
    if group_id is None:
        raise NotFound("item_group", name)
    return GroupDiscount(group_id=group_id, percent=values.needed("percent", values.percent))


def _shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - what fits in a sentence
