"""Files inside the administration: stored once by their hash, read by their id."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from klantenapp.models.file import StoredFile
from klantenapp.services.errors.base import NotFound
from klantenapp.services.store import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def store(session: Session, content: bytes, media_type: str) -> int:
    """Keep the bytes; the same bytes are kept once.

    Returns:
        Id of the stored file.
    """
    digest = hashlib.sha256(content).hexdigest()
    found = session.scalar(select(StoredFile.id).where(StoredFile.digest == digest))
    if found is not None:
        return found
    file = StoredFile(
        digest=digest,
        size=len(content),
        media_type=media_type,
        content=content,
        created_at=clock.now(),
    )
    session.add(file)
    session.flush()
    return file.id


def content(session: Session, file_id: int) -> bytes:
    """The bytes of a stored file.

    Raises:
        NotFound: there is no such file.
    """
    found = session.scalar(select(StoredFile.content).where(StoredFile.id == file_id))
    if found is None:
        raise NotFound("file", str(file_id))
    return found
