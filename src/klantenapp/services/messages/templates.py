"""Texts of mails and letters per kind and language, with placeholders for what differs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from klantenapp.i18n import translator
from klantenapp.models.message import Template
from klantenapp.services.errors.base import Invalid
from klantenapp.services.errors.mail import BodyMissing, SubjectMissing
from klantenapp.services.errors.messages import (
    PlaceholderEmpty,
    PlaceholderUnknown,
    SubjectHasLineBreak,
    TextTooLong,
)
from klantenapp.services.messages.template_texts import DEFAULTS, OPTIONAL, PLACEHOLDERS
from klantenapp.services.store.operations import REVERSIBLE, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from klantenapp.services.errors.base import Refusal

CHANGE: Final = register("template.change", REVERSIBLE)

#: Characters of a subject and of a text.
SUBJECT_LIMIT: Final = 200
BODY_LIMIT: Final = 20_000
#: Between a kind and the policy that has a text of its own for it.
_OF: Final = "@"
_FIELD: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Text:
    """A subject and a body, with or without placeholders."""

    subject: str
    body: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a filled text.

    Attributes:
        field: the placeholder that it came from; empty for the user's own words.
    """

    text: str
    field: str = ""


def of_policy(kind: str, policy_id: int) -> str:
    """The kind of a text that one policy of reminding has for itself."""
    return f"{kind}{_OF}{policy_id}"


def base(kind: str) -> str:
    """The kind itself, whoever has a text of its own for it."""
    return kind.partition(_OF)[0]


def own_kinds(session: Session) -> frozenset[str]:
    """Kinds of which the user wrote a text."""
    return frozenset(session.scalars(select(Template.kind)))


def forget_policy(session: Session, policy_id: int) -> None:
    """Take away the texts that a policy had for itself."""
    for row in session.scalars(select(Template).where(Template.kind.endswith(f"{_OF}{policy_id}"))):
        session.delete(row)


def default(kind: str, language: str) -> Text:
    """The text that holds until the user writes another."""
    subject, body = DEFAULTS[base(kind)]
    words = translator(language)
    return Text(words.gettext(subject), words.gettext(body))


def read(session: Session, kind: str, language: str) -> Text:
    """The user's own text, or the default; a policy without one has that of the kind."""
    row = session.execute(
        select(Template.subject, Template.body).where(
            Template.kind == kind, Template.language == language
        )
    ).one_or_none()
    if row is not None:
        return Text(row.subject, row.body)
    return _usual(session, kind, language)


def write(session: Session, kind: str, language: str, text: Text) -> None:
    """Keep the user's own text; the default forgets it.

    Raises:
        Invalid: an unknown placeholder, a line break in the subject, no or too much text.
    """
    found = tuple(problems(kind, text))
    if found:
        raise Invalid(found)
    row = session.scalar(
        select(Template).where(Template.kind == kind, Template.language == language)
    )
    if text == _usual(session, kind, language):
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(Template(kind=kind, language=language, subject=text.subject, body=text.body))
    else:
        row.subject, row.body = text.subject, text.body


def problems(kind: str, text: Text) -> Iterator[tuple[str, Refusal]]:
    """What is wrong with a template, by field."""
    if "\n" in text.subject or "\r" in text.subject:
        yield "subject", SubjectHasLineBreak()
    for name, part, limit in (
        ("subject", text.subject, SUBJECT_LIMIT),
        ("body", text.body, BODY_LIMIT),
    ):
        if not part.strip():
            yield name, SubjectMissing() if name == "subject" else BodyMissing()
        if len(part) > limit:
            yield name, TextTooLong(len(part), limit)
        for unknown in sorted(set(_FIELD.findall(part)) - set(PLACEHOLDERS[base(kind)])):
            yield name, PlaceholderUnknown(unknown, PLACEHOLDERS[base(kind)])


def pieces(text: str, values: Mapping[str, str | None]) -> tuple[Piece, ...]:
    """The filled text in stretches, so that a screen can show what came from where.

    Raises:
        PlaceholderUnknown: a placeholder that has no meaning here.
        PlaceholderEmpty: one of which nothing is known.
    """
    found: list[Piece] = []
    end = 0
    for match in _FIELD.finditer(text):
        found.append(Piece(text[end : match.start()]))
        found.append(Piece(_value(match[1], values), match[1]))
        end = match.end()
    found.append(Piece(text[end:]))
    return _closed(found)


def fill(text: Text, values: Mapping[str, str | None]) -> Text:
    """The text with every placeholder replaced.

    Raises:
        PlaceholderUnknown, PlaceholderEmpty.
    """
    subject, body = (
        "".join(p.text for p in pieces(part, values)) for part in (text.subject, text.body)
    )
    # An amount has a space that does not break; a header has plain ones only.
    return Text(subject.replace("\N{NO-BREAK SPACE}", " "), body)


def missing(text: Text, values: Mapping[str, str | None]) -> list[str]:
    """Placeholders of the text of which nothing is known, in its order."""
    names = dict.fromkeys(_FIELD.findall(text.subject) + _FIELD.findall(text.body))
    return [name for name in names if not values.get(name) and name not in OPTIONAL]


def _usual(session: Session, kind: str, language: str) -> Text:
    """The text that holds where nobody wrote one of this kind."""
    plain = base(kind)
    return default(kind, language) if plain == kind else read(session, plain, language)


def _value(name: str, values: Mapping[str, str | None]) -> str:
    if name not in values:
        raise PlaceholderUnknown(name, tuple(values))
    value = values[name]
    if not value and name not in OPTIONAL:
        raise PlaceholderEmpty(name)
    return value or ""


def _closed(found: list[Piece]) -> tuple[Piece, ...]:
    """Without the blank paragraph or space that an empty optional placeholder leaves."""
    kept: list[Piece] = []
    after_nothing = False
    for piece in found:
        text = piece.text
        if piece.field and not text:
            after_nothing = True
            if kept and not kept[-1].field:
                kept.append(Piece(kept.pop().text.rstrip(" ")))
            continue
        if after_nothing and kept and kept[-1].text.endswith("\n\n"):
            text = text.lstrip("\n")
        after_nothing = False
        if text:
            kept.append(Piece(text, piece.field))
    return tuple(kept)
