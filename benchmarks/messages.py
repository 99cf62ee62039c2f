"""A timeline of 10,000 messages: its first page, a search over all text, and composing a mail."""

from __future__ import annotations

import datetime as dt
import tempfile
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert

from benchmarks.case import Case
from klantenapp.models.customer import Customer
from klantenapp.models.message import Message
from klantenapp.services.care import opening
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.messages import compose, timeline
from klantenapp.services.messages.addresses import Address
from klantenapp.services.messages.compose import Attached, Mail
from klantenapp.services.messages.timeline import Filter
from klantenapp.services.store import clock, files
from klantenapp.services.store.connection import connect
from klantenapp.services.store.operations import FINAL, register
from klantenapp.services.store.search import folded

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from klantenapp.services.store.administration import Administration

FILL = register("benchmark.messages", FINAL)
MESSAGES = 10_000
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 330
_TEXT = "Goedemorgen, hierbij de factuur voor blok C. De oplevering is volgende week. " * 20


def _fill(session: Session) -> None:
    now = clock.now()
    session.add(Customer(number="1", name="Voorbeeld", sort_name="v", search="v", created_at=now))
    session.flush()
    rows = [
        {
            "customer_id": 1,
            "kind": "email",
            "direction": "in",
            "at": now - dt.timedelta(hours=number),
            "subject": f"Bericht {number}",
            "body": _TEXT,
            "search": folded(f"Bericht {number}", _TEXT),
            "status": "received",
            "pinned": False,
            "created_at": now,
        }
        for number in range(MESSAGES)
    ]
    session.execute(insert(Message), rows)
    files.store(session, PDF, "application/pdf")


def _filled() -> tuple[Administration, Path, tempfile.TemporaryDirectory[str]]:
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "messages.klantenapp"
    administration = opening.begin(path, BusinessData(legal_name="Voorbeeld"))
    administration.write(FILL, _fill)
    return administration, path, folder


def _timeline(shown: Filter, bare_query: str) -> Case:
    administration, path, folder = _filled()
    bare = connect(path)
    query = partial(timeline.page, customer_id=1, shown=shown)

    def limit() -> None:
        bare.execute(bare_query).fetchall()
        bare.execute(
            "SELECT * FROM message WHERE customer_id = 1 ORDER BY at DESC LIMIT 50"
        ).fetchall()

    def close() -> None:
        bare.close()
        administration.close()
        folder.cleanup()

    return Case(lambda: administration.read(query), limit, close=close)


def first_page() -> Case:
    """The order of all and the newest fifty; against the same two bare queries."""
    return _timeline(Filter(), "SELECT at, id FROM message WHERE customer_id = 1 ORDER BY at DESC")


def search() -> Case:
    """A word that one of them has; against a bare LIKE over the same text."""
    return _timeline(
        Filter(text="bericht 9999"),
        "SELECT at, id FROM message WHERE customer_id = 1 AND search LIKE '%bericht%'"
        " AND search LIKE '%9999%'",
    )


def mail() -> Case:
    """A mail with a PDF of 84 kB in both forms; against the library with the text alone."""
    administration, _path, folder = _filled()
    letter = Mail(
        sender=Address("Voorbeeld", "a@voorbeeld.example"),
        to=(Address("Henk", "henk@v.example"),),
        subject="Factuur",
        body=_TEXT,
        files=(Attached(1, "Factuur.pdf", "application/pdf"),),
    )

    def limit() -> bytes:
        message = EmailMessage()
        message["Subject"] = "Factuur"
        message.set_content(_TEXT)
        message.add_attachment(PDF, maintype="application", subtype="pdf", filename="x.pdf")
        return message.as_bytes()

    def close() -> None:
        administration.close()
        folder.cleanup()

    return Case(
        lambda: administration.read(partial(compose.compose, mail=letter)), limit, close=close
    )


CASES = {"first_page": first_page, "search": search, "mail": mail}
