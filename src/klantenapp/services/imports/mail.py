"""Mails from files (.eml, .mbox) onto the timelines of the customers they belong to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from klantenapp.services.errors.imports import UnknownFormat
from klantenapp.services.imports.eml import is_mail, mails_of
from klantenapp.services.imports.result import ImportResult, RefusedLine
from klantenapp.services.messages import incoming
from klantenapp.services.messages.incoming import Incoming, IncomingFile, Person, Recognition
from klantenapp.services.store import bulk
from klantenapp.services.store.operations import register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from klantenapp.services.imports.eml import Mail
    from klantenapp.services.imports.source import Source

IMPORT: Final = register("mail.import", bulk.BY_BATCH)
_BLOCK: Final = 1 << 20


def refused(source: Source) -> tuple[RefusedLine, ...]:
    """Mails of the file that cannot be taken; nothing is stored.

    Raises:
        FileUnreadable: the file itself.
        UnknownFormat: no mail and no box of mails.
    """
    if not is_mail(source.head()):
        raise UnknownFormat(source.name)
    return tuple(one for one in mails_of(source) if isinstance(one, RefusedLine))


def run(
    session: Session,
    source: Source,
    *,
    otherwise: int | None = None,
    skip_refused: bool = False,
    dry_run: bool = False,
    step: Callable[[int, int], object] = lambda _done, _size: None,
) -> ImportResult:
    """Put the mails of a file on timelines; mail of nobody known waits to be assigned.

    Args:
        otherwise: the customer of mail in which nobody is recognised.
        skip_refused: leave out what cannot be taken; else one such mail keeps all out.
        dry_run: store nothing.
        step: called with the bytes read and the bytes in all; what it raises stops the import.

    Raises:
        FileUnreadable, UnknownFormat.
    """
    recognition = Recognition(session, otherwise)
    if dry_run or not skip_refused:
        wrong = refused(source)
        if dry_run or wrong:
            known = [recognition.is_known(_incoming(mail)) for mail in _mails(source)]
            read, skipped = len(known) + len(wrong), sum(known)
            created = 0 if wrong and not skip_refused else read - skipped - len(wrong)
            return ImportResult(read, created, skipped=skipped, refused=wrong)
    elif not is_mail(source.head()):
        raise UnknownFormat(source.name)
    return _take(session, source, recognition, step)


def _take(
    session: Session, source: Source, recognition: Recognition, step: Callable[[int, int], object]
) -> ImportResult:
    created = skipped = done = 0
    wrong: list[RefusedLine] = []
    size = source.size
    with bulk.batch(session, "mail", source.name, _digest(source)) as batch:
        for found in mails_of(source):
            if isinstance(found, RefusedLine):
                wrong.append(found)
                continue
            done += len(found.raw)
            step(min(done, size), size)
            mail = _incoming(found)
            if recognition.is_known(mail):
                skipped += 1
                continue
            place = recognition.place(mail)
            (message_id,) = batch.add("message", [incoming.row_of(session, mail, place)])
            batch.add("message_file", incoming.file_rows(session, mail, message_id))
            created += 1
    read = created + skipped + len(wrong)
    return ImportResult(read, created, skipped=skipped, refused=tuple(wrong))


def _digest(source: Source) -> str:
    with source.open() as stream:
        found = hashlib.sha256()
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _mails(source: Source) -> Iterator[Mail]:
    return (one for one in mails_of(source) if not isinstance(one, RefusedLine))


def _incoming(mail: Mail) -> Incoming:
    before = (mail.in_reply_to, *reversed(mail.references))
    return Incoming(
        raw=mail.raw,
        digest=mail.digest,
        message_id=mail.message_id,
        answers=tuple(dict.fromkeys(one for one in before if one)),
        at=mail.date,
        sender=Person(mail.sender[0].name, mail.sender[0].email) if mail.sender else None,
        recipients=tuple(Person(one.name, one.email) for one in (*mail.to, *mail.cc)),
        subject=mail.subject,
        text=mail.text,
        files=tuple(IncomingFile(f.name, f.media_type, f.content) for f in mail.attachments),
    )
