"""The declarative base, and the column types that a STRICT table of SQLite accepts.

Every column is TEXT, INTEGER or BLOB underneath; the decorators here give it its meaning. A query
of the columns returns the same types as the mapped object does, so a row never holds a bare number
for an amount.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from klantenapp.models.values import Money, Percent, Quantity, UnitPrice

if TYPE_CHECKING:
    from sqlalchemy import Dialect

T = TypeVar("T", Money, Quantity, UnitPrice, Percent)

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class _IntegerValue(TypeDecorator[T]):
    """A value type that is one integer underneath; a bare integer is accepted as that integer."""

    impl = Integer
    cache_ok = True
    value: type[T]

    @override
    def process_bind_param(self, value: T | int | None, dialect: Dialect) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if not isinstance(value, self.value):
            raise TypeError(value)
        return value.cents if isinstance(value, Money) else _units(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> T | None:
        return None if value is None else self.value(value)

    @override
    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self


def _units(value: Quantity | UnitPrice | Percent) -> int:
    return value.points if isinstance(value, Percent) else value.units


class MoneyType(_IntegerValue[Money]):
    """Cents."""

    cache_ok = True
    value = Money


class QuantityType(_IntegerValue[Quantity]):
    """1/10,000 of a unit."""

    cache_ok = True
    value = Quantity


class UnitPriceType(_IntegerValue[UnitPrice]):
    """1/10,000 euro."""

    cache_ok = True
    value = UnitPrice


class PercentType(_IntegerValue[Percent]):
    """Basis points."""

    cache_ok = True
    value = Percent


class Flag(TypeDecorator[bool]):
    """0 or 1."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Day(TypeDecorator[dt.date]):
    """A calendar day as ISO text, so that text order is day order."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class Instant(TypeDecorator[dt.datetime]):
    """A moment in UTC as ISO text with microseconds, so that text order is time order."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds")

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """Every table: STRICT, with an id that is never given out twice."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        int: Integer,
        str: Text,
        bytes: LargeBinary,
        bool: Flag,
        dt.date: Day,
        dt.datetime: Instant,
        Money: MoneyType,
        Quantity: QuantityType,
        UnitPrice: UnitPriceType,
        Percent: PercentType,
    }

    id: Mapped[int] = mapped_column(primary_key=True)


def strict(*constraints: Any) -> tuple[Any, ...]:
    """The table arguments of every table: its constraints, STRICT, ids not reused."""
    return (*constraints, {"sqlite_strict": True, "sqlite_autoincrement": True})


def refers_to(table: str) -> ForeignKey:
    """A key to another table; what is referred to cannot be deleted."""
    return ForeignKey(f"{table}.id", ondelete="RESTRICT")


def one_of(column: str, *values: str) -> CheckConstraint:
    """The column holds one of these words (or NULL)."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=column)


def within(column: str, least: int, most: int) -> CheckConstraint:
    """The column holds an integer between two bounds, both included (or NULL)."""
    return CheckConstraint(f"{column} BETWEEN {least} AND {most}", name=f"{column}_range")
