"""A ZIP that is made beside its name and gets it when it is whole."""

from __future__ import annotations

import contextlib
import zipfile
from typing import TYPE_CHECKING

from klantenapp.services.errors.exports import FormatUnknown
from klantenapp.services.exports import replacing
from klantenapp.services.store import placing
from klantenapp.services.store.file_names import safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Archive:
    """Puts files into a ZIP, each under a name of its own.

    Attributes:
        count: files in it.
    """

    def __init__(self, target: zipfile.ZipFile, folder: Path) -> None:
        """Write into an open ZIP; `folder` is where parts are made first."""
        self._zip = target
        self._folder = folder
        self._names: set[str] = set()

    @property
    def count(self) -> int:
        """How many files it holds."""
        return len(self._names)

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[Path]:
        """A path to write one file to; it goes in when it is done."""
        with placing.beside(self._folder / safe(name.replace("/", " "))) as temporary:
            yield temporary
            self._zip.write(temporary, self._free(name))

    def add(self, name: str, content: bytes | str) -> None:
        """Put a file in."""
        self._zip.writestr(self._free(name), content)

    def _free(self, name: str) -> str:
        """The name, with a number where it is taken."""
        folder, _slash, last = name.rpartition("/")
        last = safe(last)
        stem, dot, ending = last.rpartition(".")
        found, number = last, 1
        while f"{folder}/{found}" in self._names:
            number += 1
            found = f"{stem} ({number}){dot}{ending}"
        self._names.add(f"{folder}/{found}")
        return f"{folder}/{found}" if folder else found


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Archive]:
    """A new ZIP; what was there under the name is replaced when this one is whole.

    Raises:
        FormatUnknown: the name does not end with .zip.
        OpenElsewhere, MayNotChange: the file that is there cannot be replaced.
        DiskFull, FolderNotWritable: it could not be written; what was there is there still.
    """
    if path.suffix.lower() != ".zip":
        raise FormatUnknown(path.name, ("zip",))
    with replacing.beside(path) as temporary:
        try:
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as made:
                yield Archive(made, path.parent)
        except OSError as problem:
            raise replacing.told(problem, path) from problem
