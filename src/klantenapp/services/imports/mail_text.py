"""Letters in mails: charsets that are wrong or unknown, encoded words, addresses, file names."""

from __future__ import annotations

import base64
import binascii
import codecs
import email.utils
import quopri
import re
from dataclasses import dataclass

from klantenapp.services.imports.convert import clean

#: Characters of a header that are read; the longest real ones are lists of addresses.
MAX_HEADER = 20_000
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_ADDRESS = re.compile(r"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+")
#: Names that mail programs use and Python does not know.
_ALIASES = {
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "shift_jis",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gbk",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac_roman",
    "utf8": "utf-8",
}
#: Python codecs that are no charset of a text, or take too long.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\u200e\u200f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Address:
    """A person in a mail; the name may be empty."""

    name: str
    email: str


def decoded(data: bytes, charset: str | None) -> str:
    """Bytes as text: the stated charset, else UTF-8, else Windows-1252; never a failure."""
    stated = (charset or "").strip().strip("\"'").lower()
    for candidate in (_ALIASES.get(stated, stated), "utf-8", "cp1252"):
        if not candidate:
            continue
        try:
            codec = codecs.lookup(candidate)
            if codec.name.replace("-", "_") in _NOT_CHARSETS:
                continue
            return data.decode(candidate)
        except (LookupError, ValueError):  # unknown, not a text encoding, or not these bytes
            continue
    return data.decode("latin-1")


def header_text(value: str) -> str:
    """A header as one line: raw bytes decoded, encoded words read, control characters gone."""
    return clean(words(raw_text(value)))


def raw_text(value: str) -> str:
    """A header as the parser leaves it: bytes beyond ASCII stand in it as half characters."""
    return decoded(value[:MAX_HEADER].encode("utf-8", "surrogateescape"), None)


def words(text: str) -> str:
    """Read encoded words; neighbours in one charset are decoded together, as senders split them."""
    text = _BETWEEN.sub(r"\1", text)
    parts: list[str] = []
    pending, charset, end = b"", "", 0
    for match in _WORD.finditer(text):
        data = _word_bytes(match[2], match[3])
        if match.start() > end or match[1].lower() != charset:
            parts.append(decoded(pending, charset) if pending else "")
            parts.append(text[end : match.start()])
            pending = b""
        charset = match[1].lower()
        pending += data
        end = match.end()
    parts.append(decoded(pending, charset) if pending else "")
    parts.append(text[end:])
    return "".join(parts)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(raw.replace(b"_", b" "), header=True)
    return from_base64(raw)


def from_base64(raw: bytes) -> bytes:
    """Base64 with missing padding or strange letters in it."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(kept) % 4 == 1:
        kept = kept[:-1]
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return b""


def addresses(values: list[str]) -> tuple[Address, ...]:
    """The people in address headers; names are decoded after the list is divided."""
    found: list[Address] = []
    for value in values:
        plain = " ".join(raw_text(value).split())
        try:
            pairs = email.utils.getaddresses([plain])
        except RecursionError:  # a thousand brackets inside each other
            pairs = []
        good = [(name, address) for name, address in pairs if _ADDRESS.fullmatch(address)]
        if not good:
            good = [("", address) for address in _ADDRESS.findall(words(plain))]
        found += [Address(header_text(name), clean(address)) for name, address in good]
    return tuple(dict.fromkeys(found))


def safe_name(name: str | None, default: str) -> str:
    """A file name that is safe on every system: no folder, no device, no hidden direction."""
    text = header_text(name or "").replace("\\", "/").rpartition("/")[2]
    text = _FORBIDDEN.sub("_", text).strip(". ")
    if not text or _RESERVED.fullmatch(text):
        text = f"_{text}" if text else default
    if len(text) > _LONGEST_NAME:
        stem, dot, extension = text.rpartition(".")
        if dot and len(extension) <= 10:  # noqa: PLR2004 - .numbers is the longest usual one
            return f"{stem[: _LONGEST_NAME - len(extension) - 1]}.{extension}"
        return text[:_LONGEST_NAME]
    return text
