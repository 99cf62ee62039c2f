"""A page preview: the very bytes that are stored, printed and mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from klantenapp.i18n import _
from klantenapp.ui.theme.theme import theme
from klantenapp.ui.widgets.buttons import IconButton
from klantenapp.ui.widgets.dressing import column, row
from klantenapp.ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QWheelEvent

_LEAST, _MOST, _STEP = 0.25, 4.0, 1.2


class PdfPreview(QFrame):
    """Shows a PDF from memory; keeps scroll and zoom when it is shown again.

    Args:
        title: above the page ("Preview, style Classic").
        icon: before the title.

    Attributes:
        hidden_by_user: the button that hides the preview was clicked.
    """

    hidden_by_user = Signal()

    def __init__(self, title: str = "", icon: str = "eye", *, can_hide: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "desk")
        box = column(self)
        head = row(None, 16, 0, 10, 0, gap=8)
        self._icon = IconLabel(icon, "muted")
        head.addWidget(self._icon)
        self._title = Label(title, "body", "muted")
        head.addWidget(self._title, 1)
        self._acts = row(gap=8)
        head.addLayout(self._acts)
        for name, tip, run in (
            ("zoom-out", _("Make the page smaller"), lambda: self.zoom(1 / _STEP)),
            ("zoom-in", _("Make the page larger"), lambda: self.zoom(_STEP)),
        ):
            button = IconButton(name, tip)
            button.clicked.connect(run)
            head.addWidget(button)
        if can_hide:
            hide = IconButton("panel-right-close", _("Hide preview"))
            hide.clicked.connect(self.hidden_by_user)
            head.addWidget(hide)
        bar = QFrame()
        bar.setFixedHeight(theme().px(44))
        bar.setLayout(head)
        box.addWidget(bar)
        self._document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self._view = _View(self)
        self._view.setDocument(self._document)
        self._view.setAccessibleName(title or _("Preview"))
        box.addWidget(self._view, 1)
        theme().changed.connect(self._dress)
        self._dress()

    def add_act(self, icon: str, tip: str, run: Callable[[], object]) -> None:
        """Put an icon above the page: save, print."""
        button = IconButton(icon, tip)
        button.clicked.connect(lambda: run())
        self._acts.addWidget(button)

    def _dress(self) -> None:
        palette = self._view.palette()
        desk: QColor = theme().color("desk")
        palette.setColor(QPalette.ColorRole.Window, desk)
        palette.setColor(QPalette.ColorRole.Dark, desk)
        palette.setColor(QPalette.ColorRole.Base, desk)
        self._view.setPalette(palette)

    def set_title(self, text: str, icon: str = "") -> None:
        """Say what is shown."""
        self._title.setText(text)
        self._view.setAccessibleName(text)
        if icon:
            self._icon.set_icon(icon)

    def show_pdf(self, content: bytes) -> None:
        """Show other bytes, at the same place and size."""
        bars = (self._view.verticalScrollBar(), self._view.horizontalScrollBar())
        places = [bar.value() for bar in bars]
        self._document.close()
        buffer = QBuffer(self)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)

    def clear(self) -> None:
        """Show nothing."""
        self._document.close()

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount()

    def zoom(self, factor: float) -> None:
        """Make the page larger or smaller."""
        view = self._view
        if view.zoomMode() != QPdfView.ZoomMode.Custom:
            page = self._document.pagePointSize(0)
            width = view.viewport().width() - 2 * view.documentMargins().left()
            points = page.width() * view.logicalDpiX() / 72
            view.setZoomFactor(width / points if points else 1)
            view.setZoomMode(QPdfView.ZoomMode.Custom)
        view.setZoomFactor(max(_LEAST, min(_MOST, view.zoomFactor() * factor)))

    def fit(self) -> None:
        """Let the page take the whole width."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)


class _View(QPdfView):
    """Pages below each other, as wide as the view; Ctrl and the wheel zoom."""

    def __init__(self, owner: PdfPreview) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setFrameShape(QFrame.Shape.NoFrame)
        margins = theme().px(22)
        self.setDocumentMargins(QMargins(margins, theme().px(4), margins, margins))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._owner.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            return
        super().wheelEvent(event)
