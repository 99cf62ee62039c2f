"""What is sold and on which terms: items, units, tax codes, price lists, terms and methods."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict, within
from klantenapp.models.values import Percent, Quantity, UnitPrice

BOXES = ("1a", "1b", "1c", "1e", "3a", "3b", "none")


class PaymentTerm(Base):
    """When an invoice is due.

    Attributes:
        days: after the invoice date.
        end_of_month: counted, then moved to the last day of that month.
        discount, discount_days: early-payment discount when paid within so many days.
    """

    __tablename__ = "payment_term"
    __table_args__ = strict(
        within("days", 0, 365),
        within("discount", 0, 10000),
        within("discount_days", 0, 365),
        UniqueConstraint("days", "end_of_month", "discount", "discount_days"),
    )

    name: Mapped[str]
    name_en: Mapped[str | None]
    days: Mapped[int]
    end_of_month: Mapped[bool] = mapped_column(default=False)
    discount: Mapped[Percent | None]
    discount_days: Mapped[int | None]
    archived_at: Mapped[dt.datetime | None]


class PaymentMethod(Base):
    """How a customer pays."""

    __tablename__ = "payment_method"
    __table_args__ = strict(one_of("kind", "transfer", "direct_debit", "cash", "card", "other"))

    kind: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    archived_at: Mapped[dt.datetime | None]


class Unit(Base):
    """Unit of an item, in both languages."""

    __tablename__ = "unit"
    __table_args__ = strict()

    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    archived_at: Mapped[dt.datetime | None]


class ItemGroup(Base):
    """Group of items, for discounts and reports."""

    __tablename__ = "item_group"
    __table_args__ = strict()

    name: Mapped[str] = mapped_column(unique=True)
    archived_at: Mapped[dt.datetime | None]


class TaxCode(Base):
    """A kind of tax on an item; the rate of a day is in `TaxRate`.

    Attributes:
        code: "high", "low", "zero", "exempt", "lodging", or the user's own.
        box: return box of domestic supplies under this code ("none" where not reported).
        exemption_reason: for exempt codes, the letter of art. 11 lid 1 or the user's own words.
    """

    __tablename__ = "tax_code"
    __table_args__ = strict(
        one_of("kind", "rate", "zero", "exempt"),
        one_of("box", *BOXES),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    kind: Mapped[str]
    box: Mapped[str]
    exemption_reason: Mapped[str | None]
    archived_at: Mapped[dt.datetime | None]


class TaxRate(Base):
    """The percentage of a tax code from a day through a day."""

    __tablename__ = "tax_rate"
    __table_args__ = strict(
        within("percent", 0, 10000),
        UniqueConstraint("tax_code_id", "valid_from"),
    )

    tax_code_id: Mapped[int] = mapped_column(refers_to("tax_code"), index=True)
    percent: Mapped[Percent]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class Item(Base):
    """What is sold; its price excludes tax.

    Attributes:
        nature: goods or service, which decides the treatment abroad.
        search: folded text of code, both names and group.
    """

    __tablename__ = "item"
    __table_args__ = strict(
        one_of("nature", "goods", "service"),
        CheckConstraint("price >= 0", name="price"),
        Index("ix_item_sort_name", "sort_name"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    sort_name: Mapped[str]
    search: Mapped[str]
    description: Mapped[str | None]
    description_en: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(refers_to("unit"))
    item_group_id: Mapped[int | None] = mapped_column(refers_to("item_group"), index=True)
    tax_code_id: Mapped[int] = mapped_column(refers_to("tax_code"))
    nature: Mapped[str] = mapped_column(default="service")
    price: Mapped[UnitPrice | None]
    archived_at: Mapped[dt.datetime | None]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class PriceList(Base):
    """Prices under a name, for a period.

    Attributes:
        includes_tax: prices on this list include tax (Wet OB art. 38, consumers).
        base_list_id, percent: a list derived from another (NULL: from the items' own prices).
        rounding: cents to which a derived price is rounded (1, 5, 50 or 100).
        replaces_id: the list whose place it takes while it is valid (`catalogue/succession.py`).
    """

    __tablename__ = "price_list"
    __table_args__ = strict(
        within("percent", -10000, 100000),
        CheckConstraint("rounding IN (1, 5, 50, 100)", name="rounding"),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="period"
        ),
        CheckConstraint("base_list_id <> id", name="own_base"),
        CheckConstraint("replaces_id <> id", name="own_place"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    includes_tax: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    base_list_id: Mapped[int | None] = mapped_column(refers_to("price_list"))
    percent: Mapped[Percent | None]
    rounding: Mapped[int] = mapped_column(default=1)
    is_draft: Mapped[bool] = mapped_column(default=False)
    replaces_id: Mapped[int | None] = mapped_column(refers_to("price_list"), index=True)
    archived_at: Mapped[dt.datetime | None]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class ListPrice(Base):
    """Price of an item on a list from a quantity on."""

    __tablename__ = "list_price"
    __table_args__ = strict(
        UniqueConstraint("price_list_id", "item_id", "min_quantity"),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("min_quantity >= 0", name="min_quantity"),
    )

    price_list_id: Mapped[int] = mapped_column(refers_to("price_list"), index=True)
    item_id: Mapped[int] = mapped_column(refers_to("item"), index=True)
    min_quantity: Mapped[Quantity] = mapped_column(default=Quantity(0))
    price: Mapped[UnitPrice]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)
