"""Invoices, credit notes and quotes with their lines, tax and numbers; and recurring invoices."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict, within
from klantenapp.models.customer import TREATMENTS
from klantenapp.models.values import Money, Percent, Quantity, UnitPrice

CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O")
SOURCES = ("manual", "contract", "contract_discount", "price_list", "item")


class NumberSeries(Base):
    """A series of numbers for one kind of document.

    Attributes:
        kind: invoice, credit_note, quote; shared series have kind "invoice" and are also named by
            the setting `numbering.credit_note`.
        pattern: e.g. "{year}-{number:4}".
        is_own: numbers are issued here (gapless); False for imported numbers (gaps allowed).
    """

    __tablename__ = "number_series"
    __table_args__ = strict(one_of("kind", "invoice", "credit_note", "quote", "imported"))

    kind: Mapped[str]
    pattern: Mapped[str]
    is_own: Mapped[bool] = mapped_column(default=True)


class NumberCounter(Base):
    """The last number given out in a series and year (year 0 where the pattern has none).

    Attributes:
        first: the first number, set once before the first issue.
        last: first − 1 while nothing was issued.
        last_date: document date of the last number; the next may not be earlier.
    """

    __tablename__ = "number_counter"
    __table_args__ = strict(
        UniqueConstraint("series_id", "year"), CheckConstraint("last >= first - 1", name="last")
    )

    series_id: Mapped[int] = mapped_column(refers_to("number_series"))
    year: Mapped[int]
    first: Mapped[int] = mapped_column(default=1)
    last: Mapped[int] = mapped_column(default=0)
    last_date: Mapped[dt.date | None]


class Document(Base):
    """A draft or issued invoice, credit note or quote.

    Amounts are positive on every kind. While a draft, a term that is NULL is inherited; issuing
    writes the effective values, the totals and the snapshot, and triggers freeze the row.

    Attributes:
        state: "draft" or "issued"; everything else is derived.
        number: text as printed; series_id, series_year, series_number: where it came from.
        date: document date; NULL on a draft that follows today.
        due_date: on a draft only where the user set it (an override of the term).
        due_override: the term was overridden by typing a due date.
        valid_until: last day of a quote.
        supply_from, supply_to: day or period of supply (NULL: the document date).
        prices_include_tax: NULL on a draft is derived from price list and customer.
        total_discount: on the sum of the lines, spread per rate.
        refers_to_id: a credit note's original.
        snapshot, snapshot_digest: JSON of the `DocumentSnapshot` and its sha256, once issued.
        pdf_id: the stored PDF, once issued here.
        is_imported: history from another program: no PDF, never in the tax return.
        revision: counts autosaves of a draft, for stale edits.
    """

    __tablename__ = "document"
    __table_args__ = strict(
        one_of("kind", "invoice", "credit_note", "quote"),
        one_of("state", "draft", "issued"),
        one_of("language", "nl", "en"),
        one_of("tax_treatment", *TREATMENTS),
        one_of("deposit_kind", "deposit", "final"),
        within("total_discount", 0, 10000),
        UniqueConstraint("series_id", "number"),
        UniqueConstraint("series_id", "series_year", "series_number"),
        CheckConstraint("state = 'draft' OR number IS NOT NULL", name="issued_has_number"),
        CheckConstraint("state = 'draft' OR date IS NOT NULL", name="issued_has_date"),
        CheckConstraint("total >= 0 OR is_imported = 1", name="total"),
        CheckConstraint("supply_to IS NULL OR supply_from <= supply_to", name="supply_period"),
        Index("ix_document_customer_id_date", "customer_id", "date"),
        Index("ix_document_kind_state_date", "kind", "state", "date"),
        Index("ix_document_number", "number"),
    )

    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    customer_id: Mapped[int | None] = mapped_column(refers_to("customer"))
    series_id: Mapped[int | None] = mapped_column(refers_to("number_series"))
    series_year: Mapped[int | None]
    series_number: Mapped[int | None]
    number: Mapped[str | None]
    date: Mapped[dt.date | None]
    due_date: Mapped[dt.date | None] = mapped_column(index=True)
    valid_until: Mapped[dt.date | None]
    supply_from: Mapped[dt.date | None]
    supply_to: Mapped[dt.date | None]
    language: Mapped[str | None]
    contact_id: Mapped[int | None] = mapped_column(refers_to("contact"), index=True)
    customer_reference: Mapped[str | None]
    payment_term_id: Mapped[int | None] = mapped_column(refers_to("payment_term"))
    payment_method_id: Mapped[int | None] = mapped_column(refers_to("payment_method"))
    price_list_id: Mapped[int | None] = mapped_column(refers_to("price_list"))
    delivery_address_id: Mapped[int | None] = mapped_column(refers_to("address"), index=True)
    tax_treatment: Mapped[str | None]
    fixed_tax_percent: Mapped[Percent | None]
    exemption_reason: Mapped[str | None]
    prices_include_tax: Mapped[bool | None]
    total_discount: Mapped[Percent | None]
    intro: Mapped[str | None]
    closing: Mapped[str | None]
    note: Mapped[str | None]
    refers_to_id: Mapped[int | None] = mapped_column(refers_to("document"), index=True)
    credit_reason: Mapped[str | None]
    deposit_kind: Mapped[str | None]
    recurring_id: Mapped[int | None] = mapped_column(refers_to("recurring"), index=True)
    net_total: Mapped[Money] = mapped_column(default=Money(0))
    tax_total: Mapped[Money] = mapped_column(default=Money(0))
    total: Mapped[Money] = mapped_column(default=Money(0))
    small_business: Mapped[bool] = mapped_column(default=False)
    snapshot: Mapped[str | None] = mapped_column(deferred=True)
    snapshot_digest: Mapped[str | None]
    pdf_id: Mapped[int | None] = mapped_column(refers_to("stored_file"))
    is_imported: Mapped[bool] = mapped_column(default=False)
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    issued_at: Mapped[dt.datetime | None]
    revision: Mapped[int] = mapped_column(default=0)


class DocumentLine(Base):
    """One line.

    Attributes:
        position: order, from 1.
        unit_price: without tax, or with tax where the document's prices include it.
        source, source_name, source_id: why this price (`catalogue/pricing.py`).
        is_manual_price: the user typed the price; repricing leaves it.
        tax_code_id, nature: decide category and rate together with the treatment.
        tax_category, tax_percent, box, net, gross: filled when issued (and by autosave).
        optional, alternative: on quotes only; not in the total until chosen. alternative is a
            group name of lines of which one is chosen.
        credits_line_id: the line that this one follows: on a credit note that of the original
            which it credits, on an invoice that of the quote which it invoices.
    """

    __tablename__ = "document_line"
    __table_args__ = strict(
        one_of("nature", "goods", "service"),
        one_of("source", *SOURCES),
        one_of("tax_category", *CATEGORIES),
        within("discount", 0, 10000),
        Index("ix_document_line_document_id_position", "document_id", "position"),
    )

    document_id: Mapped[int] = mapped_column(refers_to("document"))
    position: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(refers_to("item"), index=True)
    description: Mapped[str] = mapped_column(default="")
    details: Mapped[str | None]
    quantity: Mapped[Quantity] = mapped_column(default=Quantity(10_000))
    unit: Mapped[str | None]
    unit_price: Mapped[UnitPrice] = mapped_column(default=UnitPrice(0))
    discount: Mapped[Percent | None]
    is_manual_price: Mapped[bool] = mapped_column(default=False)
    is_manual_discount: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="manual")
    source_name: Mapped[str | None]
    source_id: Mapped[int | None]
    tax_code_id: Mapped[int | None] = mapped_column(refers_to("tax_code"))
    nature: Mapped[str] = mapped_column(default="service")
    tax_category: Mapped[str | None]
    tax_percent: Mapped[Percent | None]
    box: Mapped[str | None]
    net: Mapped[Money] = mapped_column(default=Money(0))
    gross: Mapped[Money | None]
    optional: Mapped[bool] = mapped_column(default=False)
    alternative: Mapped[str | None]
    credits_line_id: Mapped[int | None] = mapped_column(refers_to("document_line"), index=True)
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class DocumentTax(Base):
    """Tax of an issued document per category and rate; the base is after the document discount."""

    __tablename__ = "document_tax"
    __table_args__ = strict(
        one_of("category", *CATEGORIES),
        UniqueConstraint("document_id", "category", "percent", "box"),
    )

    document_id: Mapped[int] = mapped_column(refers_to("document"), index=True)
    category: Mapped[str]
    percent: Mapped[Percent]
    box: Mapped[str]
    base: Mapped[Money]
    tax: Mapped[Money]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)


class DocumentLink(Base):
    """Where a document came from: quote to invoice, deposit to final invoice, copy, reissue."""

    __tablename__ = "document_link"
    __table_args__ = strict(
        one_of("kind", "quote", "deposit", "copy", "reissue"),
        UniqueConstraint("from_id", "to_id", "kind"),
    )

    from_id: Mapped[int] = mapped_column(refers_to("document"), index=True)
    to_id: Mapped[int] = mapped_column(refers_to("document"), index=True)
    kind: Mapped[str]


class QuoteDecision(Base):
    """The customer's answer to a quote; the latest one counts."""

    __tablename__ = "quote_decision"
    __table_args__ = strict(one_of("outcome", "accepted", "declined"))

    document_id: Mapped[int] = mapped_column(refers_to("document"), index=True)
    outcome: Mapped[str]
    date: Mapped[dt.date]
    note: Mapped[str | None]


