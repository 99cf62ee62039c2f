"""The user's own bank accounts, imported statements and their lines."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict
from klantenapp.models.values import Money


class BankAccount(Base):
    """An account of the user."""

    __tablename__ = "bank_account"
    __table_args__ = strict()

    iban: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    currency: Mapped[str] = mapped_column(default="EUR")


class BankStatement(Base):
    """One statement of an imported file.

    Attributes:
        difference: closing − (opening + lines), NULL where the file has no balances.
        gap: opening − the closing of the statement before, where that is known and differs.
    """

    __tablename__ = "bank_statement"
    __table_args__ = strict(
        Index("ix_bank_statement_bank_account_id", "bank_account_id", "to_date")
    )

    batch_id: Mapped[int] = mapped_column(refers_to("import_batch"), index=True)
    bank_account_id: Mapped[int] = mapped_column(refers_to("bank_account"))
    format: Mapped[str]
    number: Mapped[str | None]
    from_date: Mapped[dt.date | None]
    to_date: Mapped[dt.date | None]
    opening: Mapped[Money | None]
    closing: Mapped[Money | None]
    difference: Mapped[Money | None]
    gap: Mapped[Money | None]
    read: Mapped[int]
    skipped: Mapped[int]


class BankLine(Base):
    """One line, or one part of a collective line, of a statement.

    Attributes:
        fingerprint: the same line has the same one across formats and overlapping files.
        amount: signed cents.
        state: open (to be matched), matched, ignored, or aside (zero, foreign currency).
    """

    __tablename__ = "bank_line"
    __table_args__ = strict(
        one_of("state", "open", "matched", "ignored", "aside"),
        Index("ix_bank_line_state_date", "state", "date"),
        UniqueConstraint("bank_account_id", "fingerprint"),
    )

    statement_id: Mapped[int] = mapped_column(refers_to("bank_statement"), index=True)
    bank_account_id: Mapped[int] = mapped_column(refers_to("bank_account"))
    position: Mapped[int]
    part: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str]
    date: Mapped[dt.date]
    value_date: Mapped[dt.date | None]
    amount: Mapped[Money]
    currency: Mapped[str] = mapped_column(default="EUR")
    counterparty: Mapped[str | None]
    counterparty_iban: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str]
    structured_reference: Mapped[str | None]
    end_to_end_id: Mapped[str | None]
    mandate: Mapped[str | None]
    return_code: Mapped[str | None]
    bank_reference: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="open")
    ignore_rule_id: Mapped[int | None] = mapped_column(refers_to("bank_rule"))
    batch_id: Mapped[int] = mapped_column(refers_to("import_batch"), index=True)


class BankAssignment(Base):
    """What part of a bank line became which payment; a released one stays with its day."""

    __tablename__ = "bank_assignment"
    __table_args__ = strict(CheckConstraint("amount <> 0", name="amount"))

    bank_line_id: Mapped[int] = mapped_column(refers_to("bank_line"), index=True)
    payment_id: Mapped[int] = mapped_column(refers_to("payment"), index=True)
    amount: Mapped[Money]
    certainty: Mapped[str | None]
    released_at: Mapped[dt.datetime | None]


class BankRule(Base):
    """Lines that are ignored from now on: by counter account, or by words in the text."""

    __tablename__ = "bank_rule"
    __table_args__ = strict(one_of("kind", "account", "text"))

    kind: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str | None]


class CustomerAccount(Base):
    """An account that a customer pays from, learnt when a match was accepted."""

    __tablename__ = "customer_account"
    __table_args__ = strict(UniqueConstraint("iban", "customer_id"))

    iban: Mapped[str]
    customer_id: Mapped[int] = mapped_column(refers_to("customer"), index=True)
    learned_from_id: Mapped[int | None] = mapped_column(refers_to("bank_line"), index=True)


class ColumnMapping(Base):
    """A column mapping the user made for a kind of file, offered when the columns come again."""

    __tablename__ = "column_mapping"
    __table_args__ = strict(UniqueConstraint("kind", "header_digest"))

    kind: Mapped[str]
    name: Mapped[str]
    header_digest: Mapped[str]
    mapping: Mapped[str]
