"""A file that comes in: its bytes, once, and the text in it with the encoding found out.

Nothing here trusts a name or an extension. Text streams line by line, so that a file of two
million rows takes no more memory than one of ten.
"""

from __future__ import annotations

import codecs
import hashlib
import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from klantenapp.services.errors.imports import (
    EncodingsMixed,
    EncodingUnknown,
    FileEmpty,
    FileTooLarge,
    FileUnreadable,
    LineTooLong,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Bytes that are looked at to recognise a file.
HEAD = 8192
#: The largest file that is read at all.
MAX_FILE = 500_000_000
#: The longest line, in characters: the longest real one seen is 47,000.
MAX_LINE = 1_000_000
_MEGABYTE = 1_000_000
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Source:
    """A file on disk or bytes in memory (a member of a zip file, a dropped mail).

    Attributes:
        name: file name for messages, without its folder.
        path: where it is, or None for bytes.
        data: the bytes, where there is no path.
    """

    name: str
    path: Path | None = None
    data: bytes = b""

    @classmethod
    def of(cls, path: Path) -> Source:
        """The file at a path.

        Raises:
            FileUnreadable: it is not there, no file, or not ours to read.
            FileEmpty: it has no bytes.
            FileTooLarge: more than the program reads.
        """
        source = cls(path.name, path)
        with source.open():
            size = path.stat().st_size
        source.check_size(size)
        return source

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Source:
        """Bytes under a name; the same refusals as `of`."""
        source = cls(name, None, data)
        source.check_size(len(data))
        return source

    @property
    def size(self) -> int:
        """Bytes in all."""
        return len(self.data) if self.path is None else self.path.stat().st_size

    def check_size(self, size: int) -> None:
        """Refuse nothing and refuse too much."""
        if size == 0:
            raise FileEmpty(self.name)
        if size > MAX_FILE:
            raise FileTooLarge(self.name, MAX_FILE // _MEGABYTE)

    def open(self) -> IO[bytes]:
        """The bytes from the start; the caller closes."""
        if self.path is None:
            return io.BytesIO(self.data)
        try:
            return self.path.open("rb")
        except OSError as problem:
            raise FileUnreadable(self.name) from problem

    def read(self, limit: int = MAX_FILE) -> bytes:
        """All bytes.

        Raises:
            FileTooLarge: more than the limit.
        """
        with self.open() as stream:
            try:
                data = stream.read(limit + 1)
            except OSError as problem:
                raise FileUnreadable(self.name) from problem
        if len(data) > limit:
            raise FileTooLarge(self.name, limit // _MEGABYTE)
        return data

    def digest(self) -> str:
        """Hash of the bytes, by which the same file is recognised."""
        found = hashlib.sha256()
        with self.open() as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
        return found.hexdigest()

    def head(self) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            try:
                return stream.read(HEAD)
            except OSError as problem:
                raise FileUnreadable(self.name) from problem


def encoding_of(source: Source) -> str:
    """Find the encoding of a text: UTF-8 with or without mark, UTF-16, or else Windows-1252.

    Raises:
        EncodingsMixed: lines in UTF-8 and lines in something else.
        EncodingUnknown: bytes that are in none of these, with their line.
    """
    head = source.head()
    if head.startswith(codecs.BOM_UTF8):
        return _checked(source, "utf-8-sig")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(source, "utf-16")
    wide = _wide(head)
    if wide:
        return _checked(source, wide)
    if _decodes(source, "utf-8"):
        return "utf-8"
    _refuse_mixture(source)
    return _checked(source, "cp1252")


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: nearly every other byte is zero."""
    pairs = len(head) // 2
    if pairs == 0:
        return None
    if head[1::2].count(0) > pairs * 0.7 and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > pairs * 0.7 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with source.open() as stream:
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _checked(source: Source, encoding: str) -> str:
    if _decodes(source, encoding):
        return encoding
    if encoding.startswith("utf-16"):
        raise EncodingUnknown(source.name, 1)
    with source.open() as stream:
        for line, content in enumerate(_byte_lines(stream), start=1):
            try:
                content.decode(encoding)
            except UnicodeDecodeError:
                raise EncodingUnknown(source.name, line) from None
    raise EncodingUnknown(source.name, 1)


def _refuse_mixture(source: Source) -> None:
    """Look for lines that are UTF-8 beyond ASCII beside lines that are not UTF-8."""
    proper = broken = 0
    with source.open() as stream:
        for line, content in enumerate(_byte_lines(stream), start=1):
            if content.isascii():
                continue
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                broken = broken or line
            else:
                proper = proper or line
            if proper and broken:
                raise EncodingsMixed(source.name, broken)


def _byte_lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(MAX_LINE):
        yield line


def lines_of(source: Source, encoding: str) -> Iterator[str]:
    """Stream the lines of a text, their ends kept as they are.

    Raises:
        LineTooLong: more characters than any real line.
        EncodingUnknown: not in that encoding after all, or a zero byte in the text.
    """
    with io.TextIOWrapper(source.open(), encoding=encoding, newline="") as text:
        number = 0
        while True:
            number += 1
            try:
                line = text.readline(MAX_LINE + 1)
            except UnicodeError as problem:
                raise EncodingUnknown(source.name, number) from problem
            if not line:
                return
            if len(line) > MAX_LINE:
                raise LineTooLong(source.name, number, MAX_LINE)
            if "\0" in line:
                raise EncodingUnknown(source.name, number)
            yield line
