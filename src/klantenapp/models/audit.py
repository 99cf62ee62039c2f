"""The history of every change, in a chain of hashes, and the batches of imported rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict


class AuditEntry(Base):
    """One operation that was committed.

    Attributes:
        operation: name such as "invoice.issue".
        key: idempotency key of the user's act, where it has one.
        group_key: entries in a row with the same one are one step (autosaves of one edit).
        undoes_id: the entry that this one took back (or, for a redo, the undo it took back).
        batch_id: the import batch, where rows came in by bulk; its images are a digest only.
        previous_hash, hash: sha256 chain over entry and digests of its images.
    """

    __tablename__ = "audit_entry"
    __table_args__ = strict()

    at: Mapped[dt.datetime]
    operation: Mapped[str]
    origin: Mapped[str]
    key: Mapped[str | None] = mapped_column(unique=True)
    group_key: Mapped[str | None]
    undoes_id: Mapped[int | None] = mapped_column(refers_to("audit_entry"))
    batch_id: Mapped[int | None] = mapped_column(refers_to("import_batch"), index=True)
    detail: Mapped[str | None]
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class AuditImage(Base):
    """A row before and after one operation, as JSON of its stored values.

    The chain hashes the digests, so that an image can be erased while the chain holds.
    """

    __tablename__ = "audit_image"
    __table_args__ = strict(Index("ix_audit_image_table_name_row_id", "table_name", "row_id"))

    entry_id: Mapped[int] = mapped_column(refers_to("audit_entry"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    before: Mapped[str | None]
    after: Mapped[str | None]
    before_digest: Mapped[str | None]
    after_digest: Mapped[str | None]


class ImportBatch(Base):
    """Rows that came in together from one file: whole, or absent.

    Attributes:
        state: whole; undoing only inside the transaction that removes it; undone.
        counts: JSON object, table name -> number of rows inserted with this batch's id.
        digest: sha256 over the inserted rows' stored values in id order.
    """

    __tablename__ = "import_batch"
    __table_args__ = strict(
        one_of("kind", "customers", "items", "invoices", "prices", "bank", "mail"),
        one_of("state", "whole", "undoing", "undone"),
    )

    kind: Mapped[str]
    file_name: Mapped[str]
    file_digest: Mapped[str]
    at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(default="whole")
    counts: Mapped[str]
    digest: Mapped[str]
