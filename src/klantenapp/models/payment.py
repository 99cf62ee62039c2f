"""Money that came in or went out, direct-debit mandates and collection batches."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict
from klantenapp.models.values import Money


class Payment(Base):
    """A receipt (positive) or a refund paid out (negative); never changed, only voided.

    Attributes:
        bank_reference: the bank's own reference; a second payment under it is refused.
        bank_line_id: the statement line that it was booked from.
    """

    __tablename__ = "payment"
    __table_args__ = strict(
        one_of("method", "transfer", "direct_debit", "cash", "card", "other"),
        CheckConstraint("amount <> 0", name="amount"),
        Index("ix_payment_customer_id_date", "customer_id", "date"),
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"))
    date: Mapped[dt.date]
    amount: Mapped[Money]
    method: Mapped[str] = mapped_column(default="transfer")
    reference: Mapped[str | None]
    bank_reference: Mapped[str | None] = mapped_column(index=True)
    bank_account_id: Mapped[int | None] = mapped_column(refers_to("bank_account"))
    bank_line_id: Mapped[int | None] = mapped_column(refers_to("bank_line"), index=True)
    note: Mapped[str | None]
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)
    created_at: Mapped[dt.datetime]


class Mandate(Base):
    """A customer's consent to direct debit.

    Attributes:
        reference: unique, at most 35 characters.
        sequence: next collection is first ("FRST") or recurring ("RCUR"); "OOFF" once.
        signed_on: None while the customer did not sign: nothing is collected under it.
    """

    __tablename__ = "mandate"
    __table_args__ = strict(
        one_of("scheme", "CORE", "B2B"), one_of("sequence", "FRST", "RCUR", "OOFF")
    )

    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)
    scheme: Mapped[str] = mapped_column(default="CORE")
    sequence: Mapped[str] = mapped_column(default="FRST")
    signed_on: Mapped[dt.date | None]
    iban: Mapped[str]
    account_name: Mapped[str]
    ended_on: Mapped[dt.date | None]


class CollectionBatch(Base):
    """A direct-debit file: made, sent to the bank, booked; or cancelled before sending."""

    __tablename__ = "collection_batch"
    __table_args__ = strict(one_of("state", "made", "sent", "booked", "cancelled"))

    reference: Mapped[str] = mapped_column(unique=True)
    collection_date: Mapped[dt.date]
    state: Mapped[str] = mapped_column(default="made")
    file_id: Mapped[int | None] = mapped_column(refers_to("stored_file"))
    created_at: Mapped[dt.datetime]


class CollectionItem(Base):
    """One invoice in a collection batch.

    Attributes:
        return_code: reason of an R-transaction (AM04, MD06 ...), where the bank returned it.
        message_id: the announcement to the customer, where one was mailed.
    """

    __tablename__ = "collection_item"
    __table_args__ = strict(UniqueConstraint("batch_id", "document_id"))

    batch_id: Mapped[int] = mapped_column(refers_to("collection_batch"), index=True)
    document_id: Mapped[int] = mapped_column(refers_to("document"), index=True)
    mandate_id: Mapped[int] = mapped_column(refers_to("mandate"))
    sequence: Mapped[str]
    end_to_end_id: Mapped[str] = mapped_column(unique=True)
    amount: Mapped[Money]
    payment_id: Mapped[int | None] = mapped_column(refers_to("payment"), index=True)
    return_code: Mapped[str | None]
    returned_on: Mapped[dt.date | None]
    message_id: Mapped[int | None] = mapped_column(refers_to("message"), index=True)


class RefundDue(Base):
    """A credit that the user means to pay back; it is done once nothing of the entry is open."""

    __tablename__ = "refund_due"
    __table_args__ = strict()

    entry_id: Mapped[int] = mapped_column(refers_to("ledger_entry"), unique=True)
    marked_at: Mapped[dt.datetime]
