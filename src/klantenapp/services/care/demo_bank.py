"""The bank of the example business: a statement whose lines are still to be matched."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from klantenapp.models.bank import BankAccount
from klantenapp.models.customer import Customer
from klantenapp.models.ledger import LedgerEntry
from klantenapp.models.values import Money
from klantenapp.services.care.example_names import BUSINESS
from klantenapp.services.store import bulk, clock
from klantenapp.services.store.operations import register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.care.story import Story

#: The example cannot come in through a file: what reads files stands beside this, not below it.
IMPORT: Final = register("example.bank", bulk.BY_BATCH)
#: How many invoices the statement pays, and how many days it covers.
_PAID: Final = 7
_DAYS: Final = 6
_OPENING: Final = Money(842_317)
#: Lines that pay no invoice: counterparty, text, amount in cents.
_OTHERS: Final = (
    ("Groothandel De Schroef", "Factuur 88213", -41_260),
    ("ABN AMRO", "Kosten zakelijke rekening november", -1_495),
    ("J. Onbekend", "zie factuur", 12_100),
    ("Belastingdienst", "Omzetbelasting 3e kwartaal", -284_100),
)


def plan(story: Story) -> None:
    """Let the statement come in on the last day."""
    day = story.until.astimezone().date()
    story.plan(day, partial(story.administration.write, IMPORT, _bring_in), 0)


def _bring_in(session: Session) -> None:
    today = clock.today()
    account = BankAccount(iban=BUSINESS.iban or "", name=BUSINESS.name)
    session.add(account)
    session.flush()
    lines = [*_payments(session, today), *_others(today)]
    lines.sort(key=lambda line: line["date"])
    closing = Money(_OPENING.cents + sum(line["amount"].cents for line in lines))
    first = today - dt.timedelta(days=_DAYS)
    with bulk.batch(session, "bank", f"NL02ABNA0123456789_{today:%d%m%y}.xml", "0" * 64) as batch:
        (statement_id,) = batch.add(
            "bank_statement",
            [
                {
                    "bank_account_id": account.id,
                    "format": "camt.053",
                    "number": f"{today:%Y%j}",
                    "from_date": first,
                    "to_date": today,
                    "opening": _OPENING,
                    "closing": closing,
                    "difference": Money(0),
                    "read": len(lines),
                    "skipped": 0,
                }
            ],
        )
        common = {"statement_id": statement_id, "bank_account_id": account.id}
        batch.add(
            "bank_line",
            [
                common | line | {"position": position, "fingerprint": _fingerprint(line, position)}
                for position, line in enumerate(lines, start=1)
            ],
        )


def _payments(session: Session, today: dt.date) -> list[dict[str, Any]]:
    """Lines for open invoices: most name their number, some only the customer or a part."""
    rows = session.execute(
        select(LedgerEntry.open_amount, LedgerEntry.reference, Customer.name, Customer.number)
        .join(Customer, Customer.id == LedgerEntry.customer_id)
        .where(LedgerEntry.kind == "invoice", LedgerEntry.open_amount == LedgerEntry.amount)
        .order_by(LedgerEntry.due_date)
        .limit(_PAID)
    )
    return [_payment(row, index, today) for index, row in enumerate(rows)]


def _payment(row: Any, index: int, today: dt.date) -> dict[str, Any]:
    texts = (
        f"Factuur {row.reference}",
        f"Betaling {row.reference} klantnr {row.number}",
        "Uw factuur, met dank",
        f"{row.reference}",
    )
    part = Money(row.open_amount.cents // 2) if index == 3 else row.open_amount  # noqa: PLR2004 - one pays a half
    return {
        "date": today - dt.timedelta(days=index % _DAYS),
        "amount": part,
        "counterparty": row.name,
        "counterparty_iban": f"NL51VBLD{123_456_789 + int(row.number):010}",
        "text": texts[index % len(texts)],
    }


def _others(today: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "date": today - dt.timedelta(days=index),
            "amount": Money(cents),
            "counterparty": counterparty,
            "text": text,
        }
        for index, (counterparty, text, cents) in enumerate(_OTHERS)
    ]


def _fingerprint(line: dict[str, Any], position: int) -> str:
    content = f"{line['date']} {line['amount']} {line['text']} {position}"
    return hashlib.sha256(content.encode()).hexdigest()