class Recurring(Base):
    """A schedule that produces invoices.

    Attributes:
        every, unit: e.g. every 3 months.
        day_of_month: 1..31 (31 is the last day of a short month); NULL for weeks.
        weekend: what happens on Saturday or Sunday: keep, before, after.
        count: so many in all; end_date: not after it.
        days_ahead: produced so many days before its date.
        mode: draft, or issue and send.
        period: supply period of a run: none, this, next or previous interval.
        period_text: description text, e.g. "{month} {year}".
        state: active, paused, stopped; paused_until: resumes by itself on that day.
    """

    __tablename__ = "recurring"
    __table_args__ = strict(
        one_of("unit", "week", "month", "year"),
        one_of("weekend", "keep", "before", "after"),
        one_of("mode", "draft", "issue", "send"),
        one_of("period", "none", "this", "next", "previous"),
        one_of("state", "active", "paused", "stopped"),
        within("every", 1, 520),
        within("day_of_month", 1, 31),
        CheckConstraint("end_date IS NULL OR first_date <= end_date", name="period_order"),
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    name: Mapped[str]
    every: Mapped[int] = mapped_column(default=1)
    unit: Mapped[str] = mapped_column(default="month")
    first_date: Mapped[dt.date]
    day_of_month: Mapped[int | None]
    weekend: Mapped[str] = mapped_column(default="keep")
    end_date: Mapped[dt.date | None]
    count: Mapped[int | None]
    days_ahead: Mapped[int] = mapped_column(default=0)
    mode: Mapped[str] = mapped_column(default="draft")
    period: Mapped[str] = mapped_column(default="this")
    period_text: Mapped[str | None]
    payment_term_id: Mapped[int | None] = mapped_column(refers_to("payment_term"))
    payment_method_id: Mapped[int | None] = mapped_column(refers_to("payment_method"))
    price_list_id: Mapped[int | None] = mapped_column(refers_to("price_list"))
    customer_reference: Mapped[str | None]
    intro: Mapped[str | None]
    closing: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="active")
    paused_until: Mapped[dt.date | None]
    resume_rule: Mapped[str | None]


