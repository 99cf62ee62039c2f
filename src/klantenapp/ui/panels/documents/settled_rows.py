"""What settled a document, as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from klantenapp import i18n
from klantenapp.i18n import N_, _
from klantenapp.sentences.speak import operation_label
from klantenapp.ui.tables.columns import Column
from klantenapp.ui.widgets.dressing import row
from klantenapp.ui.widgets.labels import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from klantenapp.models.values import Money
    from klantenapp.services.sales.account import Happened, Settled
    from klantenapp.services.sales.documents import DocumentRow
    from klantenapp.ui.panels.documents.issued_shown import Shown
    from klantenapp.ui.widgets.figures import Figure

#: Icon and words of each kind of movement.
KINDS = {
    "opening": ("file-text", N_("Opening balance")),
    "invoice": ("file-text", N_("Invoice")),
    "credit_note": ("undo-2", N_("Credit note")),
    "payment": ("banknote", N_("Payment")),
    "refund": ("banknote", N_("Refund")),
    "write_off": ("ban", N_("Write-off")),
    "recovery": ("banknote", N_("Recovered")),
    "discount": ("percent", N_("Payment discount")),
    "costs": ("circle-plus", N_("Collection costs")),
    "interest": ("circle-plus", N_("Interest")),
    "void": ("rotate-ccw", N_("Taken back")),
    "released": ("unlink", N_("Unlinked")),
}


@dataclass(frozen=True)
class SettledRow:
    """One line; `id` is the settlement, 0 the document itself."""

    id: int
    date: dt.date
    kind: tuple[str, str]
    text: str
    amount: Money
    left: Money
    standing: bool
    document_id: int | None


def settled_row(found: Settled, document: DocumentRow) -> SettledRow:
    """A line of the account as it is shown."""
    icon, words = KINDS[found.kind]
    own = found.id == 0
    text = (document.reference if own else found.reference) or ""
    return SettledRow(
        found.id,
        found.date,
        (icon, _(words)),
        text,
        found.amount,
        found.left,
        found.standing,
        found.document_id,
    )


def settled_columns() -> list[Column]:
    """Columns of the table."""
    return [
        Column("date", _("Date"), "date"),
        Column("kind", _("Kind"), "icon_text", width=160),
        Column("text", _("Description"), "muted", stretch=True),
        Column("amount", _("Amount €"), "money"),
        Column("left", _("Stays open €"), "money", width=120),
    ]


def figure_words(found: DocumentRow) -> tuple[str, str, str, str]:
    """What the four figures of a document are."""
    if found.kind == "quote":
        return _("Total"), _("Date"), _("Valid until"), _("Answered on")
    if found.kind == "credit_note":
        return _("Total"), _("Settled"), _("Still in credit"), _("Date")
    due = _("Was due on") if found.status == "overdue" else _("Due on")
    return _("Total"), _("Settled"), _("Open"), due


def show_figures(figures: Sequence[Figure], found: Shown) -> None:
    """What a document comes to, in the four figures on top."""
    row_ = found.row
    for figure, text in zip(figures, figure_words(row_), strict=True):
        figure.set_label(text)
    figures[0].set(i18n.money(row_.total.cents))
    if row_.kind == "quote":
        days = (row_.date, row_.valid_until, found.answer[0] if found.answer else None)
        for figure, day in zip(figures[1:], days, strict=True):
            figure.set(i18n.date(day) if day else "–")
        return
    settled = row_.total - row_.open_amount
    late = row_.status == "overdue"
    figures[1].set(i18n.money(settled.cents), "", "ok" if settled else None)
    figures[2].set(i18n.money(row_.open_amount.cents), "", "danger" if late else None)
    last = row_.due_date if row_.kind == "invoice" else row_.date
    figures[3].set(i18n.date(last) if last else "–")


def happened_line(found: Happened) -> QWidget:
    """One operation on a document: when, and what."""
    moment = found.at.astimezone()
    holder = QWidget()
    line = row(holder, gap=12)
    when = f"{i18n.date(moment.date())[:5]}, {moment.strftime('%H:%M')}"
    line.addWidget(Label(when, "body", "muted"))
    line.addWidget(Label(operation_label(found.operation), "body"))
    line.addStretch(1)
    return holder
