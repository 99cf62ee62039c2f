"""Content lines of vCard files as programs really write them.

Versions 2.1, 3.0 and 4.0 differ in escaping, folding and charsets, and exporters mix them. This
reader takes what they mean: quoted-printable with soft breaks, base64 that runs on without
indent, charsets per property, doubled line ends. Pictures and keys are dropped unread.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantenapp.services.errors.imports import CardCutOff
from klantenapp.services.imports.source import encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from klantenapp.services.imports.source import Source

#: The largest file of cards; a thousand contacts with pictures take 50 MB.
MAX_CARDS = 100_000_000
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")
_BINARY = frozenset({"PHOTO", "LOGO", "KEY", "SOUND"})
_LONGEST = 100_000
_NAME = re.compile(r"(?:[\w-]+\.)?([A-Za-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card.

    Attributes:
        line: where it starts, from 1.
        name: upper case, without its group.
        kinds: lower-case TYPE values, and version 2.1's bare ones.
        value: decoded, still with its escapes.
        escaped: whether backslash escapes are those of versions 3 and 4.
    """

    line: int
    name: str
    kinds: frozenset[str]
    value: str


def properties_of(source: Source) -> Iterator[list[Property]]:
    """Stream the properties of each card that is not inside another card.

    Raises:
        CardCutOff: a card that does not end.
    """
    card: list[Property] = []
    depth = start = 0
    for line, raw in _unfolded(_text_as_utf8(source)):
        name, kinds, value = _split(raw)
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            depth += 1
            if depth == 1:
                card, start = [], line
        elif name == "END" and value.strip().upper() == "VCARD":
            if depth == 1:
                yield card
            depth = max(0, depth - 1)
        elif depth == 1 and name and name not in _BINARY:
            card.append(Property(line, name, kinds, value))
    if depth:
        raise CardCutOff(source.name, start)


def _text_as_utf8(source: Source) -> bytes:
    """The bytes; UTF-16 becomes UTF-8, everything else stays for the charset of each property."""
    data = source.read(MAX_CARDS)
    head = data[:2048]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) > len(head) // 4:
        data = data.decode(encoding_of(source)).encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Logical lines with the number of their first physical line."""
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    start, parts = 0, [b""]
    for number, physical in enumerate(data.split(b"\n"), start=1):
        text = physical.rstrip(b"\r")
        if start and _continues(parts, text):
            parts.append(text[1:] if text[:1] in {b" ", b"\t"} and not _soft(parts) else text)
            continue
        if start:
            yield start, _joined(parts)
        start, parts = (number, [text]) if text.strip() else (0, [b""])
    if start:
        yield start, _joined(parts)


def _continues(parts: list[bytes], text: bytes) -> bool:
    if _soft(parts) or text[:1] in {b" ", b"\t"}:
        return True
    head = parts[0].partition(b":")[0].upper()
    encoded = b"BASE64" in head or b"ENCODING=B" in head
    return encoded and bool(text) and b":" not in text and bool(_BASE64.fullmatch(text))


def _soft(parts: list[bytes]) -> bool:
    """Whether quoted-printable text goes on after its soft line break."""
    return parts[-1].endswith(b"=") and b"QUOTED-PRINTABLE" in parts[0].partition(b":")[0].upper()


def _joined(parts: list[bytes]) -> bytes:
    if b"QUOTED-PRINTABLE" in parts[0].partition(b":")[0].upper():
        return b"".join(part.removesuffix(b"=") for part in parts[:-1]) + parts[-1]
    return b"".join(parts)


def _split(raw: bytes) -> tuple[str, frozenset[str], str]:
    """Name, kinds and decoded value of a logical line; an empty name where it is none."""
    head_bytes, colon, value = _at_colon(raw)
    head = head_bytes.decode("utf-8", "replace")
    name, *parameters = _outside_quotes(head, ";")
    match = _NAME.fullmatch(name.strip())
    if not colon or not match:
        return "", frozenset(), ""
    kinds: set[str] = set()
    charset, quoted = "", False
    for parameter in parameters:
        key, equals, text = parameter.partition("=")
        key, text = key.strip().upper(), text.strip().strip('"')
        if not equals:
            quoted = quoted or key == "QUOTED-PRINTABLE"
            kinds.add(key.lower())
        elif key == "TYPE":
            kinds.update(word.strip().lower() for word in text.split(","))
        elif key == "CHARSET":
            charset = text
        elif key == "ENCODING":
            quoted = quoted or text.upper() == "QUOTED-PRINTABLE"
        elif key == "PREF":
            kinds.add("pref")
    if quoted:
        value = quopri.decodestring(value)
    return match[1].upper(), frozenset(kinds), _decoded(value[:_LONGEST], charset)


def _at_colon(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Divide at the first colon that is not inside quotation marks."""
    position, quoted = 0, False
    for position, byte in enumerate(raw[:4096]):
        if byte == 0x22:  # noqa: PLR2004 - quotation mark
            quoted = not quoted
        elif byte == 0x3A and not quoted:  # noqa: PLR2004 - colon
            return raw[:position], b":", raw[position + 1 :]
    return raw.partition(b":")


def _outside_quotes(text: str, separator: str) -> list[str]:
    parts, quoted = [""], False
    for letter in text:
        if letter == '"':
            quoted = not quoted
        if letter == separator and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _decoded(value: bytes, charset: str) -> str:
    for candidate in (charset, "utf-8", "cp1252"):
        try:
            return value.decode(candidate) if candidate else value.decode("utf-8")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return value.decode("latin-1")


def parts_of(value: str, separator: str = ";") -> list[str]:
    """Divide a structured value at separators that are not escaped, and unescape each part."""
    parts, escaped = [""], False
    for letter in value:
        if escaped:
            parts[-1] += "\n" if letter in "nN" else letter
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == separator:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def text_of(value: str) -> str:
    """Unescape a value that is one text."""
    return parts_of(value, "\0")[0]
