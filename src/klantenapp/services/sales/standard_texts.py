"""The user's own text above and below the lines, per kind of document and language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from klantenapp.services.store import settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KINDS: Final = ("invoice", "credit_note", "quote")
LANGUAGES: Final = ("nl", "en")


@dataclass(frozen=True)
class Texts:
    """What stands above and below the lines where a document says nothing itself."""

    intro: str = ""
    closing: str = ""


def _key(place: str, kind: str, language: str) -> settings.Key[str]:
    return settings.Key(f"documents.{place}.{kind}.{language}", default="")


_KEYS: Final = {
    (place, kind, language): _key(place, kind, language)
    for place in ("intro", "closing")
    for kind in KINDS
    for language in LANGUAGES
}


def read(session: Session, kind: str, language: str) -> Texts:
    """The texts of a kind of document in a language; empty where the user wrote none."""
    return Texts(
        settings.read(session, _KEYS["intro", kind, language]),
        settings.read(session, _KEYS["closing", kind, language]),
    )


def read_all(session: Session) -> dict[tuple[str, str], Texts]:
    """Every text, by kind and language."""
    return {
        (kind, language): read(session, kind, language) for kind in KINDS for language in LANGUAGES
    }


def write(session: Session, texts: dict[tuple[str, str], Texts]) -> None:
    """Keep texts, by kind and language; issued documents keep what they say."""
    for (kind, language), found in texts.items():
        settings.write(session, _KEYS["intro", kind, language], found.intro)
        settings.write(session, _KEYS["closing", kind, language], found.closing)
