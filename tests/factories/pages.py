"""What a reader sees of a PDF: its text, and small pictures of its pages."""

import io
import os
from pathlib import Path

import numpy as np
import pypdf
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

GOLDEN = Path(__file__).parent.parent / "golden"
#: Run the tests with WRITE_GOLDEN=1 to accept what is drawn now; look at it before you commit it.
WRITE = os.environ.get("WRITE_GOLDEN") == "1"
#: Mean difference of a page, and the part of it that may differ clearly; anti-aliasing needs some.
MEAN, CLEAR = 1.0, 0.002


def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def text(pdf):
    """All text in reading order of the file, one page after the other."""
    return "\n\f\n".join(page.extract_text() for page in reader(pdf).pages)


def words(pdf):
    """All text with every run of white space as one space."""
    return " ".join(text(pdf).split())


def page_images(pdf, dpi):
    """Pages in grey, drawn by the same engine as the program's own preview."""
    data = QByteArray(pdf)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    images = []
    for number in range(document.pageCount()):
        points = document.pagePointSize(number)
        size = QSize(round(points.width() * dpi / 72), round(points.height() * dpi / 72))
        drawn = document.render(number, size)
        page = QImage(size, QImage.Format.Format_RGB32)
        page.fill(QColor("white"))
        painter = QPainter(page)
        painter.drawImage(0, 0, drawn)
        painter.end()
        grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.frombuffer(grey.constBits(), np.uint8)
        images.append(rows.reshape(size.height(), grey.bytesPerLine())[:, : size.width()].copy())
    document.close()
    buffer.close()
    return images


def assert_golden(name, pdf, pages):
    """Compare the text of a document, and pictures of these pages (from 1), with the kept ones.

    Raises:
        AssertionError: anything differs; the message names the file.
    """
    folder = GOLDEN / "rendering"
    images = page_images(pdf, 48)
    if WRITE:
        (folder / f"{name}.txt").write_text(text(pdf) + "\n", encoding="utf-8")
        for number in pages:
            Image.fromarray(images[number - 1]).save(folder / f"{name}-{number}.png", optimize=True)
    kept = (folder / f"{name}.txt").read_text(encoding="utf-8")
    assert text(pdf) + "\n" == kept, f"{name}.txt"
    for number in pages:
        with Image.open(folder / f"{name}-{number}.png") as picture:
            golden = np.asarray(picture, np.int16)
        drawn = images[number - 1].astype(np.int16)
        assert drawn.shape == golden.shape, f"{name}-{number}.png"
        apart = np.abs(drawn - golden)
        assert apart.mean() <= MEAN, f"{name}-{number}.png"
        assert (apart > 64).mean() <= CLEAR, f"{name}-{number}.png"
