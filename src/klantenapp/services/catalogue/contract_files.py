"""The signed documents of a contract, kept inside the administration."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Final

from klantenapp.models.file import Attachment
from klantenapp.services.catalogue import contracts
from klantenapp.services.errors.agreements import FileTooBig
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store import clock, file_names, files
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ATTACH: Final = register("contract.attach", REVERSIBLE)
DETACH: Final = register("contract.detach", REVERSIBLE)

#: Megabytes of one attached document: a scan of fifty pages fits.
LIMIT: Final = 25
_MEGABYTE: Final = 1_000_000


def attach(session: Session, contract_id: int, name: str, content: bytes) -> int:
    """Keep a document with a contract.

    Args:
        name: of the file; made safe.
        content: its bytes.

    Returns:
        Id of the attachment.

    Raises:
        FileTooBig, NotFound.
    """
    contracts.get(session, contract_id)
    safe = file_names.safe(name)
    if len(content) > LIMIT * _MEGABYTE:
        raise FileTooBig(safe, LIMIT)
    media_type = mimetypes.guess_type(safe)[0] or "application/octet-stream"
    attachment = Attachment(
        file_id=files.store(session, content, media_type),
        contract_id=contract_id,
        name=safe,
        added_at=clock.now(),
    )
    session.add(attachment)
    session.flush()
    return attachment.id


def detach(session: Session, attachment_id: int) -> None:
    """Take a document away from its contract.

    Raises:
        NotFound.
    """
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.contract_id is None:
        raise NotFound("file", str(attachment_id))
    session.delete(attachment)
