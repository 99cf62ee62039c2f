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
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


def print_pdfs(parent: QWidget, contents: Sequence[bytes], title: str) -> bool:
    """Ask for a printer and print documents one after the other.

    Returns:
        Whether anything was printed.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent.window())
    dialog.setWindowTitle(_("Print"))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    paint_pdfs(printer, contents)
    return True


def paint_pdfs(printer: QPrinter, contents: Sequence[bytes]) -> int:
    """Paint documents onto a printer.

    Returns:
        How many pages.
    """
    painter, pages = QPainter(), 0
    for content in contents:
        document = QPdfDocument()
        buffer = QBuffer()
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        for page in range(document.pageCount()):
            if not painter.isActive():
                painter.begin(printer)
            else:
                printer.newPage()
            area = printer.pageLayout().fullRectPixels(printer.resolution())
            image = document.render(page, QSize(area.width(), area.height()))
            margin = printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
            painter.drawImage(-margin, image)
            pages += 1
        document.close()
    if painter.isActive():
        painter.end()
    return pages
