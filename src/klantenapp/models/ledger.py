"""The receivables ledger: entries that are only ever added, and what settles what.

Signs: an entry that the customer owes is positive (invoice, refund paid out, void of a payment),
one in the customer's favour negative (credit note, payment, write-off).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, FetchedValue, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from klantenapp.models.base import Base, one_of, refers_to, strict
from klantenapp.models.values import Money

ENTRY_KINDS = (
    "opening",
    "invoice",
    "credit_note",
    "payment",
    "refund",
    "write_off",
    "recovery",
    "discount",
    "costs",
    "interest",
    "void",
)


class LedgerEntry(Base):
    """One posting on a customer's account.

    Attributes:
        amount: cents, signed; never zero.
        open_amount: what is not settled, same sign as amount. Kept by triggers alone; never
            written from here.
        voids_id: the entry that a void counters.
        costs_of_reminder: see `reminder_id`; set on costs and interest that were booked.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = strict(
        one_of("kind", *ENTRY_KINDS),
        CheckConstraint("amount <> 0", name="amount"),
        Index("ix_ledger_entry_customer_id_date", "customer_id", "date"),
        Index(
            "ix_ledger_entry_open",
            "customer_id",
            "due_date",
            "open_amount",
            sqlite_where=text("open_amount <> 0"),
        ),
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"))
    kind: Mapped[str]
    date: Mapped[dt.date]
    due_date: Mapped[dt.date | None]
    amount: Mapped[Money]
    open_amount: Mapped[Money] = mapped_column(
        server_default=text("0"), server_onupdate=FetchedValue()
    )
    document_id: Mapped[int | None] = mapped_column(refers_to("document"), index=True)
    payment_id: Mapped[int | None] = mapped_column(refers_to("payment"), index=True)
    reminder_id: Mapped[int | None] = mapped_column(refers_to("reminder"), index=True)
    voids_id: Mapped[int | None] = mapped_column(refers_to("ledger_entry"), unique=True)
    reference: Mapped[str | None]
    note: Mapped[str | None]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)
    created_at: Mapped[dt.datetime]

    @validates("open_amount")
    def _refuse(self, _key: str, _value: object) -> object:
        message = "the open amount is kept by triggers"
        raise AttributeError(message)


class Settlement(Base):
    """Ties a debit entry to a credit entry with an amount (negative: a counter-row).

    Attributes:
        date: of a counter-row its own day; otherwise the first day on which it does not change
            what was (`services/ledger/settling.py`). A settlement counts in a past view from the
            later of its two entries' dates and this one.
        counters_id: the settlement that this counter-row takes back.
    """

    __tablename__ = "settlement"
    __table_args__ = strict(
        CheckConstraint("amount <> 0", name="amount"),
        CheckConstraint("(amount < 0) = (counters_id IS NOT NULL)", name="counter"),
        CheckConstraint("debit_id <> credit_id", name="two_sides"),
    )

    debit_id: Mapped[int] = mapped_column(refers_to("ledger_entry"), index=True)
    credit_id: Mapped[int] = mapped_column(refers_to("ledger_entry"), index=True)
    amount: Mapped[Money]
    date: Mapped[dt.date]
    counters_id: Mapped[int | None] = mapped_column(refers_to("settlement"), unique=True)
    reason: Mapped[str | None]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)
    created_at: Mapped[dt.datetime]
