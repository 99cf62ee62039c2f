"""The last look before a document is final: number, total, due day, who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp import i18n
from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.sales import numbering
from klantenapp.services.sales.calculating import calculate
from klantenapp.services.sales.validating import credit_limit_passed
from klantenapp.ui.widgets.cards import Pairs
from klantenapp.ui.widgets.dialogs import Dialog
from klantenapp.ui.widgets.notes import Note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from klantenapp.models.values import Money
    from klantenapp.services.sales.inputs import DraftInput
    from klantenapp.ui.widgets.page import Page


@dataclass(frozen=True)
class Final:
    """What becomes final."""

    kind: str
    number: str
    date: dt.date
    total: Money
    due_date: dt.date
    term_differs: bool
    warning: str


def read_final(session: Session, kind: str, typed: DraftInput) -> Final:
    """The number that it will get, and what it comes to."""
    found = calculate(session, typed)
    passed = credit_limit_passed(session, typed.customer_id, found) if kind == "invoice" else None
    term = found.context.terms.payment_term
    return Final(
        kind,
        numbering.preview(session, kind, found.context.date),
        found.context.date,
        found.totals.total,
        found.due_date,
        term.is_override or typed.due_date is not None,
        sentence(passed) if passed is not None else "",
    )


class FinaliseDialog(Dialog):
    """Asks once more: a final document never changes."""

    def __init__(self, page: Page, found: Final, run: Callable[[], object]) -> None:
        titles = {
            "invoice": _("Make invoice {number} final?"),
            "quote": _("Make quote {number} final?"),
            "credit_note": _("Make credit note {number} final?"),
        }
        super().__init__(page, titles[found.kind].format(number=found.number))
        self.say(
            _("It gets its number and does not change any more. Correcting is done by crediting.")
            if found.kind == "invoice"
            else _("It gets its number and does not change any more.")
        )
        pairs = [
            (_("Number"), found.number),
            (_("Date"), i18n.long_date(found.date)),
            (_("Total"), i18n.money(found.total.cents)),
        ]
        if found.kind == "invoice":
            due = i18n.long_date(found.due_date)
            if found.term_differs:
                due = _("{day}, differs from the customer's term").format(day=due)
            pairs.append((_("Due"), due))
        self.body.addWidget(Pairs(pairs))
        if found.warning:
            self.body.addWidget(Note("warn", _("Credit limit."), found.warning))
        self.set_act(_("Make final"), lambda: self._run(run), "send")

    def _run(self, run: Callable[[], object]) -> None:
        self.accept()
        run()
