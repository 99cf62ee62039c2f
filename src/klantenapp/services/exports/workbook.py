"""An Excel file of the spreadsheet library, with what goes wrong as the system says it."""

from __future__ import annotations

import contextlib
import sys
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def workbook(path: Path, options: dict[str, Any]) -> Iterator[Any]:
    """A new Excel file.

    Raises:
        OSError: what the system says when it cannot be written, which the library wraps.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            yield book
    except FileCreateError as problem:
        _let_go(problem)
        if isinstance(problem.__context__, OSError):
            raise problem.__context__ from problem
        raise OSError(str(problem)) from problem


def _let_go(problem: BaseException | None) -> None:
    """Close what the library left open, without a word: it would try to write once more.

    The file is gone with its folder; what it says then would stand on the screen as an error that
    nobody can do anything about.
    """
    hook, sys.unraisablehook = sys.unraisablehook, lambda _told: None
    try:
        while problem is not None:
            traceback.clear_frames(problem.__traceback__)
            problem = problem.__context__
    finally:
        sys.unraisablehook = hook
