"""Mail on its way: queued, sending, sent, failed, unknown or stopped; it survives restarts.

A mail is marked `sending` the moment before its content goes. Where the program ends after that,
nobody knows whether it went: it becomes `unknown`, and is sent again only when the user says so.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.models.file import StoredFile
from klantenapp.models.message import Message, MessageFile, Outbox
from klantenapp.services.errors.base import Invalid, NotFound
from klantenapp.services.errors.mail import MailNotWaiting, SentAlready, StoppedWhileSending
from klantenapp.services.messages import accounts, compose, problems
from klantenapp.services.messages.mail import Envelope
from klantenapp.services.messages.notes import write_search
from klantenapp.services.store import clock, files, settings
from klantenapp.services.store.operations import FINAL, REVERSIBLE, Compensated, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.messages.compose import Mail
    from klantenapp.services.store.operations import Made

#: Minutes until the next try, after each one.
_BACKOFF: Final = (1, 5, 15, 60)


def queue(
    session: Session, mail: Mail, *, replaces: int | None = None, delay: int | None = None
) -> int:
    """Put a mail in the outbox; it goes when its seconds for stopping are over.

    Args:
        replaces: the draft message that it was.
        delay: seconds in which it can be stopped; the setting where absent.

    Returns:
        Id of the mail in the outbox.

    Raises:
        Invalid: a field is wrong.
        NotFound: an attached file or the draft is gone.
    """
    _refuse_problems(session, mail)
    composed = compose.compose(session, mail)
    seconds = settings.read(session, accounts.DELAY) if delay is None else delay
    now = clock.now()
    message = _message(mail, status="queued")
    message.raw_id = files.store(session, composed.raw, "message/rfc822")
    message.header_id = composed.message_id
    if replaces is not None:
        discard(session, replaces)
    row = _row(session, message, mail, "queued")
    row.not_before = now + dt.timedelta(seconds=seconds)
    session.flush()
    return row.id


def save_draft(session: Session, mail: Mail, *, replaces: int | None = None) -> int:
    """Keep a mail that is not finished; nothing about it has to be right yet.

    Returns:
        Id of the draft message.
    """
    if replaces is not None:
        discard(session, replaces)
    message = _message(mail, status="draft")
    _row(session, message, mail, "stopped")
    session.flush()
    return message.id


def discard(session: Session, message_id: int) -> None:
    """Throw a draft away.

    Raises:
        NotFound: no such draft.
        MailNotWaiting: it is no draft.
    """
    message = session.get(Message, message_id)
    if message is None or message.deleted_at is not None:
        raise NotFound("message", str(message_id))
    if message.status != "draft":
        raise MailNotWaiting
    message.deleted_at = clock.now()


def stop(session: Session, outbox_id: int) -> int:
    """Take a mail back before it goes; it becomes a draft.

    Returns:
        Id of the draft message.

    Raises:
        SentAlready: too late.
    """
    row = _there(session, outbox_id)
    if row.state not in {"queued", "failed"}:
        raise SentAlready
    row.state = "stopped"
    row.problem = None
    _message_of(session, row).status = "draft"
    return row.message_id


def stop_made(session: Session, made: Made) -> None:
    """Undo of queueing: stop what was queued; raises SentAlready where that is too late."""
    for outbox_id in made.created["outbox"]:
        stop(session, outbox_id)


def begin(session: Session, outbox_id: int) -> None:
    """Say that the content goes next.

    Raises:
        MailNotWaiting: it was stopped or sent meanwhile.
    """
    row = _there(session, outbox_id)
    if row.state != "queued":
        raise MailNotWaiting
    row.state = "sending"
    row.attempts += 1
    _message_of(session, row).status = "sending"


def finish(session: Session, outbox_id: int, failure: Refusal | None = None) -> str:
    """Say how it went.

    Args:
        failure: absent where the server took the mail; else one of `problems.EVERY`.

    Returns:
        The new state.

    Raises:
        MailNotWaiting: it was stopped meanwhile.
    """
    row = _there(session, outbox_id)
    if row.state not in {"queued", "sending"}:
        raise MailNotWaiting
    message = _message_of(session, row)
    if failure is None:
        row.state, row.sent_at, row.problem = "sent", clock.now(), None
        message.at = row.sent_at
    else:
        row.problem = problems.dump(failure)
        row.state = _state_after(failure)
        if row.state == "queued":
            row.not_before = _next_try(row, failure)
    message.status = row.state
    return row.state


def note(session: Session, ids: Sequence[int], failure: Refusal) -> int:
    """Say why none of these can go: the way there is closed.

    Where the way opens by itself or by typing a password they keep waiting; else they failed.
    A reason that stands there already is not written again, or every minute offline would be
    a line of history.

    Returns:
        How many changed.
    """
    reason, state = problems.dump(failure), _state_after(failure)
    changed = 0
    for outbox_id in ids:
        row = _there(session, outbox_id)
        if row.state == "queued" and (row.problem != reason or state != "queued"):
            row.problem, row.state = reason, state
            _message_of(session, row).status = state
            changed += 1
    return changed


def is_noted(session: Session, ids: Sequence[int], failure: Refusal) -> bool:
    """Whether `note` would change nothing."""
    reason = problems.dump(failure)
    stored = session.scalars(
        select(Outbox.problem).where(Outbox.id.in_(ids), Outbox.state == "queued")
    )
    return _state_after(failure) == "queued" and all(one == reason for one in stored)


def orphans(session: Session) -> list[int]:
    """Ids of mails that a process was sending when it ended; asked while nobody else sends."""
    return list(session.scalars(select(Outbox.id).where(Outbox.state == "sending")))


def adopt(session: Session) -> int:
    """Say of every orphan that nobody knows whether it went; returns how many."""
    found = orphans(session)
    for outbox_id in found:
        finish(session, outbox_id, StoppedWhileSending())
    return len(found)


def retry(session: Session, outbox_id: int) -> None:
    """Try again now; for a mail that perhaps went, this is the user's own decision.

    Raises:
        MailNotWaiting: it was sent, stopped or is on its way.
    """
    row = _there(session, outbox_id)
    if row.state not in {"queued", "failed", "unknown"}:
        raise MailNotWaiting
    row.state, row.not_before, row.problem = "queued", clock.now(), None
    _message_of(session, row).status = "queued"


def retry_failed(session: Session) -> int:
    """Try every failed and waiting mail again now, not those that perhaps went."""
    every = select(Outbox.id).where(Outbox.state.in_(("failed", "queued"))).order_by(Outbox.id)
    found = list(session.scalars(every))
    for outbox_id in found:
        retry(session, outbox_id)
    return len(found)


def confirm(session: Session, outbox_id: int) -> None:
    """The user found out that an unknown mail did arrive.

    Raises:
        MailNotWaiting: it is not unknown.
    """
    row = _there(session, outbox_id)
    if row.state != "unknown":
        raise MailNotWaiting
    row.state, row.problem, row.sent_at = "sent", None, clock.now()
    _message_of(session, row).status = "sent"


def remove(session: Session, outbox_id: int) -> None:
    """Take a mail that has not gone out of the outbox and off the timeline.

    Raises:
        SentAlready: it went or is going.
    """
    row = _there(session, outbox_id)
    if row.state in {"sending", "sent"}:
        raise SentAlready
    message = _message_of(session, row)
    row.state = "stopped"
    message.status = "draft"
    message.deleted_at = clock.now()


QUEUE: Final = register("mail.queue", Compensated("mail.stop", stop_made))
STOP: Final = register("mail.stop", FINAL)
DRAFT: Final = register("mail.draft", REVERSIBLE)
DISCARD: Final = register("mail.discard", REVERSIBLE)
BEGIN: Final = register("mail.begin", FINAL)
FINISH: Final = register("mail.finish", FINAL)
NOTE: Final = register("mail.note", FINAL)
ADOPT: Final = register("mail.adopt", FINAL)
RETRY: Final = register("mail.retry", FINAL)
CONFIRM: Final = register("mail.confirm", REVERSIBLE)
REMOVE: Final = register("mail.remove", REVERSIBLE)


def envelope(session: Session, outbox_id: int) -> tuple[bytes, Envelope]:
    """The bytes of a mail and who it goes to.

    Raises:
        NotFound: no such mail.
    """
    row = _there(session, outbox_id)
    message = _message_of(session, row)
    if message.raw_id is None:
        raise NotFound("message", str(row.message_id))
    people: dict[str, list[str]] = json.loads(row.envelope)
    every = [_email(one) for name in ("to", "cc", "bcc", "copy") for one in people.get(name, ())]
    sender = _email(people["from"][0])
    return files.content(session, message.raw_id), Envelope(sender, tuple(dict.fromkeys(every)))


# --- inside ------------------------------------------------------------------------------------


def _refuse_problems(session: Session, mail: Mail) -> None:
    ids = [attached.file_id for attached in mail.files]
    sizes = list(session.scalars(select(StoredFile.size).where(StoredFile.id.in_(ids))))
    wrong = tuple(compose.problems(mail, sizes, accounts.read(session).megabytes))
    if wrong:
        raise Invalid(wrong)


def _message(mail: Mail, status: str) -> Message:
    now = clock.now()
    message = Message(
        customer_id=mail.customer_id,
        document_id=mail.document_id,
        kind=mail.kind,
        direction="out",
        at=now,
        subject=mail.subject,
        body=mail.body,
        person=", ".join(address.shown for address in mail.to) or None,
        status=status,
        in_reply_to=mail.in_reply_to,
        created_at=now,
    )
    write_search(message)
    return message


def _row(session: Session, message: Message, mail: Mail, state: str) -> Outbox:
    session.add(message)
    session.flush()
    for attached in mail.files:
        session.add(
            MessageFile(message_id=message.id, file_id=attached.file_id, name=attached.name)
        )
    people = {
        "from": [str(mail.sender)],
        "to": [str(one) for one in mail.to],
        "cc": [str(one) for one in mail.cc],
        "bcc": [str(one) for one in mail.bcc],
    }
    copy = accounts.read(session).copy
    if copy and state == "queued":
        people["copy"] = [copy]
    now = clock.now()
    row = Outbox(
        message_id=message.id,
        state=state,
        not_before=now,
        envelope=json.dumps(people, ensure_ascii=False),
        queued_at=now,
    )
    session.add(row)
    return row


def _there(session: Session, outbox_id: int) -> Outbox:
    row = session.get(Outbox, outbox_id)
    if row is None:
        raise NotFound("message", str(outbox_id))
    return row


def _message_of(session: Session, row: Outbox) -> Message:
    return session.get_one(Message, row.message_id)


def _email(formatted: str) -> str:
    """The address of "Name <address>"."""
    return formatted.rpartition("<")[2].rstrip(">")


def _state_after(failure: Refusal) -> str:
    if isinstance(failure, problems.UNKNOWN):
        return "unknown"
    return "queued" if isinstance(failure, problems.WAITS) else "failed"


def _next_try(row: Outbox, failure: Refusal) -> dt.datetime:
    """Without a way there the mail goes as soon as there is one; a server is given more time."""
    if isinstance(failure, problems.WAY):
        return row.not_before
    minutes = _BACKOFF[min(row.attempts, len(_BACKOFF) - 1)]
    return clock.now() + dt.timedelta(minutes=minutes)
