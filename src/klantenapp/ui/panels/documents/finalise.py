"""The last look before a document is final: number, total, due day, who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.customers import customers
from klantenapp.services.messages import drafting
from klantenapp.services.sales import cautions, numbering
from klantenapp.services.sales.calculating import calculate
from klantenapp.ui.widgets.buttons import Button
from klantenapp.ui.widgets.cards import Card, Pairs
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.inputs import CheckInput
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.sales.inputs import DraftInput
    from klantenapp.ui.widgets.page import Page


@dataclass(frozen=True)
class Final:
    """What becomes final.

    Attributes:
        receivers: addresses that it is mailed to; none where nobody gets it by mail, or the
            user's own address is not known.
    """

    kind: str
    number: str
    date: dt.date
    total: Money
    due_date: dt.date
    term_differs: bool
    warning: str
    customer: str
    receivers: tuple[str, ...]


def read_final(session: Session, kind: str, typed: DraftInput) -> Final:
    """The number that it will get, and what it comes to."""
    found = calculate(session, typed)
    cautioned = cautions.cautions(session, kind, typed, found)
    term = found.context.terms.payment_term
    return Final(
        kind,
        numbering.preview(session, kind, found.context.date),
        found.context.date,
        found.totals.total,
        found.due_date,
        term.is_override or typed.due_date is not None,
        " ".join(sentence(problem) for _field, problem in cautioned),
        customers.get(session, typed.customer_id).name if typed.customer_id else "",
        _receivers(session, kind, typed.customer_id),
    )


def _receivers(session: Session, kind: str, customer_id: int | None) -> tuple[str, ...]:
    if customer_id is None or drafting.sender(session) is None:
        return ()
    purpose: drafting.Purpose = "quotes" if kind == "quote" else "invoices"
    return tuple(one.email for one in drafting.recipients(session, customer_id, purpose))


@dataclass(frozen=True)
class Wish:
    """What happens besides becoming final: mailed, and printed."""

    send: bool
    print: bool


class FinaliseDialog(Dialog):
    """Asks once more: a final document never changes."""

    def __init__(self, page: Page, found: Final, run: Callable[[Wish], object]) -> None:
        super().__init__(page, _titles(found)[found.kind].format(number=found.number), 540)
        self._run_it = run
        self.say(
            (
                _(
                    "It gets number {number} and does not change after that. Correcting is done by"
                    " crediting."
                )
                if found.kind == "invoice"
                else _("It gets number {number} and does not change after that.")
            ).format(number=found.number)
        )
        self.body.addWidget(self._summary(found))
        if found.warning:
            self.body.addWidget(Note("warn", _("Have a look."), found.warning))
        self.copy = CheckInput(_("Print a copy as well"))
        self.body.addWidget(self.copy)
        if found.receivers:
            only = Button(_("Only make final"), kind="ghost")
            only.clicked.connect(lambda: self._run(send=False))
            self.add_left(only)
            self.set_act(_("Send"), lambda: self._run(send=True), "send")
        else:
            self.set_act(_("Make final"), lambda: self._run(send=False), "check")

    def _summary(self, found: Final) -> QWidget:
        due = i18n.date(found.due_date)
        if found.term_differs:
            due = _("{day}, differs from the customer's term").format(day=due)
        pairs = [
            (_("Customer"), found.customer),
            (_("Date"), i18n.date(found.date)),
            (_("Total"), i18n.money(found.total.cents)),
        ]
        if found.kind == "invoice":
            pairs.append((_("Due"), due))
        pairs.append((_("E-mail to"), ", ".join(found.receivers) or _("nobody yet")))
        if found.receivers:
            pairs.append((_("Files"), "PDF"))
        card = Card()
        card.body.addWidget(Pairs(pairs, 120))
        return card

    def _run(self, *, send: bool) -> None:
        self.accept()
        self._run_it(Wish(send, self.copy.value()))


def _titles(found: Final) -> dict[str, str]:
    if found.receivers:
        return {
            "invoice": _("Make the invoice final and send it?"),
            "quote": _("Make the quote final and send it?"),
            "credit_note": _("Make the credit note final and send it?"),
        }
    return {
        "invoice": _("Make invoice {number} final?"),
        "quote": _("Make quote {number} final?"),
        "credit_note": _("Make credit note {number} final?"),
    }
