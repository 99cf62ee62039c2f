"""The stored PDFs of many documents, one by one: a thousand need no more memory than ten."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.document import Document
from klantenapp.services.errors import system
from klantenapp.services.errors.cli import CannotWrite
from klantenapp.services.messages import drafting, outbox
from klantenapp.services.sales import issuing
from klantenapp.services.store import file_names, files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    #: Says how far it is (done, total); raises what stops the work.
    Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Paper:
    """A document as a file."""

    document_id: int
    number: str
    content: bytes


def papers(session: Session, ids: Sequence[int], step: Step) -> Iterator[Paper]:
    """The stored PDF of each document in the order of `ids`, read when it is asked for.

    Raises:
        StillADraft, ImportedDocument: one has no PDF.
        What `step` raises: the user stopped it.
    """
    for place, document_id in enumerate(ids):
        step(place, len(ids))
        number = session.scalar(select(Document.number).where(Document.id == document_id))
        content = files.content(session, issuing.pdf_of(session, document_id))
        session.expunge_all()
        yield Paper(document_id, number or "", content)


def save(session: Session, ids: Sequence[int], folder: Path, step: Step) -> int:
    """Write the stored PDFs into a folder, each under its number; nothing there is overwritten.

    Returns:
        How many files.

    Raises:
        CannotWrite: the folder does not take them; what was written stays.
    """
    done = 0
    for paper in papers(session, ids, step):
        _write(folder, file_names.safe(f"{paper.number}.pdf".replace("/", "-")), paper.content)
        done += 1
    return done


def _write(folder: Path, name: str, content: bytes) -> None:
    """Under its name, or with a number behind it where other bytes have that name."""
    stem = name.removesuffix(".pdf")
    for number in count(1):
        path = folder / (name if number == 1 else f"{stem} ({number}).pdf")
        try:
            if path.exists():
                if path.stat().st_size == len(content) and path.read_bytes() == content:
                    return
                continue
            path.write_bytes(content)
        except OSError as problem:
            raise CannotWrite(path, system.reason(problem)) from problem
        return


def send_one(session: Session, document_id: int) -> int:
    """Make a draft final where it is one, and queue its mail; in one whole.

    Returns:
        Id of the mail in the outbox.

    Raises:
        Invalid: it cannot be final, or nobody gets it.
        PlaceholderEmpty, PlaceholderUnknown: the template needs what is not known.
    """
    document = session.get_one(Document, document_id)
    if document.state == "draft":
        issuing.issue(session, document_id)
    return outbox.queue(session, drafting.for_document(session, document_id).mail())
