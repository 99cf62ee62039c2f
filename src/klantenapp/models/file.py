"""Files inside the administration: content by its hash, and what they are attached to."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, refers_to, strict


class StoredFile(Base):
    """Bytes that never change, found by their hash; the same bytes are stored once.

    Attributes:
        digest: sha256 of the content, 64 hexadecimal digits.
        size: in bytes.
        media_type: e.g. "application/pdf".
    """

    __tablename__ = "stored_file"
    __table_args__ = strict()

    digest: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True, deferred_raiseload=False)
    created_at: Mapped[dt.datetime]


class Attachment(Base):
    """A file that the user put with a customer, a contract or a document, under its own name."""

    __tablename__ = "attachment"
    __table_args__ = strict(
        CheckConstraint(
            "(customer_id IS NOT NULL) + (contract_id IS NOT NULL) + (document_id IS NOT NULL) = 1",
            name="one_owner",
        ),
        Index("ix_attachment_customer_id", "customer_id"),
        Index("ix_attachment_contract_id", "contract_id"),
        Index("ix_attachment_document_id", "document_id"),
    )

    file_id: Mapped[int] = mapped_column(refers_to("stored_file"), index=True)
    customer_id: Mapped[int | None] = mapped_column(refers_to("customer"))
    contract_id: Mapped[int | None] = mapped_column(refers_to("contract"))
    document_id: Mapped[int | None] = mapped_column(refers_to("document"))
    name: Mapped[str]
    added_at: Mapped[dt.datetime]
