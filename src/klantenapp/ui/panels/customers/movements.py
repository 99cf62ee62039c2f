"""A customer's account as rows of a list: newest first, with the balance after each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.i18n import _, ngettext
from klantenapp.models.values import ZERO
from klantenapp.services.ledger import balances, explaining
from klantenapp.services.ledger.explaining import About
from klantenapp.services.receivables import refunds_due, taking_back

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.ledger.balances import Movement

#: Kinds of entries that each choice shows.
INVOICES = frozenset({"invoice", "credit_note", "opening"})
PAYMENTS = frozenset({"payment", "refund", "discount"})

_ICONS = {
    "invoice": "file-text",
    "credit_note": "undo-2",
    "payment": "landmark",
    "refund": "hand-coins",
    "write_off": "ban",
    "recovery": "hand-coins",
    "opening": "history",
    "costs": "gavel",
    "interest": "percent",
    "void": "rotate-ccw",
    "discount": "percent",
}


@dataclass(frozen=True)
class MovementRow:
    """One line of the account.

    Attributes:
        plus, minus: what the customer owes more, or less; the other is None.
        balance: after it.
        document_id: behind it, where there is one.
    """

    id: int
    date: dt.date
    kind: str
    title: str
    text: str
    plus: Money | None
    minus: Money | None
    balance: Money
    document_id: int | None
    document_kind: str
    voided: bool = False

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it stands and is no document."""
        gone = self.voided or self.kind in {"", "void"}
        return not gone and self.kind not in taking_back.DOCUMENTS

    @property
    def icon(self) -> str:
        """Icon of its kind."""
        return _ICONS.get(self.kind, "circle")


def read(
    session: Session, customer_id: int
) -> tuple[list[Movement], dict[int, About], frozenset[int]]:
    """Every movement with what it was about, and the credits that are to be paid back."""
    due = frozenset(each.id for each in refunds_due.listed(session, customer_id))
    return balances.history(session, customer_id), explaining.explain(session, customer_id), due


def years(movements: list[Movement]) -> list[int]:
    """Years in which something moved, newest first."""
    return sorted({each.date.year for each in movements}, reverse=True)


def rows(
    movements: list[Movement],
    about: dict[int, About],
    kinds: frozenset[str] | None = None,
    year: int | None = None,
    due: frozenset[int] = frozenset(),
) -> list[MovementRow]:
    """The lines to show, newest first, with the balance before them as the last.

    Args:
        movements: oldest first, as `balances.history` gives them.
        about: as `explaining.explain` gives it.
        kinds: only these kinds; None is all.
        year: only that year; None is all.
        due: entries that are to be paid back.
    """
    shown = [each for each in movements if year is None or each.date.year == year]
    lines = [
        _row(each, about.get(each.entry_id, About()), due)
        for each in reversed(shown)
        if kinds is None or each.kind in kinds
    ]
    if shown:
        first = shown[0]
        lines.append(
            MovementRow(
                0,
                first.date.replace(month=1, day=1) if year else first.date,
                "",
                _("Opening balance of this selection"),
                "",
                None,
                None,
                first.balance - first.amount,
                None,
                "",
            )
        )
    return lines


def _row(movement: Movement, about: About, due: frozenset[int]) -> MovementRow:
    text = _text(movement, about)
    if movement.entry_id in due:
        text = ", ".join(filter(None, (_("To be paid back"), text)))
    debit = movement.amount > ZERO
    return MovementRow(
        id=movement.entry_id,
        date=movement.date,
        kind=movement.kind,
        title=_title(movement, about),
        text=text,
        plus=movement.amount if debit else None,
        minus=None if debit else -movement.amount,
        balance=movement.balance,
        document_id=movement.document_id,
        document_kind=movement.kind if movement.document_id else "",
        voided=movement.voided,
    )


def _title(movement: Movement, about: About) -> str:
    number = movement.reference or ""
    if movement.kind == "payment":
        return _("Payment, part") if about.is_part else _("Payment")
    titles = {
        "invoice": _("Invoice {number}"),
        "credit_note": _("Credit note {number}"),
        "refund": _("Refund"),
        "write_off": _("Write-off"),
        "recovery": _("Received after all"),
        "opening": _("Opening balance {number}"),
        "costs": _("Collection costs"),
        "interest": _("Interest"),
        "void": _("Taken back"),
        "discount": _("Early-payment discount"),
    }
    return titles.get(movement.kind, movement.kind).format(number=number).strip()


def _text(movement: Movement, about: About) -> str:
    """What it was about: the text of the document, or what it settled."""
    if movement.voided:
        return _("Taken back later")
    if about.settled and movement.kind != "invoice":
        known = ", ".join(about.settled)
        said = ngettext("Invoice {numbers}", "Invoices {numbers}", len(about.settled))
        text = said.format(numbers=known)
        return f"{movement.note}, {text}" if movement.note else text
    return about.description or movement.note or ""
