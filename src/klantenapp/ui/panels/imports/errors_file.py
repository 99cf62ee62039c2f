"""The lines that stayed out, as a file with their reasons, of the user's choice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from klantenapp.i18n import _
from klantenapp.sentences.speak import sentence
from klantenapp.services.exports import report_file
from klantenapp.services.imports import left_out, trial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from klantenapp.services.imports.result import RefusedLine
    from klantenapp.services.imports.table import Table
    from klantenapp.ui.widgets.page import Page


def ask(page: Page, source: str) -> Path | None:
    """Where to, proposing a name after the file that was read; None where the user leaves."""
    proposed = _("{name} errors.csv").format(name=Path(source).stem)
    name, _filter = QFileDialog.getSaveFileName(
        page.window(), _("Save errors"), proposed, "CSV (*.csv)"
    )
    return Path(name) if name else None


def write(page: Page, path: Path, table: Table | None, refused: Sequence[RefusedLine]) -> None:
    """Write the refused lines with their reasons, off the main thread."""
    told = trial.by_line(refused, sentence)
    reasons = {line: " ".join(parts) for line, parts in told.items()}
    titles = (_("Line"), _("Reason"))

    def work(_progress: object) -> None:
        content = (
            left_out.lines_as_csv(reasons, titles)
            if table is None
            else left_out.as_csv(table, reasons, titles[1])
        )
        report_file.write_bytes(content, path)

    said = _("Saved as {file}").format(file=path.name)
    page.ops.task(page, "", work, lambda _none: page.toast(said))
