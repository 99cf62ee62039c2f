"""Customers with their contacts, addresses, labels and purchase terms."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict, within
from klantenapp.models.values import Money, Percent

TREATMENTS = (
    "domestic",
    "reverse_charge",
    "intra_eu",
    "export",
    "exempt",
    "outside_scope",
    "fixed",
)


class Customer(Base):
    """Who is invoiced. A term that is NULL is inherited from the business.

    Attributes:
        number: the customer number, unique text (leading zeros stay).
        search: folded text (lower case, no diacritics) of name, number, contacts, phone digits,
            e-mail and place; written by `services/customers/customers.py` at each change.
        sort_name: folded name, for sorting.
        credit_block: passing the credit limit blocks (True), warns (False), or the setting (NULL).
        merged_into_id: the customer that took over; this row stays so that the number is found.
        large_company: its terms are 30 days at most to a small supplier (art. 6:119a BW).
    """

    __tablename__ = "customer"
    __table_args__ = strict(
        one_of("kind", "business", "consumer", "government"),
        one_of("language", "nl", "en"),
        one_of("tax_treatment", *TREATMENTS),
        one_of("delivery", "email", "post", "both"),
        within("discount", 0, 10000),
        Index("ix_customer_sort_name", "sort_name"),
        Index("ix_customer_vat_id", "vat_id"),
        Index("ix_customer_email", "email"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_name: Mapped[str]
    search: Mapped[str]
    kind: Mapped[str] = mapped_column(default="business")
    email: Mapped[str | None]
    invoice_email: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    vat_id: Mapped[str | None]
    kvk: Mapped[str | None]
    iban: Mapped[str | None]
    language: Mapped[str | None]
    salutation: Mapped[str | None]
    note: Mapped[str | None]
    reference_rule: Mapped[str | None]
    large_company: Mapped[bool] = mapped_column(default=False)
    logo_id: Mapped[int | None] = mapped_column(refers_to("stored_file"))
    payment_term_id: Mapped[int | None] = mapped_column(refers_to("payment_term"))
    payment_method_id: Mapped[int | None] = mapped_column(refers_to("payment_method"))
    price_list_id: Mapped[int | None] = mapped_column(refers_to("price_list"))
    delivery: Mapped[str | None]
    discount: Mapped[Percent | None]
    tax_treatment: Mapped[str | None]
    fixed_tax_percent: Mapped[Percent | None]
    exemption_reason: Mapped[str | None]
    credit_limit: Mapped[Money | None]
    credit_block: Mapped[bool | None]
    reminder_policy_id: Mapped[int | None] = mapped_column(refers_to("reminder_policy"))
    never_remind: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]
    archived_at: Mapped[dt.datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(refers_to("customer"), index=True)
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class Contact(Base):
    """A person at a customer.

    Attributes:
        receives: what is sent to this person: invoices, reminders, quotes, all or none.
        position: order on screen; the first is the contact shown in lists.
    """

    __tablename__ = "contact"
    __table_args__ = strict(
        one_of("receives", "invoices", "reminders", "quotes", "all", "none"),
        one_of("language", "nl", "en"),
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    role: Mapped[str | None]
    salutation: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None]
    language: Mapped[str | None]
    receives: Mapped[str] = mapped_column(default="none")
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class Address(Base):
    """Where a customer gets invoices, is visited, gets deliveries, or has work done."""

    __tablename__ = "address"
    __table_args__ = strict(
        one_of("kind", "invoice", "visit", "delivery", "work"),
        UniqueConstraint("customer_id", "kind", "position"),
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    kind: Mapped[str] = mapped_column(default="invoice")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str | None]
    street: Mapped[str | None]
    postal_code: Mapped[str | None]
    city: Mapped[str | None]
    country: Mapped[str] = mapped_column(default="NL")
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class Label(Base):
    """A word that the user puts on customers."""

    __tablename__ = "label"
    __table_args__ = strict()

    name: Mapped[str] = mapped_column(unique=True)


class CustomerLabel(Base):
    """Which customer carries which label."""

    __tablename__ = "customer_label"
    __table_args__ = strict(UniqueConstraint("customer_id", "label_id"))

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    label_id: Mapped[int] = mapped_column(refers_to("label"), index=True)


class CreditDecision(Base):
    """What the user decided about a customer's credit, against or with the advice."""

    __tablename__ = "credit_decision"
    __table_args__ = strict(
        CheckConstraint("credit_limit IS NULL OR credit_limit >= 0", name="limit")
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    date: Mapped[dt.date]
    credit_limit: Mapped[Money | None]
    term_days: Mapped[int | None]
    deposit: Mapped[Percent | None]
    note: Mapped[str]


class FormerNumber(Base):
    """The number of a customer that was merged into another; it stays findable."""

    __tablename__ = "former_number"
    __table_args__ = strict()

    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
