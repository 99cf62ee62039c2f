"""A bank file of any kind, recognised by its content and never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.services.errors.bank_files import (
    BankFileIsPdf,
    BankZipWithoutStatements,
    NotABankFile,
)
from klantenapp.services.errors.base import Refusal
from klantenapp.services.errors.imports import ArchiveDamaged, FileEmpty
from klantenapp.services.imports import archive, bank_csv, camt053, mt940
from klantenapp.services.imports.bank_model import BankFile
from klantenapp.services.imports.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(source: Source) -> BankFile:
    """Read CAMT.053, MT940, a bank's CSV, or a zip file of these.

    Raises:
        NotABankFile: none of them.
        BankFileIsPdf: a statement on paper.
        BankZipWithoutStatements: a zip file with none of them.
        Refusal: what is wrong with the file, with its line; a zip file with one broken statement
            is refused whole, so that no day goes missing unnoticed.
    """
    head = source.head()
    if head.startswith(b"%PDF"):
        raise BankFileIsPdf(source.name)
    if archive.is_zip(head):
        return _zip(source)
    if camt053.is_camt(head):
        return camt053.read(source)
    if mt940.is_mt940(head):
        return mt940.read(source)
    return bank_csv.read(source)


def _zip(source: Source) -> BankFile:
    files: list[BankFile] = []
    for member in _members(source):
        try:
            files.append(read(member))
        except (NotABankFile, FileEmpty):
            continue  # a read-me beside the statements
        except Refusal as problem:
            if _is_other_kind(member):
                continue
            raise problem from None
    if not files:
        raise BankZipWithoutStatements(source.name)
    formats = ", ".join(dict.fromkeys(file.format for file in files))
    # Each keeps its own fingerprints: a period that is in two of them is there once.
    statements = tuple(statement for file in files for statement in file.statements)
    return BankFile(source.name, formats, statements)


def _is_other_kind(member: Source) -> bool:
    """Whether a member that cannot be read was no bank file to begin with."""
    head = member.head()
    is_known = camt053.is_camt(head) or mt940.is_mt940(head)
    return not is_known and (archive.is_zip(head) or b"\0" in head or head.startswith(b"%PDF"))


def _members(source: Source) -> Iterator[Source]:
    with archive.opened(source) as packed:
        for info in packed.infolist():
            name = info.filename.replace("\\", "/").rpartition("/")[2]
            if info.is_dir() or "__MACOSX/" in info.filename or name.startswith("."):
                continue
            try:
                data = packed.read(info)
            except archive.DAMAGE as problem:
                raise ArchiveDamaged(source.name) from problem
            yield Source(name, None, data)
