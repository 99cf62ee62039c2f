"""Printing stored PDFs through the system's dialog: the very bytes, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from klantenapp.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QWidget

#: Dots per inch of a page that is painted; more costs memory and no eye sees it.
_DENSITY = 300


def ask_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Let the user choose a printer, pages and copies; None where he does not print."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent.window())
    dialog.setWindowTitle(_("Print"))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return printer


def print_pdfs(parent: QWidget, contents: Sequence[bytes], title: str) -> bool:
    """Ask for a printer and print documents one after the other.

    Returns:
        Whether anything was printed.
    """
    printer = ask_printer(parent, title)
    if printer is None:
        return False
    paint_pdfs(printer, contents)
    return True


def paint_pdfs(printer: QPrinter, contents: Iterable[bytes]) -> int:
    """Paint documents onto a printer; may run off the main thread.

    Args:
        contents: taken one at a time, so that a thousand need no more memory than one.

    Returns:
        How many pages.
    """
    painter, pages = QPainter(), 0
    try:
        for content in contents:
            pages = _paint(printer, painter, content, pages)
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return pages


def _paint(printer: QPrinter, painter: QPainter, content: bytes, pages: int) -> int:
    """Paint one document; returns how many pages there are with it."""
    document = QPdfDocument()
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    for page in range(document.pageCount()):
        if not painter.isActive():
            painter.begin(printer)
        else:
            printer.newPage()
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        part = min(1.0, _DENSITY / printer.resolution())
        size = QSize(round(sheet.width() * part), round(sheet.height() * part))
        image = document.render(page, size)
        corner = printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
        painter.drawImage(sheet.translated(-corner), image)
        pages += 1
    document.close()
    buffer.close()
    return pages
