"""The list of customers as data: its queries, its columns, and its rows in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.services.customers import listing
from klantenapp.services.customers.listing import Filter
from klantenapp.services.store import clock
from klantenapp.ui.forms import customer_words as words
from klantenapp.ui.tables.columns import Column

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.customers.listing import CustomerRow
    from klantenapp.ui.tables.columns import Sort
    from klantenapp.ui.tables.list_view import Parts

#: What is touched where the list changes.
TABLES = (
    "customer",
    "contact",
    "address",
    "customer_label",
    "ledger_entry",
    "settlement",
    "message",
    "contract",
)


def list_ids(session: Session, wanted: Filter | None, sort: Sort | None) -> array[int]:
    """Ids for the table: who is most overdue first, where the user chose no order."""
    order = (sort.key, sort.descending) if sort else ("overdue", True)
    return listing.list_ids(session, wanted or Filter(), order, clock.today())


def list_rows(session: Session, ids: Sequence[int]) -> list[CustomerRow]:
    """Rows for the table."""
    return listing.list_rows(session, ids, clock.today())


def columns() -> list[Column]:
    """Columns of the list; where room lacks, contact person goes first, then place."""
    return [
        Column(
            "name",
            _("Customer"),
            "initials",
            width=250,
            sort="name",
            stretch=True,
            tone=lambda row: "muted" if row.archived else None,
        ),
        Column("contact", _("Contact person"), "muted", width=150, sort="contact", priority=3),
        Column("city", _("Place"), "muted", width=130, sort="city", priority=2, value=words.place),
        Column(
            "open_amount",
            _("Outstanding €"),
            "money",
            sort="open",
            descending=True,
            value=lambda row: row.open_amount or None,
        ),
        Column(
            "overdue",
            _("Overdue €"),
            "money",
            sort="overdue",
            descending=True,
            value=lambda row: row.overdue or None,
            tone=lambda row: "danger" if row.overdue else None,
        ),
        Column(
            "days_late",
            _("Usually late"),
            "muted",
            width=150,
            sort="late",
            descending=True,
            right=True,
            value=lambda row: words.late_words(row.days_late),
            tone=lambda row: words.late_tone(row.days_late),
        ),
        Column(
            "last_contact",
            _("Last contact"),
            "icon_text",
            width=130,
            sort="last",
            descending=True,
            priority=1,
            value=lambda row: words.contact_words(row.last_contact),
        ),
    ]


def two_lines(row: CustomerRow) -> Parts:
    """A customer beside its page: name, place, and what is open, red where it is late."""
    amount = i18n.money(row.open_amount.cents) if row.open_amount else ""
    return row.name, "", words.place(row), amount, "danger" if row.overdue else "muted"
