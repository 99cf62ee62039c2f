"""Files that the user keeps with a customer, a contract or a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import select

from klantenapp.models.contract import Contract
from klantenapp.models.customer import Customer
from klantenapp.models.document import Document
from klantenapp.models.file import Attachment, StoredFile
from klantenapp.services.errors.base import NotFound
from klantenapp.services.errors.messages import FileTooBig, NothingInFile
from klantenapp.services.store import clock, file_names, files
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session

ADD: Final = register("attachment.add", REVERSIBLE)
RENAME: Final = register("attachment.rename", REVERSIBLE)
REMOVE: Final = register("attachment.remove", REVERSIBLE)

_MEGABYTE: Final = 1_000_000
#: Largest file that is kept in the administration.
LIMIT_MEGABYTES: Final = 50
Kind = Literal["customer", "contract", "document"]
_OWNERS: Final[dict[str, tuple[type[Any], InstrumentedAttribute[int | None]]]] = {
    "customer": (Customer, Attachment.customer_id),
    "contract": (Contract, Attachment.contract_id),
    "document": (Document, Attachment.document_id),
}


@dataclass(frozen=True)
class Owner:
    """What a file belongs to."""

    kind: Kind
    id: int


@dataclass(frozen=True)
class NewFile:
    """A file from outside, under the name that it had there."""

    name: str
    content: bytes


@dataclass(frozen=True)
class AttachmentRow:
    """A file that is kept.

    Attributes:
        size: in bytes.
        can_open: whether the system's own program may show it; else it is saved only.
    """

    id: int
    file_id: int
    name: str
    media_type: str
    size: int
    added_at: dt.datetime
    can_open: bool


def add(session: Session, owner: Owner, new: Sequence[NewFile]) -> list[int]:
    """Keep files with their owner, in one step; a name that is there already gets a number.

    Returns:
        Ids of the attachments.

    Raises:
        NotFound: no such owner.
        NothingInFile, FileTooBig: and none of them is kept.
    """
    table, column = _OWNERS[owner.kind]
    if session.get(table, owner.id) is None:
        raise NotFound(owner.kind, str(owner.id))
    taken = {name.casefold() for name in _names(session, owner)}
    made = []
    for one in new:
        _refuse(one)
        name = _free(file_names.safe(one.name), taken)
        taken.add(name.casefold())
        row = Attachment(
            file_id=files.store(session, one.content, file_names.media_type(name)),
            name=name,
            added_at=clock.now(),
            **{column.key: owner.id},
        )
        session.add(row)
        made.append(row)
    session.flush()
    return [row.id for row in made]


def rows(session: Session, owner: Owner) -> list[AttachmentRow]:
    """The files of an owner, newest first."""
    query = (
        select(
            Attachment.id,
            Attachment.file_id,
            Attachment.name,
            StoredFile.media_type,
            StoredFile.size,
            Attachment.added_at,
        )
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(_OWNERS[owner.kind][1] == owner.id)
        .order_by(Attachment.id.desc())
    )
    return [
        AttachmentRow(**row, can_open=file_names.can_open(row["name"]))
        for row in session.execute(query).mappings()
    ]


def checked(new: NewFile) -> NewFile:
    """A file that may be kept, under a name that is safe.

    Raises:
        NothingInFile, FileTooBig.
    """
    _refuse(new)
    return NewFile(file_names.safe(new.name), new.content)


def rename(session: Session, attachment_id: int, name: str) -> None:
    """Give a file another name; it keeps what it is.

    Raises:
        NotFound: no such attachment.
    """
    row = _there(session, attachment_id)
    row.name = file_names.safe(name, otherwise=row.name)


def remove(session: Session, attachment_id: int) -> None:
    """Take a file off its owner; undo brings it back.

    Raises:
        NotFound: no such attachment.
    """
    session.delete(_there(session, attachment_id))


def content(session: Session, attachment_id: int) -> tuple[str, bytes]:
    """Name and bytes of a file.

    Raises:
        NotFound: no such attachment.
    """
    row = _there(session, attachment_id)
    return row.name, files.content(session, row.file_id)


def _there(session: Session, attachment_id: int) -> Attachment:
    row = session.get(Attachment, attachment_id)
    if row is None:
        raise NotFound("file", str(attachment_id))
    return row


def _names(session: Session, owner: Owner) -> list[str]:
    query = select(Attachment.name).where(_OWNERS[owner.kind][1] == owner.id)
    return list(session.scalars(query))


def _refuse(one: NewFile) -> None:
    if not one.content:
        raise NothingInFile(one.name)
    if len(one.content) > LIMIT_MEGABYTES * _MEGABYTE:
        raise FileTooBig(one.name, -(-len(one.content) // _MEGABYTE), LIMIT_MEGABYTES)


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number before its suffix where it is taken."""
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if stem else (name, "")
    number, found = 2, name
    while found.casefold() in taken:
        found = f"{stem} ({number}){suffix}"
        number += 1
    return found
