"""The sheets of a collection dossier that are made for it: overview, calculation, agreements."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.i18n import N_
from klantenapp.models.customer import Address, Contact
from klantenapp.models.message import Message, Outbox
from klantenapp.models.reminder import Reminder, ReminderInvoice
from klantenapp.models.values import total
from klantenapp.services.catalogue import contract_view, contracts
from klantenapp.services.messages.template_texts import KIND_NAMES
from klantenapp.services.reminders import calculation
from klantenapp.services.rendering.pdf.case_sheet import CaseLine, CasePart, CaseSheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.i18n import Translator
    from klantenapp.models.business import Business
    from klantenapp.models.customer import Customer
    from klantenapp.services.catalogue.contract_view import ContractRow
    from klantenapp.services.reminders.worklist import Row

_KINDS: Final[dict[str, str]] = {
    "business": N_("Business"),
    "consumer": N_("Consumer"),
    "government": N_("Government"),
}
#: What happens after the last day of a contract.
_AFTER: Final[dict[str, str]] = {
    "remind": N_("ends, after a reminder"),
    "renew": N_("renewed silently"),
    "stop": N_("stops"),
}


@dataclass(frozen=True)
class Case:
    """Whose claim it is, on whom, and what is claimed.

    Attributes:
        rows: overdue invoices with what may be claimed of them.
        document_id: the one invoice that it is about, also where nothing of it is overdue.
    """

    business: Business
    customer: Customer
    rows: Sequence[Row]
    words: Translator
    day: dt.date
    document_id: int | None = None

    @property
    def document_ids(self) -> list[int]:
        """The invoices."""
        if self.document_id is not None:
            return [self.document_id]
        return [item.document_id for row in self.rows for item in row.items]

    @property
    def author(self) -> str:
        """The name of the creditor."""
        return self.business.trade_name or self.business.legal_name

    def sheet(self, title: str, about: str, parts: Sequence[CasePart]) -> CaseSheet:
        """A sheet of this case."""
        return CaseSheet(self.words.code, title, about, self.author, self.day, tuple(parts))


@dataclass(frozen=True)
class Given:
    """A reminder that was given, with what proves it.

    Attributes:
        proof: how it went, in words.
        file_id, raw_id: the letter, and the exact bytes of the mail.
    """

    kind: str
    day: dt.date
    proof: str
    file_id: int | None
    raw_id: int | None


def given(session: Session, case: Case) -> list[Given]:
    """The reminders about these invoices, oldest first."""
    about = select(ReminderInvoice.reminder_id).where(
        ReminderInvoice.document_id.in_(case.document_ids)
    )
    rows = session.execute(
        select(
            Reminder.kind,
            Reminder.date,
            Reminder.channel,
            Reminder.file_id,
            Message.raw_id,
            Message.header_id,
            Outbox.sent_at,
            Outbox.envelope,
        )
        .outerjoin(Message, Message.id == Reminder.message_id)
        .outerjoin(Outbox, Outbox.message_id == Message.id)
        .where(Reminder.customer_id == case.customer.id, Reminder.id.in_(about))
        .order_by(Reminder.date, Reminder.id)
    )
    return [
        Given(row.kind, row.date, _proof(row, case.words), row.file_id, row.raw_id) for row in rows
    ]


def _proof(row: Any, words: Translator) -> str:
    if row.channel != "mail":
        return words.gettext(N_("By post, dated {date}; the letter is in this dossier.")).format(
            date=words.date(row.date)
        )
    to = ", ".join(_addresses(row.envelope))
    if row.sent_at is None:
        return words.gettext(N_("By e-mail to {to}; not sent yet.")).format(to=to)
    at = row.sent_at.astimezone()
    return words.gettext(
        N_("By e-mail to {to}; taken by the mail server on {date} at {time}, message {id}.")
    ).format(to=to, date=words.date(at.date()), time=f"{at:%H:%M:%S}", id=row.header_id or "–")


def _addresses(envelope: str | None) -> list[str]:
    found = json.loads(envelope or "{}")
    return [str(one) for key in ("to", "cc") for one in found.get(key) or ()]


def overview(
    session: Session, case: Case, reminders: Sequence[Given], contents: Sequence[str]
) -> CaseSheet:
    """Who claims what of whom, how it came to this, and what is in the dossier."""
    say = case.words.gettext
    parts = [
        CasePart(say(N_("Creditor")), tuple(_creditor(case))),
        CasePart(say(N_("Debtor")), tuple(_debtor(session, case))),
        CasePart(say(N_("Claim")), lines=tuple(_claim(case))),
        CasePart(say(N_("Payments")), lines=tuple(_payments(case))),
        CasePart(
            say(N_("Reminders and proof of sending")),
            lines=tuple(
                CaseLine(say(KIND_NAMES[one.kind]), case.words.date(one.day), one.proof)
                for one in reminders
            ),
        ),
        CasePart(say(N_("In this dossier")), tuple(_numbered(contents))),
    ]
    about = say(N_("{creditor} against {debtor}, {date}")).format(
        creditor=case.author, debtor=case.customer.name, date=case.words.long_date(case.day)
    )
    kept = [part for part in parts if part.facts or part.lines]
    return case.sheet(say(N_("Collection dossier")), about, kept)


def _numbered(contents: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in contents:
        number, _space, rest = name.partition(" ")
        yield number, rest


def _creditor(case: Case) -> Iterator[tuple[str, str]]:
    own, say = case.business, case.words.gettext
    city = " ".join(part for part in (own.postal_code, own.city) if part)
    yield say(N_("Name")), own.legal_name
    if own.trade_name and own.trade_name != own.legal_name:
        yield say(N_("Trade name")), own.trade_name
    yield from _present(
        (
            (say(N_("Address")), ", ".join(part for part in (own.street, city) if part)),
            (say(N_("CoC")), own.kvk),
            (say(N_("VAT id")), own.vat_id),
            ("IBAN", own.iban),
            (say(N_("E-mail")), own.email),
            (say(N_("Phone")), own.phone),
        )
    )


def _debtor(session: Session, case: Case) -> Iterator[tuple[str, str]]:
    who, say = case.customer, case.words.gettext
    yield say(N_("Name")), who.name
    yield say(N_("Customer number")), who.number
    yield say(N_("Kind")), say(_KINDS[who.kind])
    addresses = session.scalars(
        select(Address).where(Address.customer_id == who.id).order_by(Address.position, Address.id)
    )
    for one in addresses:
        city = " ".join(part for part in (one.postal_code, one.city) if part)
        country = one.country if one.country != "NL" else ""
        text = ", ".join(part for part in (one.street, city, country) if part)
        if text:
            yield say(N_("Address")), text
    yield from _present(
        (
            (say(N_("CoC")), who.kvk),
            (say(N_("VAT id")), who.vat_id),
            ("IBAN", who.iban),
            (say(N_("E-mail")), who.invoice_email or who.email),
            (say(N_("Phone")), who.phone),
        )
    )
    people = session.scalars(
        select(Contact).where(Contact.customer_id == who.id).order_by(Contact.position, Contact.id)
    )
    for person in people:
        reached = (person.name, person.email, person.phone)
        yield say(N_("Contact")), ", ".join(part for part in reached if part)


def _present(found: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    yield from ((label, value) for label, value in found if value)


def _claim(case: Case) -> Iterator[CaseLine]:
    words, say = case.words, case.words.gettext
    for row in case.rows:
        disputed = row.reason == "dispute"
        for item in row.items:
            text = say(N_("Invoice {number} of {date}, due {due}")).format(
                number=item.number, date=words.date(item.date), due=words.date(item.due)
            )
            note = ""
            if item.left != item.amount:
                note = say(N_("Of {amount}, the rest was paid or settled.")).format(
                    amount=words.money(item.amount.cents)
                )
            if disputed:
                said = say(N_("Disputed: {reason}")).format(reason=row.note)
                note = f"{note} {said}".strip()
            yield CaseLine(text, words.amount(item.left.cents), note)
    sums = (
        (N_("Principal"), total(row.claim.principal for row in case.rows)),
        (N_("Statutory interest"), total(row.claim.interest for row in case.rows)),
        (N_("Collection costs"), total(row.claim.costs for row in case.rows)),
    )
    for label, amount in sums:
        if amount or label == "Principal":
            yield CaseLine(say(label), words.amount(amount.cents), is_total=label == "Principal")
    whole = total(row.claim.total for row in case.rows)
    yield CaseLine(say(N_("Claimed in all")), words.money(whole.cents), is_total=True)


def _payments(case: Case) -> Iterator[CaseLine]:
    words = case.words
    text = words.gettext(N_("On invoice {number}"))
    for row in case.rows:
        for item in row.items:
            for one in item.payments:
                said = f"{words.date(one.day)}  {text.format(number=item.number)}"
                yield CaseLine(said, words.amount(one.amount.cents))


def calculation_of(case: Case, row: Row) -> CaseSheet:
    """How the amounts of a row were computed, line by line."""
    words = case.words
    lines = tuple(
        CaseLine(
            line.text,
            words.amount(line.amount.cents) if line.amount is not None else "",
            is_total=line.is_total,
        )
        for line in calculation.lines(row, words)
    )
    numbers = ", ".join(item.number for item in row.items)
    about = words.gettext(N_("{name}, through {date}")).format(
        name=case.customer.name, date=words.long_date(row.claim.day)
    )
    title = words.gettext(N_("Calculation"))
    return case.sheet(title, about, [CasePart(numbers, lines=lines)])


def agreements(session: Session, case: Case) -> list[tuple[str, CaseSheet]]:
    """Name and sheet of each contract with the customer, drafts left out."""
    found = contract_view.rows(session, case.day, case.customer.id)
    return [(row.name, _agreement(session, case, row)) for row in found if row.state != "draft"]


def _agreement(session: Session, case: Case, row: ContractRow) -> CaseSheet:
    words, say = case.words, case.words.gettext
    data = contracts.read(session, row.id)
    items = contract_view.item_words(session, {one.item_id for one in data.prices})
    lines = []
    for one in data.prices:
        item = items[one.item_id]
        note = ""
        if one.min_quantity.units:
            note = say(N_("from {quantity}")).format(
                quantity=words.quantity(one.min_quantity.units)
            )
        unit = f" / {item.unit}" if item.unit else ""
        lines.append(CaseLine(item.name, words.price(one.price.units) + unit, note))
    parts = [CasePart(say(N_("Agreed")), tuple(_agreed(case, row, data.note)))]
    if lines:
        parts.append(CasePart(say(N_("Prices without VAT")), lines=tuple(lines)))
    return case.sheet(row.name, case.customer.name, parts)


def _agreed(case: Case, row: ContractRow, note: str | None) -> Iterator[tuple[str, str]]:
    words, say = case.words, case.words.gettext
    start = words.date(row.valid_from)
    if row.valid_to is None:
        yield say(N_("Period")), say(N_("from {date}")).format(date=start)
    else:
        yield say(N_("Period")), f"{start} – {words.date(row.valid_to)}"
        yield say(N_("After that")), say(_AFTER[row.at_end])
    ended = words.date(row.ended_on) if row.ended_on else None
    discount = words.percent(row.discount.points) if row.discount else None
    whole = words.percent(row.total_discount.points) if row.total_discount else None
    yield from _present(
        (
            (say(N_("Reference")), row.reference),
            (say(N_("Terminated on")), ended),
            (say(N_("Discount")), discount),
            (say(N_("Discount on the invoice")), whole),
            (say(N_("Note")), note),
        )
    )
