"""A process that sends an outbox until it is killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.messages import accounts, passwords, sender
from klantenapp.services.store.administration import Administration

if TYPE_CHECKING:
    from pathlib import Path


def send(path: Path, password: str) -> None:
    """Send what is due."""
    administration = Administration.open_file(path)
    passwords.remember(administration.read(accounts.read), password, keep=False)
    sender.send_due(administration, everything=True)
    administration.close()
