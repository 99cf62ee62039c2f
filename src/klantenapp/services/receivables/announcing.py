"""Telling customers beforehand what is collected, and when: the pre-notification of SEPA."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.i18n import N_, translator
from klantenapp.models.business import Business
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.message import Outbox
from klantenapp.models.payment import CollectionBatch, CollectionItem, Mandate
from klantenapp.models.values import total
from klantenapp.services.errors.direct_debit import BatchStateWrong
from klantenapp.services.messages import drafting, outbox, templates, values
from klantenapp.services.messages.compose import Mail
from klantenapp.services.receivables import direct_debit
from klantenapp.services.receivables.bank_accounts import grouped
from klantenapp.services.store import clock, settings
from klantenapp.services.store.operations import Compensated, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.templates import Text
    from klantenapp.services.store.operations import Made

#: Days between the announcement and the collection. The rulebook (SDD Core 4.3.4) says fourteen,
#: unless the creditor agreed on fewer with the customer.
NOTICE_DAYS: Final = settings.Key("direct_debit.notice_days", 14)
_INVOICE: Final = N_("Invoice {number}: {amount}")


@dataclass(frozen=True)
class Announced:
    """What came of announcing.

    Attributes:
        mails: put in the outbox, one per customer.
        without: customers whom no mail can reach; they are told in another way.
    """

    mails: int
    without: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """What one customer is told about one collection.

    Attributes:
        item_ids: what is in it.
    """

    customer_id: int
    item_ids: tuple[int, ...]
    document_id: int | None
    text: Text


def first_day(session: Session, today: dt.date) -> dt.date:
    """The first day that can be collected on when it is announced today."""
    day = max(
        direct_debit.first_day(today),
        today + dt.timedelta(days=settings.read(session, NOTICE_DAYS)),
    )
    while not direct_debit.is_bank_day(day):
        day += dt.timedelta(days=1)
    return day


def notices(session: Session, batch_id: int) -> list[Notice]:
    """What each customer is told, in the customer's language; who was told already is left out.

    Raises:
        NotFound.
    """
    batch = direct_debit.find(session, batch_id)
    of_mandate: dict[int, list[CollectionItem]] = defaultdict(list)
    for item in direct_debit.items_of(session, batch_id):
        if item.message_id is None:
            of_mandate[item.mandate_id].append(item)
    return [_notice(session, batch, mandate, items) for mandate, items in of_mandate.items()]


def _notice(
    session: Session, batch: CollectionBatch, mandate_id: int, items: list[CollectionItem]
) -> Notice:
    mandate = session.get_one(Mandate, mandate_id)
    language = values.language_of(session, mandate.customer_id)
    words = translator(language)
    numbers = dict(
        session.execute(
            select(Document.id, Document.number).where(
                Document.id.in_([item.document_id for item in items])
            )
        ).all()
    )
    line = words.gettext(_INVOICE)
    known = values.for_customer(session, mandate.customer_id, language) | {
        "date": words.long_date(batch.collection_date),
        "total": words.money(total(item.amount for item in items).cents),
        "specification": "\n".join(
            line.format(
                number=numbers.get(item.document_id) or "", amount=words.money(item.amount.cents)
            )
            for item in items
        ),
        "account": grouped(mandate.iban),
        "mandate": mandate.reference,
        "creditor": session.scalar(select(Business.creditor_id)) or "",
    }
    text = templates.fill(templates.read(session, "collection", language), known)
    ids = tuple(item.id for item in items)
    document_id = items[0].document_id if len(items) == 1 else None
    return Notice(mandate.customer_id, ids, document_id, text)


def announce(session: Session, batch_ids: Sequence[int]) -> Announced:
    """Mail every customer of these collections what is collected, and when.

    Raises:
        NotFound.
        BatchStateWrong: it was booked or cancelled.
        PlaceholderEmpty, PlaceholderUnknown: the user's own text needs what is not known.
    """
    mails, without = 0, []
    for batch_id in batch_ids:
        batch = direct_debit.find(session, batch_id)
        if batch.state not in {"made", "sent"}:
            raise BatchStateWrong(batch.reference)
        for notice in notices(session, batch_id):
            if _mail(session, notice):
                mails += 1
            else:
                without.append(session.get_one(Customer, notice.customer_id).name)
    return Announced(mails, tuple(dict.fromkeys(without)))


def _mail(session: Session, notice: Notice) -> bool:
    to = drafting.recipients(session, notice.customer_id, "invoices")
    sender = drafting.sender(session)
    if not to or sender is None:
        return False
    mail = Mail(
        sender=sender,
        to=to,
        subject=notice.text.subject,
        body=notice.text.body,
        customer_id=notice.customer_id,
        document_id=notice.document_id,
    )
    queued = session.get_one(Outbox, outbox.queue(session, mail))
    for item_id in notice.item_ids:
        session.get_one(CollectionItem, item_id).message_id = queued.message_id
    return True


def too_late(session: Session, batch_ids: Sequence[int]) -> bool:
    """Whether customers would be told fewer days ahead than the setting says."""
    days = settings.read(session, NOTICE_DAYS)
    earliest = clock.today() + dt.timedelta(days=days)
    query = select(CollectionBatch.collection_date).where(CollectionBatch.id.in_(batch_ids))
    return any(day < earliest for day in session.scalars(query))


def _stop_made(session: Session, made: Made) -> None:
    """Stop what was queued; who was not told can be told again."""
    for outbox_id in made.created.get("outbox", []):
        message_id = outbox.stop(session, outbox_id)
        for item in session.scalars(
            select(CollectionItem).where(CollectionItem.message_id == message_id)
        ).all():
            item.message_id = None


ANNOUNCE: Final = register("collection.announce", Compensated(outbox.STOP, _stop_made))
