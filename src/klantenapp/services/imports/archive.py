"""Zip files from outside, looked at before anything in them is unpacked.

The directory of a zip file names the size of each member; Python's reader never gives more bytes
than that, and checks the sum at the end, so a directory that lies cannot unpack to more.
"""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

from klantenapp.services.errors.imports import (
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveTooLarge,
    EncodingUnknown,
    XmlDamaged,
    XmlForbidden,
    XmlTooDeep,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from klantenapp.services.errors.base import Refusal
    from klantenapp.services.imports.source import Source

#: Bytes that all members together may unpack to.
MAX_UNPACKED = 200_000_000
#: Unpacked divided by packed; real spreadsheets stay under 40.
MAX_RATIO = 100
#: Members; real spreadsheets have some tens.
MAX_MEMBERS = 1_000
#: Small files may be packed as tight as they like.
_RATIO_FROM = 5_000_000
_MEGABYTE = 1_000_000
_ENCRYPTED = 0x1

#: What zipfile raises over a damaged file, beside its own error.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    OverflowError,
    RuntimeError,
)


def is_zip(head: bytes) -> bool:
    """Whether a file starts as a zip file does."""
    return head.startswith(b"PK\x03\x04")


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a zip file after its directory has been checked.

    Raises:
        ArchiveDamaged: no zip file, or a part of one.
        ArchiveTooLarge: too many members, too many bytes, or packed too tight to be real.
        ArchiveLocked: a member needs a password.
    """
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except DAMAGE as problem:
            raise ArchiveDamaged(source.name) from problem
        with archive:
            _check_directory(source, archive.infolist())
            yield archive


def _check_directory(source: Source, members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise ArchiveTooLarge(source.name, MAX_UNPACKED // _MEGABYTE)
    if unpacked > _RATIO_FROM and unpacked > packed * MAX_RATIO:
        raise ArchiveTooLarge(source.name, MAX_UNPACKED // _MEGABYTE)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ArchiveLocked(source.name)


def events(source: Source, stream: IO[bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Stream the start and end of each XML element; nothing is fetched, nothing expanded.

    Raises:
        XmlDamaged: not well-formed, or cut off; with its line.
        XmlTooDeep: elements inside each other without end.
        EncodingUnknown: bytes that are no text in the encoding that the file claims.
        XmlForbidden: a DOCTYPE.
    """
    from lxml import etree  # noqa: PLC0415 - heavy, and most sessions import no file

    line = 1
    try:
        walk = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        first = True
        for event, element in walk:
            line = line_of(element)
            if first and element.getroottree().docinfo.doctype:
                raise XmlForbidden(source.name, _doctype_line(source) or line)
            first = False
            yield cast("str", event), element
    except etree.XMLSyntaxError as problem:
        raise _named(source, problem.msg or "", problem.lineno or line) from problem


def _doctype_line(source: Source) -> int | None:
    """Line of the DOCTYPE itself, which stands before the first element."""
    before, found, _after = source.head().partition(b"<!DOCTYPE")
    return before.count(b"\n") + 1 if found else None


def line_of(element: etree._Element) -> int:
    """Line of an element in its file, from 1."""
    return int(cast("Any", element).sourceline or 1)


def _named(source: Source, message: str, line: int) -> Refusal:
    """What libxml2's message means to the user."""
    if "depth" in message:
        return XmlTooDeep(source.name, line)
    if "encoding" in message or "UTF-8" in message:
        return EncodingUnknown(source.name, line)
    return XmlDamaged(source.name, line)
