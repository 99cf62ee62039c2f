"""A document that is put with a contract, read off the main thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.services.catalogue import contract_files
from klantenapp.services.errors.agreements import FileTooBig
from klantenapp.services.errors.cli import CannotRead

if TYPE_CHECKING:
    from klantenapp.ui.progress import Progress
    from klantenapp.ui.widgets.page import Page


def add_file(page: Page, contract_id: int) -> None:
    """Ask which document, and keep it."""
    name, _kind = QFileDialog.getOpenFileName(
        page.window(), _("Add a document"), "", _("Documents (*.pdf *.png *.jpg *.docx *.odt)")
    )
    if name:
        attach(page, contract_id, Path(name))


def attach(page: Page, contract_id: int, path: Path) -> None:
    """Keep a document with a contract."""

    def read(_progress: Progress) -> bytes:
        try:
            if path.stat().st_size > contract_files.LIMIT * 1_000_000:
                raise FileTooBig(path.name, contract_files.LIMIT)
            return path.read_bytes()
        except OSError as problem:
            raise CannotRead(path, problem.strerror or "") from problem

    def keep(content: bytes) -> None:
        work = partial(
            contract_files.attach, contract_id=contract_id, name=path.name, content=content
        )
        said = _("{name} added").format(name=path.name)
        page.ops.write(contract_files.ATTACH, work, done=lambda _id: page.toast(said, undo=True))

    page.ops.task(page, "", read, keep)
