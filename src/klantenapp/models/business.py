"""The user's own business: what stands on every document, and its defaults."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from klantenapp.models.base import Base, one_of, refers_to, strict


class Business(Base):
    """One row, id 1.

    Attributes:
        tax_scheme: "standard", or "kor" for the small-business scheme (Wet OB art. 25).
        vat_basis: "invoice" (factuurstelsel) or "receipt" (kasstelsel).
        locked_through: nothing is issued, voided or dated on or before this day.
        is_example: the file holds example data, with a banner.
        number: identity of this administration (a UUID), kept through backup and restore.
    """

    __tablename__ = "business"
    __table_args__ = strict(
        one_of("tax_scheme", "standard", "kor"),
        one_of("vat_basis", "invoice", "receipt"),
        one_of("invoice_style", "klassiek", "modern"),
        one_of("language", "nl", "en"),
        CheckConstraint("id = 1", name="one_row"),
    )

    number: Mapped[str]
    legal_name: Mapped[str]
    trade_name: Mapped[str | None]
    contact_name: Mapped[str | None]
    street: Mapped[str | None]
    postal_code: Mapped[str | None]
    city: Mapped[str | None]
    country: Mapped[str] = mapped_column(default="NL")
    kvk: Mapped[str | None]
    vat_id: Mapped[str | None]
    iban: Mapped[str | None]
    bic: Mapped[str | None]
    creditor_id: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    tax_scheme: Mapped[str] = mapped_column(default="standard")
    vat_basis: Mapped[str] = mapped_column(default="invoice")
    language: Mapped[str] = mapped_column(default="nl")
    invoice_style: Mapped[str] = mapped_column(default="klassiek")
    colour: Mapped[str | None]
    logo_id: Mapped[int | None] = mapped_column(refers_to("stored_file"))
    payment_term_id: Mapped[int | None] = mapped_column(refers_to("payment_term"))
    payment_method_id: Mapped[int | None] = mapped_column(refers_to("payment_method"))
    price_list_id: Mapped[int | None] = mapped_column(refers_to("price_list"))
    locked_through: Mapped[dt.date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
