"""Mail in the example: invoices and reminders went out, as if a server took each at once.

Nothing waits in its outbox, so nothing of the example can ever be sent.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.message import Outbox
from klantenapp.services.messages import drafting, outbox
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.messages.drafting import Prepared
    from klantenapp.services.store.administration import Administration

#: Invoices of so many days before the end went by mail; older ones went some other way.
_DAYS: Final = 45


def mail_invoice(administration: Administration, document_id: int, end: dt.date) -> None:
    """Mail an invoice of the last weeks to whoever gets its customer's invoices."""
    if clock.today() < end - dt.timedelta(days=_DAYS):
        return

    def read(session: Session) -> Prepared:
        return drafting.for_document(session, document_id)

    mail = administration.read(read).mail()
    if mail.to:
        administration.write(outbox.QUEUE, partial(outbox.queue, mail=mail))
        deliver(administration)


def deliver(administration: Administration) -> None:
    """Everything in the outbox is taken by the server."""

    def waiting(session: Session) -> list[int]:
        return list(session.scalars(select(Outbox.id).where(Outbox.state == "queued")))

    for outbox_id in administration.read(waiting):
        administration.write(outbox.FINISH, partial(outbox.finish, outbox_id=outbox_id))