class RecurringLine(Base):
    """A line that each run copies; without a manual price it is priced anew each time."""

    __tablename__ = "recurring_line"
    __table_args__ = strict(one_of("nature", "goods", "service"), within("discount", 0, 10000))

    recurring_id: Mapped[int] = mapped_column(refers_to("recurring"), index=True)
    position: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(refers_to("item"), index=True)
    description: Mapped[str] = mapped_column(default="")
    details: Mapped[str | None]
    quantity: Mapped[Quantity]
    unit: Mapped[str | None]
    unit_price: Mapped[UnitPrice | None]
    discount: Mapped[Percent | None]
    tax_code_id: Mapped[int | None] = mapped_column(refers_to("tax_code"))
    nature: Mapped[str] = mapped_column(default="service")


class RecurringRun(Base):
    """One date of a schedule: made, skipped or failed. A date exists at most once."""

    __tablename__ = "recurring_run"
    __table_args__ = strict(
        UniqueConstraint("recurring_id", "planned_date"),
        one_of("state", "made", "skipped", "failed"),
    )

    recurring_id: Mapped[int] = mapped_column(refers_to("recurring"), index=True)
    planned_date: Mapped[dt.date]
    state: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(refers_to("document"), index=True)
    problem: Mapped[str | None]
    at: Mapped[dt.datetime]
