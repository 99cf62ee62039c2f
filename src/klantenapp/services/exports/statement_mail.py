"""Statements of account in the outbox: one mail per customer, each with its own PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from klantenapp.i18n import translator
from klantenapp.models.customer import Customer
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.exports import statement_pdf
from klantenapp.services.messages import drafting, outbox
from klantenapp.services.messages.compose import Attached
from klantenapp.services.receivables import statements
from klantenapp.services.store import file_names, files
from klantenapp.services.store.operations import Compensated, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.receivables.statements import Wanted


@dataclass(frozen=True)
class Queued:
    """What came of it.

    Attributes:
        mails: put in the outbox.
        without: customers whom no mail can reach.
    """

    mails: int
    without: tuple[str, ...]


def queue(session: Session, customer_ids: Sequence[int], wanted: Wanted) -> Queued:
    """Mail customers their statement, with the text of the template.

    Raises:
        NotFound: no customer under one of the ids.
        PlaceholderEmpty, PlaceholderUnknown: the user's own text needs what is not known.
    """
    mails, without = 0, []
    for customer_id in customer_ids:
        customer = session.get(Customer, customer_id)
        if customer is None:
            raise NotFound("customer", str(customer_id))
        if _queue(session, customer_id, wanted):
            mails += 1
        else:
            without.append(customer.name)
    return Queued(mails, tuple(without))


def _queue(session: Session, customer_id: int, wanted: Wanted) -> bool:
    prepared = drafting.for_customer(session, customer_id, "statement")
    told = statements.snapshot(session, customer_id, wanted)
    speaks = translator(prepared.language)
    known = prepared.values | {
        "balance": speaks.money(told.balance.cents),
        "overdue": speaks.money(told.overdue.cents),
    }
    try:
        mail = replace(prepared, values=known).mail()
    except Invalid:
        return False
    content = statement_pdf.pdf(session, [customer_id], wanted)
    name = file_names.safe(f"{speaks.gettext('Statement of account')} {prepared.customer}.pdf")
    file_id = files.store(session, content, "application/pdf")
    attached = Attached(file_id, name, "application/pdf")
    outbox.queue(session, replace(mail, files=(attached,)))
    return True


MAIL: Final = register("statement.mail", Compensated(outbox.STOP, outbox.stop_made))
