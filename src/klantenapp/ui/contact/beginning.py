"""What a composer begins with, read in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from klantenapp.services.messages import answering, drafting, outbox_list
from klantenapp.services.messages.accounts import DELAY
from klantenapp.services.messages.compose import Attached
from klantenapp.services.messages.drafting import FileChoice
from klantenapp.services.store import file_names, files, settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.messages.attachments import NewFile
    from klantenapp.services.messages.compose import Mail
    from klantenapp.services.messages.drafting import Prepared


@dataclass(frozen=True)
class Wanted:
    """What is to be written.

    Attributes:
        document, customer: about which document, or to whom.
        draft: a mail that was written before.
        answers: a mail that came in, which this one answers.
        kind, language: of the template; the fitting ones where empty.
        values: what only the asking screen knows (a balance, costs), for placeholders.
        files: stored files that go along besides the document's own.
    """

    document: int | None = None
    customer: int | None = None
    draft: int | None = None
    answers: int | None = None
    kind: str = ""
    language: str = ""
    values: Mapping[str, str] | None = None
    files: Sequence[Attached] = ()


@dataclass(frozen=True)
class Begun:
    """What there is to start with.

    Attributes:
        draft: the mail as it was written before, if it was.
        pdf: bytes of the document's PDF.
        delay: seconds in which sending can be stopped.
    """

    wanted: Wanted
    prepared: Prepared
    draft: Mail | None
    pdf: bytes | None
    delay: int


def begin(session: Session, wanted: Wanted) -> Begun:
    """Read everything.

    Raises:
        NotFound: document, customer or draft is gone.
    """
    mail = None
    if wanted.draft is not None:
        mail = outbox_list.mail_of(session, wanted.draft)
    elif wanted.answers is not None:
        mail = answering.answer(session, wanted.answers)
    document = mail.document_id if mail else wanted.document
    customer = mail.customer_id if mail else wanted.customer
    if document is not None:
        prepared = drafting.for_document(session, document, wanted.kind, wanted.language)
    else:
        kind = wanted.kind or "free"
        prepared = drafting.for_customer(session, customer or 0, kind, wanted.language)
    more = tuple(FileChoice(one, _size(session, one), chosen=True) for one in wanted.files)
    prepared = replace(
        prepared,
        values=prepared.values | dict(wanted.values or {}),
        files=_files_of(session, (*more, *prepared.files), mail),
    )
    pdf = next(
        (one for one in prepared.files if one.attached.media_type == "application/pdf"), None
    )
    content = files.content(session, pdf.attached.file_id) if pdf and pdf.chosen else None
    return Begun(wanted, prepared, mail, content, settings.read(session, DELAY))


def with_files(session: Session, mail: Mail, new: Sequence[NewFile]) -> Mail:
    """The mail with files from the disk, which are stored now."""
    made = []
    for one in new:
        kind = file_names.media_type(one.name)
        made.append(Attached(files.store(session, one.content, kind), one.name, kind))
    return replace(mail, files=(*mail.files, *made))


def _files_of(
    session: Session, offered: tuple[FileChoice, ...], mail: Mail | None
) -> tuple[FileChoice, ...]:
    """What a draft had along is ticked, whatever is ticked by itself."""
    if mail is None:
        return offered
    had = {one.file_id for one in mail.files}
    known = {one.attached.file_id for one in offered}
    kept = tuple(replace(one, chosen=one.attached.file_id in had) for one in offered)
    others = tuple(
        FileChoice(one, _size(session, one), chosen=True)
        for one in mail.files
        if one.file_id not in known
    )
    return kept + others


def _size(session: Session, attached: Attached) -> int:
    return len(files.content(session, attached.file_id))
